#include "core/fit.hpp"

#include <array>

namespace quartic {

std::string_view to_string(FitStatus status) {
  constexpr std::array<std::string_view, 5> names = {"converged", "iteration_limit", "diverged", "separated",
                                                     "failed"};
  return names[static_cast<std::size_t>(status)];
}

}  // namespace quartic
