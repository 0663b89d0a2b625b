#include "models/linear/sgd/linear_sgd.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/sgd/flops.hpp"
#include "models/linear/sgd/run.hpp"
#include "models/optim/row_order.hpp"

namespace quartic {

namespace {

using detail::IterateAverage;
using detail::SgdRun;
namespace flops = detail::sgd_flops;

constexpr Index kBlockRows = 256;  // rows drawn at a time, and those that set the step

constexpr std::array kStepWords = {
    OptionWord{"auto", "1 / (4 R^2), R^2 the mean squared length of the first 256 rows"}};
constexpr std::array kAverageWords = {OptionWord{"last", "the last iterate"},
                                      OptionWord{"all", "the mean of all iterates"},
                                      OptionWord{"tail", "the mean of the last half of the iterates"}};

constexpr std::array option_table = {
    Option<LinearSgd>{"step", &LinearSgd::step, "h in b += h (y - x'b) x, or how to choose it", kStepWords,
                      above(0, "a step that is not positive leads nowhere")},
    Option<LinearSgd>{"passes", &LinearSgd::passes, "how often each row is used", no_words,
                      at_least(1, "it would never see a row")},
    Option<LinearSgd>{"average", &LinearSgd::average, "which iterates the fit is the mean of",
                      kAverageWords}};

IterateAverage read_average(const LinearSgd& sgd) {
  if (sgd.average == "last") return IterateAverage::last;
  return sgd.average == "all" ? IterateAverage::all : IterateAverage::tail;
}

std::span<const double> view_row(const MatrixView& x, Index i) {
  return {x.row(i).data(), static_cast<std::size_t>(x.cols())};
}

// The next rows, one after another.
void take_rows(SgdRun& run, const MatrixView& x, const VectorView& y) {
  for (Index i = 0; i < x.rows() && !run.done(); ++i) {
    if (i % kBlockRows == 0) interruption_point();
    run.take(view_row(x, i), y(i));
  }
}

// How many of n rows the automatic step looks at.
Index step_rows(Index n) {
  return std::min(n, kBlockRows);
}

double choose_step(const LinearSgd& sgd, const MatrixView& x) {
  if (const double* number = std::get_if<double>(&sgd.step)) return *number;
  double squares = 0;
  for (Index i = 0; i < x.rows(); ++i) squares += detail::dot(view_row(x, i), view_row(x, i));
  return squares > 0 ? static_cast<double>(x.rows()) / (4 * squares) : 0;
}

double tuning_flops(const LinearSgd& sgd, Index n, Index p) {
  if (std::holds_alternative<double>(sgd.step)) return 0;
  return flops::automatic_step(static_cast<double>(step_rows(n)), static_cast<double>(p));
}

/// One pass for all sizes: a run for each step that they ask for.
class Curve {
 public:
  Curve(const LinearSgd& sgd, std::span<const Index> sizes) : sgd_(sgd), sizes_(sizes) {}

  // The next rows. The first call brings at least the rows that set the step of every size.
  void take(const Data& rows) {
    const DenseView dense(rows);
    const MatrixView x = dense.matrix();
    if (runs_.empty()) begin(x);
    for (SgdRun& run : runs_) take_rows(run, x, rows.y());
  }

  std::vector<Fit> fits() && {
    std::vector<Fit> all;
    for (SgdRun& run : runs_)
      for (Fit& fit : std::move(run).fits()) all.push_back(std::move(fit));
    for (std::size_t k = 0; k < all.size(); ++k)
      all[k].report.cost.tuning_flops = tuning_flops(sgd_, sizes_[k], all[k].report.parameters);
    return all;
  }

 private:
  // The steps of small sizes rest on fewer rows; all from 256 on share one.
  void begin(const MatrixView& x) {
    for (std::size_t k = 0; k < sizes_.size();) {
      const Index rows = step_rows(sizes_[k]);
      SgdRun::Plan plan{choose_step(sgd_, MatrixView(x.data(), rows, x.cols())), read_average(sgd_), {}};
      do plan.lengths.push_back(sizes_[k]);
      while (++k < sizes_.size() &&
             (std::holds_alternative<double>(sgd_.step) || step_rows(sizes_[k]) == rows));
      runs_.emplace_back(x.cols(), std::move(plan));
    }
  }

