#pragma once
/// The picture of a run of a table: its systems, the lines through them, and where those would lead.
#include <string>
#include <vector>

namespace quartic {

/// True for a folder that quartic run left for a study of a table.
bool holds_table_run(const std::string& folder);

/// Reads points.csv and findings.json of the folder and writes recorded.gp, recorded.dat and the pictures
/// made from them: error against computing, both logarithmic; the lines forward, reverse and reduced major
/// axis, continued to the targets that lie within 12 decades, with the interval of the forward projection as
/// a bar. Returns the paths of the pictures. Throws InvalidInput when gnuplot is missing or fails.
std::vector<std::string> draw_table_picture(const std::string& folder);

}  // namespace quartic
