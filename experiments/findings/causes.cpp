#include "experiments/findings/causes.hpp"

#include <algorithm>
#include <cmath>

#include "core/random/stream.hpp"
#include "experiments/study/expression.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/shapley.hpp"

namespace quartic {
namespace {

constexpr std::size_t combination_count = std::size_t{1} << cause_names.size();

/// Positions in cause_names.
enum Cause : std::size_t { floor_cause, noise_cause, best_cause, converged_cause, tuning_cause, few_cause };

bool at_work(Cause cause, std::size_t combination) {
  return (combination >> cause & 1) != 0;
}

/// Sums over published figures of x = log C and y = -log e, from which the slope follows.
struct Sums {
  double count = 0, x = 0, y = 0, xx = 0, xy = 0;

  void add(double log_computing, double minus_log_error) {
    count += 1;
    x += log_computing;
    y += minus_log_error;
    xx += log_computing * log_computing;
    xy += log_computing * minus_log_error;
  }
  Sums operator-(const Sums& other) const {
    return {count - other.count, x - other.x, y - other.y, xx - other.xx, xy - other.xy};
  }
  void operator+=(const Sums& other) {
    *this = *this - Sums{-other.count, -other.x, -other.y, -other.xx, -other.xy};
  }
  double exponent() const { return 2 * (count * xx - x * x) / (count * xy - x * y); }
};

/// The study's results as fields of systems.
class Fields {
 public:
  Fields(const Study& study, const Cube& cube)
      : study_(study),
        causes_(*study.causes),
        cube_(cube),
        best_of_(causes_.best_of),
        tuning_(causes_.tuning) {}

  Index count() const { return cube_.axes().replicates / causes_.systems; }

  /// What one field publishes.
  Sums published(Index field, std::size_t combination) const {
    Sums sums;
    for (Index size = 0; size < static_cast<Index>(study_.sizes.size()); ++size) {
      if (at_work(few_cause, combination) && !is_among_few(size)) continue;
      const double error = publish_error(field, size, combination),
                   computing = publish_flops(field, size, combination);
      if (error > 0 && computing > 0) sums.add(std::log(computing), -std::log(error));
    }
    return sums;
  }

 private:
  Index rows(Index size) const { return study_.sizes[static_cast<std::size_t>(size)]; }
  Variables variables(Index size) const { return {{"n", static_cast<double>(rows(size))}}; }
  bool is_among_few(Index size) const {
    return std::find(causes_.few.begin(), causes_.few.end(), rows(size)) != causes_.few.end();
  }
  Index arm(std::size_t combination) const {
    return cube_.arm(at_work(converged_cause, combination) ? causes_.under_converged : causes_.arm);
  }
  std::vector<Slot> systems_with_error(Index field, Index size, std::size_t combination) const {
    std::vector<Slot> systems;
    Slot system{0, arm(combination), size, field * causes_.systems};
    for (Index k = 0; k < causes_.systems; ++k, ++system.replicate)
      if (!std::isnan(cube_.error(system))) systems.push_back(system);
    return systems;
  }

  /// NaN where no system has one.
  double publish_error(Index field, Index size, std::size_t combination) const {
    const bool best = at_work(best_cause, combination);
    std::vector<Slot> systems = systems_with_error(field, size, combination);
    if (systems.empty()) return nan;
    if (best)
      systems.resize(static_cast<std::size_t>(
          std::clamp<Index>(best_of_.evaluate_count(variables(size)), 1, std::ssize(systems))));
    double sum = 0, least = std::numeric_limits<double>::infinity();
    for (const Slot& system : systems) {
      const double error = cube_.error(system);
      sum += error;
      least = std::min(least, error);
    }
    const double published = best ? least : sum / static_cast<double>(systems.size());
    return published + (at_work(floor_cause, combination) ? causes_.floor : 0);
  }

  /// That of the first system with an error.
  double publish_flops(Index field, Index size, std::size_t combination) const {
    const std::vector<Slot> systems = systems_with_error(field, size, combination);
    if (systems.empty()) return nan;
    double flops =
        cube_.at(systems.front(), Measure::fit_flops) + cube_.at(systems.front(), Measure::tuning_flops);
    if (at_work(tuning_cause, combination)) flops *= tuning_.evaluate(variables(size));
    if (at_work(noise_cause, combination)) flops *= std::exp(causes_.computing_noise * normal(field, size));
    return flops;
  }
  double normal(Index field, Index size) const {
    return Stream(study_.seed)
        .child("causes")
        .child(static_cast<std::uint64_t>(field))
        .child(static_cast<std::uint64_t>(rows(size)))
        .normal();
  }

  const Study& study_;
  const Causes& causes_;
  const Cube& cube_;
  Expression best_of_, tuning_;
};

/// Row k: exponents of every combination over all fields (k = 0), or without field k - 1.
Matrix exponents_by_field(const Fields& fields) {
  Matrix exponents(fields.count() + 1, static_cast<Index>(combination_count));
  for (std::size_t combination = 0; combination < combination_count; ++combination) {
    std::vector<Sums> each;
    Sums all;
    for (Index field = 0; field < fields.count(); ++field)
      all += each.emplace_back(fields.published(field, combination));
    const auto column = static_cast<Index>(combination);
    exponents(0, column) = all.exponent();
    for (Index field = 0; field < fields.count(); ++field)
      exponents(field + 1, column) = (all - each[static_cast<std::size_t>(field)]).exponent();
  }
  return exponents;
}

}  // namespace

CausesFinding evaluate_causes(const Study& study, const Cube& cube) {
  const Causes& causes = *study.causes;
  const Matrix exponents = exponents_by_field(Fields(study, cube));
  const JackknifeOptions options{exponents.rows() - 1, exponents.rows() - 2, causes.confidence};
  const auto interval = [&](auto statistic) {
    return jackknife([&](Index k) { return statistic(Vector(exponents.row(k))); }, options);
  };
  CausesFinding finding;
  for (Index m = 0; m < exponents.cols(); ++m) {
    finding.exponents.push_back(interval([m](const Vector& values) { return values[m]; }));
    if (finding.exponents.back().estimate > finding.exponents[finding.largest].estimate)
      finding.largest = static_cast<std::size_t>(m);
  }
  for (Index i = 0; i < static_cast<Index>(cause_names.size()); ++i)
    finding.shares.push_back(interval([i](const Vector& values) { return shapley_shares(values)[i]; }));
  finding.total = interval([](const Vector& values) { return values[values.size() - 1] - values[0]; });
  finding.base = judge({Expectation::Kind::about, causes.expect, causes.margin}, finding.exponents.front());
  return finding;
}

std::string combination_name(std::size_t combination) {
  std::string name;
  for (std::size_t cause = 0; cause < cause_names.size(); ++cause)
    if ((combination >> cause & 1) != 0)
      name += (name.empty() ? "" : " + ") + std::string(cause_names[cause]);
  return name.empty() ? "none" : name;
}

}  // namespace quartic
