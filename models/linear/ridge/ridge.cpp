#include "models/linear/ridge/ridge.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/centring.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/gram_source.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/minimum_norm.hpp"
#include "models/linear/ridge/flops.hpp"
#include "models/linear/ridge/spectrum.hpp"

namespace quartic {

namespace {

constexpr std::array kWords = {
    OptionWord{"loo", "least exact leave-one-out error over the grid"},
    OptionWord{"cv", "least cross-validated error over the grid"},
    OptionWord{"theory",
               "the best penalty of an isotropic world, which knows the truth (Dobriban & Wager 2018)",
               "columns*noise^2/(n*signal)"}};

constexpr OnlyWith by_error = {"penalty", {"loo", "cv"}};
constexpr OnlyWith by_folds = {"penalty", {"cv"}};

constexpr std::array option_table = {
    Option<Ridge>{"penalty", &Ridge::penalty, "l in 1/(2n)|y-Xb|^2 + l/2 |b|^2, or how to choose it", kWords,
                  at_least(0, "a penalty is not negative, and finite"), OnlyWith{}, OnPath::nothing},
    Option<Ridge>{"penalties", &Ridge::penalties, "how many penalties the grid has", no_words,
                  at_least(1, "there is nothing to choose from"), by_error, OnPath::something},
    Option<Ridge>{"folds", &Ridge::folds, "folds of cross-validation (row index modulo folds)", no_words,
                  at_least(2, "a fold is left out of the others"), by_folds, OnPath::nothing},
    Option<Ridge>{"intercept", &Ridge::intercept, "fit an intercept, not penalised"}};

// Ten digits less than a factor that is to be exact: n l itself keeps the pivots up.
constexpr double kSmallestRidgePivot = 1e-13;

// Data (centred where there is an intercept) with the smaller of its Gram matrices.
struct System {
  Data data;
  Matrix gram;
  Vector right;  // X'y by columns, y by rows
  double size;   // |X|_F |y| by columns, |y| by rows: what the residual is measured against
};

System system_by_columns(const Data& data, ColumnGram sums) {
  const double size = std::sqrt(sums.trace()) * std::sqrt(sums.yy);
  return {data, std::move(sums.gram), std::move(sums.xy), size};
}

System system_by_rows(const Data& data, Matrix gram) {
  return {data, std::move(gram), data.y(), norm_of(data.y())};
}

System make_system(const Data& data) {
  const Index n = data.rows();
  if (n >= data.columns()) return system_by_columns(data, GrowingGram(data).at(n));
  return system_by_rows(data, row_gram(data, n).leading(n));
}

// b, or by rows a with b = X'a.
Vector to_coefficients(const System& system, Vector solved) {
  if (system.data.rows() >= system.data.columns()) return solved;
  Vector b = Vector::Zero(system.data.columns());
  detail::add_product(detail::span_of(b), 1, detail::transposed(DenseView(system.data).matrix()),
                      detail::span_of(solved));
  return b;
}

LinearSolution minimum_norm_limit(const Data& data, double flops) {
  MinimumNorm solution = minimum_norm(data);
  flops += minimum_norm_flops(data.rows(), data.columns(), solution.rank);
  return {std::move(solution.coefficients), solution.certificate, flops,
          "the penalty is below rounding of a singular Gram matrix: minimum-norm solution of rank " +
              std::to_string(solution.rank)};
}

LinearSolution solve(const System& system, double penalty) {
  const double flops = ridge_flops(system.data.rows(), system.data.columns());
  Matrix shifted = system.gram;
  shifted.diagonal().array() += static_cast<double>(system.data.rows()) * penalty;
  const Cholesky factor = cholesky(Triangle(shifted), kSmallestRidgePivot);
  if (factor.valid < shifted.rows()) return minimum_norm_limit(system.data, flops);
  Vector solved = factor.solve(system.right), residual = system.right;
  detail::add_symmetric_product(detail::span_of(residual), -1, shifted, detail::span_of(solved));
  return {to_coefficients(system, std::move(solved)), ratio(norm_of(residual), system.size), flops, ""};
}

struct Choice {
  double penalty;
  double tuning_flops = 0;
};

Choice choose_by_leaving_one_out(const Ridge& ridge, const System& system, const std::vector<double>& grid) {
  const Index n = system.data.rows(), p = system.data.columns();
  const RidgeSpectrum spectrum(system.data, system.gram);
  const double leverage = ridge.intercept ? 1 / static_cast<double>(n) : 0;
  const Index best = least(spectrum.leave_one_out_errors(grid, leverage));
  return {grid[static_cast<std::size_t>(best)], leave_one_out_tuning_flops(n, p, ridge.penalties)};
}

// `original` is not centred: each fold is centred on its own.
Choice choose_by_folds(const Ridge& ridge, const Data& original, const std::vector<double>& grid) {
  const Index best = least(fold_errors(original, grid, {.folds = ridge.folds, .intercept = ridge.intercept}));
  return {
      grid[static_cast<std::size_t>(best)],
      fold_tuning_flops(original.rows(), original.columns(),
                        {.penalties = ridge.penalties, .folds = ridge.folds, .intercept = ridge.intercept})};
}

Choice choose(const Ridge& ridge, const System& system, const Data& original) {
  if (const double* number = std::get_if<double>(&ridge.penalty)) return {*number};
  const std::vector<double> grid = ridge_grid(system.gram, system.data.rows(), ridge.penalties);
  return std::get<std::string>(ridge.penalty) == "cv" ? choose_by_folds(ridge, original, grid)
                                                      : choose_by_leaving_one_out(ridge, system, grid);
}

Fit fit_system(const Ridge& ridge, const System& system, const Data& original) {
  const Choice choice = choose(ridge, system, original);
  LinearSolution solution = solve(system, choice.penalty);
  LinearRule rule{std::move(solution.coefficients), 0};
  Fit fit = make_fit(std::move(rule), original.columns(), std::move(solution));
  fit.report.cost.tuning_flops = choice.tuning_flops;
  return fit;
}

Fit fit_centred(const Ridge& ridge, const Data& data) {
  const Centred centred = centre(data);
  const System system = make_system(centred.data);
  const Choice choice = choose(ridge, system, data);
  LinearSolution solution = solve(system, choice.penalty);
  solution.fit_flops += centring_flops(static_cast<double>(data.rows()), static_cast<double>(data.columns()));
  LinearRule rule = centred.rule(std::move(solution.coefficients));
  Fit fit = make_fit(std::move(rule), data.columns() + 1, std::move(solution));
  fit.report.cost.tuning_flops = choice.tuning_flops;
  return fit;
}

// Numbers held beside the Gram matrix and the rows while a penalty is chosen.
double choosing_numbers(const Ridge& ridge, double n, double p) {
  const std::string* word = std::get_if<std::string>(&ridge.penalty);
  if (!word) return 0;
  const auto penalties = static_cast<double>(ridge.penalties);
  if (*word == "cv")  // a fold's rows, centred too, and its spectrum
    return (ridge.intercept ? 2 : 1) * n * p + RidgeSpectrum::numbers(n, p) + 2 * penalties * (n + p);
  const double errors = n < p ? 2 * n * n : p * p + 2 * n * p;
  return std::max(RidgeSpectrum::numbers(n, p), errors) + 4 * penalties * n;
}

bool is_least_squares(const Ridge& ridge) {
  const double* number = std::get_if<double>(&ridge.penalty);
  return number && *number == 0;
}

}  // namespace

std::span<const Option<Ridge>> Ridge::options() {
  return option_table;
}

Needs Ridge::needs() const {
  if (is_least_squares(*this)) return LeastSquares{.intercept = intercept}.needs();
  if (intercept) return {};
  return {.row_gram = true, .column_gram = true};
}

Fit Ridge::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream));
}

