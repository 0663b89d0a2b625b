#include "cli/pictures/best_arm_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/curves.hpp"
#include "cli/terminal/text.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

constexpr std::size_t most_maps = 6;
constexpr std::size_t most_rows_with_numbers = 10;

/// The arm that is best at one size and one value of the key.
struct Field {
  std::size_t size = 0, value = 0;  ///< places on the axes
  std::size_t arm = 0;
  bool clear = true;
};

/// One map: the cells of the sweep that agree but for the key.
struct Map {
  Settings others;
  std::vector<Field> fields = {};
  std::vector<std::pair<std::size_t, FoundNumber>> crossings = {};  ///< of a value of the key
};

struct Maps {
  std::string key;
  std::vector<std::string> arms, values;
  std::vector<Index> sizes;
  std::vector<Map> maps;
};

template <class T>
std::size_t place_of(std::vector<T>& list, const T& item) {
  const auto found = std::find(list.begin(), list.end(), item);
  if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
  list.push_back(item);
  return list.size() - 1;
}

const std::string* value_of(const Settings& settings, const std::string& key) {
  for (const auto& [known, value] : settings)
    if (known == key) return &value;
  return nullptr;
}

/// The keys whose values follow from that of `key` in every cell: those that are swept with it, and itself.
std::set<std::string> tied_keys(const RunAbout& about, const std::string& key) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> seen;
  for (const auto& [cell, settings] : about.cells)
    if (const std::string* value = value_of(settings, key))
      for (const auto& [other, setting] : settings) seen[other][*value].insert(setting);
  std::set<std::string> tied;
  for (const auto& [other, by_value] : seen)
    if (std::all_of(by_value.begin(), by_value.end(),
                    [](const auto& values) { return values.second.size() == 1; }))
      tied.insert(other);
  return tied;
}

Settings without(const Settings& settings, const std::set<std::string>& keys) {
  Settings rest;
  for (const auto& setting : settings)
    if (!keys.contains(setting.first)) rest.push_back(setting);
  return rest;
}

/// Of the rows of one cell at one size.
Field best_of(const std::vector<const SummaryRow*>& rows, std::vector<std::string>& arms) {
  const SummaryRow* best = rows.front();
  for (const SummaryRow* row : rows)
    if (row->mean_error < best->mean_error) best = row;
  Field field{.arm = place_of(arms, best->arm)};
  for (const SummaryRow* row : rows) {
    const double apart = row->mean_error - best->mean_error;
    const double doubt = 2 * std::hypot(row->mean_error_se, best->mean_error_se);
    if (row != best && !(apart > doubt)) field.clear = false;
  }
  return field;
}

using RowsBySize = std::map<std::pair<Index, Index>, std::vector<const SummaryRow*>>;  // of a cell and a size

/// Drops sizes that an arm was not given which runs smaller ones: nobody knows who is best there. (An adaptive study
/// puts some where two of its arms meet. Below its smallest size an arm may be impossible.)
void keep_whole_sizes(RowsBySize& by_size) {
  std::map<std::pair<Index, std::string>, Index> smallest;  // of a cell and an arm
  for (const auto& [place, rows] : by_size)
    for (const SummaryRow* row : rows) smallest.try_emplace({place.first, row->arm}, place.second);
  const auto lacks_an_arm = [&](std::pair<Index, Index> place, const std::vector<const SummaryRow*>& rows) {
    return std::any_of(smallest.begin(), smallest.end(), [&](const auto& of_arm) {
      return of_arm.first.first == place.first && of_arm.second < place.second &&
             std::none_of(rows.begin(), rows.end(),
                          [&](const SummaryRow* row) { return row->arm == of_arm.first.second; });
    });
  };
  std::erase_if(by_size, [&](const auto& one) { return lacks_an_arm(one.first, one.second); });
}

/// Of each size all rows whose error is known: an arm that makes no errors, or fails, was given the size, too.
RowsBySize compared_rows(const std::vector<SummaryRow>& rows) {
  RowsBySize by_size;
  for (const SummaryRow& row : rows) by_size[{row.cell, row.n}].push_back(&row);
  keep_whole_sizes(by_size);
  for (auto& [place, compared] : by_size)
    std::erase_if(compared, [](const SummaryRow* row) {
      return !(row->mean_error >= 0 && std::isfinite(row->mean_error));
    });
  std::erase_if(by_size, [](const auto& one) { return one.second.empty(); });
  return by_size;
}

