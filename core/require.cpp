#include "core/require.hpp"

namespace quartic {

void require(bool condition, std::string_view message) {
  if (!condition) throw InvalidInput(std::string(message));
}

}  // namespace quartic
