#include "sim/findings/score_law.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "sim/findings/marginals.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

using Effects = std::vector<Effect>;

bool is_normal(const Effect& effect) {
  return kind_of(effect.column) == FindingKind::density || kind_of(effect.column) == FindingKind::margin;
}

/// Means over places and their findings, at all t at once.
class PlaceWaves {
 public:
  PlaceWaves(double correlation, double step, std::size_t count)
      : grid_(make_factor_grid(correlation)), step_(step), count_(count) {}

  /// E e^{itS}, S the sum of effects of one place.
  Wave mean(const Effects& effects);
  /// E e^{it(S + S' + d x x')}: of two places, x and x' being one finding of each.
  Wave mean(const Effects& place, const Effects& other, const Joint& joint);

 private:
  struct Split {
    Atoms atoms;
    std::vector<Wave> waves;  // E[e^{itS}; x is this atom]
  };
  double last() const { return step_ * static_cast<double>(count_); }
  std::vector<Wave> given_factor(const Effects& effects);
  void multiply_normals(std::vector<Wave>& waves, const Effects& effects) const;
  void multiply(std::vector<Wave>& waves, const Effect& effect);
  const Atoms& atoms(FindingKind kind, double frequency);
  Split split_by(Effects effects, const Effect& one, double frequency);

  FactorGrid grid_;
  double step_;
  std::size_t count_;
  std::map<std::pair<FindingKind, double>, Atoms> atoms_;
};

// How fast a finding grows with its z, at most, in some 999 of 1000 patients.
double slope_of(FindingKind kind) {
  if (kind == FindingKind::size) return 5;
  return has_steps(kind) ? 0 : 1;
}
// How large it gets.
double size_of(FindingKind kind) {
  return kind == FindingKind::size ? 8 : 4;
}

// Few frequencies, so that findings share their nodes.
const Atoms& PlaceWaves::atoms(FindingKind kind, double frequency) {
  double served = 8;
  constexpr double most = 256;
  while (served < std::min(frequency, most)) served *= std::numbers::sqrt2;
  if (has_steps(kind)) served = 0;
  const auto found = atoms_.find({kind, served});
  if (found != atoms_.end()) return found->second;
  return atoms_.emplace(std::pair(kind, served), make_atoms(grid_, kind, served)).first->second;
}

// e^{it b (sqrt(c) f + sqrt(1 - c) e)}, over e, of the sum of all that are normal.
void PlaceWaves::multiply_normals(std::vector<Wave>& waves, const Effects& effects) const {
  double sum = 0, squares = 0;
  for (const Effect& effect : effects) {
    if (!is_normal(effect)) continue;
    sum += effect.coefficient;
    squares += effect.coefficient * effect.coefficient;
  }
  if (squares == 0) return;
  std::vector<double> damping(count_);
  for (std::size_t m = 0; m < count_; ++m) {
    const double t = step_ * static_cast<double>(m);
    damping[m] = exponential(-std::min(700.0, t * t * (1 - grid_.correlation) * squares / 2));
  }
  for (std::size_t i = 0; i < grid_.size(); ++i) {
    const double angle = step_ * std::sqrt(grid_.correlation) * sum * grid_.factors[i];
    waves[i] *= Wave::oscillation(angle, count_);
    waves[i] *= damping;
  }
}

void PlaceWaves::multiply(std::vector<Wave>& waves, const Effect& effect) {
  const FindingKind kind = kind_of(effect.column);
  const Atoms& law = atoms(kind, slope_of(kind) * last() * std::abs(effect.coefficient));
  std::vector<Wave> atom_waves;
  for (const double value : law.values)
    atom_waves.push_back(Wave::oscillation(step_ * effect.coefficient * value, count_));
  constexpr double negligible = 1e-18;
  for (std::size_t i = 0; i < grid_.size(); ++i) {
    Wave sum = Wave::constant(0, count_);
    for (std::size_t q = 0; q < law.values.size(); ++q)
      if (law.chance(i, q) > negligible) sum.add(law.chance(i, q), atom_waves[q]);
    waves[i] *= sum;
  }
}

// E[e^{itS} | f] for every factor.
std::vector<Wave> PlaceWaves::given_factor(const Effects& effects) {
  std::vector<Wave> waves(grid_.size(), Wave::constant(1, count_));
  multiply_normals(waves, effects);
  for (const Effect& effect : effects)
    if (!is_normal(effect)) multiply(waves, effect);
  return waves;
}

Wave PlaceWaves::mean(const Effects& effects) {
  const std::vector<Wave> waves = given_factor(effects);
  Wave sum = Wave::constant(0, count_);
  for (std::size_t i = 0; i < grid_.size(); ++i) sum.add(grid_.weights[i], waves[i]);
  return sum;
}

PlaceWaves::Split PlaceWaves::split_by(Effects effects, const Effect& one, double frequency) {
  std::erase_if(effects, [&](const Effect& effect) { return effect.column == one.column; });
  const std::vector<Wave> others = given_factor(effects);
  Split split{atoms(kind_of(one.column), frequency), {}};
  for (std::size_t q = 0; q < split.atoms.values.size(); ++q) {
    Wave sum = Wave::constant(0, count_);
    for (std::size_t i = 0; i < grid_.size(); ++i)
      sum.add(grid_.weights[i] * split.atoms.chance(i, q), others[i]);
    sum *= Wave::oscillation(step_ * one.coefficient * split.atoms.values[q], count_);
    split.waves.push_back(std::move(sum));
  }
  return split;
}

