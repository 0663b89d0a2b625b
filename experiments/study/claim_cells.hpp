#pragma once
/// Claims about a sweep: which cells a claim is about, and what it says there.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/study/study.hpp"

namespace quartic {

/// True where the claim is about this cell: each key of claim.cells has one of its values there.
bool concerns(const Claim& claim, const Cell& cell);

/// The names that a claimed value may quote in this cell: "theory", "never" (infinity, of a crossing) and the options
/// of its world that are plain numbers.
std::vector<std::string> claim_names(const Study& study, const Cell& cell);

/// What the claim says in this cell: its number, or its formula. `theory` is the number that the claim's law
/// takes on the arm's theory curve over the same sizes; NaN, where there is none, makes a formula that quotes
/// it NaN.
double claimed_value(const Claim& claim, const Study& study, const Cell& cell, double theory);
/// True where the value is a formula that quotes this name.
bool quotes(const Claim& claim, std::string_view name);

}  // namespace quartic
