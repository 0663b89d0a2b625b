#pragma once
/// Exponents of anybody's table: one line a training run, or one line a replicate of it.
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/words.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/study/study.hpp"
#include "experiments/tables/shown_fit.hpp"
#include "laws/curves/exponent.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic {

/// As --performance of `quartic fit` spells it.
inline constexpr Words<Performance, 2> fit_performance_words = {
    {{Performance::inverse, "inverse"}, {Performance::inverse_root, "inverse-root"}}};

/// How a straight line, or the law in two causes, is fitted to plain rows: theil_sen is of lines alone.
enum class FittedBy { least_squares, theil_sen, huber };
inline constexpr Words<FittedBy, 3> fitted_by_words = {{{FittedBy::least_squares, "least-squares"},
                                                        {FittedBy::theil_sen, "theil-sen"},
                                                        {FittedBy::huber, "huber"}}};

/// Which rows count. size: of those of one size (and one replicate) the one of least error. envelope: those below
/// which none lies that costs no more (or, without computing, is no larger).
enum class Best { all, size, envelope };
inline constexpr Words<Best, 3> best_words = {
    {{Best::all, "all"}, {Best::size, "size"}, {Best::envelope, "envelope"}}};

/// By which laws a table is read: those of power, floor and offset that the data do not exclude; the same, but plain
/// rows by the straight line unless they exclude it; or one form.
struct StandingLaws {};
struct LineFirst {};
using LawsAsked = std::variant<LineFirst, StandingLaws, LawForm>;
std::optional<LawForm> one_form(const LawsAsked& laws);

/// Which columns hold what, and how they are to be read.
struct FitQuestion {
  std::string error = "";  ///< "": looked for under the usual names
  /// Nothing: looked for under the usual names; "": there is none.
  std::optional<std::string> data = {}, compute = {}, group = {}, replicate = {};
  /// The law in two causes goes through all rows of a group, in the place of laws over data or computing alone. A
  /// column of parameters, the sizes of models, asks for it too; it is looked for where it is "", and computing is not.
  bool two_causes = false;
  std::string parameters = "";
  /// What errs together (laboratories, budgets): intervals of plain rows leave out whole clusters. "": no column.
  std::string cluster = "";
  Best best = Best::all;
  /// Rows used: from <= size <= to, of data, or of computing where there is no data.
  double from = -infinity, to = infinity;
  bool accuracy = false, percent = false;  ///< errors are 1 - what the column holds; it counts per cent
  /// Columns are named by sizes of data, and hold errors, or accuracies; every row is a replicate.
  bool wide = false;
  bool even = false;                      ///< of replicates: LawOptions::even
  Average average = Average::mean;        ///< of replicates
  FittedBy by = FittedBy::least_squares;  ///< of plain rows
  double delta = 1e-3;  ///< of two causes by huber: residuals of log error beyond it count linearly
  LawsAsked laws = LineFirst{};
  std::optional<double> floor = {};  ///< nothing: unknown
  /// Nothing: inverse; inverse_root for quartic's own records, whose errors are squared.
  std::optional<Performance> performance = {};
  std::optional<Expectation> expectation = {};  ///< of the compute exponent, or of the data exponent alone
  double confidence = 0.95;
};

enum class Quantity { data_exponent, compute_exponent, two_causes_exponent };
std::string_view to_string(Quantity quantity);

/// A number that a law tells beside its exponent of k.
struct LawNumber {
  std::string key;   ///< "a"
  std::string says;  ///< what it is, in some words
  Interval value;
};

/// The law in two causes, and its frontier: C = cost.unit N^cost.first D^cost.second.
struct TwoCauseNumbers {
  std::vector<LawNumber> law, frontier;
  PairCost cost;
};

/// One exponent of one group.
struct TableFit {
  std::string group;           ///< "" in a table without groups
  CellSettings settings = {};  ///< of a sweep of quartic's own: those that concern the group
  Quantity quantity = Quantity::data_exponent;
  LawFit fit = {};
  Interval value = {};                 ///< by the law taken, or whichever law (laws/curves/readings.hpp)
  std::vector<Reading> readings = {};  ///< the law taken first; none of a robust line or of two causes
  /// By the line alone, and that which takes all noise to be in x; NaN for replicates, and for other laws.
  Interval line = {}, reverse = {};
  /// Of a broken law: where it breaks, and the exponent beyond; `value` is that below.
  Interval break_size = {}, beyond = {};
  std::optional<TwoCauseNumbers> two_causes = {};
  Index rows = 0;         ///< used
  Index replicates = 0;   ///< 0 in a plain table
  Index clusters = 0;     ///< 0 where rows stand for themselves
  std::string note = "";  ///< what stands in the way, or must be known
  std::optional<Judgement> judgement = {};
  std::vector<LawWarning> warnings = {};
  ShownFit shown = {};
};
bool has_exponent(const TableFit& fit);  ///< not where errors surely do not fall, or nothing could be fitted
/// "power", ..., "two_causes".
std::string_view law_name(const TableFit& fit);

struct TableFits {
  FitQuestion question;  ///< with the columns that were used
  Performance performance = Performance::inverse;
  std::vector<TableFit> fits;      ///< group by group, data before compute
  Index left_out = 0;              ///< rows with a missing value
  std::vector<std::string> notes;  ///< how columns were understood, where that is not plain
};

/// With replicates: data_exponent and compute_exponent of laws/curves/exponent.hpp, intervals over replicates; over
/// budgets of computing in a table without sizes. Without: rows are independent, or those of a cluster err together;
/// the power law by the line of the question and the reverse one (laws/statistics/row_interval.hpp), unless 5 to 2000
/// rows exclude it; other laws by unweighted least squares with a jackknife interval over rows, whichever the rows do
/// not exclude where none is named; no law where rows bend (laws/curves/bend.hpp). Over clusters every interval
/// leaves out whole ones. The law in two causes: computing along its frontier, by a jackknife over clusters,
/// replicates or rows, which all count alike; computing costs N D, or what its column says. Columns "fit_flops" and
/// "tuning_flops" of quartic's own records add up unless a column is named; records whose status is not "converged"
/// are left out, with a warning; groups of a sweep are arms at their settings. A compute exponent of a plain table is
/// judged by both lines: published computing is noisy.
///
/// What is no column of replicates (one value, or no two rows of a size) or of groups (nobody asked for it, and no
/// name has three rows) is not used as one, and a note says so; where every row has a replicate of its own, those
/// of a size are numbered. A size that was run once, among three of several replicates, is left out. Among several
/// groups, one that cannot be fitted has a note in the place of its exponents.
///
/// Throws InvalidInput, with the line, for columns that are not there, numbers that are no errors (below 0; 0 in a
/// plain table; not finite), sizes that are not positive, the same replicate twice, a floor in another unit than
/// the errors, `even` or another average without replicates, a robust line or clusters with them, one cluster, or
/// the law in two causes without parameters and data or with a form or a floor.
TableFits fit_table(const CsvTable& table, FitQuestion question);

/// {"schema_version":1,"file","performance","confidence","even","average","method","cluster","rows_left_out",
/// "notes","fits":[{group, settings, quantity, law, estimate, low, high, readings: [{form, estimate, low,
/// high, p, excluded}], line, reverse, floor, break, estimate_beyond, two_causes: {E: {estimate, low, high},
/// ...}, r_squared, verdict, reason, note, warnings, rows, replicates, clusters}]}; beside line, reverse and
/// the like stand line_low and line_high. NaN, infinity, and the law where there is no exponent, are null.
std::string fits_json(const CsvTable& table, const TableFits& fits);

}  // namespace quartic
