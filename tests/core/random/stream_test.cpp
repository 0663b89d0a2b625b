#include "core/random/stream.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "tests/support/places.hpp"

namespace quartic::stream_test {
namespace {

static_assert(!std::is_copy_constructible_v<Stream> && !std::is_copy_assignable_v<Stream>);
static_assert(std::is_nothrow_move_constructible_v<Stream> && std::is_nothrow_move_assignable_v<Stream>);

std::vector<std::uint32_t> words(Stream stream, std::size_t count) {
  std::vector<std::uint32_t> out(count);
  for (std::uint32_t& word : out) word = stream();
  return out;
}

std::vector<double> normals(Stream stream, std::size_t count) {
  std::vector<double> out(count);
  stream.fill_normal(out);
  return out;
}

// The construction that core/random/stream.hpp documents, once more, over Random123.
struct SlowStream {
  std::uint64_t key = 0, high = 0;

  static r123::Philox4x32::ctr_type evaluate(std::uint64_t key, std::uint64_t high, std::uint64_t counter) {
    return r123::Philox4x32()(
        {{static_cast<std::uint32_t>(counter), static_cast<std::uint32_t>(counter >> 32),
          static_cast<std::uint32_t>(high), static_cast<std::uint32_t>(high >> 32)}},
        {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
  }
  static SlowStream of_state(const r123::Philox4x32::ctr_type& state) {
    return {state[0] | static_cast<std::uint64_t>(state[1]) << 32,
            (state[2] | static_cast<std::uint64_t>(state[3]) << 32) % (1ull << 62)};
  }
  static SlowStream root(std::uint64_t seed) { return of_state(evaluate(0x85A308D3243F6A88u, 0, seed)); }
  SlowStream numbered(std::uint64_t id) const { return of_state(evaluate(key, high + (2ull << 62), id)); }
  SlowStream named(const std::string& name) const {
    std::uint64_t hash = 14695981039346656037u;
    for (const unsigned char c : name) hash = (hash ^ c) * 1099511628211u;
    return of_state(evaluate(key, high + (3ull << 62), hash));
  }
  std::uint32_t word(std::uint64_t position) const { return evaluate(key, high, position / 4)[position % 4]; }
  double normal(std::uint64_t position) const {
    const auto w = evaluate(key, high + (1ull << 62), position / 4);
    const std::size_t pair = position % 4 / 2 * 2;
    const double radius = std::sqrt(-2 * std::log((w[pair] + 0.5) / 4294967296.0));
    const double angle = 2 * std::numbers::pi * ((w[pair + 1] + 0.5) / 4294967296.0);
    return radius * (position % 2 == 0 ? std::cos(angle) : std::sin(angle));
  }
};

TEST(Stream, IsTheDocumentedFunctionOfItsPath) {
  for (const std::uint64_t seed : {0ull, 1ull, 0x123456789abcdefull, ~0ull}) {
    for (const std::string name : {"", "x", "noise", "a long name with \xc3\xa9"}) {
      for (const std::uint64_t id : {0ull, 1ull, 5000000000ull, ~0ull}) {
        const SlowStream slow = SlowStream::root(seed).numbered(id).named(name);
        Stream fast = Stream(seed).child(id).child(name);
        fast.skip(2);
        for (std::uint64_t j = 2; j < 11; ++j) ASSERT_EQ(fast(), slow.word(j));
        std::vector<double> z = normals(Stream(seed).child(id).child(name), 50);
        for (std::uint64_t j = 0; j < z.size(); ++j) ASSERT_NEAR(z[j], slow.normal(j), 2e-14);
      }
    }
  }
}

TEST(Stream, KeepsItsGoldenValues) {
  EXPECT_EQ(words(Stream(1), 4), (std::vector<std::uint32_t>{562754283, 3270528925, 3636493824, 3454678841}));
  EXPECT_EQ(words(Stream(1).child(7), 2), (std::vector<std::uint32_t>{3945800142, 3801439343}));
  EXPECT_EQ(words(Stream(1).child("train"), 2), (std::vector<std::uint32_t>{772988079, 2663008711}));
  EXPECT_EQ(normals(Stream(1).child("train").child(7), 4),
            (std::vector<double>{-0x1.77f09d48da835p-1, -0x1.49d6edbf424ebp-1, 0x1.1bf308d591184p-3,
                                 0x1.c454e80ae8731p-4}));
}

TEST(Stream, EqualPathsGiveEqualNumbers) {
  EXPECT_EQ(words(Stream(5).child("a").child(3), 100), words(Stream(5).child("a").child(3), 100));
  EXPECT_EQ(normals(Stream(5).child("a").child(3), 100), normals(Stream(5).child("a").child(3), 100));
}

TEST(Stream, DifferentPathsGiveDifferentNumbers) {
  std::set<std::vector<std::uint32_t>> seen;
  std::size_t paths = 0;
  const auto add = [&](Stream stream) {
    ++paths;
    seen.insert(words(std::move(stream), 2));
  };
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Stream root(seed);
    add(Stream(seed));
    for (std::uint64_t id = 0; id < 50; ++id) {
      add(root.child(id));
      add(root.child(std::to_string(id)));
      add(root.child(id).child("x"));
      add(root.child("x").child(id));
    }
  }
  EXPECT_EQ(seen.size(), paths);
}

TEST(Stream, ChildDoesNotDependOnThePosition) {
  Stream parent(9);
  const auto before = words(parent.child("x"), 4);
  parent();
  parent.normal();
  EXPECT_EQ(words(parent.child("x"), 4), before);
}

TEST(Stream, ChildrenNeverRepeatThePathOfAParentOrSibling) {
  const Stream parent(11);
  EXPECT_NE(words(parent.child(0), 4), words(Stream(11), 4));
  EXPECT_NE(words(parent.child(0), 4), words(parent.child(""), 4));
}

TEST(Stream, SkipIsTheSameAsDiscarding) {
  for (const std::uint64_t count : {0u, 1u, 2u, 3u, 4u, 5u, 17u, 1001u}) {
    Stream skipped(2), discarded(2);
    skipped.skip(count);
    for (std::uint64_t i = 0; i < count; ++i) discarded();
    EXPECT_EQ(skipped(), discarded());
    EXPECT_EQ(skipped.normal(), discarded.normal());
  }
}

TEST(Stream, ChunksOfNormalsJoinSeamlessly) {
  const std::vector<double> whole = normals(Stream(4), 3000);
  std::vector<double> pieces(whole.size());
  Stream stream(4);
  Stream sizes(5);
  for (std::size_t done = 0; done < pieces.size();) {
    const std::size_t count = std::min<std::size_t>(sizes() % 90, pieces.size() - done);
    if (count == 1)
      pieces[done] = stream.normal();
    else
      stream.fill_normal(std::span(pieces).subspan(done, count));
    done += count;
  }
  EXPECT_EQ(pieces, whole);
}

TEST(Stream, NormalsAtPositionsAreThoseOfTheWholeStream) {
  const std::vector<double> whole = normals(Stream(6), 1000);
  const std::vector<std::ptrdiff_t> positions = {999, 0, 1, 2, 3, 500, 501, 0, 77, 4, 998};
  std::vector<double> picked(positions.size());
  Stream stream(6);
  stream.skip(123);
  stream.normals_at(positions, picked);
  for (std::size_t i = 0; i < positions.size(); ++i)
    EXPECT_EQ(picked[i], whole[static_cast<std::size_t>(positions[i])]);
  EXPECT_EQ(stream.normal(), whole[123]);
}

TEST(Stream, UniformsAreMidpointsOfWords) {
  Stream stream(7), same(7);
  for (int i = 0; i < 100; ++i) {
    const double u = stream.uniform();
    EXPECT_EQ(u, (same() + 0.5) / 4294967296.0);
    EXPECT_GT(u, 0);
    EXPECT_LT(u, 1);
  }
}

TEST(Stream, MovingCarriesThePosition) {
  Stream first(8), reference(8);
  first();
  reference();
  Stream second = std::move(first);
  EXPECT_EQ(second(), reference());
  first = std::move(second);
  EXPECT_EQ(first(), reference());
}

TEST(StreamDeathTest, UseAfterMoveIsABug) {
  if (!testing::libraries_assert()) GTEST_SKIP() << "these libraries were compiled without assertions";
  Stream stream(1);
  const Stream taken = std::move(stream);
  // NOLINTBEGIN(bugprone-use-after-move): what is tested
  EXPECT_DEATH(stream(), "moved from");
  EXPECT_DEATH(stream.child("x"), "moved from");
  EXPECT_DEATH(stream.skip(1), "moved from");
  EXPECT_DEATH(stream.normal(), "moved from");
  // NOLINTEND(bugprone-use-after-move)
}

}  // namespace
}  // namespace quartic::stream_test
