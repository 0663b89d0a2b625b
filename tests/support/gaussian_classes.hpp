#pragma once
/// Two Gaussian classes whose best rule is known.
#include "tests/support/linear_problem.hpp"

namespace quartic {

/// Classes of equal chance, x = y's sign times `distance` / 2 along (1, .., 1)/sqrt p, plus N(0, I): the best error is
/// Phi(-distance / 2).
inline Data gaussian_classes(Index rows, Index columns, double distance, Stream stream) {
  Matrix x = gaussian_matrix(rows, columns, stream.child("x"));
  Stream labels = stream.child("labels");
  Vector y(rows);
  const double shift = distance / 2 / std::sqrt(static_cast<double>(columns));
  for (Index i = 0; i < rows; ++i) {
    y(i) = labels.uniform() < 0.5 ? 1 : 0;
    x.row(i).array() += y(i) > 0 ? shift : -shift;
  }
  return {std::move(x), std::move(y), Task::classification};
}

/// The same rows with their columns mixed and moved, so that nothing is centred or of one size.
inline Data mixed_classes(Index rows, Index columns, std::uint64_t seed) {
  const Data data = gaussian_classes(rows, columns, 2, Stream(seed).child("rows"));
  const Matrix mix =
      Matrix::Identity(columns, columns) + gaussian_matrix(columns, columns, Stream(seed).child("mix")) /
                                               std::sqrt(4.0 * static_cast<double>(columns));
  Matrix x = (data.dense() * mix).array() + 3;
  return {std::move(x), Vector(data.y()), Task::classification};
}

/// The first `zeros` labels 0 and the others 1.
inline Data with_first_labels_zero(const Data& data, Index zeros) {
  Vector y = Vector::Ones(data.rows());
  y.head(zeros).setZero();
  return {Matrix(data.dense()), std::move(y), Task::classification};
}

inline Data times(const Data& data, double factor) {
  return {Matrix(data.dense() * factor), Vector(data.y()), data.task()};
}

}  // namespace quartic
