#include "core/truth.hpp"

#include "core/require.hpp"

namespace quartic {

namespace {

double fact(const Facts& facts, std::string_view name, std::string_view meaning) {
  const auto found = facts.find(name);
  require(found != facts.end(), "the world has no fact \"" + std::string(name) +
                                    "\" (errors are divided by it). Let facts() of its truths give " +
                                    std::string(meaning) + " by that name.");
  return found->second;
}

}  // namespace

double error_scale(const Facts& facts, Task task) {
  if (task == Task::regression) return fact(facts, "signal", "the variance of f*");
  return fact(facts, "constant_error", "the error rate of the best constant answer") -
         fact(facts, "bayes_error", "the error rate of the best rule");
}

}  // namespace quartic
