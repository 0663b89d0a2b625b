#pragma once
/// What a finding says to a student.
#include <string>

#include "experiments/findings/findings.hpp"

namespace quartic {

/// One sentence: "To halve the root of its error, flexible needs about 4.1 times the data (3.9 to 4.2
/// times)." Two digits that count, powers of ten from 10^7 on; sizes are numbers of `observations`, such as "patients".
/// Where an interval has no end, or nothing was seen to fall, the sentence says so; "" where there is no estimate.
std::string in_words(const Finding& finding, const std::string& observations);

}  // namespace quartic
