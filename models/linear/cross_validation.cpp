#include "models/linear/cross_validation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace quartic {

namespace {
constexpr std::size_t rises = 10;
bool smaller(const ValidationError& a, const ValidationError& b) {
  return a.mean < b.mean;
}
}  // namespace

ValidationError validation_error(std::span<const double> fold_errors) {
  assert(fold_errors.size() > 1);
  const double folds = static_cast<double>(fold_errors.size());
  double sum = 0, square = 0;
  for (double error : fold_errors) sum += error;
  const double mean = sum / folds;
  for (double error : fold_errors) {
    const double deviation = error - mean;
    square += deviation * deviation;
  }
  return {mean, std::sqrt(square / (folds * (folds - 1)))};
}

Index smallest_error(std::span<const ValidationError> errors) {
  return std::min_element(errors.begin(), errors.end(), smaller) - errors.begin();
}

Index one_standard_error(std::span<const ValidationError> errors) {
  const ValidationError& best = errors[smallest_error(errors)];
  const auto within = [&](const ValidationError& e) { return e.mean <= best.mean + best.standard_error; };
  return std::find_if(errors.begin(), errors.end(), within) - errors.begin();
}

bool has_risen(std::span<const ValidationError> errors) {
  if (errors.size() <= rises) return false;
  const auto last = errors.last(rises + 1);
  if (!std::is_sorted(last.begin(), last.end(), smaller)) return false;
  return last.back().mean - last.front().mean > errors[smallest_error(errors)].standard_error;
}

}  // namespace quartic
