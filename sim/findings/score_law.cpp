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

bool are_normal(const Effects& effects) {
  return std::all_of(effects.begin(), effects.end(), is_normal);
}

// Of the sum of normal effects of a place: their own parts, and what they have in common.
double normal_variance(const Effects& effects, double correlation) {
  double sum = 0, squares = 0;
  for (const Effect& effect : effects) {
    sum += effect.coefficient;
    squares += effect.coefficient * effect.coefficient;
  }
  return (1 - correlation) * squares + correlation * sum * sum;
}

/// Means over places and their findings, at all t at once.
class PlaceWaves {
 public:
  PlaceWaves(double correlation, double step, std::size_t count)
      : grid_(make_factor_grid(correlation)), step_(step), count_(count) {}

  /// E e^{itS}, S the sum of effects of one place.
  Wave mean(const Effects& effects);
  /// E e^{it(S + S' + d h h')}: of two places, h and h' telling whether a finding of each is conspicuous.
  Wave mean(const Effects& place, const Effects& other, const Joint& joint);

 private:
  struct Split {
    Wave usual, conspicuous;  // E[e^{itS}; one finding is not, or is, conspicuous]
  };
  double frequency_of(const Effect& effect) const;
  std::vector<double> damping(double variance) const;
  std::vector<Wave> given_factor(const Effects& effects);
  void multiply_normals(std::vector<Wave>& waves, const Effects& effects) const;
  void multiply(std::vector<Wave>& waves, const Effect& effect);
  std::vector<Wave> atom_waves(const Effect& effect, const Atoms& law) const;
  Wave mean_of_atoms(const Atoms& law, const std::vector<Wave>& waves, std::size_t factor, Range atoms) const;
  const Atoms& atoms(FindingKind kind, double frequency);
  Split split_by(const Effect& one, const Effects& others);
  Wave part(const Atoms& law, const std::vector<Wave>& waves, const std::vector<Wave>& others,
            Range atoms) const;

  FactorGrid grid_;
  double step_;
  std::size_t count_;
  std::map<std::pair<FindingKind, double>, Atoms> atoms_;
};

// Frequency of e^{itbx} as a function of z at the last t; of a size, whose waves get ever faster, as in all but 1 of
// 1000 patients.
double PlaceWaves::frequency_of(const Effect& effect) const {
  constexpr double slope_of_size = 5, most = 256;
  const double slope = kind_of(effect.column) == FindingKind::size ? slope_of_size : 1;
  return std::min(most, slope * step_ * static_cast<double>(count_) * std::abs(effect.coefficient));
}

// Few frequencies, so that findings share their nodes.
const Atoms& PlaceWaves::atoms(FindingKind kind, double frequency) {
  double served = 8;
  while (served < frequency) served *= std::numbers::sqrt2;
  if (has_steps(kind)) served = 0;
  const auto found = atoms_.find({kind, served});
  if (found != atoms_.end()) return found->second;
  return atoms_.emplace(std::pair(kind, served), make_atoms(grid_, kind, served)).first->second;
}

// e^{-t^2 variance/2}
std::vector<double> PlaceWaves::damping(double variance) const {
  std::vector<double> factors(count_);
  for (std::size_t m = 0; m < count_; ++m) {
    const double t = step_ * static_cast<double>(m);
    factors[m] = exponential(-std::min(700.0, t * t * variance / 2));
  }
  return factors;
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
  const std::vector<double> own = damping((1 - grid_.correlation) * squares);
  for (std::size_t i = 0; i < grid_.size(); ++i) {
    const double angle = step_ * std::sqrt(grid_.correlation) * sum * grid_.factors[i];
    waves[i] *= Wave::oscillation(angle, count_);
    waves[i] *= own;
  }
}

std::vector<Wave> PlaceWaves::atom_waves(const Effect& effect, const Atoms& law) const {
  std::vector<Wave> waves;
  for (const double value : law.values)
    waves.push_back(Wave::oscillation(step_ * effect.coefficient * value, count_));
  return waves;
}

Wave PlaceWaves::mean_of_atoms(const Atoms& law, const std::vector<Wave>& waves, std::size_t factor,
                               Range atoms) const {
  const double negligible = 1e-14 / grid_.weights[factor];
  Wave sum = Wave::constant(0, count_);
  for (auto q = static_cast<std::size_t>(atoms.first);
       q < static_cast<std::size_t>(atoms.first + atoms.count); ++q)
    if (law.chance(factor, q) > negligible) sum.add(law.chance(factor, q), waves[q]);
  return sum;
}

void PlaceWaves::multiply(std::vector<Wave>& waves, const Effect& effect) {
  const Atoms& law = atoms(kind_of(effect.column), frequency_of(effect));
  const std::vector<Wave> of_atoms = atom_waves(effect, law);
  const Range all = {0, static_cast<Index>(of_atoms.size())};
  for (std::size_t i = 0; i < grid_.size(); ++i) waves[i] *= mean_of_atoms(law, of_atoms, i, all);
}

// E[e^{itS} | f] for every factor.
std::vector<Wave> PlaceWaves::given_factor(const Effects& effects) {
  std::vector<Wave> waves(grid_.size(), Wave::constant(1, count_));
  multiply_normals(waves, effects);
  for (const Effect& effect : effects)
    if (!is_normal(effect)) multiply(waves, effect);
  return waves;
}

