// Ranges: evenly spaced numbers between two ends, in the logarithm or as they are.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

namespace {

constexpr double most_values = 1e6;
constexpr Index finest = 1000;  // per decade

/// A range as it is written, every key sound by itself.
struct Range {
  double from = 0, to = 0;
  std::string_view by;  // points, per_decade, step
  double amount = 0;
  bool log = false;
};

std::string example(std::string_view key) {
  return std::string(key) + (key == "sizes" ? " = { from = 10, to = 3000, per_decade = 8 }"
                                            : " = { from = 0.1, to = 10, points = 7, scale = \"log\" }");
}

/// What the machine's own rounding adds in the last digits is left out, so that a value is written, and is,
/// the same everywhere.
double twelve_digits(double value) {
  return std::strtod(fmt::format("{:.12g}", value).c_str(), nullptr);
}

/// Their quotient may be larger than any number.
double count_decades(const Range& range) {
  return std::log10(range.to) - std::log10(range.from);
}

/// Their difference may be, too.
double count_steps(const Range& range) {
  const double width = range.to - range.from;
  return std::isfinite(width) ? width / range.amount : range.to / range.amount - range.from / range.amount;
}

double values_in(const Range& range) {
  if (range.by == "points") return range.amount;
  if (range.by == "step") return std::floor(count_steps(range) * (1 + 1e-12)) + 1;
  return std::max(1.0, std::round(count_decades(range) * range.amount)) + 1;
}

/// At this share of the way, in two halves: the whole may be larger than any number.
double logarithmic_value(const Range& range, double share) {
  const double half = std::pow(10.0, count_decades(range) * share / 2);
  return range.from * half * half;
}

double linear_value(const Range& range, double k, double steps) {
  const double way = (range.to - range.from) * k;
  return std::isfinite(way) ? range.from + way / steps
                            : range.from * (1 - k / steps) + range.to * (k / steps);
}

struct RangeReader {
  const TableReader table;

  std::optional<Range> read() const {
    reject_unknown(*table.node.table(), table.path, range_keys(), table.problems);
    const std::optional<double> from = end("from"), to = end("to");
    Range range;
    const bool spaced = read_spacing(range), scaled = read_scale(range);
    if (!from || !to || !spaced || !scaled) return std::nullopt;
    range.from = *from;
    range.to = *to;
    return is_sound(range) ? std::optional<Range>(range) : std::nullopt;
  }

  bool complain(const std::string& problem, const std::string& why) const {
    table.problems.add(table.node.where, table.path,
                       problem + " (" + why + "). Write " + example(table.path) + ".");
    return false;
  }

  std::optional<double> end(const char* name) const {
    const Node* value = table.field(name);
    if (value) return read_number(*value, table.key(name), table.problems);
    complain("\"" + std::string(name) + "\" is missing", "a range has two ends");
    return std::nullopt;
  }

  bool read_spacing(Range& range) const {
    std::vector<std::string_view> found;
    for (const char* name : {"points", "per_decade", "step"})
      if (table.field(name)) found.emplace_back(name);
    if (found.empty())
      return complain("\"per_decade\" is missing",
                      "a range says how fine it is: by per_decade, points or step");
    if (found.size() > 1)
      return complain(std::string(found[0]) + " and " + std::string(found[1]) + " are both given",
                      "a range is spaced in one way");
    range.by = found[0];
    const Node& value = *table.field(range.by);
    if (range.by == "step") {
      const std::optional<double> step = read_number(value, table.key("step"), table.problems);
      range.amount = step.value_or(0);
      return step && (*step > 0 || complain("a step of " + to_toml(value), "a step leads upwards"));
    }
    const std::optional<Index> count = read_count(value, table.key(range.by), 1, table.problems);
    range.amount = static_cast<double>(count.value_or(0));
    return count.has_value();
  }

  bool read_scale(Range& range) const {
    range.log = range.by == "per_decade";
    const Node* scale = table.field("scale");
    if (!scale) return true;
    const std::optional<std::string> word = read_text(*scale, table.key("scale"), table.problems);
    if (!word) return false;
    table.require_known("scale", "word", "scales", *word, {"log", "linear"});
    if (*word != "log" && *word != "linear") return false;
    if (range.by == "per_decade" && *word == "linear")
      return complain("scale = \"linear\" with per_decade", "decades are logarithmic");
    if (range.by == "step" && *word == "log")
      return complain("scale = \"log\" with a step", "a step is added, not multiplied");
    range.log = *word == "log";
    return true;
  }

  bool is_sound(const Range& range) const {
    if (range.from > range.to || (range.by == "per_decade" && range.amount > static_cast<double>(finest)))
      return complain("the range is empty or absurdly fine",
                      "from <= to, per_decade <= " + std::to_string(finest));
    if (range.log && range.from <= 0)
      return complain("a logarithmic range from " + shortest(range.from), "it starts above 0");
    if (range.by == "points" && range.amount < 2 && range.from < range.to)
      return complain("one point between two ends", "both ends belong to a range");
    if (values_in(range) <= most_values) return true;
    return complain("the range has " + shortest(values_in(range)) + " values", "1000000 are the most");
  }
};

std::vector<double> list_values(const Range& range) {
  const double count = values_in(range), steps = count - 1;
  std::vector<double> values;
  for (double k = 0; k < count; ++k) {
    if (range.by == "step")
      values.push_back(twelve_digits(std::fma(k, range.amount, range.from)));
    else if (k == steps)
      values.push_back(range.to);
    else if (range.log)
      values.push_back(twelve_digits(logarithmic_value(range, k / steps)));
    else
      values.push_back(twelve_digits(linear_value(range, k, steps)));
  }
  values.front() = range.from;
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace

std::optional<std::vector<double>> read_range(const Node& node, std::string_view key, Problems& problems) {
  const std::optional<Range> range = RangeReader{{node, std::string(key), problems}}.read();
  return range ? std::optional(list_values(*range)) : std::nullopt;
}

}  // namespace quartic::detail
