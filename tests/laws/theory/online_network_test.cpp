#include "laws/theory/online_network.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

namespace quartic::online_network_test {
namespace {

/// Three students and two orthonormal teachers. R is of the size that it begins with at N = 800, .5/sqrt 800
/// = .018, or less: the curve is the same for any such R up to a = 50, and later tells how lopsided it was.
OnlineNetwork golden() {
  const Matrix cross{{0.01, 0.}, {0., -0.01}, {-0.01, 0.005}};
  return {{0.25 * Matrix::Identity(3, 3), cross, Matrix::Identity(2, 2)}, 0.5, 0.01};
}

/// L with L L' = C, lower triangular.
Matrix roots(const Matrix& C) {
  Matrix L = Matrix::Zero(C.rows(), C.cols());
  for (Index i = 0; i < C.rows(); ++i)
    for (Index j = 0; j <= i; ++j) {
      const double rest = C(i, j) - L.row(i).head(j).dot(L.row(j).head(j));
      L(i, j) = i == j ? std::sqrt(rest) : rest / L(j, j);
    }
  return L;
}

OnlineOverlaps crooked() {
  return {Matrix{{0.8, 0.2}, {0.2, 0.5}}, Matrix{{0.4, -0.1, 0.2}, {0.1, 0.3, 0.1}},
          Matrix{{1.1, 0.2, 0.}, {0.2, 0.9, 0.1}, {0., 0.1, 1.3}}};
}

TEST(OnlineNetwork, GivesTheGoldenCurve) {
  const std::array times = {5., 20., 100.};
  const Vector errors = online_errors(golden(), times);
  EXPECT_NEAR(errors[0], 0.030, 5e-4);
  EXPECT_NEAR(errors[1], 0.0244, 2e-4);
  EXPECT_NEAR(errors[2], 0.0240, 0.03 * 0.024);
}

TEST(OnlineNetwork, HasTheErrorsAndTheSignalOfItsFields) {
  const OnlineOverlaps at = crooked();
  Matrix C(5, 5);
  C << at.student, at.cross, at.cross.transpose(), at.teacher;
  const Matrix L = roots(C);
  constexpr Index draws = 40000;
  Stream stream(11);
  Vector error(draws);
  for (Index r = 0; r < draws; ++r) {
    Vector z(5);
    stream.fill_normal({z.data(), 5});
    const Eigen::ArrayXd g = (L * z).unaryExpr([](double u) { return std::erf(u / std::sqrt(2.)); });
    error[r] = std::pow(g.head(2).sum() - g.tail(3).sum(), 2) / 2;
  }
  const auto deviation = [](const Vector& values) {
    return std::sqrt((values.array() - values.mean()).square().mean() / draws);
  };
  EXPECT_NEAR(online_error(at), error.mean(), 5 * deviation(error));
  EXPECT_LT(deviation(error), 0.02 * error.mean());
}

TEST(OnlineNetwork, BeginsAtHalfTheSignalWhereTheStudentIsNothing) {
  const Matrix teacher{{1, 0.3}, {0.3, 2}};
  double signal = 0;  // Var f* = (2/pi) sum_nm asin(T_nm/sqrt((1+T_nn)(1+T_mm)))
  for (Index n = 0; n < 2; ++n)
    for (Index m = 0; m < 2; ++m)
      signal += std::asin(teacher(n, m) / std::sqrt((1 + teacher(n, n)) * (1 + teacher(m, m))));
  EXPECT_NEAR(online_error({Matrix::Zero(3, 3), Matrix::Zero(3, 2), teacher}), signal / std::numbers::pi,
              1e-15);
}

/// E h e g'(u_i) v_n and E h e (g'(u_i) u_k + g'(u_k) u_i) + h^2 e^2 g'(u_i) g'(u_k), by Monte Carlo.
TEST(OnlineNetwork, MovesAsTheMeanOfOneStep) {
  const OnlineOverlaps at = crooked();
  Matrix C(5, 5);
  C << at.student, at.cross, at.cross.transpose(), at.teacher;
  const Matrix L = roots(C);
  constexpr double h = 1e-3, time = 1e-3;
  const OnlineOverlaps later = online_overlaps({at, h, 0}, std::array{time}).front();
  constexpr Index draws = 40000;
  Stream stream(12);
  Matrix moves(draws, 2);  // of R_01 and of Q_01
  for (Index r = 0; r < draws; ++r) {
    Vector z(5);
    stream.fill_normal({z.data(), 5});
    const Vector u = L * z;
    const Eigen::ArrayXd g = u.unaryExpr([](double v) { return std::erf(v / std::sqrt(2.)); });
    const Eigen::ArrayXd slope = std::sqrt(2 / std::numbers::pi) * (-u.array().square() / 2).exp();
    const double e = g.tail(3).sum() - g.head(2).sum();
    moves(r, 0) = h * e * slope[0] * u[3];
    moves(r, 1) = h * e * (slope[0] * u[1] + slope[1] * u[0]) + h * h * e * e * slope[0] * slope[1];
  }
  const Vector rates{
      {(later.cross(0, 1) - at.cross(0, 1)) / time, (later.student(0, 1) - at.student(0, 1)) / time}};
  for (Index k = 0; k < 2; ++k) {
    const double mean = moves.col(k).mean();
    const double error = std::sqrt((moves.col(k).array() - mean).square().mean() / draws);
    EXPECT_NEAR(rates[k], mean, 5 * error + 1e-6 * h) << k;
    EXPECT_LT(error, 0.3 * std::abs(mean)) << k;
  }
}

TEST(OnlineNetwork, LearnsATeacherOfItsSizeWholly) {
  const Matrix teacher = Matrix::Identity(1, 1);
  const OnlineNetwork one{random_overlaps(teacher, {.students = 1, .columns = 100}, Stream(4)), 0.5, 0};
  const std::array times = {10., 100., 200.};
  const Vector errors = online_errors(one, times);
  EXPECT_LT(errors[1], 1e-3 * errors[0]);
  EXPECT_LT(errors[2], 1e-9);
}

TEST(OnlineNetwork, DoesNotDependOnWhichTimesAreAsked) {
  const std::array both = {3., 12.};
  const std::array one = {12.};
  EXPECT_NEAR(online_errors(golden(), both)[1], online_errors(golden(), one)[0], 1e-7);
}

TEST(OnlineNetwork, RandomBeginningsHaveTheOverlapsOfTheirMatrices) {
  const Matrix teacher{{1, 0.3}, {0.3, 2}};
  Eigen::ArrayXd cross(400);
  for (Index r = 0; r < 400; ++r) {
    const OnlineOverlaps at =
        random_overlaps(teacher, {.students = 2, .columns = 50, .initial_variance = 0.5},
                        Stream(6).child(static_cast<std::uint64_t>(r)));
    EXPECT_EQ(at.teacher, teacher);
    cross[r] = at.cross(1, 1);
  }
  // R_in ~ N(0, v T_nn/N): here of variance .02; the mean of 400 squares has a standard error of .02
  // sqrt(2/400).
  EXPECT_NEAR(cross.square().mean(), 0.02, 5 * 0.02 * std::sqrt(2. / 400));
}

TEST(OnlineNetwork, MeansTakeTheSameBeginningsEachTime) {
  const OnlineSetting setting{.noise_variance = 0.01};
  EXPECT_EQ(online_mean_error(setting, 4000), online_mean_error(setting, 4000));
  EXPECT_NEAR(online_mean_error(setting, 4000), 0.030, 5e-4);
}

}  // namespace
}  // namespace quartic::online_network_test
