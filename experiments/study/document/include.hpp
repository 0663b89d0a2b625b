#pragma once
/// Studies that begin where another file ends.
#include <string_view>

#include "experiments/study/document/document.hpp"

namespace quartic::detail {

/// The document with what its key `include` names: the keys of the document win over those of the included
/// file, as those of an effort do (tables and arms by name are merged, lists replaced). Names are relative to
/// the folder of `file`; where that is no file, to the current folder. Included files may include others.
/// Throws InvalidInput for a file that is missing, is no study, or includes itself.
Node with_includes(Node document, std::string_view file);

}  // namespace quartic::detail
