#pragma once
/// The pictures of quartic fit: what was read off a table, and the laws through it.
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "experiments/tables/fit.hpp"

namespace quartic {

/// fit_by_data and fit_by_computing, whichever exponents there are, as files for run_gnuplot(): both axes
/// logarithmic; points, with intervals where they are averages; the law taken, its floor, and thin dashed the
/// others that stand; beside each line its exponent. As many groups as there are colours, and so many rows of
/// each as can be told apart; the caption says how many are not drawn. Throws InvalidInput for the law in two
/// causes, and where no row has an error above 0.
std::vector<PictureFile> fit_pictures(const CsvTable& table, const TableFits& fits);

}  // namespace quartic
