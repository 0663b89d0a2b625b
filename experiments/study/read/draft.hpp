#pragma once
/// A study that has been read but not yet checked against the catalogues: every option still knows its place
/// in the file, and lists that span a sweep are still lists.
#include <optional>
#include <string>
#include <vector>

#include "experiments/study/expert_keys.hpp"
#include "experiments/study/read/table_reader.hpp"
#include "experiments/study/study.hpp"

namespace quartic::detail {

/// One key with its value, or, on an axis of a sweep, its values.
struct Setting {
  std::string key;   ///< as in the file: "noise", "correct"
  std::string path;  ///< as in --set: "world.noise", "arm.expert.expert.correct"
  std::string where;
  std::vector<OptionValue> values;
  bool is_axis = false;
  bool is_range = false;  ///< the values of a count are then rounded, and kept once each
};

struct ChoiceDraft {
  Setting kind;      ///< a text; of a world perhaps several
  std::string path;  ///< "world" or "arm.NAME"
  std::vector<Setting> options;
};

struct ArmDraft {
  ArmSpec spec;  ///< without model and expert
  std::string where;
  std::string select_where;  ///< of the key select, where there is one
  ChoiceDraft model;
  std::optional<std::vector<Setting>> expert;  ///< expert_keys.hpp
};

/// Axes that are tied: they have equally many values, which are read side by side.
struct Zip {
  std::vector<std::string> keys;
  std::string where;
};

/// What `where` says of the cells that there are; no text: all.
struct CellCondition {
  std::string text;
  std::string where;
};

struct Draft {
  Study study;  ///< without cells and text
  std::string where, sizes_where;
  bool is_case = false;  ///< the study with one [[case]] applied
  std::vector<Zip> zips;
  CellCondition condition;
  ChoiceDraft world;
  std::vector<ArmDraft> arms;
  std::vector<std::string> theory_where;  ///< one a line of theory
  std::vector<std::string> claim_where;   ///< one a claim
  std::vector<std::string> target_where;  ///< one a target
};

class SweepCells;

/// Reads a document. What is wrong goes to problems; a draft with problems is not to be used.
Draft read_draft(const Node& document, const Catalogues& catalogues, Problems& problems);
/// Checks names, types and formulas of all options against the catalogues, and brings values to their kind.
void check_options(Draft& draft, Problems& problems);
std::vector<std::string> arm_names(const Draft& draft);
/// Every setting of the draft, world first, in the order of the file.
std::vector<const Setting*> all_settings(const Draft& draft);
/// Drops claims about settings that no cell has; what the sweep varies stays in Claim::cells. A key that is
/// no setting of the study is a problem.
void drop_claims_without_cells(Draft& draft, const SweepCells& cells, Problems& problems);
/// Likewise targets, and their further sizes.
void drop_targets_without_cells(Draft& draft, const SweepCells& cells, Problems& problems);
/// Checks that the formulas of claims quote what there is.
void check_claims(const Draft& draft, const SweepCells& cells, Problems& problems);
/// Draws one truth a cell, and tries every expert, formula and model on it at every size; of very many cells,
/// for a sample that stands for them.
void check_cells(const SweepCells& cells, Problems& problems);
/// Checks that each setting matters in one cell or more: none is ignored beside another one.
void check_effects(const SweepCells& cells, Problems& problems);
/// The document as deterministic TOML that reads back to the same study.
std::string canonical_text(const Node& document, const Study& study);

/// The value as the settings of a cell show it: 0.5, true, a text without quotes.
std::string plain_text(const OptionValue& value);
std::optional<std::vector<Index>> read_sizes(const Node& node, const std::string& key, Problems& problems);
std::vector<Claim> read_claims(const Node& node, const std::vector<std::string>& arms, Problems& problems);
/// The claim of a table `target`, which claims no value.
Claim read_target(const TableReader& target, const std::vector<std::string>& arms);
/// Adaptive replicates, their targets and their budget, of a study whose arms have been read.
void read_adaptive(const Node::Table& table, Draft& draft, Problems& problems);
/// The [causes] table of a study whose arms and sizes have been read.
std::optional<Causes> read_causes(const Node& node, const Draft& draft, Problems& problems);
/// The [remedies] table, likewise.
std::optional<Remedies> read_remedies(const Node& node, const Draft& draft, Problems& problems);

}  // namespace quartic::detail
