#include "models/linear/logistic/design.hpp"

#include <algorithm>
#include <cmath>

#include "core/interruption.hpp"
#include "core/machine/large_pages.hpp"

namespace quartic::detail {

namespace {

constexpr Index block_rows = 256;

// Calls use(block, first row) for one block of rows after the other.
template <class Use>
void for_row_blocks(const Data& data, Use use) {
  for (Index first = 0; first < data.rows(); first += block_rows) {
    interruption_point();
    const Index count = std::min(block_rows, data.rows() - first);
    if (data.is_dense())
      use(data.dense().middleRows(first, count), first);
    else
      use(data.block({first, count}, {0, data.columns()}), first);
  }
}

}  // namespace

ColumnScaling column_scaling(const Data& data, Intercept intercept) {
  const Index p = data.columns();
  Eigen::RowVectorXd low = Eigen::RowVectorXd::Constant(p, infinity), high = -low;
  Eigen::RowVectorXd sums = Eigen::RowVectorXd::Zero(p);
  ColumnScaling scaling;
  scaling.intercept = intercept == Intercept::fitted;
  for_row_blocks(data, [&](const auto& block, Index) {
    scaling.finite = scaling.finite && block.allFinite();
    low = low.cwiseMin(block.colwise().minCoeff());
    high = high.cwiseMax(block.colwise().maxCoeff());
    sums += block.colwise().sum();
  });
  std::vector<double> means, factors;
  for (Index j = 0; j < p && scaling.finite; ++j) {
    const double mean = scaling.intercept ? sums[j] / static_cast<double>(data.rows()) : 0;
    const double largest = std::max(high[j] - mean, mean - low[j]);
    if (scaling.intercept ? low[j] == high[j] : largest == 0) continue;
    scaling.finite = std::isfinite(largest);
    scaling.kept.push_back(j);
    means.push_back(mean);
    factors.push_back(std::ldexp(1.0, -std::clamp(std::ilogb(largest), -1000, 1000)));
  }
  scaling.means = Eigen::Map<const Vector>(means.data(), std::ssize(means));
  scaling.factors = Eigen::Map<const Vector>(factors.data(), std::ssize(factors));
  return scaling;
}

Matrix scaled_design(const Data& data, const ColumnScaling& scaling) {
  const auto kept = static_cast<Index>(scaling.kept.size());
  const bool whole = kept == data.columns();
  Matrix design(data.rows(), scaling.size());
  ask_for_large_pages(design.data(), static_cast<std::size_t>(design.size()) * sizeof(double));
  for_row_blocks(data, [&](const auto& block, Index first) {
    for (Index i = 0; i < block.rows(); ++i) {
      if (whole)
        design.row(first + i).head(kept) =
            (block.row(i) - scaling.means.transpose()).cwiseProduct(scaling.factors.transpose());
      for (Index k = whole ? kept : 0; k < kept; ++k)
        design(first + i, k) = (block(i, scaling.kept[k]) - scaling.means[k]) * scaling.factors[k];
    }
  });
  if (scaling.intercept) design.col(kept).setOnes();
  return design;
}

LinearRule ColumnScaling::rule(const Vector& scaled, Index columns) const {
  LinearRule rule{Vector::Zero(columns), intercept ? scaled[scaled.size() - 1] : 0};
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const auto at = static_cast<Index>(k);
    rule.coefficients[kept[k]] = scaled[at] * factors[at];
    if (intercept) rule.intercept -= means[at] * rule.coefficients[kept[k]];
  }
  return rule;
}

}  // namespace quartic::detail
