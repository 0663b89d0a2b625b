#pragma once
/// What a Refusal says, "" where nothing was thrown.
#include <string>

#include "core/require.hpp"

namespace quartic::support {

template <class Action>
std::string thrown_message(const Action& action) {
  try {
    action();
  } catch (const Refusal& error) {
    return error.what();
  }
  return "";
}

}  // namespace quartic::support
