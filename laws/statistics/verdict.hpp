#pragma once
/// A claim held against an interval.
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "laws/statistics/interval.hpp"

namespace quartic {

/// What is claimed of a number: value +- margin, or value as a bound with a margin of grace.
struct Expectation {
  enum class Kind { about, at_least, at_most };
  Kind kind = Kind::about;
  double value = 0;
  double margin = 0.3;
};

/// The estimate under another reading of the same data that they do not exclude.
struct Alternative {
  std::string reading;  ///< "a floor of 0.012", "the offset law"
  double estimate;
};

enum class Verdict { supported, rejected, not_identified };
std::string_view to_string(Verdict verdict);

struct Judgement {
  Verdict verdict = Verdict::not_identified;
  std::string reason;  ///< one sentence
};

/// claim         supported when                      rejected when                       else
/// about b +- m  [low, high] lies inside [b-m, b+m]  [low, high] lies wholly outside it  not identified
/// at_least b    low >= b - m                        high < b - m                        not identified
/// at_most b     high <= b + m                       low > b + m                         not identified
/// An interval with a NaN end is not identified.
///
/// A reading of `alternatives` withdraws the verdict (not_identified) if its estimate differs from the
/// measured one by more than the margin, and, for a rejection, if the interval stretched to that estimate
/// would no longer be rejected: a claim between two readings is rejected by neither. The reading, not the
/// data, would decide.
Judgement judge(const Expectation& expectation, const Interval& measured,
                std::span<const Alternative> alternatives = {});

}  // namespace quartic
