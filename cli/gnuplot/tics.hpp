#pragma once
/// Where an axis has its numbers: enough to read it by, also where it spans less than a decade.
#include <string>
#include <vector>

namespace quartic {

/// At least three (`least`, of the coarser ones) round numbers of [low, high], at most nine or so: powers of ten, 1 and 3 times, 1, 2 and 5
/// times, or finer ones, whichever are the first of which there are enough.
std::vector<double> logarithmic_tics(double low, double high, std::size_t least = 4);
/// The same at equal distances.
std::vector<double> linear_tics(double low, double high);

/// How the number of a tic is written, in gnuplot's enhanced text.
enum class TicText {
  plain,    ///< 0.05, 20, 10^{-5}
  whole,    ///< 1,500
  percent,  ///< 5 %, of 0.05
  powers    ///< 10^{9}, 2 10^{9}
};
/// "set xtics ('1,000' 1000, ...)" and a newline; `axis` is x or y.
std::string tics_command(char axis, const std::vector<double>& tics, TicText text);

}  // namespace quartic
