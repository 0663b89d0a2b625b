#pragma once
/// What a truth says of itself in numbers.
#include <map>
#include <string>

#include "core/types.hpp"

namespace quartic {

/// Named numbers of a truth: "noise" (standard deviation), "candidates", "relevant", ... Those by which errors
/// are divided have to be there: a study of a world without them is refused.
using Facts = std::map<std::string, double, std::less<>>;

/// What excess risks are divided by: "signal", Var f*; of classes "constant_error" less "bayes_error", the error
/// rates of the best constant answer and of the best rule. Throws InvalidInput where a fact is missing.
double error_scale(const Facts& facts, Task task);

}  // namespace quartic
