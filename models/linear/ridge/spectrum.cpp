#include "models/linear/ridge/spectrum.hpp"

#include <algorithm>
#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/centring.hpp"

namespace quartic {

namespace {

using detail::add_product;
using detail::plain;
using detail::span_of;
using detail::transposed;

constexpr double kUpper = 100;  // of the grid, in mean nonzero eigenvalues
constexpr double kDecades = 6;  // from the largest penalty to the smallest

Matrix product(detail::Factor A, detail::Factor B) {
  Matrix C = Matrix::Zero(A.rows(), B.columns());
  add_product(C, 1, A, B);
  return C;
}

Vector product(detail::Factor A, const Vector& x) {
  Vector y = Vector::Zero(A.rows());
  add_product(span_of(y), 1, A, span_of(x));
  return y;
}

Data copy_rows(const Data& data, const std::vector<Index>& rows) {
  Matrix x(static_cast<Index>(rows.size()), data.columns());
  Vector y(x.rows());
  for (Index i = 0; i < x.rows(); ++i) {
    const Index row = rows[static_cast<std::size_t>(i)];
    x.row(i) = data.block({row, 1}, {0, data.columns()});
    y(i) = data.y()(row);
  }
  return {std::move(x), std::move(y), data.task()};
}

struct Split {
  Data train, validation;
};

Split split(const Data& data, Index fold, Index folds) {
  std::vector<Index> train, validation;
  for (Index i = 0; i < data.rows(); ++i) (i % folds == fold ? validation : train).push_back(i);
  return {copy_rows(data, train), copy_rows(data, validation)};
}

// Sums of squared errors on the validation rows of rules with these coefficients (one a column).
Vector squared_errors(const Data& validation, const Matrix& coefficients, const Vector& intercepts) {
  Matrix scores = product(plain(validation.dense()), plain(coefficients));
  scores.rowwise() += intercepts.transpose();
  scores.colwise() -= validation.y();
  return scores.colwise().squaredNorm();
}

Vector fold_error(const Split& split, const std::vector<double>& penalties, FoldOptions options) {
  if (!options.intercept) {
    const RidgeSpectrum spectrum(split.train, smaller_gram(split.train));
    const Matrix coefficients = spectrum.coefficients(penalties);
    return squared_errors(split.validation, coefficients, Vector::Zero(coefficients.cols()));
  }
  const Centred centred = centre(split.train);
  const RidgeSpectrum spectrum(centred.data, smaller_gram(centred.data));
  const Matrix coefficients = spectrum.coefficients(penalties);
  const Vector intercepts = -(coefficients.transpose() * centred.means).array() + centred.y_mean;
  return squared_errors(split.validation, coefficients, intercepts);
}

}  // namespace

Matrix smaller_gram(const Data& data) {
  const Index n = data.rows();
  if (n >= data.columns()) return GrowingGram(data).at(n).gram;
  return row_gram(data, n).leading(n);
}

std::vector<double> ridge_grid(const Matrix& gram, Index rows, Index count) {
  const double trace = gram.trace();
  const auto scale = static_cast<double>(rows) * static_cast<double>(gram.rows());
  const double ratio = count > 1 ? std::pow(10, -kDecades / static_cast<double>(count - 1)) : 1;
  double penalty = trace > 0 ? kUpper * (trace / scale) : 1;
  std::vector<double> penalties;
  for (Index k = 0; k < count; ++k) {
    penalties.push_back(penalty);
    if (trace > 0) penalty *= ratio;
  }
  return penalties;
}

RidgeSpectrum::RidgeSpectrum(const Data& data, Matrix gram)
    : data_(data), by_rows_(data.rows() < data.columns()) {
  detail::Eigensystem system = detail::eigensystem(std::move(gram));
  values_ = system.values.cwiseMax(0);
  if (!system.converged) values_.setConstant(nan);
  vectors_ = std::move(system.vectors);
  const Vector y = data.y();
  const Vector right = by_rows_ ? y : product(transposed(DenseView(data).matrix()), y);
  rotated_ = product(plain(vectors_), right);
}

double RidgeSpectrum::numbers(double n, double p) {
  const double order = std::min(n, p);
  return 3 * order * order + 8 * order;
}

Matrix RidgeSpectrum::shrinkage(const std::vector<double>& penalties) const {
  Matrix shrinkage(values_.size(), static_cast<Index>(penalties.size()));
  const auto rows = static_cast<double>(data_.rows());
  for (Index k = 0; k < shrinkage.cols(); ++k)
    shrinkage.col(k) = (values_.array() + rows * penalties[static_cast<std::size_t>(k)]).inverse();
  return shrinkage;
}

Matrix RidgeSpectrum::weights(const std::vector<double>& penalties) const {
  const Matrix scaled = rotated_.asDiagonal() * shrinkage(penalties);
  return product(transposed(vectors_), plain(scaled));
}

Matrix RidgeSpectrum::coefficients(const std::vector<double>& penalties) const {
  Matrix solved = weights(penalties);
  if (!by_rows_) return solved;
  return product(transposed(DenseView(data_).matrix()), plain(solved));
}

// r_i / (1 - h_ii): by columns from X V' directly; by rows r = n l a and 1 - h_ii = n l [(XX' + n l
// I)^-1]_ii, which loses no digits where h_ii is near 1.
Vector RidgeSpectrum::leave_one_out_errors(const std::vector<double>& penalties, double leverage) const {
  const auto rows = static_cast<double>(data_.rows());
  Matrix residuals, kept;
  const Matrix shrunk = shrinkage(penalties);
  if (by_rows_) {
    residuals = weights(penalties);
    kept = product(transposed(Matrix(vectors_.cwiseAbs2())), plain(shrunk));
    for (Index k = 0; k < kept.cols(); ++k) {
      const double ridge = rows * penalties[static_cast<std::size_t>(k)];
      residuals.col(k) *= ridge;
      kept.col(k) *= ridge;
    }
  } else {
    const Matrix scores = product(plain(DenseView(data_).matrix()), transposed(vectors_));
    residuals = product(plain(scores), plain(Matrix(rotated_.asDiagonal() * shrunk)));
    residuals = (-residuals).colwise() + Vector(data_.y());
    kept = 1 - product(plain(Matrix(scores.cwiseAbs2())), plain(shrunk)).array();
  }
  const Matrix left_out = residuals.array() / (kept.array() - leverage);
  return left_out.colwise().squaredNorm().transpose() / rows;
}

Vector fold_errors(const Data& data, const std::vector<double>& penalties, FoldOptions options) {
  Vector errors = Vector::Zero(static_cast<Index>(penalties.size()));
  if (data.rows() < 2) return errors;
  const Index folds = std::min(options.folds, data.rows());
  for (Index fold = 0; fold < folds; ++fold) {
    interruption_point();
    errors += fold_error(split(data, fold, folds), penalties, options);
  }
  return errors / static_cast<double>(data.rows());
}

Index least(const Vector& errors) {
  Index best = 0;
  for (Index k = 1; k < errors.size(); ++k)
    if (errors(k) < errors(best)) best = k;
  return best;
}

}  // namespace quartic
