#pragma once
/// The keys of studies of a table (experiments/study/keys.hpp says what they are for).
#include "experiments/study/keys.hpp"

namespace quartic::detail {

const KeyTable& table_study_keys();
const KeyTable& table_source_keys();
const KeyTable& table_claim_keys();

}  // namespace quartic::detail
