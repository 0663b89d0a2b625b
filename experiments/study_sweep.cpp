// Lists where a scalar is expected span a grid; each of its points is a cell.

#include <map>

#include "core/require.hpp"
#include "experiments/study_draft.hpp"

namespace quartic::detail {

std::vector<const Setting*> all_settings(const Draft& draft) {
  std::vector<const Setting*> settings = {&draft.world.kind};
  for (const Setting& setting : draft.world.options) settings.push_back(&setting);
  for (const ArmDraft& arm : draft.arms) {
    if (arm.expert)
      for (const Setting& setting : *arm.expert) settings.push_back(&setting);
    for (const Setting& setting : arm.model.options) settings.push_back(&setting);
  }
  return settings;
}

namespace {

/// Which value each axis takes in one cell.
using Position = std::map<const Setting*, std::size_t>;

const OptionValue& value_at(const Setting& setting, const Position& position) {
  const auto axis = position.find(&setting);
  return setting.values[axis == position.end() ? 0 : axis->second];
}

Choice choice_at(const ChoiceDraft& draft, const Position& position) {
  Choice choice{std::get<std::string>(value_at(draft.kind, position)), {}};
  for (const Setting& setting : draft.options) choice.options[setting.key] = value_at(setting, position);
  return choice;
}

Expert expert_at(const std::vector<Setting>& settings, const Position& position) {
  Expert expert;
  for (const Setting& setting : settings) {
    const OptionValue& value = value_at(setting, position);
    if (setting.key == "correct")
      expert.correct = std::get<Index>(value);
    else if (setting.key == "wrong")
      expert.wrong = std::get<Index>(value);
    else if (std::get<std::string>(value) == "least_important")
      expert.forgets = Forgets::least_important;
  }
  return expert;
}

Cell cell_at(const Draft& draft, const Position& position, const std::vector<const Setting*>& axes) {
  Cell cell;
  for (const Setting* axis : axes)
    cell.settings.emplace_back(axis->path, plain_text(value_at(*axis, position)));
  cell.world = choice_at(draft.world, position);
  for (const ArmDraft& arm : draft.arms) {
    ArmSpec spec = arm.spec;
    spec.model = choice_at(arm.model, position);
    if (arm.expert) spec.expert = expert_at(*arm.expert, position);
    cell.arms.push_back(std::move(spec));
  }
  return cell;
}

}  // namespace

std::string plain_text(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* count = std::get_if<Index>(&value)) return std::to_string(*count);
  if (const auto* number = std::get_if<double>(&value)) return shortest(*number);
  return std::get<std::string>(value);
}

std::vector<Cell> expand(const Draft& draft) {
  constexpr std::size_t most = 100000;
  std::vector<const Setting*> axes;
  std::size_t count = 1;
  for (const Setting* setting : all_settings(draft)) {
    if (!setting->is_axis) continue;
    axes.push_back(setting);
    count *= setting->values.size();
    require(count <= most, setting->where + ": " + setting->path +
                               ": the sweep has more than 100000 cells (every "
                               "combination of the lists is one). Shorten a list.");
  }
  std::vector<Cell> cells;
  for (std::size_t id = 0; id < count; ++id) {
    Position position;
    std::size_t rest = id;
    for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
      position[*axis] = rest % (*axis)->values.size();
      rest /= (*axis)->values.size();
    }
    cells.push_back(cell_at(draft, position, axes));
    cells.back().id = static_cast<Index>(id);
  }
  return cells;
}

}  // namespace quartic::detail
