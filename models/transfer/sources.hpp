#pragma once
/// Rows of related tasks, for models that begin with what was learned there.
#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/data.hpp"
#include "core/options.hpp"

namespace quartic::detail {

/// Of models that begin with one task.
inline constexpr std::array source_words = {OptionWord{"pooled", "the rows of all, as one task"},
                                            OptionWord{"first", "those of the first task"}};

/// The rows of each.
std::vector<Index> source_rows(const Data& data);
/// Throws InvalidInput where there is no source, or one of fewer than so many rows.
void require_source_rows(std::span<const Index> rows, Index fewest, const std::string& model);
/// The rows of all sources, one after the other, as one task. Precondition: there are some.
Data pooled_sources(const Data& data);

}  // namespace quartic::detail
