#pragma once
/// What cannot be done for the one who asked: one form of message, and who is to blame.
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

/// A command that cannot be served, told to the one who gave it. what() reads
/// "<problem> (<why it is one>). <what to do>".
class Refusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Thrown for bad input, never for failed numerics (a FitStatus) or bugs (an assert).
class InvalidInput : public Refusal {
 public:
  explicit InvalidInput(const std::string& message, std::initializer_list<std::string_view> options = {})
      : Refusal(message), options_(options.begin(), options.end()) {}

  /// The options at fault, first the one to change; empty where it is none in particular.
  const std::vector<std::string>& options() const { return options_; }

 private:
  std::vector<std::string> options_;
};

/// Throws InvalidInput with this message, and with the names of the options at fault, unless the condition
/// holds.
void require(bool condition, std::string_view message, std::initializer_list<std::string_view> options = {});

}  // namespace quartic
