#include "experiments/calibration/calibration.hpp"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>

#include "core/random/stream.hpp"
#include "laws/frontiers/two_causes_jackknife.hpp"
#include "laws/statistics/row_interval.hpp"

namespace quartic {

namespace {

/// Sizes of the design, whole and spaced logarithmically.
Vector space_sizes(const CalibrationDesign& design) {
  Vector sizes(design.sizes);
  const double ratio = design.to / design.from, last = static_cast<double>(design.sizes - 1);
  for (Index k = 0; k < design.sizes; ++k)
    sizes[k] = std::round(design.from * std::pow(ratio, static_cast<double>(k) / last));
  return sizes;
}

/// Errors of one replicate in units of what is expected.
class Scattered {
 public:
  Scattered(const CalibrationDesign& design, Stream& stream)
      : design_(design), stream_(stream), common_(stream.normal()) {}

  double at(double s) {
    if (design_.noise == ErrorNoise::skewed) return mean_square(std::max(1., std::round(2 / (s * s))));
    if (design_.noise == ErrorNoise::heavy && stream_.uniform() < 0.05) s *= 3;
    return std::exp(s * deviate() - s * s / 2);
  }

 private:
  double deviate() {
    return std::sqrt(1 - design_.common) * stream_.normal() + std::sqrt(design_.common) * common_;
  }
  double mean_square(double degrees) {
    double sum = 0;
    for (double k = 0; k < degrees; ++k) sum += std::pow(deviate(), 2);
    return sum / degrees;
  }

