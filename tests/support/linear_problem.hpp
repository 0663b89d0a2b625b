#pragma once
/// Small regression problems with known answers.
#include <array>
#include <string>

#include "core/data.hpp"
#include "core/model.hpp"
#include "core/random/stream.hpp"

namespace quartic {

inline Matrix gaussian_matrix(Index rows, Index columns, Stream stream) {
  Matrix x(rows, columns);
  stream.fill_normal({x.data(), static_cast<std::size_t>(x.size())});
  return x;
}

/// Gaussian columns, all coefficients 1 / sqrt(p), unit noise; rows of a smaller problem of one seed are its
/// first rows.
inline Data gaussian_problem(Index rows, Index columns, std::uint64_t seed) {
  const Stream stream(seed);
  Matrix x = gaussian_matrix(rows, columns, stream.child("x"));
  Vector y = gaussian_matrix(rows, 1, stream.child("noise"));
  y += x.rowwise().sum() / std::sqrt(static_cast<double>(columns));
  return {std::move(x), std::move(y)};
}

/// Any expressions of x and y as data in double precision.
inline Data data_of(Matrix x, Vector y) {
  return {std::move(x), std::move(y)};
}

inline Data in_single_precision(const Data& data) {
  return {MatrixF(data.dense().cast<float>()), Vector(data.y())};
}

/// The coefficients and the intercept as one vector, for comparisons bit for bit.
inline Vector numbers_of_rule(const Fit& fit) {
  const LinearRule& rule = *fit.predict.linear();
  Vector all(rule.coefficients.size() + 1);
  all << rule.coefficients, rule.intercept;
  return all;
}

/// Same certificate, bill and message, bit for bit.
inline bool same_report(const Fit& a, const Fit& b) {
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return same(a.report.certificate, b.report.certificate) &&
         a.report.cost.fit_flops == b.report.cost.fit_flops &&
         a.report.cost.tuning_flops == b.report.cost.tuning_flops &&
         a.report.cost.pretraining_flops == b.report.cost.pretraining_flops &&
         a.report.message == b.report.message;
}

/// The same linear rule too.
inline bool same_bits(const Fit& a, const Fit& b) {
  return numbers_of_rule(a) == numbers_of_rule(b) && same_report(a, b);
}

inline Fit fit(const Model& model, const Data& data) {
  return model.fit(data, Stream(1).child("fit"));
}

inline std::vector<Fit> fit_prefixes(const Model& model, const Data& data, const std::vector<Index>& sizes,
                                     const SharedWork* shared = nullptr) {
  return model.fit_prefixes({data, sizes, shared}, Stream(1).child("curve"));
}

}  // namespace quartic
