#include "laws/theory/online_network.hpp"

#include <Eigen/Cholesky>
#include <array>
#include <cmath>

#include "laws/theory/online_integrals.hpp"
#include "laws/theory/runge_kutta.hpp"

namespace quartic {
namespace {

/// Fields of the students, then of the teachers: their covariance C, and the sign with which each unit enters
/// the error e = label - student.
struct Fields {
  Matrix C;
  Index students;

  Index count() const { return C.rows(); }
  double sign(Index unit) const { return unit < students ? -1 : 1; }
  template <std::size_t n>
  Eigen::Matrix<double, static_cast<int>(n), static_cast<int>(n)> of(
      const std::array<Index, n>& units) const {
    Eigen::Matrix<double, static_cast<int>(n), static_cast<int>(n)> part;
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b)
        part(static_cast<Index>(a), static_cast<Index>(b)) = C(units[a], units[b]);
    return part;
  }
};

Fields make_fields(const OnlineOverlaps& overlaps) {
  const Index K = overlaps.student.rows(), M = overlaps.teacher.rows();
  Matrix C(K + M, K + M);
  C << overlaps.student, overlaps.cross, overlaps.cross.transpose(), overlaps.teacher;
  return {std::move(C), K};
}

OnlineOverlaps make_overlaps(const Fields& at) {
  const Index K = at.students, M = at.count() - K;
  return {at.C.topLeftCorner(K, K), at.C.topRightCorner(K, M), at.C.bottomRightCorner(M, M)};
}

/// E e g'(u_i) v for the field v of any unit.
double drift(const Fields& at, Index i, Index unit) {
  double sum = 0;
  for (Index m = 0; m < at.count(); ++m) sum += at.sign(m) * mean_of_slope_field_unit(at.of<3>({i, unit, m}));
  return sum;
}

/// E e^2 g'(u_i) g'(u_k).
double diffusion(const Fields& at, Index i, Index k, double noise_variance) {
  double sum = noise_variance * mean_of_slopes(at.of<2>({i, k}));
  for (Index a = 0; a < at.count(); ++a)
    for (Index b = 0; b <= a; ++b)
      sum +=
          (a == b ? 1 : 2) * at.sign(a) * at.sign(b) * mean_of_two_slopes_two_units(at.of<4>({i, k, a, b}));
  return sum;
}

/// dC/da.
Matrix compute_rate(const Fields& at, const OnlineNetwork& network) {
  const double h = network.step;
  Matrix rate = Matrix::Zero(at.count(), at.count());
  for (Index i = 0; i < at.students; ++i) {
    for (Index unit = 0; unit < at.count(); ++unit) {
      const double moved = h * drift(at, i, unit);
      rate(i, unit) += moved;
      rate(unit, i) += moved;
    }
    for (Index k = 0; k <= i; ++k) {
      const double spread = h * h * diffusion(at, i, k, network.noise_variance);
      rate(i, k) += spread;
      if (k != i) rate(k, i) += spread;
    }
  }
  return rate;
}

Vector flat(const Matrix& matrix) {
  return VectorView(matrix.data(), matrix.size());
}

}  // namespace

double online_error(const OnlineOverlaps& overlaps) {
  const Fields at = make_fields(overlaps);
  double sum = 0;
  for (Index a = 0; a < at.count(); ++a)
    for (Index b = 0; b < at.count(); ++b) sum += at.sign(a) * at.sign(b) * mean_of_units(at.of<2>({a, b}));
  return sum / 2;
}

std::vector<OnlineOverlaps> online_overlaps(const OnlineNetwork& network, std::span<const double> times) {
  Fields at = make_fields(network.start);
  const Index size = at.count();
  const auto fields = [&](const Vector& y) { return Fields{MatrixView(y.data(), size, size), at.students}; };
  const auto rate = [&](const Vector& y) { return flat(compute_rate(fields(y), network)); };
  OdeState state{0, flat(at.C)};
  std::vector<OnlineOverlaps> path;
  for (const double time : times) {
    state = integrate(rate, std::move(state), time);
    path.push_back(make_overlaps(fields(state.y)));
  }
  return path;
}

Vector online_errors(const OnlineNetwork& network, std::span<const double> times) {
  Vector errors(static_cast<Index>(times.size()));
  Index k = 0;
  for (const OnlineOverlaps& overlaps : online_overlaps(network, times)) errors[k++] = online_error(overlaps);
  return errors;
}

OnlineOverlaps random_overlaps(const Matrix& teacher, const OnlineBeginning& beginning, Stream stream) {
  const Index K = beginning.students, M = teacher.rows();
  Matrix J(K, std::max(beginning.columns, M));
  stream.fill_normal({J.data(), static_cast<std::size_t>(J.size())});
  J *= std::sqrt(beginning.initial_variance);
  const auto N = static_cast<double>(J.cols());
  // Only the teacher's overlaps matter: let its units live in the first M columns.
  const Matrix root = teacher.llt().matrixL();
  return {J * J.transpose() / N, J.leftCols(M) * root.transpose() / std::sqrt(N), teacher};
}

double online_mean_error(const OnlineSetting& setting, double steps) {
  constexpr std::uint64_t beginnings = 8;
  const Matrix teacher = Matrix::Identity(setting.teachers, setting.teachers);
  const std::array times = {steps / static_cast<double>(setting.beginning.columns)};
  double sum = 0;
  for (std::uint64_t k = 0; k < beginnings && !std::isnan(sum); ++k)
    sum += online_errors({random_overlaps(teacher, setting.beginning, Stream(1).child(k)), setting.step,
                          setting.noise_variance},
                         times)[0];
  return sum / static_cast<double>(beginnings);
}

}  // namespace quartic
