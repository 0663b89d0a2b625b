#pragma once
/// A study: what one TOML file says, parsed and validated whole before anything runs (read/parse_study.hpp).
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/study/catalogues.hpp"
#include "experiments/study/causes_and_remedies.hpp"
#include "experiments/study/cells.hpp"
#include "experiments/study/claim_laws.hpp"
#include "laws/curves/curve.hpp"
#include "laws/curves/ratio.hpp"
#include "laws/statistics/verdict.hpp"

namespace quartic {

/// How the rows of a table are held: as numbers of 8 or 4 bytes, or not at all (each model draws them as it
/// goes).
enum class Storage { doubles, floats, stream };
/// As it stands in a study file: "double", "float", "stream".
std::string_view to_string(Storage storage);

/// What performance k is, of which exponents are powers: 1/sqrt(error), for squared errors, or 1/error, as in
/// published accounts of error rates.
enum class Performance { inverse_root, inverse };
/// As it stands in a study file: "root", "error".
std::string_view to_string(Performance performance);
/// "one over the root of the error", "one over the error".
std::string_view in_words(Performance performance);
/// k = error^(-1/root): 2 or 1.
constexpr double root_of(Performance performance) {
  return performance == Performance::inverse ? 1 : 2;
}

/// What fitted rules are for, and so what they cost in all (experiments/findings/total_flops.hpp).
struct Usage {
  double uses = 0;                  ///< predictions that a fitted rule makes in its life
  Index pretraining_shared_by = 1;  ///< tasks that begin with what was spent on source tasks
};

/// What grows with performance: observations, operations of fitting and tuning, of one prediction, or those of
/// total_flops.hpp.
enum class Expense { computing, data, total, running };
/// As it stands in a study file: "computing", "data", "total", "running".
std::string_view to_string(Expense expense);

struct Claim {
  using Test = Expectation::Kind;
  std::string says;
  std::string arm;
  LawKind law = LawKind::data_exponent;
  Average average = Average::mean;
  double from = 0;  ///< sizes used: from <= n <= to
  double to = std::numeric_limits<double>::infinity();
  double near = std::numeric_limits<double>::infinity();  ///< crossing: only sizes within this factor
  std::vector<std::string> with = {};                     ///< frontier: the arms beside `arm`
  std::string against_arm;  ///< crossing: the arm and size whose error is the target;
  Index against_n = 0;      ///< n = 0: where the two curves cross
  Test test = Test::about;
  double value = 0;
  std::string formula = {};  ///< in place of value, see claim_cells.hpp: "4 + 2*roughness", "theory"
  /// Cells of a sweep that it is about: swept key -> values, as in Cell::settings. None: all.
  std::vector<std::pair<std::string, std::vector<std::string>>> cells = {};
  /// Nothing: usual_margin() of the law and the value (claim_laws.hpp). Findings always have one.
  std::optional<double> margin = {};
  double confidence = 0.95;
  std::optional<LawForm> form = {};  ///< of an exponent's law; nothing: chosen by the data
  std::optional<double> floor = {};  ///< held at this value; nothing: estimated, or unknown
  IntervalMethod interval = IntervalMethod::jackknife;
  Performance performance = Performance::inverse_root;  ///< that of the study
  Expense over = Expense::computing;                    ///< of laws of computing
  Usage usage = {};                                     ///< that of the study
  RatioOf of = RatioOf::exponent;                       ///< ratio: of what ...
  double at_error = 0;                                  ///< ... and of costs, to reach which error
};

/// A user's own overlay: normalised error of an arm as an expression in n and the facts.
struct TheoryLine {
  std::string arm;
  std::string curve;
};

/// An interval that is to become narrow, in every cell that it is about.
struct AdaptiveTarget {
  Claim law;              ///< without a claimed value
  double half_width = 0;  ///< of its interval; of crossings and multiples a share of the estimate
  /// Ascending; they stand in Study::sizes too. Only the arms of targets may be given them: where they narrow most
  /// per flop, or about a crossing.
  std::vector<Index> sizes = {};
};

/// How many replicates to run where the study does not say it by a number (experiments/adaptive/adaptive.hpp).
struct AdaptiveReplicates {
  Index least = 50, most = 2000;  ///< of every arm that has no number of its own
  /// Until the standard error of every log error (laws/statistics/weights.hpp) is below; 0: no such rule.
  double log_error_se = 0;
  std::vector<AdaptiveTarget> targets = {};
  double budget = std::numeric_limits<double>::infinity();  ///< flops of all fits
};

struct Study {
  std::string name;  ///< experiment name or file stem
  std::string title, question, source;
  std::string observations = "observations";  ///< what a sample is made of, in the plural
  std::string effort;                         ///< the effort in force, "" where none was asked for
  std::string text;  ///< canonical TOML of the study as it runs (effort and overrides applied)
  std::uint64_t seed = 1;
  /// Of the one truth of all replicates, as `quartic draw` draws it by this seed. None: each draws its own.
  std::optional<std::uint64_t> truth_seed;
  Index replicates = 20;                       ///< the most, where they are adaptive
  std::optional<AdaptiveReplicates> adaptive;  ///< none: as many as it says
  std::vector<Index> sizes;                    ///< ascending, distinct
  Storage storage = Storage::doubles;
  Performance performance =
      Performance::inverse_root;  ///< of classes inverse, unless the study says otherwise
  Usage usage = {};
  Catalogues catalogues = built_in_catalogues();  ///< the kinds that its cells name
  CellGrid cells;                                 ///< at least one
  std::vector<Claim> claims;
  std::vector<TheoryLine> theory;
  std::optional<Causes> causes;
  std::optional<Remedies> remedies;
};

/// As they stand in study files and findings: "mean", "geometric_mean"; "expect", ...
std::string_view to_string(Average average);
std::string_view to_string(Claim::Test test);

}  // namespace quartic
