#pragma once
/// Exponents of anybody's table: one line a training run, or one line a replicate of it.
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/platform/csv.hpp"
#include "experiments/study/cells.hpp"
#include "laws/curves/exponent.hpp"

namespace quartic {

/// What performance k is: 1/error, as in published accounts of error rates, or 1/sqrt(error), for squared
/// errors.
enum class Performance { inverse, inverse_root };
std::string_view to_string(Performance performance);

/// Which columns hold what, and how they are to be read.
struct FitQuestion {
  std::string error = "";  ///< "": looked for under the usual names
  /// Nothing: looked for under the usual names; "": there is none.
  std::optional<std::string> data = {}, compute = {}, group = {}, replicate = {};
  /// The column of sizes of models, not looked for. Given, the law in two causes goes through all rows of a
  /// group (laws/frontiers/two_causes.hpp) in the place of laws over data or computing alone.
  std::string parameters = "";
  double from = 0;  ///< rows used: from <= size <= to, of data, or of computing where there is no data
  double to = std::numeric_limits<double>::infinity();
  bool accuracy = false;  ///< the column of errors holds accuracies: error = 1 - accuracy
  bool percent = false;   ///< it counts per cent, without a sign
  /// Columns are named by sizes of data, and hold errors, or accuracies; every row is a replicate.
  bool wide = false;
  bool even = false;  ///< of replicates: LawOptions::even
  /// Nothing: those that the data do not exclude.
  std::optional<LawForm> form = {};
  std::optional<double> floor = {};  ///< nothing: unknown
  bool plain_power = true;           ///< neither a form nor a free floor was asked for
  /// Nothing: inverse; inverse_root for quartic's own records, whose errors are squared.
  std::optional<Performance> performance = {};
  std::optional<Expectation> expectation = {};  ///< of the compute exponent, or of the data exponent alone
  double confidence = 0.95;
};

enum class Quantity { data_exponent, compute_exponent, two_causes_exponent };
std::string_view to_string(Quantity quantity);

/// One exponent of one group.
struct TableFit {
  std::string group;           ///< "" in a table without groups
  CellSettings settings = {};  ///< of a sweep of quartic's own: those that concern the group
  Quantity quantity = Quantity::data_exponent;
  LawFit fit = {};
  Interval value = {};  ///< by the law taken, or whichever law (laws/curves/readings.hpp)
  std::vector<Reading> readings =
      {};  ///< the law taken first; none of a straight line or the law in two causes
  /// The exponent by the line that takes all noise to be in x, with its interval; NaN for replicates, whose
  /// sizes are known.
  Interval reverse = {};
  double beyond = nan;    ///< the exponent beyond fit.law.break_size, of a broken law; `value` is that below
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
  std::vector<TableFit> fits;      ///< group by group, data before compute
  Index left_out = 0;              ///< rows with a missing value
  std::vector<std::string> notes;  ///< how columns were understood, where that is not plain
};

/// With replicates: data_exponent and compute_exponent of laws/curves/exponent.hpp, intervals over
/// replicates; over budgets of computing in a table without sizes. Without: rows are independent; the power
/// law by the forward line with an interval over rows, the reverse line beside it
/// (laws/statistics/row_interval.hpp); other laws by unweighted least squares with a jackknife interval over
/// rows, whichever the rows do not exclude where none is named. The law in two causes: computing along its
/// frontier, by a jackknife over replicates or rows, which all count alike. Columns "fit_flops" and
/// "tuning_flops" of quartic's own records add up unless a column is named; records whose status is not
/// "converged" are left out, with a warning; groups of a sweep are arms at their settings. The verdict on a
/// compute exponent of a plain table holds the hull of forward and reverse against the claim, because
/// published computing is noisy.
///
/// What is no column of replicates (one value, or no two rows of a size) or of groups (nobody asked for it,
/// and no name has three rows) is not used as one, and a note says so; where every row has a replicate of its
/// own, those of a size are numbered. A size that was run once, among three of several replicates, is left
/// out. Among several groups, one that cannot be fitted has a note in the place of its exponents.
///
/// Throws InvalidInput, with the line, for columns that are not there, numbers that are no errors (below 0; 0
/// in a plain table; not finite), sizes that are not positive, the same replicate twice, a floor in another
/// unit than the errors, `even` without replicates, or parameters without data or with a form or a floor.
TableFits fit_table(const CsvTable& table, FitQuestion question);

/// {"schema_version":1,"file","performance","confidence","even","rows_left_out","notes","fits":[{group,
/// settings, quantity, law, estimate, low, high, readings: [{form, estimate, low, high, p, excluded}],
/// reverse, reverse_low, reverse_high, floor, break, estimate_beyond, r_squared, verdict, reason, note,
/// warnings, rows, replicates}]}; NaN and infinity are null.
std::string fits_json(const CsvTable& table, const TableFits& fits);

}  // namespace quartic
