#pragma once
/// Rows of related tasks, for models that begin with what was learned there.
#include <string>

#include "core/data.hpp"

namespace quartic::detail {

/// Throws InvalidInput where the data have no source, or one without rows.
void require_sources(const Data& data, const std::string& model);
/// The rows of all sources, one after the other, as one task. Precondition: require_sources.
Data pooled_sources(const Data& data);

}  // namespace quartic::detail
