#pragma once
/// Entries of the catalogues in words.
#include <string>

#include "cli/terminal/console.hpp"
#include "experiments/study/catalogues.hpp"
#include "experiments/study/claim_laws.hpp"
#include "laws/theory/catalogue/catalogue.hpp"

namespace quartic {

/// "sparse_linear - one sentence", then one line an option: its default, its help and its words.
std::string describe(const CatalogueEntry<World>& world, const Console& console);
std::string describe(const CatalogueEntry<Model>& model, const Console& console);
std::string describe(const ClaimLaw& law, const Console& console);
std::string describe(const TheoryCurve& curve, const Console& console);

}  // namespace quartic
