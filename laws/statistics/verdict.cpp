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

/// Of both; NaN where one has no ends.
Interval hull(const Interval& a, const Interval& b) {
  if (std::isnan(b.low) || std::isnan(b.high)) return {a.estimate};
  return {a.estimate, std::min(a.low, b.low), std::max(a.high, b.high)};
}

std::string where(const Interval& value) {
  return std::isnan(value.low) || std::isnan(value.high) ? "no interval" : brief(value);
}

Judgement judge_never(const Interval& measured) {
  if (measured.estimate == infinity) return {Verdict::supported, "No finite value agrees with the data."};
  if (measured.high < infinity) return {Verdict::rejected, "The interval " + brief(measured) + " ends."};
  return {Verdict::not_identified, "The interval " + brief(measured) + " has no upper end."};
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  static constexpr Words<Verdict, 3> words = {{{Verdict::supported, "supported"},
                                               {Verdict::rejected, "rejected"},
                                               {Verdict::not_identified, "not_identified"}}};
  return word_for(words, verdict);
}

Judgement judge(const Expectation& expectation, const Interval& measured) {
  if (std::isnan(measured.low) || std::isnan(measured.high))
    return {Verdict::not_identified, "There is no interval to hold against the claim."};
  if (expectation.kind == Expectation::Kind::about && expectation.value == infinity)
    return judge_never(measured);
  const Interval range = claimed(expectation);
  const std::string interval = "The interval " + brief(measured);
  if (measured.low >= range.low && measured.high <= range.high)
    return {Verdict::supported, interval + " lies inside " + words(expectation, range) + "."};
  if (measured.high < range.low || measured.low > range.high)
    return {Verdict::rejected, interval + " lies outside " + words(expectation, range) + "."};
  return {Verdict::not_identified, interval + " reaches across the border of " + words(expectation, range) +
                                       ": more replicates, or rows, would narrow it."};
}

Judgement judge_readings(const Expectation& expectation, std::span<const NamedInterval> readings) {
  const NamedInterval& first = readings.front();
  const Judgement alone = judge(expectation, first.value);
  Interval all = first.value;
  for (const NamedInterval& other : readings.subspan(1)) {
    all = hull(all, other.value);
    if (alone.verdict == Verdict::not_identified || judge(expectation, all).verdict == alone.verdict)
      continue;
    return {Verdict::not_identified,
            "By " + first.name + " it would be " + std::string(to_string(alone.verdict)) + ", with " +
                where(first.value) + "; " + other.name + ", which these data do not exclude, has " +
                where(other.value) + ": further sizes would tell."};
  }
  if (alone.verdict == Verdict::not_identified || readings.size() == 1) return alone;
  Judgement judgement = judge(expectation, all);
  judgement.reason.insert(judgement.reason.size() - 1, ", whichever law holds");
  return judgement;
}

}  // namespace quartic
