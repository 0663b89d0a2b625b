#pragma once
/// Exponents of anybody's table: one line a training run, or one line a replicate of it.
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/platform/csv.hpp"
#include "laws/curves/exponent.hpp"

namespace quartic {

/// What performance k is: 1/error, as in published accounts of error rates, or 1/sqrt(error), for squared
/// errors.
enum class Performance { inverse, inverse_root };
std::string_view to_string(Performance performance);

/// Which columns hold what, and how they are to be read. A column that is not named is looked for under the
/// usual names; "" after that: there is none.
struct FitQuestion {
  std::string error, data, compute, group, replicate;
  /// The column of sizes of models, not looked for. Given, the law in two causes goes through all rows of a
  /// group (laws/frontiers/two_causes.hpp) in the place of laws over data or computing alone.
  std::string parameters = "";
  double from = 0;  ///< rows used: from <= size <= to, of data, or of computing where there is no data
  double to = std::numeric_limits<double>::infinity();
  bool accuracy = false;  ///< the column of errors holds accuracies: error = 1 - accuracy
  bool even = false;      ///< of replicates: LawOptions::even
  /// Nothing: those that the data do not exclude.
  std::optional<LawForm> form = {};
  std::optional<double> floor = {};             ///< nothing: unknown
  bool plain_power = true;                      ///< neither form nor floor was asked for
  std::optional<Performance> performance = {};  ///< nothing: inverse_root for replicates, else inverse
  std::optional<Expectation> expectation = {};  ///< of the compute exponent, or of the data exponent alone
  double confidence = 0.95;
};

enum class Quantity { data_exponent, compute_exponent, two_causes_exponent };
std::string_view to_string(Quantity quantity);

/// One exponent of one group.
struct TableFit {
  std::string group;  ///< "" in a table without groups
  Quantity quantity = Quantity::data_exponent;
  LawFit fit = {};
  Interval value = {};  ///< by the law taken, or whichever law (laws/curves/readings.hpp)
  std::vector<Reading> readings =
      {};  ///< the law taken first; none of a straight line or the law in two causes
  /// The exponent by the line that takes all noise to be in x, with its interval; NaN for replicates, whose
  /// sizes are known.
  Interval reverse = {};
  Index rows = 0;         ///< used
  Index replicates = 0;   ///< 0 in a plain table
  std::string note = "";  ///< what stands in the way, or must be known
  std::optional<Judgement> judgement = {};
  std::vector<LawWarning> warnings = {};
};
/// "power", ..., "two_causes".
std::string_view law_name(const TableFit& fit);

struct TableFits {
  FitQuestion question;  ///< with the columns that were used
  Performance performance = Performance::inverse;
  std::vector<TableFit> fits;  ///< group by group, data before compute
  Index left_out = 0;          ///< rows with a missing value
};

/// With replicates: data_exponent and compute_exponent of laws/curves/exponent.hpp, intervals over
/// replicates. Without: rows are independent; the power law by the forward line with a bootstrap interval
/// over rows, the reverse line beside it (laws/statistics/regression.hpp); other laws by unweighted least
/// squares with a jackknife interval over rows, whichever the rows do not exclude where none is named. The law in two causes: computing along its frontier, by a
/// jackknife over replicates or rows, which all count alike. Columns "fit_flops" and "tuning_flops" of
/// quartic's own records add up; records whose status is not "converged" are left out, with a warning. The
/// verdict on a compute exponent of a plain table holds the hull of forward and reverse against the claim,
/// because published computing is noisy. Throws InvalidInput, with the line, for columns that are not
/// there, numbers that are no errors (below 0; 0 in a plain table; not finite), sizes that are not
/// positive, the same replicate twice, `even` without replicates, or parameters without data or with a form
/// or a floor.
TableFits fit_table(const CsvTable& table, FitQuestion question);

/// {"schema_version":1,"file","performance","confidence","even","rows_left_out","fits":[{group, quantity,
/// law, estimate, low, high, readings: [{form, estimate, low, high, p, excluded}], reverse, reverse_low,
/// reverse_high, floor, r_squared, verdict, reason, note, warnings, rows, replicates}]}; NaN and infinity are null.
std::string fits_json(const CsvTable& table, const TableFits& fits);

}  // namespace quartic
