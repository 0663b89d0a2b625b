#pragma once
/// An arm of a study made ready to run: its models at each size, and how it may be described.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/catalogue.hpp"
#include "core/model.hpp"
#include "core/world.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// One model and the sizes it serves: those at which the arm's formulas give the same options.
struct ModelAtSizes {
  Model model;
  OptionValues options;  ///< formulas evaluated
  std::vector<Index> sizes;
};

/// What outputs must say of an arm whenever they show it: "informed" (an option quotes what only the truth
/// knows) and "unattainable" (its penalty is picked by true risk), joined by a blank; "" for an arm that
/// anyone could run.
std::string list_marks(const ArmSpec& arm, const CatalogueEntry<Model>& entry);

/// The models of one arm; an immutable value. Formulas are evaluated per replicate, since they may quote its
/// facts.
class ArmModels {
 public:
  /// `entry` is that of the arm's kind. Throws InvalidInput for options that the kind refuses and that hold
  /// no formula.
  ArmModels(const ArmSpec& arm, const CatalogueEntry<Model>& entry);

  /// The models for these sizes, in order of size; `columns` is how many columns the arm sees.
  /// Throws InvalidInput for formulas without a usable value.
  std::vector<ModelAtSizes> at(std::span<const Index> sizes, const Facts& facts, Index columns) const;
  const std::string& marks() const { return marks_; }
  /// Whether they see all columns, and are told which of them an expert names.
  bool takes_advice() const { return takes_advice_; }

 private:
  CatalogueEntry<Model> entry_;
  OptionValues options_;
  std::optional<ModelAtSizes> fixed_;  // without formulas there is one model
  std::string marks_;
  bool takes_advice_ = false;
};

/// A world and the sizes at which the study's formulas give it the same options.
struct WorldAtSizes {
  World world;
  std::vector<Index> sizes;
};

/// The worlds of a cell, in order of size; usually one. `entry` is that of its kind. Throws InvalidInput for
/// options that the kind refuses.
std::vector<WorldAtSizes> worlds_at(const Choice& world, std::span<const Index> sizes,
                                    const CatalogueEntry<World>& entry);

/// Whether a world of its cells is one of classes; of very many cells a sample stands for all. Throws
/// InvalidInput likewise.
bool has_classes(const Study& study);

/// How many replicates an arm runs at the most.
Index count_replicates(const Study& study, const ArmSpec& arm);
/// Likewise at this size; 0 where only arms of other targets may be given it.
Index count_replicates(const Study& study, const ArmSpec& arm, Index n);
/// Whether the size is a further one, of a target.
bool is_further(const Study& study, Index n);
/// All of those, ascending.
std::vector<Index> further_sizes(const Study& study);
/// The sizes that every arm runs.
std::vector<Index> given_sizes(const Study& study);

}  // namespace quartic