std::vector<Fit> Ridge::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  require_regression(prefixes, name());
  if (is_least_squares(*this))
    return LeastSquares{.intercept = intercept}.fit_prefixes(prefixes, std::move(stream));
  std::vector<Fit> fits;
  if (intercept) {
    for (Index n : prefixes.sizes) {
      interruption_point();
      fits.push_back(fit_centred(*this, prefixes.data.prefix(n)));
    }
    return fits;
  }
  GramSource source(prefixes, needs());
  for (Index n : prefixes.sizes) {
    interruption_point();
    const Data data = prefixes.data.prefix(n);
    const System system = n < data.columns() ? system_by_rows(data, source.row_gram(n))
                                             : system_by_columns(data, source.column_gram(n));
    fits.push_back(fit_system(*this, system, data));
  }
  return fits;
}

double Ridge::working_bytes(Index n, Index p) const {
  if (is_least_squares(*this)) return LeastSquares{.intercept = intercept}.working_bytes(n, p);
  const auto rows = static_cast<double>(n), columns = static_cast<double>(p);
  const double order = std::min(rows, columns), square = order * order;
  const double solving = square + static_cast<double>(Triangle::size(std::min(n, p)));
  const double centred = intercept ? rows * columns : 0;
  return sizeof(double) * (centred + square + std::max(solving, choosing_numbers(*this, rows, columns)) +
                           4 * (rows + columns)) +
         detail::packing_bytes(std::min(n, p), std::min(n, p));
}

std::vector<Fit> Ridge::fit_path(const Data& data, Stream) const {
  require_valid(*this);
  const std::array sizes = {data.rows()};
  require_regression({data, sizes}, name());
  const Index n = data.rows(), p = data.columns();
  const Centred centred = intercept ? centre(data) : Centred{data, Vector::Zero(p), 0};
  const Matrix gram = smaller_gram(centred.data);
  const std::vector<double> grid = ridge_grid(gram, n, penalties);
  const Matrix coefficients = RidgeSpectrum(centred.data, gram).coefficients(grid);
  const double centring = intercept ? centring_flops(static_cast<double>(n), static_cast<double>(p)) : 0;
  std::vector<Fit> fits;
  for (Index k = 0; k < penalties; ++k) {
    LinearSolution solution{
        .coefficients = {}, .certificate = NAN, .fit_flops = ridge_flops(n, p) + centring, .message = ""};
    fits.push_back(make_fit(centred.rule(coefficients.col(k)), p + (intercept ? 1 : 0), std::move(solution)));
  }
  return fits;
}

}  // namespace quartic
