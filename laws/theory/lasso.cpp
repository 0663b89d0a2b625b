#include "laws/theory/lasso.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <vector>

#include "laws/statistics/root.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

/// tau^2 of exact recovery: small enough to be nothing, large enough to divide by.
constexpr double vanishing = 1e-200;

/// Thresholding X0 + tau Z at alpha tau: E(eta - X0)^2, its derivative by u = tau^2, and P(eta != 0).
struct Threshold {
  double mean_square = 0, slope = 0, active = 0;

  Threshold& add(double count, const Threshold& other) {
    mean_square += count * other.mean_square;
    slope += count * other.slope;
    active += count * other.active;
    return *this;
  }
};

/// E eta(Z; alpha)^2: the risk at zero, in a form without cancellation of ones.
double null_risk(double alpha) {
  return std::max(0., 2 * (1 + alpha * alpha) * normal_cdf(-alpha) - 2 * alpha * normal_density(alpha));
}

Threshold threshold_zero(double u, double alpha) {
  const double risk = null_risk(alpha);
  return {u * risk, risk, 2 * normal_cdf(-alpha)};
}

Threshold threshold_point(double x, double u, double alpha) {
  const double mu = std::abs(x) / std::sqrt(u);
  const double risk = soft_threshold_risk(mu, alpha);
  const double zeroed = normal_cdf(alpha - mu) - normal_cdf(-alpha - mu);
  return {u * risk, risk - mu * mu * zeroed, normal_cdf(mu - alpha) + normal_cdf(-mu - alpha)};
}

/// E[N^2; |N| < k] for a standard normal N; by its series where the closed form cancels.
double truncated_square(double k) {
  const double k2 = k * k;
  if (k < 0.02) return 2 * normal_density(0) * k * k2 * (1. / 3 - k2 * (1. / 10 - k2 / 56));
  return std::erf(k / std::numbers::sqrt2) - 2 * k * normal_density(k);
}

/// X0 ~ N(0, v). Y = X0 + tau Z has variance w2 = v + u and X0 = c Y + rest, c = v/w2, Var rest = v u/w2: all
/// truncated second moments of Y are elementary. k is the threshold in standard deviations of Y.
Threshold threshold_gaussian(double v, double u, double alpha) {
  const double w2 = v + u, c = v / w2, lost = u / w2, rest = v * lost;
  const double k = alpha * std::sqrt(lost);
  const double beyond = 2 * normal_cdf(-k), density = 2 * normal_density(k);
  const double zeroed = c * c * w2 * truncated_square(k);
  const double kept = w2 * (lost * lost * (beyond + k * density) - 2 * lost * k * density + k * k * beyond);
  const double mean_square = zeroed + kept + rest;
  return {mean_square, (kept + rest * beyond) / u, beyond};
}

struct Atom {
  double value, count;
};

double signal_of(const LassoDesign& design) {
  return design.coefficients.squaredNorm() + design.random_coefficients * design.random_variance +
         design.named_coefficients.squaredNorm();
}

/// sqrt(n) b* as atoms with counts, so that equal coefficients cost one term.
std::vector<Atom> atoms_of(const Vector& coefficients, double rows) {
  std::vector<double> sizes;
  for (double b : coefficients) sizes.push_back(std::abs(b) * std::sqrt(rows));
  std::sort(sizes.begin(), sizes.end());
  std::vector<Atom> atoms;
  for (double size : sizes) {
    if (atoms.empty() || atoms.back().value != size) atoms.push_back({size, 0});
    ++atoms.back().count;
  }
  return atoms;
}

/// Columns of one threshold.
struct Group {
  double zeros;
  std::vector<Atom> atoms;

  Threshold total(double u, double alpha) const {
    Threshold sum;
    sum.add(zeros, threshold_zero(u, alpha));
    for (const Atom& atom : atoms) sum.add(atom.count, threshold_point(atom.value, u, alpha));
    return sum;
  }
};

/// Sum of E eta(Z)^2 over all columns, over n.
double null_load(const LassoDesign& design, double alpha) {
  const double candidates = design.candidates / design.rows * null_risk(alpha);
  return candidates + design.named / design.rows * null_risk(design.named_factor * alpha);
}

