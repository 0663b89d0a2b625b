#include "cli/pictures/setting_axis.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/require.hpp"
#include "experiments/study/expression.hpp"

namespace quartic {

namespace {

/// Whether a key is an option of another arm.
bool of_another_arm(const std::string& key, const std::string& arm) {
  return key.starts_with("arm.") && !key.starts_with("arm." + arm + ".");
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

const SummaryRow* largest_drawable(const Curve& curve) {
  const SummaryRow* last = nullptr;
  for (const SummaryRow& row : curve.rows)
    if (drawable(row)) last = &row;
  return last;
}

bool same_place(const SettingPoint& a, const SettingPoint& b) {
  return a.arm == b.arm && a.against == b.against && a.at == b.at && a.others == b.others;
}

void add_place(std::vector<SettingPoint>& points, const SettingPoint& point) {
  const auto known = [&](const SettingPoint& other) { return same_place(point, other); };
  if (std::none_of(points.begin(), points.end(), known)) points.push_back(point);
}

/// The point as it is; or, where there are numbers, with that of its arm, and once for each of its crossings.
void add_places(std::vector<SettingPoint>& points, SettingPoint point,
                const std::vector<FoundNumber>& numbers, Index cell) {
  if (numbers.empty()) return add_place(points, point);
  const bool crossings = !numbers.front().against.empty();
  point.value = {};
  point.never = false;
  point.theory = SummaryRow::not_measured;
  bool found = false;
  for (const FoundNumber& number : numbers) {
    if (number.cell != cell || number.arm != point.arm || (found && !crossings)) continue;
    found = true;
    point.value = number.value;
    point.theory = number.claimed;
    point.never = number.never();
    point.against = number.against;
    add_place(points, point);
  }
  if (!found && !crossings) add_place(points, point);
}

}  // namespace

double setting_number(std::string_view value, Index n) {
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc{} && end == value.data() + value.size()) return number;
  try {
    return Expression(value).evaluate({{"n", static_cast<double>(n)}});
  } catch (const InvalidInput&) {
    return SummaryRow::not_measured;
  }
}

std::string SettingPoint::line() const {
  std::string settings = settings_in_words(others);
  const std::string own = " of " + arm + " = ";  // the arm stands before it
  for (std::size_t found = settings.find(own); found != std::string::npos; found = settings.find(own))
    settings.replace(found, own.size(), " = ");
  const std::string crossing = against.empty() ? "" : " overtakes " + against;
  return arm + (marked ? " *" : "") + crossing + (settings.empty() ? "" : ", " + settings);
}

std::vector<SettingPoint> setting_points(const RunView& view, const std::vector<std::string>& axes,
                                         const std::vector<FoundNumber>& numbers) {
  std::vector<SettingPoint> points;
  for (const Curve& curve : group_curves(view.rows)) {
    const auto settings = view.about.cells.find(curve.cell);
    const SummaryRow* row = largest_drawable(curve);
    if (settings == view.about.cells.end() || !row) continue;
    SettingPoint point{.arm = curve.arm, .marked = !row->marks.empty(), .at = {}, .others = {}, .n = row->n};
    for (const auto& [key, value] : settings->second) {
      if (std::find(axes.begin(), axes.end(), key) == axes.end() && !of_another_arm(key, curve.arm))
        point.others.emplace_back(key, value);
    }
    for (const std::string& axis : axes)
      for (const auto& [key, value] : settings->second)
        if (key == axis) point.at.push_back(value);
    if (point.at.size() != axes.size()) continue;  // an irregular cell
    const MeanInterval interval = mean_interval(*row);
    point.value = {row->mean_error, interval.low, interval.high};
    point.theory = row->theory_error;
    add_places(points, point, numbers, curve.cell);
  }
  return points;
}

std::vector<std::string> axis_values(const std::vector<SettingPoint>& points, std::size_t k) {
  std::vector<std::string> values;
  for (const SettingPoint& point : points) add_once(values, point.at[k]);
  return values;
}

std::vector<std::string> list_lines(const std::vector<SettingPoint>& points) {
  std::vector<std::string> lines;
  for (const SettingPoint& point : points) add_once(lines, point.line());
  return lines;
}

}  // namespace quartic
