#include "experiments/study/arm.hpp"

#include <algorithm>

#include "experiments/study/formulas.hpp"

namespace quartic {

namespace {

bool has_formula(std::span<const OptionInfo> options, const OptionValues& values) {
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
    return !detail::find_formula(option, detail::value_in(values, option)).empty();
  });
}

// Runs of equal options over ascending sizes; options_at(n) -> OptionValues.
template <class OptionsAt>
std::vector<std::pair<OptionValues, std::vector<Index>>> group_sizes(std::span<const Index> sizes,
                                                                     OptionsAt options_at) {
  std::vector<std::pair<OptionValues, std::vector<Index>>> groups;
  for (Index n : sizes) {
    OptionValues options = options_at(n);
    const auto same =
        std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == options; });
    if (same == groups.end())
      groups.emplace_back(std::move(options), std::vector<Index>{n});
    else
      same->second.push_back(n);
  }
  return groups;
}

bool has_size(const AdaptiveTarget& target, Index n) {
  return std::binary_search(target.sizes.begin(), target.sizes.end(), n);
}

template <class Holds>
bool any_target(const Study& study, const Holds& holds) {
  return study.adaptive && std::any_of(study.adaptive->targets.begin(), study.adaptive->targets.end(), holds);
}

}  // namespace

std::string list_marks(const ArmSpec& arm, const CatalogueEntry<Model>& entry) {
  std::string marks;
  if (informed(entry.options, arm.model.options)) marks = "informed";
  if (arm.select_oracle) marks += marks.empty() ? "unattainable" : " unattainable";
  return marks;
}

ArmModels::ArmModels(const ArmSpec& arm, const CatalogueEntry<Model>& entry)
    : entry_(entry),
      options_(arm.model.options),
      marks_(list_marks(arm, entry_)),
      takes_advice_(entry_.make({}).takes_advice()) {
  if (has_formula(entry_.options, options_)) return;
  OptionValues options = resolve(entry_.options, options_, {});
  fixed_ = {entry_.make(options), std::move(options), {}};
}

std::vector<ModelAtSizes> ArmModels::at(std::span<const Index> sizes, const Facts& facts,
                                        Index columns) const {
  if (sizes.empty()) return {};
  if (fixed_) return {{fixed_->model, fixed_->options, {sizes.begin(), sizes.end()}}};
  std::vector<ModelAtSizes> models;
  for (auto& [options, group] : group_sizes(sizes, [&](Index n) {
         return resolve(entry_.options, options_, variables_at(facts, n, columns));
       }))
    models.push_back({entry_.make(options), options, std::move(group)});
  return models;
}

std::vector<WorldAtSizes> worlds_at(const Choice& world, std::span<const Index> sizes,
                                    const CatalogueEntry<World>& entry) {
  std::vector<WorldAtSizes> worlds;
  for (auto& [options, group] : group_sizes(sizes, [&](Index n) {
         return resolve(entry.options, world.options, Variables{{"n", static_cast<double>(n)}});
       }))
    worlds.push_back({entry.make(options), std::move(group)});
  return worlds;
}

bool has_classes(const Study& study) {
  const auto is_of_classes = [](const WorldAtSizes& one) { return one.world.task() == Task::classification; };
  const std::vector<std::size_t> sample = study.cells.sample(most_cells_tried);
  return std::any_of(sample.begin(), sample.end(), [&](std::size_t position) {
    const Choice world = study.cells[position].world;
    const auto worlds = worlds_at(world, study.sizes, study.catalogues.world(world.kind));
    return std::any_of(worlds.begin(), worlds.end(), is_of_classes);
  });
}

Index count_replicates(const Study& study, const ArmSpec& arm) {
  return arm.replicates > 0 ? arm.replicates : study.replicates;
}

Index count_replicates(const Study& study, const ArmSpec& arm, Index n) {
  const auto gives = [&](const AdaptiveTarget& target) {
    return has_size(target, n) && (target.law.arm == arm.name || target.law.against_arm == arm.name);
  };
  return is_further(study, n) && !any_target(study, gives) ? 0 : count_replicates(study, arm);
}

bool is_further(const Study& study, Index n) {
  return any_target(study, [&](const AdaptiveTarget& target) { return has_size(target, n); });
}

std::vector<Index> further_sizes(const Study& study) {
  std::vector<Index> sizes = study.sizes;
  std::erase_if(sizes, [&](Index n) { return !is_further(study, n); });
  return sizes;
}

std::vector<Index> given_sizes(const Study& study) {
  std::vector<Index> sizes = study.sizes;
  std::erase_if(sizes, [&](Index n) { return is_further(study, n); });
  return sizes;
}

}  // namespace quartic
