#pragma once
/// The map of who wins where: over the number of observations and one setting of a sweep.
#include <string>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "cli/pictures/run_view.hpp"

namespace quartic {

/// best_arm: observations along, the values of `key` up, a map for each of the other settings. A field has the colour
/// of the arm with the least mean error there, pale where the next one is within two standard errors; in the largest
/// region of each arm stands its name. Points: crossings that the study claims, with their intervals and how many times
/// the computing they take, where that is claimed too; rings: what is expected of them. Throws InvalidInput where
/// there is nothing to draw, or more than six maps.
std::vector<PictureFile> best_arm_maps(const RunView& view, const std::string& key);

}  // namespace quartic