  const CalibrationDesign& design_;
  Stream& stream_;
  double common_;
};

/// Replicates x points: errors about what the law says of each point.
Matrix errors_about(const Vector& expected, const CalibrationDesign& design, Index replicates,
                    Stream stream) {
  Matrix errors(replicates, expected.size());
  const double last = static_cast<double>(expected.size() - 1);
  for (Index r = 0; r < replicates; ++r) {
    Scattered replicate(design, stream);
    for (Index k = 0; k < expected.size(); ++k)
      errors(r, k) =
          expected[k] * replicate.at(design.spread * std::pow(design.change, static_cast<double>(k) / last));
  }
  return errors;
}

MeasuredCurve draw(const CalibrationDesign& design, Stream stream) {
  const Index replicates = design.kind == CalibrationDesign::Kind::plain ? 1 : design.replicates;
  const Vector sizes = space_sizes(design);
  const Vector expected = sizes.unaryExpr([&](double n) { return design.law.at(n); });
  return {sizes, errors_about(expected, design, replicates, std::move(stream))};
}

TwoCauseTable draw_pairs(const CalibrationDesign& design, Stream stream) {
  const Vector sizes = space_sizes(design);
  const Index pairs = sizes.size() * sizes.size();
  TwoCauseTable table{Vector(pairs), Vector(pairs), {}};
  Vector expected(pairs);
  for (Index k = 0; k < pairs; ++k) {
    table.first[k] = sizes[k / sizes.size()];
    table.second[k] = 10 / design.from * sizes[k % sizes.size()];
    expected[k] = design.causes.at(table.first[k], table.second[k]);
  }
  table.errors = errors_about(expected, design, design.replicates, std::move(stream));
  return table;
}

/// What one study says.
struct StudyReading {
  Interval value;
  double width_of_known = nan;
  Verdict verdict = Verdict::not_identified;
};

/// Exponents of k = 1/root of the error from those of 1/error.
Interval twice(const Interval& q) {
  return {2 * q.estimate, 2 * q.low, 2 * q.high};
}

StudyReading read_plain(const MeasuredCurve& curve, const Stream& stream) {
  const Scatter rows = log_scatter(curve.sizes, curve.errors.row(0).transpose());
  const Interval q = exponent_of_slope(
      slope_interval(Regression::forward, rows,
                     {.resampling = RowResampling::where_needed, .resamples = 1000}, stream.child("rows")));
  return {twice(q)};
}

/// The exponent of k of the first cause.
StudyReading read_pairs(const TwoCauseTable& table) {
  return {twice(exponent_of_slope(jackknife_replicates(table).of(&TwoCauseLaw::first_exponent)))};
}

StudyReading read(const CalibrationDesign& design, const Stream& stream) {
  if (design.kind == CalibrationDesign::Kind::two_causes)
    return read_pairs(draw_pairs(design, stream.child("errors")));
  const MeasuredCurve curve = draw(design, stream.child("errors"));
  if (design.kind == CalibrationDesign::Kind::plain) return read_plain(curve, stream);
  const LawOptions known{.form = design.law.form, .interval = design.method};
  if (design.kind == CalibrationDesign::Kind::coverage) return {data_exponent(curve, known).value};
  const LawEstimate law = data_exponent(curve);
  const Interval of_known = data_exponent(curve, known).value;
  return {law.value, of_known.high - of_known.low, judge_law(design.claim, law).verdict};
}

double median(std::vector<double> values) {
  if (values.empty()) return nan;
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

CalibrationRow summarised(const CalibrationDesign& design, const std::vector<StudyReading>& readings) {
  CalibrationRow row{.design = design, .studies = std::ssize(readings)};
  const bool pairs = design.kind == CalibrationDesign::Kind::two_causes;
  const double truth = 2 / (pairs ? design.causes.first_exponent : design.law.exponent),
               count = static_cast<double>(row.studies);
  std::vector<double> estimates, widths, known;
  double covered = 0;
  std::array<double, 3> verdicts{};
  for (const StudyReading& reading : readings) {
    verdicts[static_cast<std::size_t>(reading.verdict)] += 1 / count;
    if (!std::isnan(reading.width_of_known)) known.push_back(reading.width_of_known);
    if (std::isnan(reading.value.low)) continue;
    covered += reading.value.low <= truth && truth <= reading.value.high;
    estimates.push_back(reading.value.estimate);
    widths.push_back(reading.value.high - reading.value.low);
  }
  const auto finite = static_cast<double>(estimates.size());
  row.without = 1 - finite / count;
  row.covered = covered / finite;
  row.bias = median(estimates) / truth - 1;
  row.width = median(widths);
  if (design.kind != CalibrationDesign::Kind::verdict) return row;
  row.width_of_known = median(known);
  row.supported = verdicts[static_cast<std::size_t>(Verdict::supported)];
  row.rejected = verdicts[static_cast<std::size_t>(Verdict::rejected)];
  row.not_identified = verdicts[static_cast<std::size_t>(Verdict::not_identified)];
  return row;
}

bool is_slow(const CalibrationDesign& design) {
  return design.method == IntervalMethod::bootstrap_t;
}

Index count_studies(const CalibrationPlan& plan, const CalibrationDesign& design) {
  return is_slow(design) ? plan.bootstrap_studies : plan.studies;
}

/// What a study takes, about, in units of one fit of a law that has neither floor nor break.
double work_of_study(const CalibrationDesign& design) {
  using Kind = CalibrationDesign::Kind;
  if (design.kind == Kind::plain) return 20;
  const double fits = is_slow(design) ? 10000 : static_cast<double>(design.replicates) + 1;
  if (design.kind != Kind::coverage) return 6 * fits;
  switch (design.law.form) {
    case LawForm::broken:
    case LawForm::floor_broken:
      return 8 * fits;
    case LawForm::floor:
    case LawForm::floor_offset:
      return 3 * fits;
    default:
      return fits;
  }
}

/// What is done of a plan, told after every study.
class Account {
 public:
  Account(const CalibrationPlan& plan, const CalibrationOptions& options) : options_(options) {
    now_.total = std::ssize(plan.designs);
    for (const CalibrationDesign& design : plan.designs)
      work_ += work_of_study(design) * static_cast<double>(count_studies(plan, design));
  }

  bool is_stopped() const { return options_.stop && *options_.stop; }
  void add_study(const CalibrationDesign& design) {
    const std::scoped_lock lock(telling_);
    now_.share += work_of_study(design) / work_;
    if (options_.progress) options_.progress(now_);
  }
  void add_row() {
    ++now_.done;
    if (options_.progress) options_.progress(now_);
  }

 private:
  const CalibrationOptions& options_;
  CalibrationProgress now_;
  double work_ = 0;  ///< of all studies
  std::mutex telling_;
};

/// Nothing where it was stopped before all of its studies were read.
std::optional<CalibrationRow> calibrate_design(const CalibrationDesign& design, Index studies,
                                               const CalibrationOptions& options, Account& account) {
  const Stream stream = Stream(options.seed).child("calibration").child(design.name);
  std::vector<StudyReading> readings(static_cast<std::size_t>(studies));
  std::atomic<bool> is_whole = true;
  tbb::task_arena arena(options.threads > 0 ? options.threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, readings.size(), [&](std::size_t k) {
      if (account.is_stopped()) {
        is_whole = false;
        return;
      }
      readings[k] = read(design, stream.child(std::uint64_t{k}));
      account.add_study(design);
    });
  });
  if (!is_whole) return std::nullopt;
  return summarised(design, readings);
}

}  // namespace

double CalibrationRow::covered_error() const {
  return std::sqrt(covered * (1 - covered) / (static_cast<double>(studies) * (1 - without)));
}

std::vector<CalibrationRow> calibrate(const CalibrationPlan& plan, const CalibrationOptions& options) {
  Account account(plan, options);
  std::vector<CalibrationRow> rows;
  for (const CalibrationDesign& design : plan.designs) {
    std::optional<CalibrationRow> row =
        calibrate_design(design, count_studies(plan, design), options, account);
    if (!row) break;
    rows.push_back(std::move(*row));
    account.add_row();
  }
  return rows;
}

CalibrationRow calibrate(const CalibrationDesign& design, Index studies, const CalibrationOptions& options) {
  return calibrate({.designs = {design}, .studies = studies, .bootstrap_studies = studies}, options).front();
}

}  // namespace quartic
