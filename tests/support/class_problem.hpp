#pragma once
/// Small problems of two classes.
#include "core/require.hpp"
#include "tests/support/linear_problem.hpp"

namespace quartic {

/// The labels of a regression as classes: above zero or not.
inline Data as_classes(const Data& data) {
  const Vector y = (data.y().array() > 0).cast<double>();
  const Index n = data.rows(), p = data.columns();
  if (data.is_dense()) return {data.block({0, n}, {0, p}), y, Task::classification};
  return {MatrixF(data.block({0, n}, {0, p}).cast<float>()), y, Task::classification};
}

/// What a model reads: the data, or, where it reads classes and no numbers, their classes.
inline Data as_read_by(const Model& model, const Data& data) {
  return model.reads_classes() ? as_classes(data) : data;
}

/// The fewest columns from `least` on that the model serves: of a model of square pictures, a square number.
inline Index served_columns(const Model& model, Index least) {
  const Task task = model.reads_classes() ? Task::classification : Task::regression;
  for (Index columns = least;; ++columns) try {
      model.require_data(1000, columns, task);
      return columns;
    } catch (const InvalidInput&) {
      if (columns > 100 * least + 1000) throw;
    }
}

/// Any expressions of x and y in {0, 1}.
inline Data classes_of(Matrix x, Vector y) {
  return {std::move(x), std::move(y), Task::classification};
}

/// Gaussian columns, log odds of standard deviation `strength` that all columns share evenly, and `shift` added.
inline Data logistic_problem(Index rows, Index columns, double strength, std::uint64_t seed,
                             double shift = 0) {
  const Stream stream(seed);
  Matrix x = gaussian_matrix(rows, columns, stream.child("x"));
  Stream labels = stream.child("labels");
  Vector y(rows);
  for (Index i = 0; i < rows; ++i) {
    const double score = shift + strength * x.row(i).sum() / std::sqrt(static_cast<double>(columns));
    y[i] = labels.uniform() < 1 / (1 + std::exp(-score)) ? 1 : 0;
  }
  return {std::move(x), std::move(y), Task::classification};
}

/// (1/n) sum log(1 + e^s) - y s.
inline double mean_log_loss(const Vector& scores, const Vector& y) {
  double sum = 0;
  for (Index i = 0; i < scores.size(); ++i) {
    const double wrong = y[i] > 0 ? -scores[i] : scores[i];
    sum += std::max(wrong, 0.0) + std::log1p(std::exp(-std::abs(wrong)));
  }
  return sum / static_cast<double>(scores.size());
}

}  // namespace quartic
