#pragma once
/// The exponents of a table in words.
#include <string>

#include "cli/terminal/console.hpp"
#include "experiments/tables/fit.hpp"

namespace quartic {

/// What k is and which columns are read; a table of exponents, one by every form of law, the numbers of the
/// law in two causes; what must be said of each fit.
std::string fits_text(const CsvTable& table, const TableFits& fits, const Console& console);

}  // namespace quartic
