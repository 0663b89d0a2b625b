#pragma once
/// Studies that begin where another one ends.
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "experiments/study/document/document.hpp"

namespace quartic::detail {

/// What may be included by name: name -> TOML.
using NamedTexts = std::map<std::string, std::string, std::less<>>;

/// The document with what its key `include` names: a file, relative to the folder of `file` (where that is no
/// file, to the current folder), else one of `named`. The keys of the document win over those of the included
/// study: tables are merged key by key, and arms may be addressed by name; other values are replaced. Lists
/// of tables (arms, claims, ...) go on: an arm whose name the other has takes its place, what else stands
/// there is added, and an empty list drops the other's. Included files may include others. Throws
/// InvalidInput for a file that is missing, is no study, or includes itself.
Node with_includes(Node document, std::string_view file, const NamedTexts& named);

}  // namespace quartic::detail
