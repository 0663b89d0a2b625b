#pragma once
/// What the machine does to us: a full disk, a folder that is gone.
#include "core/require.hpp"

namespace quartic {

/// The input was good and the machine was not. What had been committed is kept; the same command goes on from
/// there. The program exits with status 3.
class MachineFailure : public Refusal {
 public:
  using Refusal::Refusal;
};

}  // namespace quartic
