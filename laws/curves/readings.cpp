#include "laws/curves/readings.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/types.hpp"

namespace quartic {
namespace {

/// A form whose p is below this is excluded. Both tests must say so: a true form is excluded in 1 to 3 %.
constexpr double excluding = 0.05;

/// power, floor and offset, in this order, with their p.
std::vector<Reading> try_forms(const FormReader& reader, const ReadingOptions& options) {
  std::vector<Reading> readings;
  for (const LawForm form : {LawForm::power, LawForm::floor, LawForm::offset}) {
    if (options.has_floor && form == LawForm::floor) continue;
    const double p = reader.p(form);
    readings.push_back({form, {}, p, p < excluding});
  }
  return readings;
}

/// The law taken to the front; floor_offset where the others are excluded.
void put_first(const FormReader& reader, std::vector<Reading>& readings) {
  const bool open =
      std::any_of(readings.begin(), readings.end(), [](const Reading& r) { return !r.excluded; });
  if (!open) readings.insert(readings.begin(), Reading{.form = LawForm::floor_offset});
  if (!open || !readings.front().excluded) return;
  const auto squares = [&](const Reading& r) { return r.excluded ? infinity : reader.squares(r.form); };
  const auto taken =
      std::min_element(readings.begin(), readings.end(),
                       [&](const Reading& a, const Reading& b) { return squares(a) < squares(b); });
  std::rotate(readings.begin(), taken, taken + 1);
}

double gap(double a, double b) {
  return a == b ? 0 : std::abs(a - b);
}

}  // namespace

Interval exponent_of(const Interval& slope, double root) {
  const auto exponent = [&](double s) { return std::isnan(s) ? s : s > 0 ? root / s : infinity; };
  return {exponent(slope.estimate), exponent(slope.high), exponent(slope.low)};
}

std::vector<Reading> read_forms(const FormReader& reader, const ReadingOptions& options) {
  std::vector<Reading> readings = try_forms(reader, options);
  put_first(reader, readings);
  const LawForm taken = readings.front().form;
  const Interval first = reader.slope(taken, options.confidence);
  readings.front().value = exponent_of(first, options.root);
  if (taken == LawForm::power && first.high <= 0) return {readings.front()};
  const bool beside_power = taken == LawForm::power;
  for (std::size_t k = 1; k < readings.size(); ++k) {
    Reading& other = readings[k];
    const bool bounds = beside_power && other.form == LawForm::offset && !other.excluded;
    Interval slope =
        reader.slope(other.form, bounds ? std::max(0.01, 2 * options.confidence - 1) : options.confidence);
    if (beside_power && other.form == LawForm::floor)  // no floor is below 0
      slope.low = std::min(std::max(slope.low, first.low), slope.estimate);
    other.value = exponent_of(slope, options.root);
  }
  return readings;
}

std::vector<NamedInterval> standing(const std::vector<Reading>& readings) {
  std::vector<NamedInterval> intervals;
  for (const Reading& reading : readings)
    if (!reading.excluded)
      intervals.push_back({"the " + std::string(to_string(reading.form)) + " law", reading.value});
  return intervals;
}

Interval whichever_law(const std::vector<Reading>& readings) {
  Interval all = readings.front().value;
  for (const Reading& reading : readings) {
    if (reading.excluded) continue;
    if (std::isnan(reading.value.low) || std::isnan(reading.value.high)) return {all.estimate};
    all.low = std::min(all.low, reading.value.low);
    all.high = std::max(all.high, reading.value.high);
  }
  return all;
}

Interval headline(const std::vector<Reading>& readings) {
  const Interval &one = readings.front().value, all = whichever_law(readings);
  const double width = one.high - one.low, apart = gap(all.low, one.low) + gap(all.high, one.high);
  return apart <= (std::isfinite(width) ? 0.1 * width : 0) ? one : all;
}

}  // namespace quartic
