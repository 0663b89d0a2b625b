#include "cli/gnuplot/band.hpp"

#include <algorithm>
#include <cmath>

namespace quartic {

namespace {

/// The point at this share of the way.
BandPoint between(const BandPoint& a, const BandPoint& b, double share) {
  const auto mix = [&](double from, double to) { return from * std::pow(to / from, share); };
  return {mix(a.n, b.n), mix(a.flops, b.flops), mix(a.low, b.low), mix(a.high, b.high)};
}

/// Shares of the way at which an edge passes bottom or top, ascending.
std::vector<double> passings(const BandPoint& a, const BandPoint& b, double bottom, double top) {
  std::vector<double> shares;
  for (const auto& [from, to] : {std::pair{a.low, b.low}, std::pair{a.high, b.high}})
    for (const double border : {bottom, top})
      if (const double share = std::log(border / from) / std::log(to / from); share > 0 && share < 1)
        shares.push_back(share);
  std::sort(shares.begin(), shares.end());
  return shares;
}

}  // namespace

std::vector<std::vector<BandPoint>> cut_band(const std::vector<BandPoint>& band, double bottom, double top) {
  const auto clamped = [&](BandPoint point) {
    point.low = std::clamp(point.low, bottom, top);
    point.high = std::clamp(point.high, bottom, top);
    return point;
  };
  std::vector<std::vector<BandPoint>> pieces;
  const BandPoint* before = nullptr;
  for (const BandPoint& point : band) {
    const bool drawn = point.low > 0 && point.high >= point.low;
    if (drawn && !before) pieces.emplace_back();
    if (drawn && before)
      for (const double share : passings(*before, point, bottom, top))
        pieces.back().push_back(clamped(between(*before, point, share)));
    if (drawn) pieces.back().push_back(clamped(point));
    before = drawn ? &point : nullptr;
  }
  return pieces;
}

}  // namespace quartic
