#pragma once
/// The picture of a study that compares remedies: what each does to the cost of training and of running.
#include <string>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"

namespace quartic {

/// remedies.dat and remedies.gp, from the findings.json of the folder; empty where that compares none. A row for each
/// remedy, two marks in it: training and running, as multiples of those of the arm without any, with intervals; the
/// exponent stands beside the row. What is not known is not drawn.
std::vector<PictureFile> remedies_picture(const std::string& folder);

}  // namespace quartic
