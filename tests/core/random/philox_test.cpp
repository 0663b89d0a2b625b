#include "core/random/philox.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include "core/random/stream.hpp"

namespace quartic::philox_test {
namespace {

using detail::philox;
using detail::PhiloxCounter;

// The known answers that Random123 ships (kat_vectors, philox4x32 10).
TEST(Philox, GivesTheKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (PhiloxCounter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (PhiloxCounter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxCounter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, AgreesWithRandom123OnRandomCountersAndKeys) {
  Stream random(1);
  for (int repeat = 0; repeat < 20000; ++repeat) {
    const PhiloxCounter counter = {random(), random(), random(), random()};
    const detail::PhiloxKey key = {random(), random()};
    const auto expected =
        r123::Philox4x32()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    ASSERT_EQ(philox(counter, key), (PhiloxCounter{expected[0], expected[1], expected[2], expected[3]}));
  }
}

TEST(Philox, IsEvaluatedByTheCompilerToo) {
  static_assert(philox({0, 0, 0, 0}, {0, 0})[0] == 0x6627e8d5);
}

}  // namespace
}  // namespace quartic::philox_test
