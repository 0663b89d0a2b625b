#pragma once
/// What is changed in a study before it is read: by an effort of the file, by single keys of the caller, by
/// the irregular cells of the file, by a file that includes it.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/study/document/document.hpp"

namespace quartic::detail {

/// Of each two an expert has one at most: a count and a share of the same thing, or a list that says all of it.
inline constexpr std::array<std::array<std::string_view, 2>, 8> expert_twins = {{{"correct", "recall"},
                                                                                 {"wrong", "false"},
                                                                                 {"columns", "correct"},
                                                                                 {"columns", "recall"},
                                                                                 {"columns", "wrong"},
                                                                                 {"columns", "false"},
                                                                                 {"columns", "forgets"},
                                                                                 {"columns", "weight"}}};

/// The names under [effort], in the order of the file.
std::vector<std::string> effort_names(const Node& document);
/// Applies [effort.NAME] to the rest of the document. Tables are merged (world, arms by name, expert, of which
/// a share takes the place of the count of the same thing, and the reverse); everything else is replaced.
/// Throws InvalidInput for an effort that the file does not define.
void apply_effort(Node& document, std::string_view name, std::string_view file);
/// Applies one top-level key of an effort, a case, or a file that includes this one.
void apply_change(Node& document, Field change);
/// The tables under [[case]], each applied to the rest of the document. Throws InvalidInput for one that
/// changes anything but the world and the arms.
std::vector<Node> case_documents(const Node& document);
/// Applies one `--set key=text`. Keys are dotted; an arm is addressed by name: arm.regularised.penalty.
/// Values of the world, of arms, sizes and zip may be lists, "500,1000", and ranges, "0.1:10:log:7".
void apply_override(Node& document, std::string_view key, std::string_view text);

}  // namespace quartic::detail
