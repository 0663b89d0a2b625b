#include "models/linear/named_columns.hpp"

#include "core/require.hpp"

namespace quartic::detail {

void require_names(std::span<const Index> named, Index columns) {
  for (const Index j : named)
    require(j >= 0 && j < columns, "the expert names column " + std::to_string(j) + " (there are " +
                                       std::to_string(columns) +
                                       "). Name columns from 0 on below that number.");
}

std::string fingerprint_with_names(std::string options, std::span<const Index> named) {
  if (named.empty()) return options;
  std::string list;
  for (const Index j : named) list += (list.empty() ? "" : ",") + std::to_string(j);
  return "{\"named\":[" + list + "],\"model\":" + options + "}";
}

}  // namespace quartic::detail
