#pragma once
/// A closed form of `quartic list theory` as the curve of a [[theory]] line.
#include <string_view>

#include "core/world.hpp"
#include "laws/theory/catalogue/catalogue.hpp"

namespace quartic {

/// The closed form of this name, or null where there is none: the text is a formula, then.
const TheoryCurve* closed_form(std::string_view name);

/// Its parameters from a truth's facts: candidates, relevant, noise ...; coefficient is the root of signal over
/// relevant. Throws InvalidInput for a parameter that the facts do not tell.
TheoryValues closed_form_values(const TheoryCurve& curve, const Facts& facts);

}  // namespace quartic
