#include "models/linear/transfer/shared_subspace.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/ridge/spectrum.hpp"
#include "models/linear/transfer/flops.hpp"
#include "models/transfer/sources.hpp"

namespace quartic {

namespace {

namespace flops = detail::transfer_flops;

constexpr double smallest_square =
    1e-12;  // of a singular value, in the largest: what rounding of a square leaves

constexpr std::array option_table = {
    Option<SharedSubspace>{"dimensions", &SharedSubspace::dimensions,
                           "directions that are taken from the sources", no_words,
                           at_least(1, "a fit needs a direction")},
    Option<SharedSubspace>{"intercept", &SharedSubspace::intercept, "fit an intercept in every task"}};

// U, and what it cost with the fits that it is made of.
struct Directions {
  Matrix basis;  // d x k, k <= dimensions
  double flops = 0;
};

// W by rows, one task each, and what fitting them cost.
struct Tasks {
  Matrix rows;
  double flops = 0;
};

Tasks fit_tasks(const SharedSubspace& model, const Data& data) {
  Tasks tasks{Matrix(std::ssize(data.sources()), data.columns())};
  for (Index t = 0; t < tasks.rows.rows(); ++t) {
    interruption_point();
    const Data& source = data.sources()[static_cast<std::size_t>(t)];
    const Fit fit = LeastSquares{.intercept = model.intercept}.fit(source, Stream(0));  // draws nothing
    tasks.rows.row(t) = fit.predict.linear()->coefficients;
    tasks.flops += fit.report.cost.fit_flops;
  }
  return tasks;
}

// How many of the largest of ascending squares are beyond rounding: one, where none is.
Index count_found(const Vector& squares, Index wanted) {
  const Index order = squares.size();
  Index found = 1;
  while (found < wanted && squares[order - 1 - found] > smallest_square * squares[order - 1]) ++found;
  return found;
}

Directions find_directions(const SharedSubspace& model, const Data& data) {
  const auto [tasks, spent] = fit_tasks(model, data);
  const Index count = tasks.rows(), d = tasks.cols(), order = std::min(count, d);
  const bool by_columns = count >= d;
  Matrix gram = Matrix::Zero(order, order);
  detail::add_gram(gram, 1, by_columns ? detail::transposed(tasks) : detail::plain(tasks));
  const detail::Eigensystem system = detail::eigensystem(std::move(gram));
  const Index found = count_found(system.values, model.dimensions);
  const Matrix vectors = system.vectors.bottomRows(found).colwise().reverse();
  Directions directions{vectors.transpose(), spent + flops::directions(d, count, model.dimensions)};
  if (system.values[order - 1] == 0) directions.basis = Matrix::Zero(d, 1);  // the sources say nothing
  if (by_columns || system.values[order - 1] == 0) return directions;
  directions.basis = Matrix::Zero(d, found);
  detail::add_product(directions.basis, 1, detail::transposed(tasks), detail::transposed(vectors));
  for (Index k = 0; k < found; ++k) {
    const double square = system.values[order - 1 - k];
    directions.basis.col(k) /= square == 0 ? 1 : std::sqrt(square);
  }
  return directions;
}

// XU, row by row: a row's numbers do not depend on how many there are.
Data in_directions(const Data& data, const Matrix& basis) {
  const Index n = data.rows(), d = data.columns();
  const Matrix x = data.block({0, n}, {0, d});
  Matrix z = Matrix::Zero(n, basis.cols());
  for (Index i = 0; i < n; ++i)
    detail::add_product({z.data() + i * z.cols(), static_cast<std::size_t>(z.cols())}, 1,
                        detail::transposed(basis), {x.data() + i * d, static_cast<std::size_t>(d)});
  return {std::move(z), Vector(data.y())};
}

}  // namespace

std::span<const Option<SharedSubspace>> SharedSubspace::options() {
  return option_table;
}

void SharedSubspace::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1,
          "shared_subspace was given no rows (nothing can be learned from them). Give at least one row.");
  require(d >= 1, "shared_subspace was given no columns (there is nothing to fit). Give at least one.");
  require(dimensions <= d,
          "dimensions = " + std::to_string(dimensions) + " of " + std::to_string(d) +
              " columns (there are no more directions than columns). Choose " + std::to_string(d) +
              " or fewer.",
          {"dimensions"});
}

void SharedSubspace::require_sources(std::span<const Index> rows, Index d) const {
  detail::require_source_rows(rows, 1, name());
  require(
      dimensions <= std::ssize(rows),
      "dimensions = " + std::to_string(dimensions) + " but there are " + std::to_string(rows.size()) +
          " source tasks (each gives one direction). Give the world more tasks, or choose fewer dimensions.",
      {"dimensions"});
  const Index needed = d + (intercept ? 1 : 0);
  for (const Index n : rows)
    require(n > needed, "a source of shared_subspace has " + std::to_string(n) + " rows (its " +
                            std::to_string(needed) +
                            " coefficients take more to be found). Give the world more source rows.");
}

Fit SharedSubspace::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream));
}

std::vector<Fit> SharedSubspace::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  require_regression(prefixes, name());
  if (prefixes.sizes.empty()) return {};
  require_data(prefixes.sizes.front(), prefixes.data.columns(), prefixes.data.task());
  require_sources(detail::source_rows(prefixes.data), prefixes.data.columns());
  const Directions directions = find_directions(*this, prefixes.data);
  const Index found = directions.basis.cols();
  const Data reduced = in_directions(prefixes.data.prefix(prefixes.sizes.back()), directions.basis);
  const auto d = static_cast<double>(prefixes.data.columns()), k = static_cast<double>(found);
  std::vector<Fit> fits;
  for (const Fit& small :
       LeastSquares{.intercept = intercept}.fit_prefixes({reduced, prefixes.sizes}, std::move(stream))) {
    const auto n = static_cast<double>(prefixes.sizes[fits.size()]);
    const LinearRule& rule = *small.predict.linear();
    FitReport report = small.report;
    report.cost.fit_flops += flops::coordinates(n, d, k) + flops::combination(d, k);
    report.cost.pretraining_flops = directions.flops;
    if (found < dimensions && report.message.empty())
      report.message = "directions of the sources beyond rounding: " + std::to_string(found);
    fits.push_back({LinearRule{directions.basis * rule.coefficients, rule.intercept}, std::move(report)});
  }
  return fits;
}

double SharedSubspace::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d),
             k = static_cast<double>(dimensions);
  const double finding = RidgeSpectrum::numbers(columns, columns) + columns * columns;
  return sizeof(double) * (rows * (columns + k) + finding + 2 * columns * k) +
         LeastSquares{.intercept = intercept}.working_bytes(std::max(n, d + 1), d);
}

}  // namespace quartic
