#include "cli/pictures/pictures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "cli/pictures/best_arm_map.hpp"
#include "cli/pictures/causes_picture.hpp"
#include "cli/pictures/curve_picture.hpp"
#include "cli/pictures/remedies_picture.hpp"
#include "cli/pictures/setting_axis.hpp"
#include "cli/pictures/setting_picture.hpp"
#include "cli/terminal/text.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

/// Swept keys in the order of the study, each with its values.
std::vector<std::pair<std::string, std::set<std::string>>> list_axes(const RunAbout& about) {
  std::vector<std::pair<std::string, std::set<std::string>>> axes;
  for (const auto& [cell, settings] : about.cells)
    for (const auto& setting : settings) {
      auto axis = std::find_if(axes.begin(), axes.end(),
                               [&](const auto& known) { return known.first == setting.first; });
      if (axis == axes.end()) axis = axes.insert(axes.end(), {setting.first, {}});
      axis->second.insert(setting.second);
    }
  return axes;
}

/// "1.0" is 1.
bool same_value(const std::string& a, const std::string& b) {
  return a == b || setting_number(a, 0) == setting_number(b, 0);
}

bool chosen(const Settings& settings, const std::map<std::string, std::vector<std::string>>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
    return std::any_of(settings.begin(), settings.end(), [&](const auto& setting) {
      return setting.first == want.first &&
             std::any_of(want.second.begin(), want.second.end(),
                         [&](const std::string& value) { return same_value(value, setting.second); });
    });
  });
}

/// The axis along which a study of one size draws: that of most values. "" where it sweeps nothing, or where
/// it has several sizes.
std::string usual_axis(const RunView& view) {
  const auto other_size = [&](const SummaryRow& row) { return row.n != view.rows.front().n; };
  if (std::any_of(view.rows.begin(), view.rows.end(), other_size)) return "";
  std::string longest;
  std::size_t most = 1;
  for (const auto& [key, values] : list_axes(view.about))
    if (values.size() > most) {
      most = values.size();
      longest = key;
    }
  return longest;
}

LawKind law_named(const std::string& y) {
  for (const LawKind law :
       {LawKind::data_exponent, LawKind::compute_exponent, LawKind::crossing, LawKind::compute_multiple})
    if (y == to_string(law)) return law;
  throw InvalidInput("--y was given \"" + y + "\" (there is no such quantity)." +
                     suggestion(y, {"error", "best_arm", "data_exponent", "compute_exponent", "crossing",
                                    "compute_multiple"}));
}

/// Exponents are measured where no finding tells them; crossings and their prices are those that the study claims.
std::vector<FoundNumber> numbers_of(const std::string& folder, const Catalogues& catalogues,
                                    const RunView& view, LawKind law) {
  if (claim_law(law).arms != ArmsOfLaw::compared)
    return measure_exponents(folder, catalogues, view.rows, law);
  std::vector<FoundNumber> crossings = read_found(folder);
  std::erase_if(crossings,
                [&](const FoundNumber& number) { return number.law != law || number.against_n > 0; });
  const std::string name(to_string(law));
  require(!crossings.empty(),
          "--y " + name +
              " was given (the study claims none of two whole curves). Add a [[claim]] with law "
              "= \"" +
              name + "\" and against = { arm = \"...\" }, and run it.");
  return crossings;
}

}  // namespace

std::string find_key(const RunAbout& about, const std::string& key) {
  std::vector<std::string> all, fitting;
  for (const auto& [known, values] : list_axes(about)) {
    if (known == key) return known;
    all.push_back(known);
    if (known.ends_with("." + key)) fitting.push_back(known);
  }
  require(!all.empty(), "the run has no setting \"" + key +
                            "\" to draw by (it is no sweep of up to 1,000 cells). Leave it out.");
  require(!fitting.empty(),
          "the sweep does not vary \"" + key + "\" (it varies " + joined(all) + ")." + suggestion(key, all));
  require(fitting.size() == 1,
          "\"" + key + "\" may be " + joined(fitting, " or ") + " (both end so). Give the key whole.");
  return fitting.front();
}

std::vector<SummaryRow> chosen_rows(const RunView& view, const PictureChoice& choice) {
  std::map<std::string, std::vector<std::string>> wanted;
  for (const auto& [key, value] : choice.cells) wanted[find_key(view.about, key)].push_back(value);
  std::vector<SummaryRow> rows;
  for (const SummaryRow& row : view.rows) {
    const auto settings = view.about.cells.find(row.cell);
    if (wanted.empty() || (settings != view.about.cells.end() && chosen(settings->second, wanted)))
      rows.push_back(row);
  }
  require(!rows.empty(),
          "no cell of the sweep has the settings that --cells asks for (manifest.json lists the "
          "cells). Choose values that the study has.");
  return rows;
}

std::vector<PictureFile> make_pictures(const std::string& folder, const PictureChoice& choice,
                                       const Catalogues& catalogues) {
  RunView view = read_run_view(folder);
  view.rows = chosen_rows(view, choice);
  SettingPicture picture{.view = {}, .axes = {}, .y = choice.y, .numbers = {}};
  for (const std::string& key : choice.x) picture.axes.push_back(find_key(view.about, key));
  if (picture.axes.empty())
    if (const std::string axis = usual_axis(view); !axis.empty()) picture.axes = {axis};
  require(!picture.axes.empty() || choice.y == "error",
          "--y " + choice.y + " needs --x (it is drawn by what a sweep varies). Add --x KEY.");
  if (picture.axes.empty()) {
    std::vector<SummaryRow> all = std::move(view.rows);
    view.rows = first_cells(all);
    add_exponents(view, folder, catalogues);
    view.rows = std::move(all);
    return curve_pictures(view);
  }
  require(picture.axes.size() < 3 && (picture.axes.size() < 2 || picture.axes[0] != picture.axes[1]),
          "--x takes one key, or two different ones (a picture has two axes). Leave the others out.");
  if (choice.y == "best_arm") {
    require(
        picture.axes.size() == 1,
        "--y best_arm takes one key (its other axis is the number of observations). Leave one of --x out.");
    return best_arm_maps(view, picture.axes[0]);
  }
  if (choice.y != "error") picture.numbers = numbers_of(folder, catalogues, view, law_named(choice.y));
  picture.view = std::move(view);
  return setting_pictures(picture);
}

std::vector<std::string> draw_pictures(const std::string& folder, const Catalogues& catalogues,
                                       const PictureChoice& choice) {
  std::vector<PictureFile> files = make_pictures(folder, choice, catalogues);
  if (choice.plain())
    for (const auto& picture : {causes_picture, remedies_picture})
      for (PictureFile& file : picture(folder)) files.push_back(std::move(file));
  return run_gnuplot(folder, files, "quartic plot " + folder);
}

}  // namespace quartic
