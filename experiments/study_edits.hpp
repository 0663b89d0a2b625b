#pragma once
/// What a caller changes in a study before it is read: an effort of the file, then single keys. Internal.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/study_document.hpp"

namespace quartic::detail {

/// The names under [effort], in the order of the file.
std::vector<std::string> effort_names(const Node& document);
/// Applies [effort.NAME] to the rest of the document. Tables are merged (world, arms by name, expert);
/// everything else is replaced. Throws InvalidInput for an effort that the file does not define.
void apply_effort(Node& document, std::string_view name, std::string_view file);
/// Applies one `--set key=text`. Keys are dotted; an arm is addressed by name: arm.regularised.penalty.
void apply_override(Node& document, std::string_view key, std::string_view text);

}  // namespace quartic::detail