Maps collect(const RunView& view, const std::string& key) {
  Maps all{.key = key, .arms = {}, .values = {}, .sizes = {}, .maps = {}};
  const std::set<std::string> tied = tied_keys(view.about, key);
  for (const SummaryRow& row : view.rows)
    if (drawable(row)) place_of(all.arms, row.arm);
  const RowsBySize by_size = compared_rows(view.rows);
  for (const auto& [place, rows] : by_size) all.sizes.push_back(place.second);
  std::sort(all.sizes.begin(), all.sizes.end());
  all.sizes.erase(std::unique(all.sizes.begin(), all.sizes.end()), all.sizes.end());
  const auto map_of = [&](const Settings& settings) -> Map& {
    const Settings others = without(settings, tied);
    auto found =
        std::find_if(all.maps.begin(), all.maps.end(), [&](const Map& map) { return map.others == others; });
    if (found == all.maps.end()) found = all.maps.insert(all.maps.end(), Map{others});
    return *found;
  };
  for (const auto& [place, rows] : by_size) {
    const auto settings = view.about.cells.find(place.first);
    const std::string* value = settings == view.about.cells.end() ? nullptr : value_of(settings->second, key);
    if (!value) continue;
    Field field = best_of(rows, all.arms);
    field.size = place_of(all.sizes, place.second);
    field.value = place_of(all.values, *value);
    map_of(settings->second).fields.push_back(field);
  }
  for (const FoundNumber& number : view.found) {
    const auto settings = view.about.cells.find(number.cell);
    if (number.against.empty() || number.against_n > 0 || settings == view.about.cells.end()) continue;
    if (const std::string* value = value_of(settings->second, key))
      map_of(settings->second).crossings.emplace_back(place_of(all.values, *value), number);
  }
  return all;
}

/// The sizes half-way to the neighbours, on the log scale.
Extent width_of(const std::vector<Index>& sizes, std::size_t k) {
  const auto size = [&](std::size_t i) { return static_cast<double>(sizes[i]); };
  const double here = size(k);
  const double left = k > 0                  ? std::sqrt(size(k - 1) * here)
                      : k + 1 < sizes.size() ? here * std::sqrt(here / size(k + 1))
                                             : here / 1.5;
  const double right = k + 1 < sizes.size() ? std::sqrt(here * size(k + 1))
                       : k > 0              ? here * std::sqrt(here / size(k - 1))
                                            : here * 1.5;
  return {left, right};
}

/// Of a field: half-way to its neighbours in the same row of the map, whose sizes may be others than in other rows.
Extent width_of(const Map& map, const Field& field, const Maps& maps) {
  std::vector<Index> sizes;
  for (const Field& other : map.fields)
    if (other.value == field.value) sizes.push_back(maps.sizes[other.size]);
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  const auto here = std::lower_bound(sizes.begin(), sizes.end(), maps.sizes[field.size]);
  return width_of(sizes, static_cast<std::size_t>(here - sizes.begin()));
}

/// The colour of the arm, mixed with white.
unsigned long shade(std::size_t arm, bool clear) {
  const unsigned long colour = std::stoul(colour_of(arm) + 1, nullptr, 16);
  const double share = clear ? 0.5 : 0.2;
  unsigned long mixed = 0;
  for (const int shift : {16, 8, 0}) {
    const auto part = static_cast<double>((colour >> shift) & 0xff);
    mixed |= static_cast<unsigned long>(std::lround(255 - share * (255 - part))) << shift;
  }
  return mixed;
}

/// What crossings of an arm are marked with: gnuplot's number, and how a text shows it.
struct Mark {
  int type;
  std::string_view sign;
};
constexpr std::array marks = {Mark{7, "\u25cf"},  Mark{5, "\u25a0"},  Mark{9, "\u25b2"},
                              Mark{13, "\u25c6"}, Mark{11, "\u25bc"}, Mark{4, "\u25a1"},
                              Mark{8, "\u25b3"},  Mark{12, "\u25c7"}, Mark{10, "\u25bd"}};

bool is_drawn(const FoundNumber& number) {
  return number.law == LawKind::crossing && std::isfinite(number.value.estimate);
}

