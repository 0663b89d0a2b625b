#pragma once
/// Readers of single values, for studies of worlds and of tables alike. `key` is the dotted path for
/// messages. A value that does not serve gives nothing, and a problem.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/options.hpp"
#include "experiments/study/document/document.hpp"
#include "experiments/study/keys.hpp"

namespace quartic::detail {

std::optional<std::string> read_text(const Node& node, std::string_view key, Problems& problems);
std::optional<double> read_number(const Node& node, std::string_view key, Problems& problems);
/// A whole number of at least `least`; 1e3 counts as one.
std::optional<Index> read_count(const Node& node, std::string_view key, Index least, Problems& problems);
std::optional<std::uint64_t> read_seed(const Node& node, std::string_view key, Problems& problems);
/// Complains of another version than that of this grammar.
void read_schema_version(const Node& node, Problems& problems);
/// A scalar as the value of an option.
std::optional<OptionValue> read_scalar(const Node& node, std::string_view key, Problems& problems);
/// The numbers of { from, to, points | per_decade | step, scale }, ascending.
std::optional<std::vector<double>> read_range(const Node& node, std::string_view key, Problems& problems);
/// Reports every key of the table that is not among these.
void reject_unknown(const Node::Table& table, std::string_view path, const KeyTable& keys,
                    Problems& problems);

}  // namespace quartic::detail
