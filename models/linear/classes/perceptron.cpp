#include "models/linear/classes/perceptron.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/classes/flops.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/optim/row_order.hpp"

namespace quartic {

namespace {

namespace flops = detail::class_flops;

constexpr Index kBlockRows = 256;
constexpr int kLargestExponent = 511;  // its square is a number, and so is the inverse of that

constexpr std::array option_table = {
    Option<Perceptron>{"passes", &Perceptron::passes, "how often each row is used at most", no_words,
                       at_least(1, "it would never see a row")},
    Option<Perceptron>{"average", &Perceptron::average,
                       "whether the rule is the mean of all iterates, or the last of them"}};

// b and a, and what their mean over the steps lags behind them by, times the steps.
class Run {
 public:
  Run(Index columns, double inverse_square, bool average)
      : inverse_square_(inverse_square),
        average_(average),
        b_(Vector::Zero(columns)),
        lag_(Vector::Zero(average ? columns : 0)) {}

  Index mistakes() const { return mistakes_; }

  void take(std::span<const double> x, double y) {
    const double score = detail::dot(x, detail::span_of(b_)) + intercept_;
    const bool right = y > 0 ? score > 0 : y == 0 || score < 0;
    if (!right) correct(x, y);
    ++steps_;
  }

  LinearRule rule() const {
    if (!average_) return {b_, intercept_};
    const auto steps = static_cast<double>(steps_);
    return {b_ - lag_ / steps, intercept_ - lag_intercept_ / steps};
  }

  double flops() const {
    const auto p = static_cast<double>(b_.size());
    const double correction = flops::update(p) + (average_ ? flops::lag(p) : 0);
    return static_cast<double>(steps_) * flops::score(p) + static_cast<double>(mistakes_) * correction +
           (average_ ? flops::mean(p) : 0);
  }

 private:
  void correct(std::span<const double> x, double y) {
    const double size = y * inverse_square_;
    detail::add_scaled(detail::span_of(b_), size, x);
    intercept_ += y;
    ++mistakes_;
    if (!average_) return;
    const auto before = static_cast<double>(steps_);
    detail::add_scaled(detail::span_of(lag_), before * size, x);
    lag_intercept_ += before * y;
  }

  double inverse_square_;
  bool average_;
  Vector b_, lag_;
  double intercept_ = 0, lag_intercept_ = 0;
  Index steps_ = 0, mistakes_ = 0;
};

// 1/c^2.
double inverse_square(const MatrixView& x) {
  const double largest = x.size() > 0 ? x.cwiseAbs().maxCoeff() : 0;
  if (!(largest > 0)) return 1;
  return std::ldexp(1.0, -2 * std::clamp(std::ilogb(largest), -kLargestExponent, kLargestExponent));
}

// Mistakes of the pass.
Index make_pass(Run& run, const MatrixView& x, const VectorView& y, Stream stream) {
  const std::vector<Index> order = shuffled_rows(x.rows(), std::move(stream));
  const Index before = run.mistakes();
  for (Index k = 0; k < x.rows(); ++k) {
    if (k % kBlockRows == 0) interruption_point();
    const Index i = order[static_cast<std::size_t>(k)];
    run.take({x.row(i).data(), static_cast<std::size_t>(x.cols())}, y(i));
  }
  return run.mistakes() - before;
}

Fit without_run(LinearRule rule, Index parameters, std::string message) {
  return make_fit(std::move(rule), parameters,
                  {.coefficients = {}, .certificate = nan, .fit_flops = 0, .message = std::move(message)});
}

// Labels of one sign, or all zero.
Fit constant_fit(const VectorView& y, Index columns) {
  double label = 0;
  for (Index i = 0; i < y.size() && label == 0; ++i) label = y(i);
  return without_run({Vector::Zero(columns), label}, 1,
                     "no two labels differ in sign: the rule is a constant");
}

}  // namespace

std::span<const Option<Perceptron>> Perceptron::options() {
  return option_table;
}

Fit Perceptron::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  const std::array sizes = {data.rows()};
  require_regression({data, sizes, nullptr}, name());
  interruption_point();
  const DenseView dense(data);
  const MatrixView x = dense.matrix();
  const VectorView y = data.y();
  const Index p = data.columns();
  if (!x.allFinite() || !y.allFinite()) return without_run({Vector::Constant(p, nan), nan}, p + 1, "");
  if (y.minCoeff() >= 0 || y.maxCoeff() <= 0) return constant_fit(y, p);
  Run run(p, inverse_square(x), average);
  Index pass = 0, mistakes = 1;
  for (; pass < passes && mistakes > 0; ++pass)
    mistakes = make_pass(run, x, y, stream.child(static_cast<std::uint64_t>(pass)));
  const std::string message =
      mistakes == 0 ? ""
                    : "pass " + std::to_string(pass) + " of " + std::to_string(passes) + " made " +
                          std::to_string(mistakes) + (mistakes == 1 ? " mistake" : " mistakes");
  Fit fit = make_fit(run.rule(), p + 1,
                     {.coefficients = {}, .certificate = nan, .fit_flops = run.flops(), .message = message});
  fit.report.iterations = run.mistakes();
  if (mistakes > 0 && fit.report.status == FitStatus::converged)
    fit.report.status = FitStatus::iteration_limit;
  return fit;
}

double Perceptron::working_bytes(Index n, Index p) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(p);
  return sizeof(double) * (rows * columns + rows + 4 * columns);
}

}  // namespace quartic