// Without a sum over the factor where the law of S is known as it is: normal, or of one finding.
Wave PlaceWaves::mean(const Effects& effects) {
  if (are_normal(effects)) {
    Wave wave = Wave::constant(1, count_);
    wave *= damping(normal_variance(effects, grid_.correlation));
    return wave;
  }
  if (effects.size() == 1) {
    const Atoms& law = atoms(kind_of(effects[0].column), frequency_of(effects[0]));
    return part(law, atom_waves(effects[0], law), {}, {0, static_cast<Index>(law.values.size())});
  }
  const std::vector<Wave> waves = given_factor(effects);
  Wave sum = Wave::constant(0, count_);
  for (std::size_t i = 0; i < grid_.size(); ++i) sum.add(grid_.weights[i], waves[i]);
  return sum;
}

// Over the factor, and some atoms; where nothing else rests on the factor, over it first.
Wave PlaceWaves::part(const Atoms& law, const std::vector<Wave>& waves, const std::vector<Wave>& others,
                      Range atoms) const {
  Wave sum = Wave::constant(0, count_);
  if (!others.empty()) {
    for (std::size_t i = 0; i < grid_.size(); ++i) {
      Wave given = mean_of_atoms(law, waves, i, atoms);
      given *= others[i];
      sum.add(grid_.weights[i], given);
    }
    return sum;
  }
  for (auto q = static_cast<std::size_t>(atoms.first);
       q < static_cast<std::size_t>(atoms.first + atoms.count); ++q) {
    double chance = 0;
    for (std::size_t i = 0; i < grid_.size(); ++i) chance += grid_.weights[i] * law.chance(i, q);
    sum.add(chance, waves[q]);
  }
  return sum;
}

PlaceWaves::Split PlaceWaves::split_by(const Effect& one, const Effects& effects) {
  Effects rest = effects;
  std::erase_if(rest, [&](const Effect& effect) { return effect.column == one.column; });
  const std::vector<Wave> others = rest.empty() ? std::vector<Wave>() : given_factor(rest);
  const Atoms law = make_split_atoms(grid_, kind_of(one.column), frequency_of(one));
  const std::vector<Wave> waves = atom_waves(one, law);
  const auto first = static_cast<Index>(law.conspicuous), all = static_cast<Index>(waves.size());
  return {part(law, waves, others, {0, first}), part(law, waves, others, {first, all - first})};
}

Wave PlaceWaves::mean(const Effects& place, const Effects& other, const Joint& joint) {
  const Split a = split_by(joint.first, place), b = split_by(joint.second, other);
  const Conspicuousness h(kind_of(joint.first.column)), g(kind_of(joint.second.column));
  Wave sum = Wave::constant(0, count_);
  const auto add = [&](const Wave& of_a, double value_a, const Wave& of_b, double value_b) {
    Wave both = Wave::oscillation(step_ * joint.coefficient * value_a * value_b, count_);
    both *= of_a;
    sum.add_product(both, of_b);
  };
  add(a.usual, h.usual, b.usual, g.usual);
  add(a.usual, h.usual, b.conspicuous, g.conspicuous);
  add(a.conspicuous, h.conspicuous, b.usual, g.usual);
  add(a.conspicuous, h.conspicuous, b.conspicuous, g.conspicuous);
  return sum;
}

std::map<Index, Effects> by_place(const FindingScore& score) {
  std::map<Index, Effects> places;
  for (const Effect& effect : score.effects) places[place_of(effect.column)].push_back(effect);
  return places;
}

// |phi(t)| is below that of a normal of this variance, which is the part of u's that densities and margins have given
// all else; of a place that has no other findings, and no pair, it is all that they have.
double smooth_variance(const FindingScore& score) {
  std::map<Index, Effects> places = by_place(score);
  for (const Joint& joint : score.joints)
    for (const Effect& one : {joint.first, joint.second})
      std::erase_if(places[place_of(one.column)],
                    [&](const Effect& effect) { return effect.column == one.column; });
  double sum = 0;
  for (const auto& [place, effects] : places) {
    Effects normal = effects;
    std::erase_if(normal, [](const Effect& effect) { return !is_normal(effect); });
    const bool in_pair =
        std::any_of(score.joints.begin(), score.joints.end(), [&, p = place](const Joint& joint) {
          return place_of(joint.first.column) == p || place_of(joint.second.column) == p;
        });
    const bool alone = normal.size() == effects.size() && !in_pair;
    sum += alone ? normal_variance(normal, score.correlation)
                 : (1 - score.correlation) * normal_variance(normal, 0);
  }
  return sum;
}

// |u| in all but some 1 of 10^9 patients: six standard deviations, and one finding far out.
double reach_of(const FindingScore& score, double signal) {
  double outlier = 0;
  for (const Effect& effect : score.effects)
    outlier = std::max(outlier, std::abs(effect.coefficient * standardised(kind_of(effect.column), 6)));
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
  const std::size_t half = count / 2;
  for (std::size_t m = half; m < count; ++m) {
    const double u = static_cast<double>(m - half) / static_cast<double>(count - half);
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
