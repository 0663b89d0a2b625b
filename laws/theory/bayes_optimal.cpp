#include "laws/theory/bayes_optimal.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "laws/statistics/root.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

constexpr double reach = 12;  // standard deviations beyond which nothing is left
constexpr double largest_mu = 75;
constexpr int scanned = 80;  // points between noise and signal where roots are looked for
constexpr int summed = 400;  // of the free energy

/// E(X0 | y) in units of sqrt(u), and by how much it falls short of mu.
struct Guess {
  double mean, short_of_mu;
};

class PosteriorMean {
 public:
  PosteriorMean(const TwoPoints& prior, double mu)
      : mu_(mu),
        zero_(std::log1p(-prior.share)),
        plus_(std::log(prior.share)),
        minus_(prior.signs == CoefficientSigns::one ? -infinity : plus_ - std::log(2.0)) {
    if (prior.signs == CoefficientSigns::either) plus_ = minus_;
  }

  Guess operator()(double y) const {
    const double plus = plus_ + mu_ * y - 0.5 * mu_ * mu_, minus = minus_ - mu_ * y - 0.5 * mu_ * mu_;
    const double most = std::max({zero_, plus, minus});
    const double up = std::exp(plus - most), down = std::exp(minus - most), none = std::exp(zero_ - most);
    const double unit = mu_ / (none + up + down);
    return {unit * (up - down), unit * (none + 2 * down)};
  }

 private:
  double mu_, zero_, plus_, minus_;
};

/// The map u -> sigma^2 + mmse(u)/delta.
class Channel {
 public:
  explicit Channel(const BayesDesign& design)
      : design_(design), prior_{design.relevant / design.candidates, design.signs} {}

  double risk(double u) const {
    const double mu = std::sqrt(design_.rows / u) * design_.coefficient;
    return design_.candidates / design_.rows * u * scalar_mmse(prior_, mu);
  }
  /// Rises through zero at stable roots.
  double excess(double u) const { return u - design_.noise_variance - risk(u); }

  /// All roots, ascending.
  std::vector<double> roots() const {
    const double least = design_.noise_variance;
    const double most = least + design_.relevant * design_.coefficient * design_.coefficient;
    std::vector<double> found;
    double before = least;
    for (int k = 1; k <= scanned; ++k) {
      const double next = k == scanned ? most : least * std::pow(most / least, k / double{scanned});
      const double low = excess(before), high = excess(next);
      if (low == 0 && k == 1) found.push_back(before);
      if ((low < 0 && high >= 0) || (low > 0 && high < 0))
        found.push_back(find_root([&](double u) { return excess(u); }, before, next));
      before = next;
    }
    return found;
  }
  /// 2/delta times the free energy at `high` less that at `low`.
  double free_energy_between(double low, double high) const {
    const double step = std::log(high / low) / summed;
    double sum = 0;
    for (int k = 0; k <= summed; ++k) {
      const double u = low * std::exp(step * k);
      sum += (k == 0 || k == summed ? 0.5 : 1) * excess(u) / u;
    }
    return sum * step;
  }

 private:
  const BayesDesign& design_;
  TwoPoints prior_;
};

}  // namespace

double scalar_mmse(const TwoPoints& prior, double mu) {
  if (mu > largest_mu || mu == 0) return 0;
  const PosteriorMean mean(prior, mu);
  const double step = std::min(0.25, 0.5 / mu);
  const auto last = static_cast<int>(std::ceil((mu + reach) / step));
  const auto first =
      prior.signs == CoefficientSigns::either ? -last : -static_cast<int>(std::ceil(reach / step));
  double zero = 0, point = 0;
  for (int k = first; k <= last; ++k) {
    const double y = k * step;
    const Guess guess = mean(y);
    zero += normal_density(y) * guess.mean * guess.mean;
    point += normal_density(y - mu) * guess.short_of_mu * guess.short_of_mu;
  }
  return step * ((1 - prior.share) * zero + prior.share * point);
}

double bayes_optimal_risk(const BayesDesign& design) {
  const bool is_defined = design.rows > 0 && design.candidates > 0 && design.coefficient > 0 &&
                          design.relevant > 0 && design.relevant <= design.candidates &&
                          design.noise_variance >= 0;
  if (!is_defined) return nan;
  if (design.noise_variance == 0) return 0;
  const Channel channel(design);
  const std::vector<double> roots = channel.roots();
  if (roots.empty()) return nan;
  const double low = roots.front(), high = roots.back();
  const bool keeps_low = low == high || channel.free_energy_between(low, high) >= 0;
  return channel.risk(keeps_low ? low : high);
}

}  // namespace quartic