  const LinearSgd& sgd_;
  std::span<const Index> sizes_;
  std::vector<SgdRun> runs_;
};

std::vector<Fit> one_pass(const LinearSgd& sgd, std::span<const Index> sizes,
                          const std::function<Data(Range)>& rows) {
  Curve curve(sgd, sizes);
  for (Index first = 0; first < sizes.back(); first += kBlockRows)
    curve.take(rows({first, std::min(kBlockRows, sizes.back() - first)}));
  return std::move(curve).fits();
}

double relative_gradient(const MatrixView& x, const VectorView& y, const Vector& b) {
  Vector residual = y, gradient = Vector::Zero(x.cols());
  detail::add_product(detail::span_of(residual), -1, detail::plain(x), detail::span_of(b));
  detail::add_product(detail::span_of(gradient), 1, detail::transposed(x), detail::span_of(residual));
  const double size = norm_of(VectorView(x.data(), x.size())) * norm_of(y);
  return ratio(norm_of(gradient), size);
}

Fit many_passes(const LinearSgd& sgd, const Data& data, const Stream& stream) {
  const DenseView dense(data);
  const MatrixView x = dense.matrix();
  const Index n = data.rows(), p = data.columns();
  const MatrixView first(x.data(), step_rows(n), p);
  SgdRun run(p, {choose_step(sgd, first), read_average(sgd), {sgd.passes * n}});
  take_rows(run, x, data.y());
  for (Index pass = 1; pass < sgd.passes && !run.done(); ++pass) {
    const std::vector<Index> order = shuffled_rows(n, stream.child(static_cast<std::uint64_t>(pass)));
    for (Index k = 0; k < n && !run.done(); ++k) {
      if (k % kBlockRows == 0) interruption_point();
      const Index i = order[static_cast<std::size_t>(k)];
      run.take(view_row(x, i), data.y()(i));
    }
  }
  Fit fit = std::move(std::move(run).fits().front());
  fit.report.certificate = relative_gradient(x, data.y(), fit.predict.linear()->coefficients);
  fit.report.cost.tuning_flops = tuning_flops(sgd, n, p);
  return fit;
}

}  // namespace

std::span<const Option<LinearSgd>> LinearSgd::options() {
  return option_table;
}

Fit LinearSgd::fit(const Data& data, Stream stream) const {
  const std::array sizes = {data.rows()};
  if (passes == 1) return fit_prefixes({data, sizes, nullptr}, std::move(stream)).front();
  require_valid(*this);
  require_regression({data, sizes, nullptr}, name());
  return many_passes(*this, data, stream);
}

std::vector<Fit> LinearSgd::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  require_regression(prefixes, name());
  const Data& data = prefixes.data;
  std::vector<Fit> fits;
  if (passes > 1) {
    for (Index n : prefixes.sizes)
      fits.push_back(many_passes(*this, data.prefix(n), stream.child(static_cast<std::uint64_t>(n))));
    return fits;
  }
  if (prefixes.sizes.empty()) return fits;
  if (data.is_dense()) {
    Curve curve(*this, prefixes.sizes);
    curve.take(data.prefix(prefixes.sizes.back()));
    return std::move(curve).fits();
  }
  return one_pass(*this, prefixes.sizes, [&](Range rows) {
    return Data(data.block(rows, {0, data.columns()}), data.y().segment(rows.first, rows.count));
  });
}

std::vector<Fit> LinearSgd::fit_stream(const RowSource& source, std::span<const Index> sizes, Stream) const {
  require_valid(*this);
  require(passes == 1,
          "linear_sgd was asked for " + std::to_string(passes) +
              " passes over rows that are drawn once (none is kept). Set passes to 1, or hold the rows.",
          {"passes"});
  require(
      source.task == Task::regression,
      name() + " was given classes (it fits real-valued labels). Use a regression world or another model.");
  require(sizes.empty() || sizes.front() >= 1,
          name() + " was asked to fit no rows (sizes start at 1). Choose sizes from 1 on.");
  if (sizes.empty()) return {};
  return one_pass(*this, sizes, source.rows);
}

double LinearSgd::fit_flops(Index n, Index p) const {
  const Index steps = passes * n;
  const auto columns = static_cast<double>(p);
  const Index averaged = average == "all" ? steps : steps - steps / 2;
  const double mean =
      average == "last" ? 0 : flops::sum(static_cast<double>(averaged), columns) + flops::mean(columns);
  return static_cast<double>(steps) * flops::step(columns) + mean;
}

}  // namespace quartic