/// The design as state evolution sees it.
class StateEvolution {
 public:
  explicit StateEvolution(const LassoDesign& design)
      : design_(design),
        others_{
            design.candidates - static_cast<double>(design.coefficients.size()) - design.random_coefficients,
            atoms_of(design.coefficients, design.rows)},
        named_{design.named - static_cast<double>(design.named_coefficients.size()),
               atoms_of(design.named_coefficients, design.rows)} {
    assert(others_.zeros >= 0 && named_.zeros >= 0);
  }

  /// Sums over all columns.
  Threshold total(double u, double alpha) const {
    Threshold sum = others_.total(u, alpha);
    if (design_.random_coefficients > 0)
      sum.add(design_.random_coefficients,
              threshold_gaussian(design_.rows * design_.random_variance, u, alpha));
    if (design_.named > 0) sum.add(1, named_.total(u, design_.named_factor * alpha));
    return sum;
  }

  /// The largest u = tau^2 with u = sigma^2 + total(u)/n, or infinity. The equation is convex in u and no
  /// root lies above the start, as the risk at x is at most the risk at zero plus x^2: Newton descends to the
  /// root.
  double tau_squared(double alpha) const {
    const double n = design_.rows, S2 = design_.noise_variance;
    const double slack = 1 - null_load(design_, alpha);
    if (!(slack > 0)) return infinity;
    const double least = std::max(S2, vanishing);
    double u = (S2 + signal_of(design_)) / slack;
    for (int k = 0; k < 100 && u > vanishing; ++k) {
      const Threshold sum = total(u, alpha);
      const double slope = 1 - sum.slope / n;
      const double next = std::max(least, u - (u - S2 - sum.mean_square / n) / slope);
      if (!(slope > 0) || std::abs(next - u) <= 4e-15 * u) break;
      u = next;
    }
    return u;
  }

  LassoState state(double alpha) const {
    const double u = tau_squared(alpha);
    if (!std::isfinite(u)) return {nan, nan, nan, nan, nan};
    const Threshold sum = total(u, alpha);
    const double n = design_.rows, tau = std::sqrt(u);
    return {alpha, tau, alpha * tau * (1 - sum.active / n) / std::sqrt(n), std::max(0., sum.mean_square / n),
            sum.active};
  }

 private:
  const LassoDesign& design_;
  Group others_, named_;
};

/// Without noise l jumps as a function of alpha (tau is 0 up to some alpha), and no alpha in double precision
/// would give the l between. Noise of a billionth of what the penalty does smooths the jump and changes the
/// risk by as little.
LassoDesign with_some_noise(const LassoDesign& design, double penalty) {
  LassoDesign noisy = design;
  const double least = 1e-9 * std::min(design.rows * penalty * penalty, signal_of(design));
  noisy.noise_variance = std::max(design.noise_variance, least);
  return noisy;
}

}  // namespace

double soft_threshold_risk(double mu, double alpha) {
  const double a2 = alpha * alpha;
  return 1 + a2 + (mu * mu - a2 - 1) * (normal_cdf(alpha - mu) - normal_cdf(-alpha - mu)) -
         (alpha - mu) * normal_density(alpha + mu) - (alpha + mu) * normal_density(alpha - mu);
}

double lasso_least_alpha(const LassoDesign& design) {
  if (design.candidates / design.rows + design.named / design.rows <= 1) return 0;
  if (design.named_factor == 0 && design.named >= design.rows) return nan;
  constexpr double large = 40;  // beyond it eta(Z) is zero
  const double most = design.named_factor > 0 ? large / std::min(1., design.named_factor) : large;
  return find_root([&](double alpha) { return null_load(design, alpha) - 1; }, 0, most);
}

LassoState lasso_state(const LassoDesign& design, double penalty) {
  if (!(design.rows > 0 && penalty > 0 && design.noise_variance + signal_of(design) > 0))
    return {nan, nan, nan, nan, nan};
  const LassoDesign noisy = with_some_noise(design, penalty);
  const StateEvolution evolution(noisy);
  const auto excess = [&](double alpha) {
    const LassoState state = evolution.state(alpha);
    return std::isnan(state.penalty) ? -infinity : state.penalty - penalty;
  };
  const double least = lasso_least_alpha(design);
  if (std::isnan(least)) return {nan, nan, nan, nan, nan};
  double high = std::max(1., 2 * least);
  while (excess(high) < 0 && high < 1e12) high *= 2;
  return evolution.state(find_root(excess, least, high));
}

double universal_penalty(const UniversalPenalty& options) {
  return options.factor * std::sqrt(options.noise_variance * 2 * std::log(options.candidates) / options.rows);
}

}  // namespace quartic
