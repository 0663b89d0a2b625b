#include "experiments/tables/fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/tables/group_fits.hpp"
#include "experiments/tables/wide.hpp"
#include "laws/curves/curve_points.hpp"
#include "laws/curves/held_floor.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {

namespace {

using detail::FitRows;

double decades(const Vector& x) {
  return std::log10(x.maxCoeff() / x.minCoeff());
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

/// A number of the law of the errors over the sizes, over whole replicates.
Interval number_over_replicates(const MeasuredCurve& curve, const LawOptions& options, LawForm form,
                                const detail::NumberOfLaw& number) {
  const ReplicateTable errors{curve.errors, options.average};
  const auto value = [&](const Averages& averages, bool signed_floor) {
    return number(fit_law(form, curve_points(curve.sizes, averages, options),
                          {.floor = options.floor, .signed_floor = signed_floor})
                      .law);
  };
  return detail::cover_both_floors(
      value(average_columns(curve.errors, options.average), false), [&](bool signed_floor) {
        return replicate_interval(
            {&errors, 1},
            [&](std::span<const Averages> averages) { return value(averages[0], signed_floor); },
            {.confidence = options.confidence});
      });
}

/// Of the logarithm of each average.
Vector standard_errors(const Averages& averages) {
  const Eigen::ArrayXd spread = averages.variances.array();
  const bool mean = averages.kind == Average::mean;
  return ((mean ? Eigen::ArrayXd(spread.exp() - 1) : spread) / averages.counts.array()).sqrt();
}

/// The averages that were read, and the other laws through them.
void keep_averages(const MeasuredCurve& curve, const LawOptions& options, const Vector& x, TableFit& fit) {
  const Averages averages = average_columns(curve.errors, options.average);
  const Vector deviations = standard_errors(averages);
  for (Index j = 0; j < x.size(); ++j) {
    const double degrees = averages.counts[j] - 1, error = averages.values[j];
    const double spread =
        degrees > 0 ? std::exp(student_t_quantile((1 + options.confidence) / 2, degrees) * deviations[j])
                    : nan;
    fit.shown.points.push_back({curve.sizes[j], x[j], error, error / spread, error * spread});
  }
  for (std::size_t k = 1; k < fit.readings.size(); ++k) {
    const LawForm form = fit.readings[k].form;
    if (fit.readings[k].excluded) continue;
    LawPoints points = curve_points(curve, options);
    if (form == LawForm::power) points.sizes = x;
    fit.shown.others.push_back(fit_law(form, points, {.floor = options.floor}).law);
  }
}

TableFit fit_curve(const MeasuredCurve& curve, const FitRows& rows, Quantity quantity,
                   const FitQuestion& question, Performance performance) {
  const LawOptions options{.average = question.average,
                           .confidence = question.confidence,
                           .form = one_form(question.laws),
                           .floor = question.floor,
                           .even = question.even,
                           .root = root_of(performance)};
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
  detail::tell_break(
      growth,
      [&](const detail::NumberOfLaw& number) {
        return number_over_replicates(curve, options, law.fit.law.form, number);
      },
      fit);
  if (question.expectation) fit.judgement = judge_law(*question.expectation, law);
  keep_averages(curve, options, over_sizes ? curve.sizes : average_columns(curve.flops, Average::mean).values,
                fit);
  return fit;
}

void require_logarithms(const CsvTable& table, const FitRows& rows, const FitQuestion& question) {
  const double floor = question.floor.value_or(0);
  for (Index i = 0; i < rows.errors.size(); ++i)
    require(rows.errors[i] > floor,
            render_place(table, rows.places[static_cast<std::size_t>(i)]) + "the error " +
                shortest(rows.errors[i]) + " is not above " +
                (floor > 0 ? "the floor " + shortest(floor) : "0") + " (its logarithm is taken). " +
                (floor > 0 ? "Take a smaller floor, leave" : "Leave") +
                " the row out, or name the replicates, whose mean is taken, with --replicate.");
}

/// One cluster leaves nothing to tell how clusters scatter.
void require_clusters(const CsvTable& table, const FitRows& rows, const FitQuestion& question) {
  require(detail::units_of(rows).count > 1,
          table.file + ": the column " + question.cluster + " is " + rows.clusters.front() +
              " in every row used (how clusters scatter needs two of them, and five to be worth much). Name "
              "another column with --cluster, or leave it out.");
}

void fit_group(const CsvTable& table, const FitRows& rows, TableFits& fits) {
  FitQuestion question = fits.question;
  const bool replicated = !rows.replicates.empty();
  require(rows.problem.empty(), rows.problem);
  if (!replicated) require_logarithms(table, rows, question);
  if (!question.cluster.empty()) require_clusters(table, rows, question);
  if (question.two_causes) {
    fits.fits.push_back(detail::fit_sizes(rows, question, fits.performance));
    return;
  }
  const MeasuredCurve curve = replicated ? make_curve(table, rows, question) : MeasuredCurve{};
  const std::optional<Expectation> expectation = question.expectation;
  for (const Quantity quantity : {Quantity::data_exponent, Quantity::compute_exponent}) {
    const bool of_data = quantity == Quantity::data_exponent;
    if ((of_data ? question.data : question.compute)->empty() || (!of_data && !rows.costed)) continue;
    const bool claimed = !of_data || question.compute->empty() || !rows.costed;
    question.expectation = claimed ? expectation : std::nullopt;
    fits.fits.push_back(replicated ? fit_curve(curve, rows, quantity, question, fits.performance)
                                   : detail::fit_plain(rows, quantity, question, fits.performance));
  }
}

/// Of a group that cannot be fitted beside others that can.
TableFit without_exponent(const FitRows& rows, const FitQuestion& question, std::string why) {
  const Quantity quantity = question.two_causes      ? Quantity::two_causes_exponent
                            : question.data->empty() ? Quantity::compute_exponent
                                                     : Quantity::data_exponent;
  TableFit fit{.group = rows.group, .quantity = quantity, .rows = rows.errors.size(), .note = std::move(why)};
  if (!question.two_causes)
    detail::keep_points(question.data->empty() ? rows.compute : rows.data, rows.errors, fit);
  return fit;
}

/// Group by group; what stands in the way of one does not stand in that of the others.
void fit_groups(const CsvTable& table, const detail::ReadRows& read, TableFits& fits) {
  bool fitted = false;
  for (const FitRows& rows : read.groups) {
    const std::size_t first = fits.fits.size();
    const bool empty = rows.errors.size() == 0 && rows.problem.empty();
    if (empty && rows.excluded == 0) continue;
    try {
      if (empty)
        fits.fits.push_back(without_exponent(rows, fits.question, ""));
      else
        fit_group(table, rows, fits);
      fitted = fitted || !empty;
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

void require_replicates(const CsvTable& table, const FitQuestion& question) {
  const bool replicated = !question.replicate->empty();
  require(
      replicated || !question.even,
      table.file +
          " has no column of replicates, which --even is about (without one every row counts alike). Name "
          "it with --replicate, or leave --even out.");
  require(
      replicated || question.average == Average::mean,
      table.file +
          " has no column of replicates, which --average is about (without one nothing is averaged). Name "
          "it with --replicate, or leave --average out.");
}

void require_consistent(const CsvTable& table, const FitQuestion& question) {
  require_replicates(table, question);
  const bool replicated = !question.replicate->empty(), robust = question.by != FittedBy::least_squares;
  const std::string by = "--by " + std::string(word_for(fitted_by_words, question.by));
  require(
      !question.two_causes || !(question.data->empty() || one_form(question.laws) || question.floor),
      table.file +
          " has sizes of models, which the law in two causes takes (over data too, and by no other form or "
          "floor). Name the data with --data, and leave --law and --floor out.");
  require(!question.two_causes || question.by != FittedBy::theil_sen,
          by + " was given with the law in two causes (it is of straight lines). Take huber.");
  require(
      !question.two_causes || question.best != Best::envelope,
      "--best envelope was given with the law in two causes (which lies through all sizes, not below them). "
      "Take --best size, or leave it out.");
  require(
      !robust || question.two_causes || !replicated,
      by + " was given, and " + table.file +
          " has replicates (their averages are fitted by weighted least squares). Add --replicate \"\" to "
          "let rows stand for themselves.");
  require(!robust || question.two_causes || detail::is_line_asked(question.laws),
          by + " was given with a law that is no straight line (only lines, and --law nd, have it). "
               "Leave --law and --floor free out.");
}

}  // namespace

std::optional<LawForm> one_form(const LawsAsked& laws) {
  const LawForm* const form = std::get_if<LawForm>(&laws);
  return form ? std::optional(*form) : std::nullopt;
}

Interval detail::scaled(const Interval& interval, double factor) {
  return {factor * interval.estimate, factor * interval.low, factor * interval.high};
}

void detail::keep_points(const Vector& x, const Vector& errors, TableFit& fit) {
  for (Index row = 0; row < x.size(); ++row) fit.shown.points.push_back({x[row], x[row], errors[row]});
}

void detail::add_warnings(const FitRows& rows, const Vector& x, TableFit& fit) {
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

RowUnits detail::units_of(const FitRows& rows) {
  if (!rows.clusters.empty()) return units_named(rows.clusters);
  return rows.replicates.empty() ? single_rows(rows.errors.size()) : units_named(rows.replicates);
}

void detail::tell_break(double growth, const std::function<Interval(const NumberOfLaw&)>& interval_of,
                        TableFit& fit) {
  if (std::isnan(fit.fit.law.exponent_beyond)) return;
  const Interval log = interval_of([](const Law& law) { return std::log(law.break_size); });
  fit.break_size = {fit.fit.law.break_size, std::exp(log.low), std::exp(log.high)};
  fit.beyond = exponent_of(interval_of([](const Law& law) { return law.exponent_beyond; }), growth);
}

std::string_view to_string(Quantity quantity) {
  if (quantity == Quantity::two_causes_exponent) return "two_causes_exponent";
  return quantity == Quantity::data_exponent ? "data_exponent" : "compute_exponent";
}

bool has_exponent(const TableFit& fit) {
  return !std::isnan(fit.value.estimate) && !std::isinf(fit.value.low);
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
  const detail::ReadRows read = detail::read_rows(table, std::move(question));
  require_consistent(table, read.question);
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
