#pragma once
/// What theory expects of one arm, evaluated for the truth of each replicate.
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/world.hpp"
#include "experiments/study/expression.hpp"
#include "experiments/study/study.hpp"
#include "experiments/theory/theory.hpp"
#include "laws/theory/catalogue/catalogue.hpp"
#include "laws/theory/read_columns.hpp"
#include "sim/experts/expert.hpp"

namespace quartic {

/// Where an arm stands in one replicate.
struct ArmTheoryPoint {
  Index n = 0;
  Index columns = 0;                     ///< how many the arm sees
  double missing_share = 0;              ///< see missing_share()
  NamedCounts named = {};                ///< what an expert names to a model that sees all
  OptionValues options;                  ///< of the model, formulas evaluated
  std::optional<ReadColumns> read = {};  ///< of an expert who reads badly, or is wrong about signs
};

/// The curve of one arm: the study's own [[theory]] line where there is one - an expression, or a closed form by its
/// name in theory_curves() - else quartic's formulas. Threads may share it: the last value at each size is kept
/// (formulas cost up to milliseconds, and most replicates ask for the same).
class ArmTheory {
 public:
  ArmTheory(const Study& study, const Cell& cell, const ArmSpec& arm);
  /// Expected normalised error, or NaN where no formula holds.
  double at(const ArmTheoryPoint& point, const Facts& facts);

 private:
  /// All that a value depends on: numbers, and the model's options.
  using Inputs = std::pair<std::vector<double>, OptionValues>;

  double evaluate(const ArmTheoryPoint& point, const Facts& facts) const;

  Choice world_, model_;  // with all options; those of the model are its defaults
  std::optional<Expression> line_;
  const TheoryCurve* curve_ = nullptr;
  std::mutex mutex_;
  std::map<Index, std::pair<Inputs, double>> last_;  // n -> inputs and value
};

/// Share of Var f* carried by relevant columns outside `columns` (ascending): the sum over them of Cov(x_j,
/// f*)^2 / Var x_j, over Var f*, which is exact where columns are independent. Found from the exact risk of
/// rules of one column; NaN for truths that have none, and of classes unless no relevant column is missing.
double missing_share(const Truth& truth, Task task, const std::vector<Index>& columns);

/// How many of these columns (ascending) are relevant, and how many are not.
NamedCounts count_named(const Truth& truth, const std::vector<Index>& columns);

/// What an expert sees of this truth, for theory; nothing where every column is read as it is and may have any
/// sign. Parts of the signal are NaN for truths that have no exact risk, and mean something only where columns
/// are independent.
std::optional<ReadColumns> describe_reading(const Truth& truth, const Advice& advice);

}  // namespace quartic
