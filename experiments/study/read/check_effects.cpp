// Of two settings of which one is ignored beside the other, a study may have one only: what is set matters.
#include <algorithm>
#include <map>
#include <set>

#include "experiments/study/formulas.hpp"
#include "experiments/study/read/draft.hpp"
#include "experiments/study/read/sweep.hpp"

namespace quartic::detail {

namespace {

std::string render_setting(std::string_view option, const OptionValue& value) {
  return std::string(option) + " = " +
         std::visit(
             [](const auto& held) {
               return to_toml(Node{held, {}});
             },
             value);
}

/// The options of a world, of a model or of an expert in one cell.
struct CellOptions {
  const std::vector<Setting>& settings;
  const std::vector<OptionInfo>& options;
  const OptionValues& values;  ///< those that the study sets
  bool whole_path = false;     ///< select = "oracle"

  const OptionInfo* find(std::string_view name) const {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const OptionInfo& option) { return option.name == name; });
    return found == options.end() ? nullptr : &*found;
  }

  /// What stands beside an option, a formula taken for some positive number; nothing where it is unknown.
  bool holds(const OnlyWith& condition) const {
    const OptionInfo* other = find(condition.option);
    if (!other) return true;
    const OptionValue& value = value_in(values, *other);
    const bool is_formula = values.contains(condition.option) && !find_formula(*other, value).empty();
    return condition.holds(value) || (is_formula && condition.numbers.take(1));
  }

  /// True where the formula of another option quotes this one.
  bool is_quoted(std::string_view name) const {
    return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
      const auto set = values.find(option.name);
      if (set == values.end()) return false;
      const std::vector<std::string> names = names_quoted(option, set->second);
      return std::find(names.begin(), names.end(), name) != names.end();
    });
  }

  bool matters(const OptionInfo& option) const {
    if (is_quoted(option.name)) return true;
    if (whole_path && option.on_path != OnPath::as_in_a_fit) return option.on_path == OnPath::something;
    return option.only_with.option.empty() || holds(option.only_with);
  }

  /// Precondition: it does not matter.
  std::string complaint(const OptionInfo& option) const {
    const std::string problem =
        render_setting(option.name, values.find(option.name)->second) + " has no effect ";
    if (whole_path && option.on_path == OnPath::nothing)
      return problem +
             "beside select = \"oracle\" (which takes the best of the whole path of penalties). Remove " +
             option.name + ", or select.";
    const std::string other(option.only_with.option);
    const auto set = values.find(other);
    const std::string beside =
        set == values.end() ? render_setting(other, find(other)->default_value) + ", as it is unless set"
                            : render_setting(other, set->second);
    return problem + "beside " + beside + " (it matters only with " + to_string(option.only_with) +
           "). Remove " + option.name + ", or change " + other + ".";
  }
};

/// Settings by their paths: a sweep may turn off in some cells what it needs in others.
class Effects {
 public:
  void look_at(const CellOptions& cell) {
    for (const Setting& setting : cell.settings) {
      const OptionInfo* option = cell.find(setting.key);
      if (!option || !cell.values.contains(setting.key)) continue;
      if (cell.matters(*option))
        needed_.insert(setting.path);
      else
        ignored_.try_emplace(setting.path, setting.where, cell.complaint(*option));
    }
  }
  void report(Problems& problems) const {
    for (const auto& [path, complaint] : ignored_)
      if (!needed_.contains(path)) problems.add(complaint.first, path, complaint.second);
  }

 private:
  std::set<std::string> needed_;
  std::map<std::string, std::pair<std::string, std::string>> ignored_;  // place and message
};

}  // namespace

void check_effects(const SweepCells& cells, Problems& problems) {
  Effects effects;
  for (const std::size_t position : cells.sample(most_cells_tried)) {
    const Draft& draft = cells.draft_of(position);
    const Cell cell = cells.cell(position);
    effects.look_at(
        {draft.world.options, draft.study.catalogues.world(cell.world.kind).options, cell.world.options});
    for (std::size_t k = 0; k < draft.arms.size(); ++k) {
      const ArmSpec& arm = cell.arms[k];
      effects.look_at({draft.arms[k].model.options, draft.study.catalogues.model(arm.model.kind).options,
                       arm.model.options, arm.select_oracle});
      if (arm.expert) effects.look_at({*draft.arms[k].expert, expert_options(), expert_values(*arm.expert)});
    }
  }
  effects.report(problems);
}

}  // namespace quartic::detail
