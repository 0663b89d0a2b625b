#include "core/require.hpp"

namespace quartic {

void require(bool condition, std::string_view message, std::initializer_list<std::string_view> options) {
  if (!condition) throw InvalidInput(std::string(message), options);
}

}  // namespace quartic