/// The arms that overtake, in the order of their marks.
std::vector<std::string> overtaking_arms(const Maps& maps) {
  std::vector<std::string> arms;
  for (const Map& map : maps.maps)
    for (const auto& [value, number] : map.crossings)
      if (is_drawn(number)) place_of(arms, number.arm);
  return arms;
}

const Mark& mark_of(std::size_t arm) {
  return marks[arm % marks.size()];
}

std::string data_text(const Maps& maps) {
  std::string out = "# n place from to below above colour; then crossings: n place low high expected mark\n";
  std::vector<std::string> arms = overtaking_arms(maps);
  for (const Map& map : maps.maps) {
    out += "# " + gnuplot_field(settings_in_words(map.others)) + "\n";
    for (const Field& field : map.fields) {
      const Extent width = width_of(map, field, maps);
      const auto value = static_cast<double>(field.value);
      out += fmt::format("{} {} {:.6g} {:.6g} {} {} {}\n", maps.sizes[field.size], field.value, width.low,
                         width.high, value - 0.5, value + 0.5, shade(field.arm, field.clear));
    }
    out += "\n\n";
    bool any = false;
    for (const auto& [value, number] : map.crossings)
      if (is_drawn(number)) {
        any = true;
        out += fmt::format("{} {} {} {} {} {}\n", gnuplot_number(number.value.estimate), value,
                           gnuplot_number(number.value.low), gnuplot_number(number.value.high),
                           gnuplot_number(number.claimed), mark_of(place_of(arms, number.arm)).type);
      }
    out += any ? "\n\n" : "NaN NaN NaN NaN NaN NaN\n\n\n";
  }
  return out;
}

/// Steps from a field to the nearest one of another arm, or to the edge of the map.
std::size_t depth(const Map& map, const Field& field, const Maps& maps) {
  std::size_t least = std::min({field.size, maps.sizes.size() - 1 - field.size}) + 1;
  for (const Field& other : map.fields) {
    if (other.arm == field.arm && (other.clear || !field.clear)) continue;
    const auto apart = [](std::size_t a, std::size_t b) { return a > b ? a - b : b - a; };
    const std::size_t along = apart(other.size, field.size), up = apart(other.value, field.value);
    if (along + up > 0) least = std::min(least, std::max(along, 3 * up));
  }
  return least;
}

/// The name of each arm where its region is widest.
std::string names_script(const Map& map, const Maps& maps) {
  std::string out;
  for (std::size_t arm = 0; arm < maps.arms.size(); ++arm) {
    const Field* middle = nullptr;
    std::size_t deepest = 0;
    for (const Field& field : map.fields)
      if (field.arm == arm && depth(map, field, maps) > deepest) {
        middle = &field;
        deepest = depth(map, field, maps);
      }
    if (middle)
      out += fmt::format(
          "  set label {} at {},{} center noenhanced front font \",15\" textcolor rgb \"#111111\"\n",
          gnuplot_string(shortened(maps.arms[arm], 24)), maps.sizes[middle->size],
          static_cast<double>(middle->value));
  }
  return out;
}

/// "x 59" at a crossing whose price is claimed too.
std::string prices_script(const Map& map, const Maps& maps) {
  if (maps.values.size() > most_rows_with_numbers) return "";
  std::string out;
  for (const auto& [value, price] : map.crossings) {
    if (price.law != LawKind::compute_multiple || !std::isfinite(price.value.estimate)) continue;
    for (const auto& [at, number] : map.crossings)
      if (at == value && number.law == LawKind::crossing && number.arm == price.arm &&
          number.against == price.against && std::isfinite(number.value.estimate))
        out += fmt::format(
            "  set label {} at {:.6g},{} left offset 0.8,0.5 front font \",11\" textcolor rgb \"#111111\"\n",
            gnuplot_string("\u00d7" + picture_number(price.value.estimate)), number.value.estimate, value);
  }
  return out;
}

