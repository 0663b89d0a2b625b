#pragma once
/// Which numbers an option takes, and when it matters at all.
#include <array>
#include <string>
#include <string_view>
#include <variant>

#include "core/types.hpp"

namespace quartic {

/// An interval of numbers, and the reason why no other is taken. Bounds{} takes everything; any others refuse
/// what is not a number.
struct Bounds {
  double least = -infinity;
  double most = infinity;
  bool least_is_open = false;  ///< the end itself is refused
  bool most_is_open = false;
  std::string_view why = "";  ///< stands in the message: "a standard deviation is not negative"

  constexpr bool are_set() const { return least > -infinity || most < infinity || most_is_open; }
  constexpr bool take(double x) const {
    return !are_set() || ((least_is_open ? x > least : x >= least) && (most_is_open ? x < most : x <= most));
  }
};

/// [least, infinity)
constexpr Bounds at_least(double least, std::string_view why) {
  return {least, infinity, false, true, why};
}
/// (least, infinity)
constexpr Bounds above(double least, std::string_view why) {
  return {least, infinity, true, true, why};
}
/// [least, most]
constexpr Bounds from_to(double least, double most, std::string_view why) {
  return {least, most, false, false, why};
}
/// [0, 1)
constexpr Bounds share(std::string_view why) {
  return {0, 1, false, true, why};
}
/// (0, 1)
constexpr Bounds between_0_and_1(std::string_view why) {
  return {0, 1, true, true, why};
}

/// "from 1 to 8", "of 0 or more", "above 0", "of at least 0 and below 1"; "" where all are taken.
std::string to_string(const Bounds& bounds);

/// The value of an option of any kind.
using OptionValue = std::variant<bool, Index, double, std::string>;

/// An option that matters only where another one has one of these words, or a number in these bounds.
struct OnlyWith {
  std::string_view option = "";  ///< "": it always matters
  std::array<std::string_view, 4> words = {};
  Bounds numbers = {infinity, -infinity};  ///< none

  bool holds(const OptionValue& value) const;
};
/// `penalty = "cv" or "cv_1se"`, `signal_to_noise = 0`, `validation above 0`.
std::string to_string(const OnlyWith& condition);

}  // namespace quartic
