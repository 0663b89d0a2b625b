#pragma once
/// Options of worlds and models as Python gives them.
#include <pybind11/pybind11.h>

#include "core/option_info.hpp"

namespace quartic::python {

/// {"noise": 2.0, "covariance": "ar1(0.5)"}. Throws TypeError for a value that is no bool, whole number, number or
/// text.
OptionValues option_values(const pybind11::dict& options);

}  // namespace quartic::python
