#include "experiments/tables/fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/tables/fit_rows.hpp"
#include "experiments/tables/wide.hpp"
#include "laws/curves/contradiction.hpp"
#include "laws/curves/held_floor.hpp"
#include "laws/frontiers/two_causes.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/row_interval.hpp"

namespace quartic {

namespace {

using detail::FitRows;

/// x and error of one quantity of one group.
struct Points {
  const FitRows& rows;
  const Vector& x;
  Quantity quantity;
};

Interval scaled(const Interval& interval, double factor) {
  return {factor * interval.estimate, factor * interval.low, factor * interval.high};
}

/// Exponents of k per 1/slope of log 1/error.
double factor_of(Performance performance) {
  return performance == Performance::inverse ? 1 : 2;
}

double root_by_slope(double growth, double slope) {
  return slope <= 0 ? std::numeric_limits<double>::infinity() : growth / slope;
}

double decades(const Vector& x) {
  return std::log10(x.maxCoeff() / x.minCoeff());
}

void add_warnings(const FitRows& rows, const Vector& x, TableFit& fit) {
  if (decades(x) < 2)
    fit.warnings.push_back(
        {WarningKind::narrow_range, fit.quantity == Quantity::compute_exponent
                                        ? "The computing used spans fewer than two decades."
                                        : "The sizes used span fewer than two decades."});
  if (rows.excluded > 0)
    fit.warnings.push_back({WarningKind::excluded_fits,
                            std::to_string(rows.excluded) + " fits did not converge, and were left out."});
  const bool has_no_floor = over_a_floor(fit.fit.law.form) == fit.fit.law.form && fit.fit.law.floor == 0;
  if (fit.fit.at_edge)
    fit.warnings.push_back(
        {WarningKind::edge_of_range,
         "The " + std::string(to_string(fit.fit.law.form)) + " law ends at the edge of what it may be" +
             (has_no_floor ? " (its floor is 0)" : "") + ": these rows do not identify its other numbers."});
}

// --- With replicates ---

/// Places of the sorted distinct values.
template <class Value>
std::map<Value, Index> ranks(const std::vector<Value>& values) {
  std::map<Value, Index> places;
  for (const Value& value : values) places.try_emplace(value, 0);
  Index next = 0;
  for (auto& [value, place] : places) place = next++;
  return places;
}

MeasuredCurve make_curve(const CsvTable& table, const FitRows& rows, const FitQuestion& question) {
  const auto sizes = ranks(std::vector<double>(rows.data.begin(), rows.data.end()));
  const auto replicates = ranks(rows.replicates);
  constexpr Index most_empty = 1'000'000;
  require(
      std::ssize(replicates) * std::ssize(sizes) <= std::max(most_empty, 10 * rows.data.size()),
      table.file + " has " + std::to_string(replicates.size()) + " replicates at " +
          std::to_string(sizes.size()) +
          " sizes, and nearly all of them miss nearly all sizes (a replicate is one curve over the sizes). "
          "Name the column of replicates with --replicate, or leave that column out.");
  const Matrix none = Matrix::Constant(std::ssize(replicates), std::ssize(sizes), std::nan(""));
  MeasuredCurve curve{Vector(std::ssize(sizes)), none, rows.compute.size() > 0 ? none : Matrix(),
                      rows.excluded};
  for (const auto& [size, place] : sizes) curve.sizes[place] = size;
  for (Index i = 0; i < rows.data.size(); ++i) {
    const std::string& name = rows.replicates[static_cast<std::size_t>(i)];
    const Index row = replicates.at(name), column = sizes.at(rows.data[i]);
    require(
        std::isnan(curve.errors(row, column)),
        render_place(table, rows.places[static_cast<std::size_t>(i)]) + "replicate " + name + " has " +
            (question.data->empty() ? *question.compute : *question.data) + " = " + shortest(rows.data[i]) +
            " twice (each replicate is one curve). Name the column that tells them apart with --group, or "
            "number them.");
    curve.errors(row, column) = rows.errors[i];
    if (rows.compute.size() > 0) curve.flops(row, column) = rows.compute[i];
  }
  return curve;
}

TableFit fit_curve(const MeasuredCurve& curve, const FitRows& rows, Quantity quantity,
                   const FitQuestion& question, Performance performance) {
  const LawOptions options{.confidence = question.confidence,
                           .form = question.form,
                           .floor = question.floor,
                           .even = question.even,
                           .root = factor_of(performance)};
  const bool over_sizes = quantity == Quantity::data_exponent || question.data->empty();
  const LawEstimate law = over_sizes ? data_exponent(curve, options) : compute_exponent(curve, options);
  TableFit fit{.group = rows.group,
               .quantity = quantity,
               .fit = law.fit,
               .value = law.value,
               .readings = law.readings,
               .rows = rows.errors.size(),
               .replicates = curve.errors.rows(),
               .note = law.note,
               .warnings = law.warnings};
  const double growth = over_sizes ? options.root : law.by_law().estimate * law.fit.law.exponent;
  fit.beyond = root_by_slope(growth, law.fit.law.exponent_beyond);
  if (question.expectation) fit.judgement = judge_law(*question.expectation, law);
  return fit;
}

// --- Plain rows ---

/// Rows that lie on one line to rounding have no residuals to resample.
bool on_one_line(const Scatter& rows) {
  return least_squares_line(rows).residual_deviation < 1e-9;
}

Interval line_interval(Regression kind, const Points& points, const FitQuestion& question, double floor) {
  const Scatter rows = log_scatter(points.x, points.rows.errors, floor);
  if (on_one_line(rows)) {
    const double slope = regress(kind, rows).slope;
    return exponent_of_slope({slope, slope, slope});
  }
  const Stream stream = Stream(1).child("fit").child(points.rows.group).child(to_string(points.quantity));
  return exponent_of_slope(slope_interval(
      kind, rows, {.resampling = RowResampling::where_needed, .confidence = question.confidence},
      stream.child(to_string(kind))));
}

LawFit fit_form(LawForm form, const Points& points, const std::optional<double>& floor) {
  return fit_law(form, {points.x, points.rows.errors, Vector::Ones(points.x.size())}, {.floor = floor});
}

/// The slope by a form, with rows left out for its interval.
Interval slope_over_rows(LawForm form, const Points& points, const FitQuestion& question, double confidence) {
  const Index rows = points.x.size(), blocks = jackknife_blocks(rows);
  const auto exponent = [&](Index k, bool signed_floor) {
    Vector weights = Vector::Ones(rows);
    for (Index row = k - 1; k > 0 && row < rows; row += blocks) weights[row] = 0;
    return fit_law(form, {points.x, points.rows.errors, weights},
                   {.floor = question.floor, .signed_floor = signed_floor})
        .law.exponent;
  };
  const JackknifeOptions over_rows{blocks, blocks - 1, confidence};
  return detail::cover_both_floors(exponent(0, false), [&](bool signed_floor) {
    return jackknife([&](Index k) { return exponent(k, signed_floor); }, over_rows);
  });
}

/// By the form that is asked for, or by every form that the rows do not exclude.
std::vector<Reading> read_rows_by_forms(const Points& points, const FitQuestion& question, double root) {
  const auto slope = [&](LawForm form, double confidence) {
    return slope_over_rows(form, points, question, confidence);
  };
  if (question.form) return {{*question.form, exponent_of(slope(*question.form, question.confidence), root)}};
  const detail::Contradiction contradiction(
      {.points = {points.x, points.rows.errors, Vector::Ones(points.x.size())}, .floor = question.floor});
  return read_forms({.p = [&](LawForm form) { return contradiction.p(form); },
                     .squares = [&](LawForm form) { return contradiction.squares(form); },
                     .slope = slope},
                    {question.floor.has_value(), question.confidence, root});
}

/// Warns of a row that moves the forward exponent by more than a quarter.
void warn_of_leverage(const Points& points, const FitQuestion& question, TableFit& fit) {
  constexpr Index most = 2000;
  const Index rows = points.x.size();
  if (rows > most || !std::isfinite(fit.value.estimate)) return;
  const double factor = fit.value.estimate * fit.fit.law.exponent;
  for (Index row = 0; row < rows; ++row) {
    Vector weights = Vector::Ones(rows);
    weights[row] = 0;
    const double slope =
        fit_law(LawForm::power, {points.x, points.rows.errors, weights}, {.floor = question.floor})
            .law.exponent;
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
  if (fit.quantity == Quantity::data_exponent || std::isnan(fit.reverse.estimate)) return fit.value;
  return {fit.value.estimate, std::min(fit.value.low, fit.reverse.low),
          std::max(fit.value.high, fit.reverse.high)};
}

/// By the straight line, and the one that takes all noise to be in x.
void fit_line(const Points& points, const FitQuestion& question, double root, TableFit& fit) {
  const double floor = question.floor.value_or(0);
  fit.fit = fit_form(LawForm::power, points, floor);
  fit.value = scaled(line_interval(Regression::forward, points, question, floor), root);
  fit.reverse = scaled(line_interval(Regression::reverse, points, question, floor), root);
  warn_of_leverage(points, question, fit);
  if (question.expectation) fit.judgement = judge(*question.expectation, claimed_range(fit));
  if (std::isnan(fit.value.low) && has_line_alone(fit)) fit.value.estimate = root / fit.fit.law.exponent;
}

/// By laws that are not straight.
void fit_laws(const Points& points, const FitQuestion& question, double root, TableFit& fit) {
  fit.readings = read_rows_by_forms(points, question, root);
  const Reading& taken = fit.readings.front();
  fit.fit = fit_form(taken.form, points, question.floor);
  const bool falls = std::isfinite(taken.value.low);
  if (falls) fit.value = headline(fit.readings);
  if (question.expectation)
    fit.judgement = falls ? judge_readings(*question.expectation, standing(fit.readings))
                          : judge(*question.expectation, fit.value);
}

TableFit fit_plain(const Points& points, const FitQuestion& question, Performance performance) {
  TableFit fit{.group = points.rows.group, .quantity = points.quantity, .rows = points.x.size()};
  const bool line = question.plain_power || question.form == LawForm::power;
  const double root = factor_of(performance);
  (line ? fit_line : fit_laws)(points, question, root, fit);
  fit.beyond = root_by_slope(root, fit.fit.law.exponent_beyond);
  if (std::isnan(fit.value.low))
    fit.note =
        std::isnan(fit.value.estimate)
            ? "The error does not fall, or too few rows tell how (five at least): there is no exponent."
            : "Too few rows tell how far the exponent can be trusted (five at least): there is no interval.";
  add_warnings(points.rows, points.x, fit);
  return fit;
}

// --- Models of several sizes ---

/// What is left out together: the rows of a replicate, or every row for itself.
std::vector<Index> units_of(const FitRows& rows) {
  std::vector<Index> units(rows.places.size());
  std::iota(units.begin(), units.end(), Index{0});
  const auto places = ranks(rows.replicates);
  for (std::size_t i = 0; i < rows.replicates.size(); ++i) units[i] = places.at(rows.replicates[i]);
  return units;
}

/// Why the law in two causes gives no exponent of these units: replicates, or rows.
std::string explain_no_exponent(const TwoCauseFit& whole, Index units) {
  if (std::isnan(whole.law.floor))
    return "Too few rows tell the law in two causes (five at least, over three sizes of models and three of "
           "data), or an error is 0: there is no exponent.";
  if (units < 2) return "One replicate has no interval: give more, or name no column of replicates.";
  return "A term of the law in two causes vanishes, or its exponent is at an end of its range, with some "
         "rows left out: few parameters and few data must both be seen to cost, over three sizes or more of each.";
}

TableFit fit_sizes(const FitRows& rows, const FitQuestion& question, Performance performance) {
  TableFit fit{.group = rows.group, .quantity = Quantity::two_causes_exponent, .rows = rows.errors.size()};
  const std::vector<Index> units = units_of(rows);
  const Index count = 1 + *std::max_element(units.begin(), units.end()), blocks = jackknife_blocks(count);
  if (!rows.replicates.empty()) fit.replicates = count;
  const auto fit_without = [&](Index block) {
    Vector weights = Vector::Ones(fit.rows);
    for (Index i = 0; i < fit.rows; ++i)
      if (units[static_cast<std::size_t>(i)] % blocks == block - 1) weights[i] = 0;
    return fit_two_causes({rows.parameters, rows.data, rows.errors, weights});
  };
  const TwoCauseFit whole = fit_without(0);
  const Vector log_errors = rows.errors.array().log();
  fit.fit.law.floor = whole.law.floor;
  fit.fit.r_squared = 1 - whole.squares / (log_errors.array() - log_errors.mean()).square().sum();
  const Interval slope = jackknife([&](Index k) { return fit_without(k).law.frontier_slope(); },
                                   {blocks, blocks - 1, question.confidence});
  fit.value = scaled(exponent_of_slope(slope), factor_of(performance));
  const auto digits = [](double exponent) { return shortest(std::round(1000 * exponent) / 1000); };
  fit.note = std::isnan(fit.value.low) ? explain_no_exponent(whole, count)
                                       : "Few parameters cost N^-" + digits(whole.law.first_exponent) +
                                             ", few data n^-" + digits(whole.law.second_exponent) + ".";
  add_warnings(rows, rows.data, fit);
  if (question.expectation) fit.judgement = judge(*question.expectation, fit.value);
  return fit;
}

void require_logarithms(const CsvTable& table, const FitRows& rows, const FitQuestion& question) {
  const double floor = question.floor.value_or(0);
  for (Index i = 0; i < rows.errors.size(); ++i)
    require(rows.errors[i] > floor,
            render_place(table, rows.places[static_cast<std::size_t>(i)]) + "the error " +
                shortest(rows.errors[i]) + " is not above the floor " + shortest(floor) +
                " (its logarithm is taken). Take a smaller floor, leave the row out, or name the replicates, "
                "whose mean is taken, with --replicate.");
}

void fit_group(const CsvTable& table, const FitRows& rows, TableFits& fits) {
  FitQuestion question = fits.question;
  const bool replicated = !rows.replicates.empty();
  require(rows.problem.empty(), rows.problem);
  if (!replicated) require_logarithms(table, rows, question);
  if (!question.parameters.empty()) {
    fits.fits.push_back(fit_sizes(rows, question, fits.performance));
    return;
  }
  const MeasuredCurve curve = replicated ? make_curve(table, rows, question) : MeasuredCurve{};
  const std::optional<Expectation> expectation = question.expectation;
  for (const Quantity quantity : {Quantity::data_exponent, Quantity::compute_exponent}) {
    const bool of_data = quantity == Quantity::data_exponent;
    if ((of_data ? question.data : question.compute)->empty()) continue;
    const bool claimed = !of_data || question.compute->empty();
    question.expectation = claimed ? expectation : std::nullopt;
    const Vector& x = of_data ? rows.data : rows.compute;
    fits.fits.push_back(replicated ? fit_curve(curve, rows, quantity, question, fits.performance)
                                   : fit_plain({rows, x, quantity}, question, fits.performance));
  }
}

/// Of a group that cannot be fitted beside others that can.
TableFit without_exponent(const FitRows& rows, const FitQuestion& question, std::string why) {
  const Quantity quantity = !question.parameters.empty() ? Quantity::two_causes_exponent
                            : question.data->empty()     ? Quantity::compute_exponent
                                                         : Quantity::data_exponent;
  return {.group = rows.group, .quantity = quantity, .rows = rows.errors.size(), .note = std::move(why)};
}

/// Group by group; what stands in the way of one does not stand in that of the others.
void fit_groups(const CsvTable& table, const detail::ReadRows& read, TableFits& fits) {
  bool fitted = false;
  for (const FitRows& rows : read.groups) {
    const std::size_t first = fits.fits.size();
    if (rows.errors.size() == 0 && rows.problem.empty()) continue;
    try {
      fit_group(table, rows, fits);
      fitted = true;
    } catch (const InvalidInput& error) {
      if (read.groups.size() == 1) throw;
      fits.fits.push_back(without_exponent(rows, fits.question, error.what()));
    }
    for (std::size_t k = first; k < fits.fits.size(); ++k) {
      fits.fits[k].settings = rows.settings;
      if (!rows.note.empty())
        fits.fits[k].note = rows.note + (fits.fits[k].note.empty() ? "" : " ") + fits.fits[k].note;
    }
  }
  require(fitted || fits.fits.empty(), fits.fits.empty() ? "" : fits.fits.front().note);
}

}  // namespace

std::string_view to_string(Performance performance) {
  return performance == Performance::inverse ? "inverse" : "inverse-root";
}

std::string_view to_string(Quantity quantity) {
  if (quantity == Quantity::two_causes_exponent) return "two_causes_exponent";
  return quantity == Quantity::data_exponent ? "data_exponent" : "compute_exponent";
}

std::string_view law_name(const TableFit& fit) {
  return fit.quantity == Quantity::two_causes_exponent ? "two_causes" : to_string(fit.fit.law.form);
}

TableFits fit_table(const CsvTable& table, FitQuestion question) {
  if (question.wide) {
    question.wide = false;
    question.error = "error";
    question.data = "n";
    if (!question.replicate) question.replicate = "row";
    return fit_table(detail::lengthen(table), std::move(question));
  }
  detail::ReadRows read = detail::read_rows(table, std::move(question));
  require(
      !read.question.replicate->empty() || !read.question.even,
      table.file +
          " has no column of replicates, which --even is about (without one every row counts alike). Name "
          "it with --replicate, or leave --even out.");
  require(
      read.question.parameters.empty() ||
          !(read.question.data->empty() || read.question.form || read.question.floor),
      table.file +
          " has sizes of models, which the law in two causes takes (over data too, and by no other form or "
          "floor). Name the data with --data, and leave --law and --floor out.");
  TableFits fits{
      read.question,
      read.question.performance.value_or(read.is_records ? Performance::inverse_root : Performance::inverse),
      {},
      read.left_out,
      read.notes};
  fit_groups(table, read, fits);
  require(!fits.fits.empty(), fits.left_out > 0 || table.rows() == 0
                                  ? table.file + " has no row with an error and a size (" +
                                        std::to_string(fits.left_out) +
                                        " rows miss one). Fill them in, or name other columns."
                                  : table.file + " has no row between --from and --to (all " +
                                        std::to_string(table.rows()) + " lie outside). Widen them.");
  return fits;
}

}  // namespace quartic
