#include "laws/theory/design.hpp"

#include <cmath>
#include <string>

#include "core/number_text.hpp"
#include "core/require.hpp"

namespace quartic::detail {

void require_at_least(std::string_view what, double number, double least) {
  require(std::isfinite(number) && number >= least, std::string(what) + ": " + shortest(number) +
                                                        " (the formula asks for a finite number of " +
                                                        shortest(least) + " or more). Change it.");
}

}  // namespace quartic::detail
