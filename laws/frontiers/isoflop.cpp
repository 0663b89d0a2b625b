#include "laws/frontiers/isoflop.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace quartic {
namespace {

double compute_slope(const std::vector<double>& x, const std::vector<double>& y) {
  const Eigen::Map<const Eigen::ArrayXd> u(x.data(), static_cast<Index>(x.size())),
      v(y.data(), static_cast<Index>(y.size()));
  if (u.size() < 2) return nan;
  return ((u - u.mean()) * v).sum() / (u - u.mean()).square().sum();
}

std::vector<Index> order_by(const Vector& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return values[i] < values[j]; });
  return order;
}

}  // namespace

std::vector<IsoflopSlice> isoflop_slices(const LossGrid& grid, Index least) {
  constexpr double alike = 1.01;
  const Vector flops = grid.sizes.cwiseProduct(grid.steps);
  const std::vector<Index> order = order_by(flops);
  std::vector<IsoflopSlice> slices;
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end =
        std::find_if(begin, order.end(), [&](Index i) { return flops[i] > alike * flops[*begin]; });
    const std::vector<Index> members(begin, end);
    if (end - begin >= least) slices.push_back({flops[*begin], grid.sizes(members), grid.losses(members)});
    begin = end;
  }
  return slices;
}

ParabolaOptimum parabola_optimum(const IsoflopSlice& slice) {
  const ParabolaOptimum none{slice.flops, nan, nan};
  if (slice.sizes.size() < 3) return none;
  const Eigen::ArrayXd log_size = slice.sizes.array().log(), u = log_size - log_size.mean();
  Eigen::MatrixX3d design(u.size(), 3);
  design << Eigen::VectorXd::Ones(u.size()), u, u.square();
  const Eigen::Vector3d p = design.colPivHouseholderQr().solve(slice.losses);
  if (!(p[2] > 0)) return none;
  const double vertex = -p[1] / (2 * p[2]);
  return {slice.flops, std::exp(log_size.mean() + vertex), p[0] + p[1] * vertex / 2};
}

ParabolaFrontier parabola_frontier(std::span<const IsoflopSlice> slices) {
  ParabolaFrontier frontier;
  std::vector<double> log_flops, log_loss;
  for (const IsoflopSlice& slice : slices) {
    const ParabolaOptimum optimum = parabola_optimum(slice);
    if (std::isnan(optimum.size)) continue;
    frontier.optima.push_back(optimum);
    log_flops.push_back(std::log(slice.flops));
    log_loss.push_back(std::log(optimum.loss));
  }
  frontier.loss_exponent = -compute_slope(log_flops, log_loss);
  return frontier;
}

}  // namespace quartic
