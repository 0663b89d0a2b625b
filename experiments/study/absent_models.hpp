#pragma once
/// Models that a study names and nobody here has: estimators of Python, elsewhere.
#include <string_view>

#include "experiments/study/catalogues.hpp"

namespace quartic {

/// These catalogues, with an entry for every model that an arm of this study (TOML) names and that they lack: what the
/// study's files say can then be read. It has no options, and its fits are refused. Throws InvalidInput for text that is
/// not TOML.
Catalogues with_absent_models(Catalogues catalogues, std::string_view study_text);

/// Whether the entry is such a one.
bool is_absent(const CatalogueEntry<Model>& entry);

}  // namespace quartic
