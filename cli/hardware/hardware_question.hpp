#pragma once
/// What `quartic hardware` is asked.
#include "cli/hardware/hardware_text.hpp"
#include "cli/help/parse.hpp"
#include "experiments/study/catalogues.hpp"

namespace quartic {

/// The operations, of a run or given, the generations and how they are compared. Throws InvalidInput for what cannot be
/// billed.
HardwareReport read_hardware(const Request& request, const Catalogues& catalogues);

}  // namespace quartic
