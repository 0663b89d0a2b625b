#pragma once
/// The picture of a study that weighs causes: a waterfall from the true exponent to the published one.
#include <string>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"

namespace quartic {

/// causes.dat and causes.gp, from the findings.json of the folder; empty where that weighs no causes. Bars
/// are Shapley shares, stacked from the exponent without any cause to that with all; whiskers are intervals
/// of the shares.
std::vector<PictureFile> causes_picture(const std::string& folder);

}  // namespace quartic
