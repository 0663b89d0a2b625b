#pragma once
/// What a run may take, and how a study is lowered to it.
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "experiments/engine/engine.hpp"

namespace quartic {

struct Limits {
  double flops = std::numeric_limits<double>::infinity();
  double seconds = std::numeric_limits<double>::infinity();
};

/// The larger of the shares of its limits that a plan takes: beyond 1, it is too large. NaN where flops are
/// limited and a model does not say what its fits cost.
double find_share(const Plan& plan, const Limits& limits);

/// Throws InvalidInput with all figures for a plan that is too large, or that cannot be held against them.
void require_within(const Plan& plan, const Limits& limits);

/// Fewer replicates of the study, and of each arm that has its own, with which it keeps to the limits: what
/// StudyEdits::overrides takes; where a rule says how many, its upper end. Nothing where the plan keeps to
/// them already. Throws InvalidInput where one replicate, or the least of a rule, is too much, and for a
/// study with a budget of its own.
std::vector<std::pair<std::string, std::string>> trimmed(const Study& study, const Plan& plan,
                                                         const Limits& limits);

}  // namespace quartic
