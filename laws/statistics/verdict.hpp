#pragma once
/// A claim held against an interval, or against all readings of the same data.
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
/// An interval with a NaN end is not identified. About infinity (never): supported when the estimate is infinite,
/// rejected when high is finite.
Judgement judge(const Expectation& expectation, const Interval& measured);

/// One reading of the data that they do not exclude: "the offset law".
struct NamedInterval {
  std::string name;
  Interval value;
};

/// The verdict on the interval from the least to the largest end of all readings: supported where each lies
/// inside the claim, rejected where each lies outside it on the same side (a claim between two readings is
/// rejected by neither). Where the first reading alone would be decided, the reason names the one that decides
/// that it is not. At least one reading.
Judgement judge_readings(const Expectation& expectation, std::span<const NamedInterval> readings);

}  // namespace quartic
