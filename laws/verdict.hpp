#pragma once
/// A claim held against an interval.
#include <limits>
#include <string>
#include <string_view>

#include "laws/interval.hpp"

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

/// about b +- m:  supported when [low, high] lies inside [b-m, b+m], rejected when wholly outside, else not
/// identified. at_least b:    supported when low >= b - m, rejected when high < b - m, else not identified.
/// at_most b:     supported when high <= b + m, rejected when low > b + m, else not identified.
/// An interval with a NaN end is not identified.
Judgement judge(const Expectation& expectation, const Interval& measured);

}  // namespace quartic
