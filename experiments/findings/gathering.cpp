#include "experiments/findings/gathering.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "core/require.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/study/absent_models.hpp"

namespace quartic {

namespace {

/// The study's canonical text without the line of its seed: what it says of each arm, and all the rest.
struct Parts {
  std::string rest;
  std::vector<std::string> arms;
};

Parts parts_of(const Study& study) {
  std::istringstream lines(study.text);
  Parts parts;
  std::string* part = &parts.rest;
  bool at_top = true;
  for (std::string line; std::getline(lines, line);) {
    at_top = at_top && !line.starts_with('[');
    if (line == "[[arm]]")
      part = &parts.arms.emplace_back();
    else if (line.starts_with('[') && !line.starts_with("[arm.") && !line.starts_with("[[arm."))
      part = &parts.rest;
    if (!(at_top && line.starts_with("seed = "))) *part += line + "\n";
  }
  return parts;
}

/// Whether they have the same arms by name, the same cells and all else.
bool are_alike(const GroupRun& one, const GroupRun& other) {
  const Parts first = parts_of(one.study), second = parts_of(other.study);
  return first.rest == second.rest && first.arms.size() == second.arms.size() &&
         one.cube.axes().arms == other.cube.axes().arms && one.cube.axes().sizes == other.cube.axes().sizes &&
         settings_by_cell_json(one.study.cells) == settings_by_cell_json(other.study.cells);
}

void require_one_study(std::span<const GroupRun> groups) {
  require(groups.size() >= 2,
          "one run was given (there is nothing to gather it with). Name the folders of two groups or more.");
  std::map<std::uint64_t, std::string> seeds;
  for (const GroupRun& group : groups) {
    require(
        are_alike(group, groups.front()),
        group.name + " holds another study than " + groups.front().name +
            " (their study.toml differ in more than the seed and what they say of their arms). Gather runs of one "
            "study.");
    const auto [same, is_new] = seeds.emplace(group.study.seed, group.name);
    require(is_new,
            group.name + " has the seed of " + same->second +
                " (their replicates are the same, not more of them). Run one of them with a seed of its "
                "own: --seed-from and a name.");
  }
}

bool is_absent_somewhere(const Study& study, std::size_t arm) {
  for (const std::size_t position : study.cells.sample(most_cells_tried))
    if (is_absent(study.catalogues.model(study.cells[position].arms[arm].model.kind))) return true;
  return false;
}

std::vector<std::string> find_own_arms(std::span<const GroupRun> groups) {
  const std::vector<std::string>& names = groups.front().cube.axes().arms;
  const std::vector<std::string> first = parts_of(groups.front().study).arms;
  std::vector<std::string> own;
  for (std::size_t arm = 0; arm < names.size(); ++arm)
    if (std::any_of(groups.begin(), groups.end(), [&](const GroupRun& group) {
          const std::vector<std::string> arms = parts_of(group.study).arms;
          return (arm < arms.size() && arms[arm] != first[arm]) || is_absent_somewhere(group.study, arm);
        }))
      own.push_back(names[arm]);
  return own;
}

CubeAxes joint_axes(std::span<const GroupRun> groups) {
  CubeAxes axes = groups.front().cube.axes();
  axes.replicates = 0;
  for (const GroupRun& group : groups) axes.replicates += group.cube.axes().replicates;
  return axes;
}

/// Copies a group's measurements of this arm; its replicates are counted from `first` on.
void add_arm(const Cube& from, Index arm, Index first, Cube& to) {
  const CubeAxes& axes = from.axes();
  for (Index cell = 0; cell < axes.cells; ++cell)
    for (Index size = 0; size < std::ssize(axes.sizes); ++size)
      for (Index replicate = 0; replicate < axes.replicates; ++replicate)
        for (Index measure = 0; measure < measure_count; ++measure)
          to.set({cell, arm, size, first + replicate}, static_cast<Measure>(measure),
                 from.at({cell, arm, size, replicate}, static_cast<Measure>(measure)));
}

}  // namespace

bool Gathering::is_own(const std::string& arm) const {
  return std::find(own_arms.begin(), own_arms.end(), arm) != own_arms.end();
}

bool Gathering::is_own(const Claim& claim) const {
  return is_own(claim.arm) || is_own(claim.against_arm) ||
         std::any_of(claim.with.begin(), claim.with.end(),
                     [&](const std::string& arm) { return is_own(arm); });
}

Gathering gather_runs(std::span<const GroupRun> groups) {
  require_one_study(groups);
  Gathering gathering{
      .cube = Cube(joint_axes(groups)), .own_arms = find_own_arms(groups), .findings = {}, .groups = {}};
  Index first = 0;
  for (const GroupRun& group : groups) {
    const CubeAxes& axes = group.cube.axes();
    for (Index arm = 0; arm < std::ssize(axes.arms); ++arm)
      if (!gathering.is_own(axes.arms[static_cast<std::size_t>(arm)]))
        add_arm(group.cube, arm, first, gathering.cube);
    first += axes.replicates;
    gathering.groups.push_back(evaluate_claims(group.study, group.cube));
  }
  gathering.findings = evaluate_claims(groups.front().study, gathering.cube);
  return gathering;
}

}  // namespace quartic