std::string axes_script(const Maps& maps, const std::string& observations) {
  const Extent first = width_of(maps.sizes, 0), last = width_of(maps.sizes, maps.sizes.size() - 1);
  std::string tics;
  for (std::size_t k = 0; k < maps.values.size(); ++k)
    tics += fmt::format("{}{} {}", k == 0 ? "" : ", ", gnuplot_tic(shortened(maps.values[k], 9)), k);
  return fmt::format(
             "  set logscale x\n  set xrange [{:.6g}:{:.6g}]\n  set yrange [-0.5:{}]\n  set ytics ({}) noenhanced scale "
             "0\n  set xlabel {} noenhanced\n  set ylabel {} noenhanced\n",
             first.low, last.high, static_cast<double>(maps.values.size()) - 0.5, tics,
             gnuplot_string(observations), gnuplot_string(key_in_words(maps.key))) +
         tics_command('x', logarithmic_tics(first.low, last.high), TicText::whole);
}

Panel make_panel(const Maps& maps, std::size_t k, const std::string& observations) {
  const Map& map = maps.maps[k];
  const std::string data = "\"best_arm.dat\" index ";
  std::string drawing =
      axes_script(maps, observations) + names_script(map, maps) + prices_script(map, maps) +
      fmt::format(
          "  plot {0}{1} using 1:2:3:4:5:6:7 with boxxyerror fs solid noborder fc rgb variable, \\\n"
          "    {0}{2} using 1:2:3:4 with xerrorbars pt 7 ps 0 lw 2 lc rgb \"#111111\", \\\n"
          "    {0}{2} using 1:2:6 with points pt variable ps 0.9 lc rgb \"#111111\", \\\n"
          "    {0}{2} using 5:2 with points pt 6 ps 1.7 lw 1.5 lc rgb \"#111111\"\n",
          data, 2 * k, 2 * k + 1);
  return {.title = settings_in_words(map.others), .labels = {}, .drawing = std::move(drawing)};
}

/// "Points: crossings", or where there are more arms "Crossings: lasso ●, network ■".
std::string marks_text(const Maps& maps) {
  const std::vector<std::string> arms = overtaking_arms(maps);
  if (arms.size() < 2) return "Points: crossings";
  std::string text = "Crossings: ";
  for (std::size_t arm = 0; arm < arms.size(); ++arm)
    text += (arm == 0 ? "" : ", ") + arms[arm] + " " + std::string(mark_of(arm).sign);
  return text;
}

std::string caption(const Maps& maps) {
  std::string text =
      "Colours: the arm with the least mean error; pale where another one is within two standard errors.";
  const auto any = [&](auto holds) {
    return std::any_of(maps.maps.begin(), maps.maps.end(), [&](const Map& map) {
      return std::any_of(map.crossings.begin(), map.crossings.end(),
                         [&](const auto& one) { return holds(one.second); });
    });
  };
  if (any(is_drawn))
    text += " " + marks_text(maps) + ", with their intervals; rings: what the study expects of them.";
  if (any([](const FoundNumber& number) {
        return number.law == LawKind::compute_multiple && std::isfinite(number.value.estimate);
      }))
    text += " \u00d7: so many times the computing of the arm that is overtaken.";
  return text;
}

}  // namespace

std::vector<PictureFile> best_arm_maps(const RunView& view, const std::string& key) {
  const Maps maps = collect(view, key);
  require(!maps.maps.empty() && !maps.sizes.empty(),
          "there is nothing to draw over " + key +
              " (no error there is a positive number). Look at summary.csv.");
  require(maps.maps.size() <= most_maps, "there are " + with_thousands(std::ssize(maps.maps)) +
                                             " maps to draw (a picture holds " + std::to_string(most_maps) +
                                             "). Choose some of the cells with --cells KEY=VALUE.");
  const std::string& observations = view.about.observations;
  const std::string about = view.about.source();
  Sheet sheet{.name = "best_arm",
              .data = "best_arm.dat",
              .title = raised(view.about.title.empty() ? "Who wins where" : view.about.title),
              .source = "best arm by " + observations + " and " + key_in_words(key) +
                        (about.empty() ? "" : " (" + about + ")"),
              .caption = caption(maps),
              .settings = "set key off\nunset grid\n",
              .panels = {}};
  for (std::size_t k = 0; k < maps.maps.size(); ++k)
    sheet.panels.push_back(make_panel(maps, k, observations));
  return {{"best_arm.dat", data_text(maps)}, {"best_arm.gp", sheet_script(sheet)}};
}

}  // namespace quartic
