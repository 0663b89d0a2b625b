// Lists and ranges where a scalar is expected span a grid; each of its points is a cell, and so is each case.
#include "experiments/study/read/sweep.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/require.hpp"
#include "experiments/study/formulas.hpp"

namespace quartic::detail {

std::vector<const Setting*> all_settings(const Draft& draft) {
  std::vector<const Setting*> settings = {&draft.world.kind};
  for (const Setting& setting : draft.world.options) settings.push_back(&setting);
  for (const ArmDraft& arm : draft.arms) {
    settings.push_back(&arm.model.kind);
    if (arm.expert)
      for (const Setting& setting : *arm.expert) settings.push_back(&setting);
    for (const Setting& setting : arm.model.options) settings.push_back(&setting);
  }
  return settings;
}

std::string plain_text(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* count = std::get_if<Index>(&value)) return std::to_string(*count);
  if (const auto* number = std::get_if<double>(&value)) return shortest(*number);
  return std::get<std::string>(value);
}

namespace {

Expert expert_at(const CellBlock& block, const std::vector<Setting>& settings, const Position& position) {
  Expert expert;
  for (const Setting& setting : settings) set_key(expert, setting.key, block.value(setting, position));
  return expert;
}

Cell cell_at(const CellBlock& block, const Position& position) {
  Cell cell;
  cell.world = block.world(position);
  for (const ArmDraft& arm : block.draft().arms) {
    ArmSpec spec = arm.spec;
    spec.model = block.model(arm, position);
    if (arm.expert) spec.expert = expert_at(block, *arm.expert, position);
    cell.arms.push_back(std::move(spec));
  }
  return cell;
}

std::optional<std::string> default_among(const std::vector<OptionInfo>& options, std::string_view name) {
  for (const OptionInfo& option : options)
    if (option.name == name) return plain_text(option.default_value);
  return std::nullopt;
}

/// Of these keys of an expert a draft has one.
bool says_how_many(std::string_view name) {
  return name == "correct" || name == "recall";
}

/// The value of a setting that a draft leaves to its default; nothing where there is no such setting.
std::optional<std::string> find_default(const Draft& draft, const std::string& path) {
  const std::string name = path.substr(path.rfind('.') + 1);
  const Catalogues& known = draft.study.catalogues;
  if (path.starts_with("world."))
    return default_among(known.world(std::get<std::string>(draft.world.kind.values.front())).options, name);
  for (const ArmDraft& arm : draft.arms) {
    if (path == arm.model.path + ".expert." + name)
      return arm.expert && !says_how_many(name) ? default_among(expert_options(), name) : std::nullopt;
    if (path == arm.model.path + "." + name)
      return default_among(known.model(std::get<std::string>(arm.model.kind.values.front())).options, name);
  }
  return std::nullopt;
}

/// What each block shows under one key, were it the only one: the text of its value, or nothing for an axis.
std::optional<std::string> constant(const Draft& draft, const std::string& path) {
  for (const Setting* setting : all_settings(draft))
    if (setting->path == path)
      return setting->is_axis ? std::nullopt : std::optional(plain_text(setting->values.front()));
  return find_default(draft, path).value_or("");
}

std::vector<std::string> all_paths(const std::vector<std::unique_ptr<const CellBlock>>& blocks) {
  std::vector<std::string> paths;
  std::map<std::string, bool> seen;
  for (const auto& block : blocks)
    for (const Setting* setting : all_settings(block->draft()))
      if (seen.emplace(setting->path, true).second) paths.push_back(setting->path);
  const std::vector<ArmDraft>& arms = blocks.front()->draft().arms;
  const auto owner = [&](const std::string& path) {  // the world, then the arms in order
    std::size_t k = arms.size();
    while (k > 0 && !path.starts_with(arms[k - 1].model.path + ".")) --k;
    return k;
  };
  std::stable_sort(paths.begin(), paths.end(),
                   [&](const std::string& a, const std::string& b) { return owner(a) < owner(b); });
  return paths;
}

}  // namespace

SweepCells::SweepCells(std::vector<Draft> drafts) {
  first_.push_back(0);
  for (Draft& draft : drafts) {
    const std::string where = draft.where;
    blocks_.push_back(std::make_unique<const CellBlock>(std::move(draft)));
    first_.push_back(first_.back() + blocks_.back()->size());
    require(first_.back() <= 100000000,
            where + ": case: the study has more than 1e+08 cells (grid and cases together). Shorten a list.");
  }
  find_keys();
  find_shown();
}

void SweepCells::find_keys() {
  for (const std::string& path : all_paths(blocks_)) {
    const std::optional<std::string> first = constant(blocks_.front()->draft(), path);
    const bool varies = !first || std::any_of(blocks_.begin() + 1, blocks_.end(), [&](const auto& block) {
      return constant(block->draft(), path) != first;
    });
    if (varies) keys_.push_back(path);
  }
}

void SweepCells::find_shown() {
  for (const auto& block : blocks_) {
    shown_.emplace_back();
    for (const std::string& key : keys_) {
      Shown shown;
      for (const Setting* setting : all_settings(block->draft()))
        if (setting->path == key) shown.setting = setting;
      if (!shown.setting) shown.text = find_default(block->draft(), key);
      shown_.back().push_back(std::move(shown));
    }
  }
}

std::size_t SweepCells::find_index(std::size_t position) const {
  return static_cast<std::size_t>(std::upper_bound(first_.begin(), first_.end(), position) - first_.begin() -
                                  1);
}

Cell SweepCells::cell(std::size_t position) const {
  const std::size_t index = find_index(position);
  const CellBlock& block = *blocks_[index];
  const Position place = block.position(position - first_[index]);
  Cell cell = cell_at(block, place);
  cell.id = static_cast<Index>(position);
  for (std::size_t k = 0; k < keys_.size(); ++k) {
    const Shown& shown = shown_[index][k];
    if (shown.setting)
      cell.settings.emplace_back(keys_[k], plain_text(block.value(*shown.setting, place)));
    else if (shown.text)
      cell.settings.emplace_back(keys_[k], *shown.text);
  }
  return cell;
}

// A case has the arms and the replicates of the grid, by the grammar.
std::vector<CellRange> SweepCells::ranges() const {
  return {{0, static_cast<Index>(size())}};
}

std::vector<std::size_t> SweepCells::sample(std::size_t most) const {
  std::vector<std::size_t> positions(size() <= most ? size() : 0);
  std::iota(positions.begin(), positions.end(), std::size_t{0});
  if (!positions.empty()) return positions;
  for (std::size_t index = 0; index < blocks_.size(); ++index)
    for (const std::size_t number : blocks_[index]->sample()) positions.push_back(first_[index] + number);
  return positions;
}

std::vector<CellAxis> SweepCells::axes() const {
  std::vector<CellAxis> axes;
  for (std::size_t k = 0; k < keys_.size(); ++k) {
    axes.push_back({keys_[k], {}});
    std::map<std::string, bool> seen;
    const auto add = [&](std::string value) {
      if (seen.emplace(value, true).second) axes.back().values.push_back(std::move(value));
    };
    for (std::size_t index = 0; index < blocks_.size(); ++index) {
      const Shown& shown = shown_[index][k];
      for (const OptionValue& value : shown.setting ? shown.setting->values : std::vector<OptionValue>{})
        add(plain_text(value));
      if (shown.text) add(*shown.text);
    }
  }
  return axes;
}

}  // namespace quartic::detail
