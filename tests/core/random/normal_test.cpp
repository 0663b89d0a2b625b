#include "core/random/normal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "core/random/stream.hpp"

namespace quartic::normal_test {
namespace {

using detail::PhiloxFamily;

// Every bit pattern that matters: both ends, both sides of each power of two and of each quadrant, and random
// words.
std::vector<std::uint32_t> edge_and_random_words() {
  std::vector<std::uint32_t> words;
  for (std::uint32_t near :
       {0u, 0x40000000u, 0x80000000u, 0xC0000000u, 0xB504F333u, 0x20000000u, 0x60000000u})
    for (std::uint32_t offset = 0; offset < 2000; ++offset) {
      words.push_back(near + offset);
      words.push_back(near - offset - 1);
    }
  for (int bit = 0; bit < 32; ++bit)
    for (std::uint32_t offset = 0; offset < 5; ++offset) words.push_back((1u << bit) + offset - 2);
  for (std::uint64_t grid = 0; grid < (1ull << 32); grid += 4099)
    words.push_back(static_cast<std::uint32_t>(grid));
  return words;
}

long double unit(std::uint32_t word) {
  return (word + 0.5L) / 4294967296.0L;
}
double relative_error(double value, long double exact) {
  return static_cast<double>(std::fabs((value - exact) / exact));
}

TEST(Normal, LogarithmMatchesLibm) {
  for (const std::uint32_t word : edge_and_random_words())
    ASSERT_LT(relative_error(detail::minus_two_log(word), -2 * std::log(unit(word))), 8e-16) << word;
}

TEST(Normal, CosineAndSineMatchLibm) {
  for (const std::uint32_t word : edge_and_random_words()) {
    const auto [cosine, sine] = detail::cos_sin(word);
    const long double angle = 2 * std::numbers::pi_v<long double> * unit(word);
    ASSERT_NEAR(cosine, static_cast<double>(std::cos(angle)), 3e-16) << word;
    ASSERT_NEAR(sine, static_cast<double>(std::sin(angle)), 3e-16) << word;
  }
}

TEST(Normal, CosineAndSineKeepTheirDigitsNearTheirZeros) {
  for (std::uint32_t offset = 0; offset < 1000; ++offset) {
    const long double small = 2 * std::numbers::pi_v<long double> * unit(offset);
    EXPECT_LT(relative_error(detail::cos_sin(offset).sin, std::sin(small)), 5e-16);
    EXPECT_LT(relative_error(-detail::cos_sin(0x40000000u + offset).cos, std::sin(small)), 5e-16);
    EXPECT_LT(relative_error(-detail::cos_sin(0x80000000u + offset).sin, std::sin(small)), 5e-16);
    EXPECT_LT(relative_error(detail::cos_sin(0xC0000000u + offset).cos, std::sin(small)), 5e-16);
  }
}

TEST(Normal, IsBoxMullerOfPhiloxWords) {
  const PhiloxFamily family{{17, 23}, 0x0123456789abcdefu};
  std::vector<double> z(4000);
  detail::fill_normals(detail::best_instruction_set(), family, 0, z);
  for (std::uint32_t block = 0; block < z.size() / 4; ++block) {
    const auto w = detail::philox({block, 0, 0x89abcdefu, 0x01234567u}, family.key);
    for (std::size_t pair = 0; pair < 4; pair += 2) {
      const long double r = std::sqrt(-2 * std::log(unit(w[pair])));
      const long double angle = 2 * std::numbers::pi_v<long double> * unit(w[pair + 1]);
      ASSERT_NEAR(z[4 * block + pair], static_cast<double>(r * std::cos(angle)), 3e-15);
      ASSERT_NEAR(z[4 * block + pair + 1], static_cast<double>(r * std::sin(angle)), 3e-15);
    }
  }
}

TEST(Normal, NumbersBlocksBeyondThirtyTwoBits) {
  const PhiloxFamily family{{5, 6}, 7};
  const std::uint64_t block = (1ull << 40) + 3;
  double z = 0;
  detail::fill_normals(detail::best_instruction_set(), family, 4 * block, {&z, 1});
  const auto w = detail::philox({3, 1u << 8, 7, 0}, family.key);
  EXPECT_EQ(z, std::sqrt(detail::minus_two_log(w[0])) * detail::cos_sin(w[1]).cos);
}

class EveryInstructionSet : public testing::TestWithParam<InstructionSet> {
 protected:
  void SetUp() override {
    if (!detail::is_available(GetParam())) GTEST_SKIP() << "this processor or build lacks it";
  }
};

TEST_P(EveryInstructionSet, GivesTheBitsOfOneNormalAtATime) {
  const PhiloxFamily family{{0xdeadbeef, 1}, 0x3fffffffffffffffu};
  for (const std::uint64_t first : {0ull, 1ull, 2ull, 3ull, 1000001ull, (1ull << 34) - 30}) {
    for (const std::size_t count : {0u, 1u, 2u, 3u, 4u, 5u, 15u, 16u, 31u, 32u, 33u, 63u, 64u, 65u, 1000u}) {
      std::vector<double> z(count);
      detail::fill_normals(GetParam(), family, first, z);
      for (std::size_t i = 0; i < count; ++i) {
        double alone = 0;
        detail::fill_normals(InstructionSet::baseline, family, first + i, {&alone, 1});
        ASSERT_EQ(z[i], alone) << first << " + " << i << " of " << count;
      }
    }
  }
}

TEST_P(EveryInstructionSet, GivesTheBitsOfTheBaselineInBulk) {
  const PhiloxFamily family{{3, 141592653}, 5897932384626433u};
  std::vector<double> z(1000003), expected(z.size());
  detail::fill_normals(GetParam(), family, 11, z);
  detail::fill_normals(InstructionSet::baseline, family, 11, expected);
  EXPECT_EQ(z, expected);
}

TEST_P(EveryInstructionSet, GathersScatteredNormals) {
  const PhiloxFamily family{{9, 8}, 7};
  std::vector<double> all(5000);
  detail::fill_normals(GetParam(), family, 0, all);
  Stream random(3);
  for (std::size_t count = 0; count < 70; ++count) {
    std::vector<std::ptrdiff_t> positions(count);
    for (std::ptrdiff_t& position : positions) position = random() % 5000;
    std::vector<double> z(count);
    detail::gather_normals(GetParam(), family, positions, z);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(z[i], all[static_cast<std::size_t>(positions[i])]);
  }
}

std::string name_of(const testing::TestParamInfo<InstructionSet>& info) {
  constexpr std::array<const char*, 3> names = {"Baseline", "Avx2", "Avx512"};
  return names[static_cast<std::size_t>(info.param)];
}
INSTANTIATE_TEST_SUITE_P(Normal, EveryInstructionSet,
                         testing::Values(InstructionSet::baseline, InstructionSet::avx2,
                                         InstructionSet::avx512),
                         name_of);

}  // namespace
}  // namespace quartic::normal_test
