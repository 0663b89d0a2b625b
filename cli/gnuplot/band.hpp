#pragma once
/// The band of an interval, cut where it leaves a picture.
#include <vector>

namespace quartic {

/// One place of a band: n and operations along the axis, both edges of the interval.
struct BandPoint {
  double n, flops, low, high;
};

/// The band between bottom and top. Between its places it is straight on logarithmic axes; where an edge
/// passes bottom or top there is a place more, so that the band ends there and nowhere else. (gnuplot draws
/// a wedge to the next place that it can show.) A place with NaN cuts the band in two: one list each.
std::vector<std::vector<BandPoint>> cut_band(const std::vector<BandPoint>& band, double bottom, double top);

}  // namespace quartic
