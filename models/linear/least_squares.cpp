#include "models/linear/least_squares.hpp"

#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/centring.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/gram_source.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/minimum_norm.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = {Option<LeastSquares>{"intercept", &LeastSquares::intercept,
                                                          "fit an intercept (centres the columns and y)"}};

// b = (X'X)^-1 X'y.
double by_columns_flops(double n, double p) {
  return gram_flops(n, p) + product_flops(p, n, 1) + cholesky_flops(p) + 2 * triangular_solve_flops(p);
}

// b = X'(XX')^-1 y.
double by_rows_flops(double n, double p) {
  return gram_flops(p, n) + cholesky_flops(n) + 2 * triangular_solve_flops(n) + product_flops(p, n, 1);
}

// Making XX' of centred rows regular: its trace, the shift, and its addition to one triangle.
double shift_flops(double n) {
  return n + 1 + n * (n + 1) / 2;
}

LinearSolution rescued(const Data& data, double regular_flops) {
  MinimumNorm solution = minimum_norm(data);
  const double flops = regular_flops + minimum_norm_flops(data.rows(), data.columns(), solution.rank);
  return {std::move(solution.coefficients), solution.certificate, flops,
          "the columns are collinear up to rounding: minimum-norm solution of rank " +
              std::to_string(solution.rank)};
}

LinearSolution solve_by_columns(const Data& data, ColumnGram sums, double flops) {
  Vector residual = sums.xy;
  const Cholesky factor = cholesky(Triangle(sums.gram));
  if (factor.valid < data.columns()) return rescued(data, flops);
  Vector b = factor.solve(std::move(sums.xy));
  detail::add_symmetric_product(detail::span_of(residual), -1, sums.gram, detail::span_of(b));
  const double certificate = ratio(norm_of(residual), std::sqrt(sums.trace()) * std::sqrt(sums.yy));
  return {std::move(b), certificate, flops, ""};
}

LinearSolution solve_by_rows(const Data& data, const Cholesky& factor, double flops) {
  if (factor.valid < data.rows()) return rescued(data, flops);
  const Vector a = factor.solve(data.y());
  const DenseView dense(data);
  Vector b = Vector::Zero(data.columns()), residual = data.y();
  detail::add_product(detail::span_of(b), 1, detail::transposed(dense.matrix()), detail::span_of(a));
  detail::add_product(detail::span_of(residual), -1, detail::plain(dense.matrix()), detail::span_of(b));
  return {std::move(b), ratio(norm_of(residual), norm_of(data.y())), flops, ""};
}

// The rows of centred X sum to zero, so XX' has the null vector 1. Adding a multiple of 11' makes it regular
// and leaves (XX')^+ y as it was, because y sums to zero too.
Cholesky factor_of_centred_rows(const Data& data) {
  const Index n = data.rows();
  Triangle gram = row_gram(data, n);
  const auto count = static_cast<double>(n);
  const double shift = gram.diagonal().sum() / (count * count);
  for (double& number : gram.numbers()) number += shift;
  return cholesky(std::move(gram));
}

Fit fit_centred(const LeastSquares& model, const Data& data) {
  const Centred centred = centre(data);
  const Index n = data.rows(), p = data.columns();
  const double flops = model.fit_flops(n, p);
  LinearSolution solution = n > p ? solve_by_columns(centred.data, GrowingGram(centred.data).at(n), flops)
                                  : solve_by_rows(centred.data, factor_of_centred_rows(centred.data), flops);
  LinearRule rule = centred.rule(std::move(solution.coefficients));
  return make_fit(std::move(rule), p + 1, std::move(solution));
}

}  // namespace

std::span<const Option<LeastSquares>> LeastSquares::options() {
  return option_table;
}

Needs LeastSquares::needs() const {
  if (intercept) return {};
  return {.column_gram = true, .row_factor = true};
}

Fit LeastSquares::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream));
}

std::vector<Fit> LeastSquares::fit_prefixes(const Prefixes& prefixes, Stream) const {
  require_regression(prefixes, name());
  std::vector<Fit> fits;
  if (intercept) {
    for (Index n : prefixes.sizes) {
      interruption_point();
      fits.push_back(fit_centred(*this, prefixes.data.prefix(n)));
    }
    return fits;
  }
  const Index p = prefixes.data.columns();
  GramSource source(prefixes, needs());
  for (Index n : prefixes.sizes) {
    interruption_point();
    const Data data = prefixes.data.prefix(n);
    const double flops = fit_flops(n, p);
    LinearSolution solution = n < p ? solve_by_rows(data, source.row_factor(n), flops)
                                    : solve_by_columns(data, source.column_gram(n), flops);
    LinearRule rule{std::move(solution.coefficients), 0};
    fits.push_back(make_fit(std::move(rule), p, std::move(solution)));
  }
  return fits;
}

double LeastSquares::fit_flops(Index n, Index p) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(p);
  if (!intercept) return n < p ? by_rows_flops(rows, columns) : by_columns_flops(rows, columns);
  return centring_flops(rows, columns) +
         (n > p ? by_columns_flops(rows, columns) : by_rows_flops(rows, columns) + shift_flops(rows));
}

// Without an intercept the growing X'X, and the factor by rows, are not the model's own.
double LeastSquares::working_bytes(Index n, Index p) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(p);
  const bool by_columns = intercept ? n > p : n >= p;
  const double sums = by_columns ? columns * columns : 0;
  const double factor = by_columns || intercept ? static_cast<double>(Triangle::size(by_columns ? p : n)) : 0;
  const double centred = intercept ? rows * columns + sums : 0;
  return sizeof(double) * (centred + sums + factor + 4 * (rows + columns));
}

}  // namespace quartic
