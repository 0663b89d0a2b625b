#include "experiments/findings/gathering.hpp"

#include <map>
#include <sstream>

#include "core/require.hpp"

namespace quartic {

namespace {

/// The study's canonical text without the line of its seed.
std::string text_without_seed(const Study& study) {
  std::istringstream lines(study.text);
  std::string text;
  bool at_top = true;
  for (std::string line; std::getline(lines, line);) {
    at_top = at_top && !line.starts_with('[');
    if (!(at_top && line.starts_with("seed = "))) text += line + "\n";
  }
  return text;
}

void require_one_study(std::span<const GroupRun> groups) {
  require(groups.size() >= 2,
          "one run was given (there is nothing to gather it with). Name the folders of two groups or more.");
  const std::string first = text_without_seed(groups.front().study);
  std::map<std::uint64_t, std::string> seeds;
  for (const GroupRun& group : groups) {
    require(text_without_seed(group.study) == first,
            group.name + " holds another study than " + groups.front().name +
                " (their study.toml differ in more than the seed). Gather runs of one study.");
    const auto [same, is_new] = seeds.emplace(group.study.seed, group.name);
    require(is_new,
            group.name + " has the seed of " + same->second +
                " (their replicates are the same, not more of them). Run one of them with a seed of its "
                "own: --seed-from and a name.");
  }
}

CubeAxes joint_axes(std::span<const GroupRun> groups) {
  CubeAxes axes = groups.front().cube.axes();
  axes.replicates = 0;
  for (const GroupRun& group : groups) axes.replicates += group.cube.axes().replicates;
  return axes;
}

/// Copies a group's measurements; its replicates are counted from `first` on.
void add_group(const Cube& from, Index first, Cube& to) {
  const CubeAxes& axes = from.axes();
  for (Index cell = 0; cell < axes.cells; ++cell)
    for (Index arm = 0; arm < std::ssize(axes.arms); ++arm)
      for (Index size = 0; size < std::ssize(axes.sizes); ++size)
        for (Index replicate = 0; replicate < axes.replicates; ++replicate)
          for (Index measure = 0; measure < measure_count; ++measure)
            to.set({cell, arm, size, first + replicate}, static_cast<Measure>(measure),
                   from.at({cell, arm, size, replicate}, static_cast<Measure>(measure)));
}

}  // namespace

Gathering gather_runs(std::span<const GroupRun> groups) {
  require_one_study(groups);
  Gathering gathering{.cube = Cube(joint_axes(groups)), .findings = {}, .groups = {}};
  Index first = 0;
  for (const GroupRun& group : groups) {
    add_group(group.cube, first, gathering.cube);
    first += group.cube.axes().replicates;
    gathering.groups.push_back(evaluate_claims(group.study, group.cube));
  }
  gathering.findings = evaluate_claims(groups.front().study, gathering.cube);
  return gathering;
}

}  // namespace quartic
