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

/// about b +- m:  supported when [low, high] lies inside [b-m, b+m], rejected when wholly outside, else not
/// identified. at_least b:    supported when low >= b - m, rejected when high < b - m, else not identified.
/// at_most b:     supported when high <= b + m, rejected when low > b + m, else not identified.
/// An interval with a NaN end is not identified. Nor is a verdict that a reading of `alternatives` would
/// overturn whose estimate lies further than the margin from that measured, or one between the two (a claim
/// with one reading above and one below it is not rejected): what supports or rejects the claim is then the
/// reading, not the data.
Judgement judge(const Expectation& expectation, const Interval& measured,
                std::span<const Alternative> alternatives = {});

}  // namespace quartic
