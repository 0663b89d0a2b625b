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

ComputeFrontier::ComputeFrontier(const TwoCauseFit& fit, const ComputeScale& scale)
    : fit_(fit), scale_(scale) {}

double ComputeFrontier::size_exponent() const {
  const TwoCauseLaw& law = fit_.law;
  return law.second_exponent / (law.first_exponent + law.second_exponent * (1 + scale_.coupling));
}

double ComputeFrontier::steps_exponent() const {
  return 1 - size_exponent();
}

double ComputeFrontier::loss_exponent() const {
  return fit_.law.first_exponent * size_exponent();
}

ComputeOptimum ComputeFrontier::at(double flops) const {
  const TwoCauseLaw& law = fit_.law;
  const double products = flops / scale_.flops_per_product, q = law.first_exponent,
               R = law.second_exponent * (1 + scale_.coupling);
  if (!(law.first_scale > 0 && law.second_scale > 0)) return {flops, nan, nan, nan};
  const double size = std::pow(q * law.first_scale / (R * law.second_scale), 1 / (q + R)) *
                      std::pow(products, size_exponent());
  return {flops, size, products / size, law.floor + law.first_scale * std::pow(size, -q) * (1 + q / R)};
}

ComputeFrontier fit_compute_frontier(const LossGrid& grid, const ComputeScale& scale) {
  const Vector coupled = grid.steps.array() * grid.sizes.array().pow(-scale.coupling);
  return {fit_two_causes({grid.sizes, coupled, grid.losses, grid.weights}), scale};
}

std::vector<IsoflopSlice> isoflop_slices(const LossGrid& grid, const ComputeScale& scale, Index least) {
  constexpr double alike = 1.01;
  const Vector flops = scale.flops_per_product * grid.sizes.cwiseProduct(grid.steps);
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

ComputeOptimum parabola_optimum(const IsoflopSlice& slice, const ComputeScale& scale) {
  const ComputeOptimum none{slice.flops, nan, nan, nan};
  if (slice.sizes.size() < 3) return none;
  const Eigen::ArrayXd log_size = slice.sizes.array().log(), u = log_size - log_size.mean();
  Eigen::MatrixX3d design(u.size(), 3);
  design << Eigen::VectorXd::Ones(u.size()), u, u.square();
  const Eigen::Vector3d p = design.colPivHouseholderQr().solve(slice.losses);
  if (!(p[2] > 0)) return none;
  const double vertex = -p[1] / (2 * p[2]), size = std::exp(log_size.mean() + vertex);
  return {slice.flops, size, slice.flops / scale.flops_per_product / size, p[0] + p[1] * vertex / 2};
}

ParabolaFrontier parabola_frontier(std::span<const IsoflopSlice> slices, double floor,
                                   const ComputeScale& scale) {
  ParabolaFrontier frontier;
  std::vector<double> log_flops, log_size, log_loss;
  for (const IsoflopSlice& slice : slices) {
    const ComputeOptimum optimum = parabola_optimum(slice, scale);
    if (std::isnan(optimum.size)) continue;
    frontier.optima.push_back(optimum);
    log_flops.push_back(std::log(slice.flops));
    log_size.push_back(std::log(optimum.size));
    log_loss.push_back(std::log(optimum.loss - floor));
  }
  frontier.size_exponent = compute_slope(log_flops, log_size);
  frontier.loss_exponent = -compute_slope(log_flops, log_loss);
  return frontier;
}

}  // namespace quartic