Wave PlaceWaves::mean(const Effects& place, const Effects& other, const Joint& joint) {
  const auto split = [&](const Effects& effects, const Effect& one, const Effect& partner) {
    const double largest =
        std::abs(one.coefficient) + std::abs(joint.coefficient) * size_of(kind_of(partner.column));
    return split_by(effects, one, slope_of(kind_of(one.column)) * last() * largest);
  };
  const Split a = split(place, joint.first, joint.second), b = split(other, joint.second, joint.first);
  Wave sum = Wave::constant(0, count_);
  for (std::size_t p = 0; p < a.waves.size(); ++p) {
    Wave inner = Wave::constant(0, count_);
    for (std::size_t q = 0; q < b.waves.size(); ++q)
      inner.add_product(
          b.waves[q],
          Wave::oscillation(step_ * joint.coefficient * a.atoms.values[p] * b.atoms.values[q], count_));
    sum.add_product(a.waves[p], inner);
  }
  return sum;
}

std::map<Index, Effects> by_place(const FindingScore& score) {
  std::map<Index, Effects> places;
  for (const Effect& effect : score.effects) places[place_of(effect.column)].push_back(effect);
  return places;
}

// The variance of u given all but the densities and margins that are in no pair: |phi(t)| is below that of a normal
// of it.
double smooth_variance(const FindingScore& score) {
  double sum = 0;
  for (const Effect& effect : score.effects) {
    const auto has_it = [&](const Joint& joint) {
      return joint.first.column == effect.column || joint.second.column == effect.column;
    };
    if (is_normal(effect) && std::none_of(score.joints.begin(), score.joints.end(), has_it))
      sum += effect.coefficient * effect.coefficient;
  }
  return (1 - score.correlation) * sum;
}

// The most that two findings make together in all but 1 of 10^9 patients: z and z' on a circle of radius 6.
double joint_reach(const Joint& joint) {
  constexpr double radius = 6;
  double most = 0;
  for (const double part : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
    const double a = standardised(kind_of(joint.first.column), radius * std::sqrt(part)),
                 b = standardised(kind_of(joint.second.column), radius * std::sqrt(1 - part));
    most = std::max(most, std::abs(joint.coefficient * a * b));
  }
  return most;
}

// |u| in all but some 1 of 10^9 patients: six standard deviations, or one finding or pair far out and the others not.
double reach_of(const FindingScore& score, double signal) {
  double outlier = 0;
  for (const Effect& effect : score.effects)
    outlier = std::max(outlier, std::abs(effect.coefficient * standardised(kind_of(effect.column), 6)));
  for (const Joint& joint : score.joints) outlier = std::max(outlier, joint_reach(joint));
  return outlier + 6 * std::sqrt(signal);
}

// Where phi has not died away at the cap, it is faded out over its last half.
struct Times {
  double last;
  bool fades;
};
Times times_for(const FindingScore& score, double signal) {
  constexpr double negligible = 28;  // e^-28 = 7e-13
  const double cap = std::max(20.0, 100 / std::sqrt(signal)), smooth = smooth_variance(score);
  if (smooth * cap * cap > 2 * negligible) return {std::sqrt(2 * negligible / smooth), false};
  return {cap, true};
}

// From 1 in the first half down to 0 at the end, as a cosine does.
std::vector<double> fading(std::size_t count) {
  std::vector<double> factors(count, 1.0);
  for (std::size_t m = count / 2; m < count; ++m) {
    const double u = static_cast<double>(m - count / 2) / static_cast<double>(count - count / 2);
    factors[m] = (1 + cosine_pi(u)) / 2;
  }
  return factors;
}

CharacteristicFunction law_with_period(const FindingScore& score, double signal, double period) {
  const Times times = times_for(score, signal);
  const double step = 2 * std::numbers::pi / period;
  const auto count = static_cast<std::size_t>(std::ceil(times.last / step)) + 1;
  CharacteristicFunction law{step, characteristic_function(score, step, count)};
  if (times.fades) law.phi *= fading(count);
  return law;
}

}  // namespace

Wave characteristic_function(const FindingScore& score, double step, std::size_t count) {
  PlaceWaves waves(score.correlation, step, count);
  std::map<Index, Effects> places = by_place(score);
  Wave product = Wave::constant(1, count);
  for (const Joint& joint : score.joints) {
    const auto first = places.extract(place_of(joint.first.column));
    const auto second = places.extract(place_of(joint.second.column));
    product *= waves.mean(first.mapped(), second.mapped(), joint);
  }
  for (const auto& [place, effects] : places) product *= waves.mean(effects);
  return product;
}

FindingClasses classes_of(const FindingScore& score, double signal, double prevalence) {
  constexpr double margin = 28;
  const double reach = reach_of(score, signal);
  const double odds = std::abs(logarithm(prevalence / (1 - prevalence)));
  for (double limit = 1 + 1.5 * odds + std::sqrt(signal) * odds / 3;; limit *= 2) {
    const CharacteristicFunction law = law_with_period(score, signal, limit + reach + margin);
    const double intercept = intercept_of(law, prevalence, limit);
    if (std::abs(intercept) < 0.999 * limit || limit > 1e6)
      return {intercept, logistic_mean(law, intercept), least_error(law, intercept)};
  }
}

}  // namespace quartic::detail
