#pragma once
/// Readers of single values, for studies of worlds and of tables alike. `key` is the dotted path for
/// messages. A value that does not serve gives nothing, and a problem.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/options.hpp"
#include "experiments/study/document/document.hpp"

namespace quartic::detail {

std::optional<std::string> read_text(const Node& node, std::string_view key, Problems& problems);
std::optional<double> read_number(const Node& node, std::string_view key, Problems& problems);
/// A whole number of at least `least`; 1e3 counts as one.
std::optional<Index> read_count(const Node& node, std::string_view key, Index least, Problems& problems);
/// A scalar as the value of an option.
std::optional<OptionValue> read_scalar(const Node& node, std::string_view key, Problems& problems);
/// The numbers of { from, to, points | per_decade | step, scale }, ascending.
std::optional<std::vector<double>> read_range(const Node& node, std::string_view key, Problems& problems);
/// Reports every key of the table that is not among these.
void reject_unknown(const Node::Table& table, std::string_view path, const std::vector<std::string>& keys,
                    Problems& problems);

}  // namespace quartic::detail
