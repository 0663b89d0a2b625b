#include "laws/statistics/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/types.hpp"
#include "core/words.hpp"

namespace quartic {
namespace {

std::string brief(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string brief(const Interval& interval) {
  return "[" + brief(interval.low) + ", " + brief(interval.high) + "]";
}

/// The values that agree with the claim.
Interval claimed(const Expectation& expectation) {
  const double value = expectation.value, margin = expectation.margin;
  switch (expectation.kind) {
    case Expectation::Kind::at_least:
      return {value, value - margin, infinity};
    case Expectation::Kind::at_most:
      return {value, -infinity, value + margin};
    case Expectation::Kind::about:
      break;
  }
  return {value, value - margin, value + margin};
}

std::string words(const Expectation& expectation, const Interval& range) {
  switch (expectation.kind) {
    case Expectation::Kind::at_least:
      return "the values from " + brief(range.low) + " up";
    case Expectation::Kind::at_most:
      return "the values up to " + brief(range.high);
    case Expectation::Kind::about:
      break;
  }
  return brief(range);
}

/// The verdict on the interval alone.
Judgement judge_interval(const Expectation& expectation, const Interval& measured) {
  if (std::isnan(measured.low) || std::isnan(measured.high))
    return {Verdict::not_identified, "There is no interval to hold against the claim."};
  const Interval range = claimed(expectation);
  const std::string interval = "The interval " + brief(measured);
  if (measured.low >= range.low && measured.high <= range.high)
    return {Verdict::supported, interval + " lies inside " + words(expectation, range) + "."};
  if (measured.high < range.low || measured.low > range.high)
    return {Verdict::rejected, interval + " lies outside " + words(expectation, range) + "."};
  return {Verdict::not_identified, interval + " reaches across the border of " + words(expectation, range) +
                                       ": more replicates, or rows, would narrow it."};
}

/// Whether the verdict falls where the interval moves to the other reading's estimate, or on the way there: a
/// claim between two readings, or two floors, is not rejected by either.
bool overturns(const Alternative& other, const Expectation& expectation, const Interval& measured,
               Verdict verdict) {
  const double shift = other.estimate - measured.estimate;
  if (!(std::abs(shift) > expectation.margin)) return false;
  const Interval between{other.estimate, measured.low + std::min(shift, 0.),
                         measured.high + std::max(shift, 0.)};
  return verdict == Verdict::supported || judge_interval(expectation, between).verdict != verdict;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  static constexpr Words<Verdict, 3> words = {{{Verdict::supported, "supported"},
                                               {Verdict::rejected, "rejected"},
                                               {Verdict::not_identified, "not_identified"}}};
  return word_for(words, verdict);
}

Judgement judge(const Expectation& expectation, const Interval& measured,
                std::span<const Alternative> alternatives) {
  const Judgement judgement = judge_interval(expectation, measured);
  if (judgement.verdict == Verdict::not_identified) return judgement;
  for (const Alternative& other : alternatives)
    if (overturns(other, expectation, measured, judgement.verdict))
      return {Verdict::not_identified, "Under " + other.reading +
                                           ", which these data do not exclude, it would be " +
                                           brief(other.estimate) + " instead of " + brief(measured.estimate) +
                                           ": further sizes would tell."};
  return judgement;
}

}  // namespace quartic
