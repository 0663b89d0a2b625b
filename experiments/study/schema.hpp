#pragma once
/// The JSON schema of study files: editors complete and check studies with it.
#include <string>
#include <vector>

#include "experiments/study/catalogues.hpp"
#include "experiments/study/keys.hpp"

namespace quartic {

/// A study, or what begins where another file ends (`include`), with every option of these kinds. `others`:
/// the keys of studies of another sort, such as those of a table.
std::string study_schema(const Catalogues& catalogues,
                         const std::vector<const detail::KeyTable*>& others = {});

}  // namespace quartic
