#pragma once
/// Warnings that belong beside an estimate wherever it is quoted.
#include <string>
#include <string_view>

namespace quartic {

/// What is wrong:
///   - edge_of_range: a floor, offset or break ended at the end of its range: the data do not identify it
///   - window_dependence: the estimate leaves its interval without the smallest or the largest third of sizes
///   - leverage: without one size the estimate leaves its interval
///   - narrow_range: sizes (or flops) span fewer than two decades
///   - heavy_tail: at some size the errors scatter by more than twice their mean, as near n = p
///   - excluded_fits: some fits failed or did not converge, and were left out
enum class WarningKind {
  edge_of_range,
  window_dependence,
  leverage,
  narrow_range,
  heavy_tail,
  excluded_fits
};
std::string_view to_string(WarningKind kind);

struct LawWarning {
  WarningKind kind;
  std::string text;  ///< one sentence
};

}  // namespace quartic
