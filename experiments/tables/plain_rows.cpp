#include <algorithm>
#include <cmath>
#include <utility>

#include "core/options.hpp"
#include "experiments/tables/group_fits.hpp"
#include "laws/curves/bend.hpp"
#include "laws/curves/contradiction.hpp"
#include "laws/curves/held_floor.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/row_interval.hpp"

namespace quartic::detail {

namespace {

/// x and error of one quantity of one group.
struct Points {
  const FitRows& rows;
  const Vector& x;
  Quantity quantity;
  RowUnits units;
  bool clustered() const { return !rows.clusters.empty(); }
};

// --- Straight lines ---

Regression kind_of(FittedBy by) {
  if (by == FittedBy::theil_sen) return Regression::theil_sen;
  return by == FittedBy::huber ? Regression::huber : Regression::forward;
}

/// Rows that lie on one line to rounding have no residuals to resample.
bool on_one_line(const Scatter& rows) {
  return least_squares_line(rows).residual_deviation < 1e-9;
}

/// The slope of y on x, over whole clusters where there are any.
Interval slope_of(Regression kind, const Scatter& rows, const Points& points, const FitQuestion& question,
                  Stream stream) {
  if (points.clustered())
    return jackknife(
        [&](Index sample) {
          const std::vector<Index> kept = points.units.rows(sample);
          return regress(kind, {rows.x(kept), rows.y(kept)}).slope;
        },
        points.units.jackknife(question.confidence));
  return slope_interval(kind, rows,
                        {.resampling = RowResampling::where_needed, .confidence = question.confidence},
                        std::move(stream));
}

/// Which of both is taken to be without noise.
enum class Direction { forward, reverse };

Interval line_exponent(Direction direction, const Points& points, const FitQuestion& question, double floor) {
  const Regression kind = kind_of(question.by);
  const Scatter rows = log_scatter(points.x, points.rows.errors, floor);
  if (on_one_line(rows)) {
    const double slope = regress(kind, rows).slope;
    return exponent_of_slope({slope, slope, slope});
  }
  const Stream stream = Stream(1).child("fit").child(points.rows.group).child(to_string(points.quantity));
  if (direction == Direction::forward)
    return exponent_of_slope(slope_of(kind, rows, points, question, stream.child("forward")));
  return exponent_of_slope(
      turned_round(slope_of(kind, {rows.y, rows.x}, points, question, stream.child("reverse"))));
}

LawFit fit_form(LawForm form, const Points& points, const std::optional<double>& floor) {
  return fit_law(form, {points.x, points.rows.errors, Vector::Ones(points.x.size())}, {.floor = floor});
}

/// Of a line in logarithms: log10 1/(error - floor) on log10 x.
Law law_of_line(double intercept, double slope, double floor) {
  return {.form = LawForm::power, .scale = std::pow(10, -intercept), .exponent = slope, .floor = floor};
}

/// The power law that is a robust line.
LawFit fit_robust_line(const Points& points, const FitQuestion& question, double floor) {
  const StraightLine line = regress(kind_of(question.by), log_scatter(points.x, points.rows.errors, floor));
  LawFit fit;
  fit.law = law_of_line(line.intercept, line.slope, floor);
  const Eigen::ArrayXd log_errors = points.rows.errors.array().log();
  fit.residuals = log_errors - points.x.unaryExpr([&](double x) { return std::log(fit.law.at(x)); }).array();
  fit.squares = fit.residuals.squaredNorm();
  fit.r_squared = 1 - fit.squares / (log_errors - log_errors.mean()).square().sum();
  return fit;
}

/// The line that takes all noise to be in x; nothing where x does not grow as errors fall.
std::optional<Law> reverse_law(const Points& points, const FitQuestion& question, double floor) {
  const Scatter rows = log_scatter(points.x, points.rows.errors, floor);
  const StraightLine line = regress(kind_of(question.by), {rows.y, rows.x});
  if (!(line.slope > 0)) return std::nullopt;
  return law_of_line(-line.intercept / line.slope, 1 / line.slope, floor);
}

/// Warns of a row that moves the exponent by more than a quarter, by the law that was taken.
void warn_of_leverage(const Points& points, const FitQuestion& question, TableFit& fit) {
  const LawForm form = fit.fit.law.form;
  const Index rows = points.x.size(), most = form == LawForm::power ? 2000 : 200;
  if (question.by != FittedBy::least_squares || rows > most || !std::isfinite(fit.value.estimate)) return;
  const double factor = fit.value.estimate * fit.fit.law.exponent;
  for (Index row = 0; row < rows; ++row) {
    Vector weights = Vector::Ones(rows);
    weights[row] = 0;
    const double slope =
        fit_law(form, {points.x, points.rows.errors, weights}, {.floor = question.floor}).law.exponent;
    const double without = slope > 0 ? factor / slope : std::numeric_limits<double>::infinity();
    if (std::abs(without / fit.value.estimate - 1) <= 0.25) continue;
    fit.warnings.push_back(
        {WarningKind::leverage, "Without one row alone (its error is " + shortest(points.rows.errors[row]) +
                                    ") the exponent is " + shortest(std::round(100 * without) / 100) + "."});
    return;
  }
}

/// Three rows, or four, have a line but no interval.
bool has_line_alone(const TableFit& fit) {
  return fit.rows >= 3 && fit.rows < 5 && fit.fit.law.exponent > 0;
}

/// What a claim on it is held against: published computing is noisy, sizes are not.
Interval claimed_range(const TableFit& fit) {
  if (fit.quantity == Quantity::data_exponent || std::isnan(fit.reverse.estimate)) return fit.line;
  return {fit.line.estimate, std::min(fit.line.low, fit.reverse.low),
          std::max(fit.line.high, fit.reverse.high)};
}

/// By the straight line, and the one that takes all noise to be in x.
void fit_line(const Points& points, const FitQuestion& question, double root, TableFit& fit) {
  const double floor = question.floor.value_or(0);
  const bool squares = question.by == FittedBy::least_squares;
  fit.fit = squares ? fit_form(LawForm::power, points, floor) : fit_robust_line(points, question, floor);
  fit.line = scaled(line_exponent(Direction::forward, points, question, floor), root);
  fit.reverse = scaled(line_exponent(Direction::reverse, points, question, floor), root);
  if (question.expectation) fit.judgement = judge(*question.expectation, claimed_range(fit));
  if (std::isnan(fit.line.low) && has_line_alone(fit)) fit.line.estimate = root / fit.fit.law.exponent;
  fit.value = fit.line;
  if (std::isnan(fit.line.estimate)) fit.reverse = {};
  if (!std::isnan(fit.reverse.estimate)) fit.shown.reverse = reverse_law(points, question, floor);
}

// --- Laws that are not straight ---

/// A number of a form, with rows left out for its interval.
Interval number_over_rows(LawForm form, const Points& points, const FitQuestion& question,
                          const NumberOfLaw& number) {
  const auto value = [&](Index sample, bool signed_floor) {
    return number(fit_law(form, {points.x, points.rows.errors, points.units.weights(sample)},
                          {.floor = question.floor, .signed_floor = signed_floor})
                      .law);
  };
  return cover_both_floors(value(0, false), [&](bool signed_floor) {
    return jackknife([&](Index sample) { return value(sample, signed_floor); },
                     points.units.jackknife(question.confidence));
  });
}

/// What each cluster adds to log errors, as far as the widest form leaves it over; none of single rows.
Matrix influences_of(const Points& points, const FitQuestion& question) {
  if (!points.clustered()) return {};
  const LawForm widest = question.floor ? LawForm::offset : LawForm::floor_offset;
  const Vector residuals = fit_form(widest, points, question.floor).residuals;
  Matrix influences = Matrix::Zero(points.units.count, residuals.size());
  for (Index row = 0; row < residuals.size(); ++row)
    influences(points.units.of_row[static_cast<std::size_t>(row)], row) = residuals[row];
  return influences;
}

/// By the form that is asked for, or by every form that the rows do not exclude.
std::vector<Reading> read_rows_by_forms(const Points& points, const FitQuestion& question, double root) {
  const auto slope = [&](LawForm form, double confidence) {
    FitQuestion asked = question;
    asked.confidence = confidence;
    return number_over_rows(form, points, asked, [](const Law& law) { return law.exponent; });
  };
  if (const std::optional<LawForm> form = one_form(question.laws))
    return {{*form, exponent_of(slope(*form, question.confidence), root)}};
  const Contradiction contradiction({.points = {points.x, points.rows.errors, Vector::Ones(points.x.size())},
                                     .influences = influences_of(points, question),
                                     .replicates = points.units.count,
                                     .floor = question.floor});
  return read_forms({.p = [&](LawForm form) { return contradiction.p(form); },
                     .squares = [&](LawForm form) { return contradiction.squares(form); },
                     .slope = slope},
                    {question.floor.has_value(), question.confidence, root});
}

void take_readings(std::vector<Reading> readings, const Points& points, const FitQuestion& question,
                   double root, TableFit& fit) {
  fit.readings = std::move(readings);
  const Reading& taken = fit.readings.front();
  fit.fit = fit_form(taken.form, points, question.floor);
  const bool falls = std::isfinite(taken.value.low);
  if (falls) fit.value = headline(fit.readings);
  if (question.expectation)
    fit.judgement = falls ? judge_readings(*question.expectation, standing(fit.readings))
                          : judge(*question.expectation, fit.value);
  tell_break(
      root, [&](const NumberOfLaw& number) { return number_over_rows(taken.form, points, question, number); },
      fit);
}

/// Whether other laws than the line's are worth asking: a table of millions would be fitted for minutes.
bool tells_of_laws(const Points& points, const FitQuestion& question, const TableFit& fit) {
  constexpr Index least = 5, most = 2000;
  const Index rows = points.x.size();
  return !one_form(question.laws) && question.by == FittedBy::least_squares && rows >= least &&
         rows <= most && std::isfinite(fit.value.low) &&
         !on_one_line(log_scatter(points.x, points.rows.errors, question.floor.value_or(0)));
}

/// A straight line stands as long as the rows do not exclude it. What is quoted, and held against a claim, is
/// every law that stands.
void fit_line_among_laws(const Points& points, const FitQuestion& question, double root, TableFit& fit) {
  fit_line(points, question, root, fit);
  if (tells_of_laws(points, question, fit)) {
    std::vector<Reading> readings = read_rows_by_forms(points, question, root);
    Reading& first = readings.front();
    if (first.form != LawForm::power) {
      fit.line = fit.reverse = {};
      fit.shown.reverse.reset();
      take_readings(std::move(readings), points, question, root, fit);
    } else {
      first.value = claimed_range(fit);
      if (question.expectation) fit.judgement = judge_readings(*question.expectation, standing(readings));
      fit.value = headline(readings);
      fit.readings = std::move(readings);
    }
  }
  warn_of_leverage(points, question, fit);
}

/// What rows say against any law, unless one is named or rows may be wrong, or err together.
std::string bend_of(const Points& points, const FitQuestion& question) {
  if (one_form(question.laws) || question.by != FittedBy::least_squares || points.clustered()) return "";
  const bool of_data = points.quantity == Quantity::data_exponent;
  return find_bend_of_rows({points.x, points.rows.errors, Vector::Ones(points.x.size())},
                           of_data ? *question.data : *question.compute);
}

std::string note_on(const TableFit& fit) {
  if (std::isnan(fit.value.estimate))
    return "The error does not fall, or too few rows tell how (five at least): there is no exponent.";
  const Interval& by_law = std::isnan(fit.line.estimate) ? fit.readings.front().value : fit.line;
  if (std::isnan(by_law.low))
    return "Too few rows tell how far the exponent can be trusted (five at least): there is no interval.";
  if (std::isnan(fit.value.low)) return "A law that stands has no interval: there is none of all laws.";
  return plateau_note(by_law);
}

}  // namespace

bool is_line_asked(const LawsAsked& laws) {
  return std::holds_alternative<LineFirst>(laws) || one_form(laws) == LawForm::power;
}

TableFit fit_plain(const FitRows& rows, Quantity quantity, const FitQuestion& question,
                   Performance performance) {
  const Points points{rows, quantity == Quantity::data_exponent ? rows.data : rows.compute, quantity,
                      units_of(rows)};
  TableFit fit{.group = rows.group, .quantity = quantity, .rows = points.x.size()};
  if (points.clustered()) fit.clusters = points.units.count;
  const double root = root_of(performance);
  fit.note = bend_of(points, question);
  if (!fit.note.empty()) {
    if (question.expectation) fit.judgement = judge(*question.expectation, fit.value);
  } else if (is_line_asked(question.laws))
    fit_line_among_laws(points, question, root, fit);
  else
    take_readings(read_rows_by_forms(points, question, root), points, question, root, fit);
  if (fit.note.empty()) fit.note = note_on(fit);
  add_warnings(rows, points.x, fit);
  keep_points(points.x, rows.errors, fit);
  for (std::size_t k = 1; k < fit.readings.size(); ++k)
    if (!fit.readings[k].excluded)
      fit.shown.others.push_back(fit_form(fit.readings[k].form, points, question.floor).law);
  return fit;
}

}  // namespace quartic::detail
