#pragma once
/// All groups' results in one picture.
#include <span>
#include <vector>

#include "cli/gnuplot/gnuplot.hpp"
#include "experiments/findings/gathering.hpp"

namespace quartic {

/// gathered.dat and gathered.gp: error by data of the first cell, one colour an arm; thin lines are the groups', the
/// thick one is the mean over the replicates of all, with the 95 % interval of that mean. Of an arm of the groups' own
/// there are their lines alone, with their names.
std::vector<PictureFile> gathering_pictures(std::span<const GroupRun> groups, const Gathering& gathering);

}  // namespace quartic
