#pragma once
/// The columns that an expert names, of models that take advice.
#include <span>
#include <string>

#include "core/types.hpp"

namespace quartic::detail {

/// Throws InvalidInput for a name that is no column of so many.
void require_names(std::span<const Index> named, Index columns);
/// The options of a model, and which columns it was told of; the options alone where it was told of none.
std::string fingerprint_with_names(std::string options, std::span<const Index> named);

}  // namespace quartic::detail
