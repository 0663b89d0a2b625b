#pragma once
/// Pictures of a run: gnuplot scripts, their numbers, and the .svg and .png files made from them.
///
/// One panel a cell (the first six of a sweep); log-log axes; one line an arm, through the mean normalised
/// error over replicates; bands m exp(+- 1.96 se/m), the 95 % interval of the mean on the log scale; theory
/// dashed.
#include <string>
#include <vector>

#include "cli/pictures/summary_file.hpp"

namespace quartic {

/// The horizontal axis: observations, or floating-point operations of fitting and tuning.
enum class PictureOf { data, computing };

/// The numbers both scripts plot: blocks of lines "n flops mean low high theory", one block a cell and arm,
/// in the order of the rows, two empty lines apart (a gnuplot `index` each).
std::string picture_data(const std::vector<SummaryRow>& rows);
/// The script that draws error_by_data or error_by_computing from errors.dat in its own folder.
/// `names` are titles for the cells of a sweep; a cell without one is called by its number.
std::string picture_script(const std::vector<SummaryRow>& rows, PictureOf what, const CellNames& names = {});

/// Writes errors.dat and both scripts into the folder and runs gnuplot on them. Returns the paths of the
/// pictures. Throws InvalidInput when gnuplot is missing or fails, or when the folder cannot be written.
std::vector<std::string> draw_pictures(const std::string& folder);

}  // namespace quartic
