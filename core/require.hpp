#pragma once
/// Input that cannot be served: one exception type, one form of message.
#include <stdexcept>
#include <string>
#include <string_view>

namespace quartic {

/// Thrown for bad input, never for failed numerics (a FitStatus) or bugs (an assert).
/// what() reads "<problem> (<why it is one>). <what to do>".
class InvalidInput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws InvalidInput with this message unless the condition holds.
void require(bool condition, std::string_view message);

}  // namespace quartic
