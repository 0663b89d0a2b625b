#pragma once
/// How much of a model stays when it is pruned.
#include <array>
#include <cmath>

#include "core/fit.hpp"
#include "core/options.hpp"

namespace quartic::detail {

/// Of the option `keep`: its word, its bounds, and when it is read.
inline constexpr std::array keep_words = {
    OptionWord{"held_out", "1, 1/2, ... or 1/32: the smallest error on a fifth of the rows"}};
inline constexpr Bounds keep_bounds = {0, 1, true, false,
                                       "1 cuts nothing, and what cuts everything leaves no model"};
inline constexpr OnlyWith by_share = {"threshold", {}, from_to(0, 0, "")};

/// Of n >= 2 rows those that judge: the last fifth (floor), at least one.
constexpr Index judging_rows(Index n) {
  return n < 10 ? 1 : n / 5;
}

/// What a share comes to on the rows that judge, and what trying it cost.
struct TriedShare {
  double error = nan, flops = 0;
};
/// A share, and what it cost to choose it.
struct ChosenShare {
  double keep = 1, flops = 0;
};

/// 1/32, 1/16, ... or 1, whichever errs least, of equal errors the smallest; an error that is not a number never does.
/// attempt(share) says what a share comes to.
template <class Attempt>
ChosenShare choose_share(Attempt&& attempt) {
  constexpr std::array shares = {1.0 / 32, 1.0 / 16, 1.0 / 8, 1.0 / 4, 1.0 / 2, 1.0};
  ChosenShare best;
  double smallest = nan;
  for (const double share : shares) {
    const TriedShare tried = attempt(share);
    best.flops += tried.flops;
    if (tried.error < smallest || (std::isnan(smallest) && !std::isnan(tried.error)))
      smallest = tried.error, best.keep = share;
  }
  return best;
}

}  // namespace quartic::detail
