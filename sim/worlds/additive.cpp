#include "sim/worlds/additive.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/require.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/pool.hpp"
#include "sim/parts/sigmoids.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = joined(
    pool_options<Additive>,
    std::array{
        Option<Additive>{"smoothness", &Additive::smoothness,
                         "derivatives b of the functions: term k of a series has size k^-(b + 1/2)", no_words,
                         from_to(0.1, 20, "terms k^-(smoothness + 1/2) are kept for 0.1 to 20 derivatives")},
        Option<Additive>{"terms", &Additive::terms, "terms of each function's series", no_words,
                         from_to(1, 1000, "a series has from 1 to 1000 terms")},
        Option<Additive>{"coefficients", &Additive::coefficients,
                         "size of the functions of the relevant columns", coefficient_words}});

using std::numbers::sqrt2;

/// theta: terms x relevant, with a_j and sqrt(2) in them.
struct Functions {
  Matrix theta;
  Vector operator()(const Matrix& z) const;
};

// Clenshaw's sum, all rows side by side: b_k = theta_k + 2 cos(pi u) b_(k+1) - b_(k+2), and the sum over k >=
// 1 of theta_k cos(pi k u) is cos(pi u) b_1 - b_2.
Eigen::ArrayXd sum_of_series(const Vector& theta, const Eigen::ArrayXd& cosine) {
  const Eigen::ArrayXd twice = 2 * cosine;
  Eigen::ArrayXd b = Eigen::ArrayXd::Zero(cosine.size()), after = b;
  for (Index k = theta.size() - 1; k >= 0; --k) {
    after = twice * b + theta[k] - after;
    b.swap(after);
  }
  return cosine * b - after;
}

Vector Functions::operator()(const Matrix& z) const {
  const auto cosine = [](double value) { return detail::cosine_pi(detail::normal_probability(value)); };
  Vector answers = Vector::Zero(z.rows());
  for (Index j = 0; j < z.cols(); ++j)
    answers.array() += sum_of_series(theta.col(j), z.col(j).array().unaryExpr(cosine));
  return answers;
}

// E z cos(pi k Phi(z)), k = 1 .. terms; 0 for even k, whose cosines are even in z.
Vector slopes_of_cosines(Index terms) {
  constexpr double step = 1. / 256;
  Vector slopes = Vector::Zero(terms);
  for (int node = 1; node <= 9 * 256; ++node) {
    const double z = step * node;
    const double weight = sqrt2 * std::numbers::inv_sqrtpi * step * z * detail::exponential(-z * z / 2);
    const double cosine = detail::cosine_pi(detail::normal_probability(z));
    double before = 1, now = cosine;  // cos(pi (k - 1) u), cos(pi k u)
    for (Index k = 1; k <= terms; ++k) {
      if (k % 2 == 1) slopes[k - 1] += weight * now;
      const double next = 2 * cosine * now - before;
      before = now;
      now = next;
    }
  }
  return slopes;
}

// In order, for the same bits whatever the vectors of the processor.
Vector squared_norms(const Matrix& columns) {
  Vector norms = Vector::Zero(columns.cols());
  for (Index k = 0; k < columns.rows(); ++k) norms += columns.row(k).transpose().cwiseAbs2();
  return norms;
}
double sum_terms(const Vector& terms) {
  return std::accumulate(terms.data(), terms.data() + terms.size(), 0.0);
}

Answer draw_answer(const Additive& world, const Stream& truth) {
  const auto a = draw_coefficients(world.coefficients, world.relevant, truth.child("coefficients"));
  const Stream functions = truth.child("functions");
  Matrix theta(world.terms, world.relevant);
  for (Index j = 0; j < world.relevant; ++j) {
    const auto signs =
        draw_coefficients("signs", world.terms, functions.child(static_cast<std::uint64_t>(j)));
    for (Index k = 0; k < world.terms; ++k)
      theta(k, j) = a[static_cast<std::size_t>(j)] * sqrt2 * signs[static_cast<std::size_t>(k)] *
                    detail::power(static_cast<double>(k + 1), -world.smoothness - 0.5);
  }
  const Vector shares = squared_norms(theta) / 2;
  return {Functions{theta}, sum_terms(shares), theta.transpose() * slopes_of_cosines(world.terms), shares};
}

}  // namespace

std::span<const Option<Additive>> Additive::options() {
  return option_table;
}

std::string Additive::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Additive::require_consistent() const {
  require_pool(make_pool(*this), Additive{}.noise);
  require_coefficients(coefficients);
}

Truth Additive::draw(Stream truth) const {
  require_valid(*this);
  return draw_truth(make_pool(*this), draw_answer(*this, truth), truth);
}

}  // namespace quartic
