#include "models/linear/relaxed/relaxed_path.hpp"

#include <algorithm>

#include "models/linear/least_squares.hpp"

namespace quartic::detail {

namespace {

// The coefficients of a solution in the order of its columns.
Vector in_order(const LassoPoint& solved, const std::vector<Index>& columns) {
  Vector coefficients(std::ssize(columns));
  for (std::size_t i = 0; i < solved.columns.size(); ++i) {
    const auto place = std::lower_bound(columns.begin(), columns.end(), solved.columns[i]) - columns.begin();
    coefficients[place] = solved.coefficients[i];
  }
  return coefficients;
}

}  // namespace

RelaxedPath::RelaxedPath(Centred rows, std::vector<double> penalties, LassoControls controls)
    : rows_(std::move(rows)),
      view_(rows_.data),
      path_(view_.matrix(), rows_.data.y(), std::move(penalties), controls) {}

const RelaxedPoint& RelaxedPath::at(std::size_t penalty) {
  while (points_.size() <= penalty)
    for (const std::vector<LassoPoint>& solved : path_.advance()) add(solved.front());
  return points_[penalty];
}

void RelaxedPath::add(const LassoPoint& solved) {
  RelaxedPoint point{.columns = solved.columns, .gap = solved.gap, .converged = solved.converged};
  std::sort(point.columns.begin(), point.columns.end());
  point.lasso = in_order(solved, point.columns);
  if (!points_.empty() && points_.back().columns == point.columns) {
    point.refit = points_.back().refit;
  } else if (!point.columns.empty()) {
    const Fit fit = LeastSquares{}.fit(rows_.data.restrict(point.columns), Stream(0));
    point.refit = fit.predict.linear()->coefficients;
    refits_ += fit.report.cost.fit_flops;
  }
  point.flops = flops();
  points_.push_back(std::move(point));
}

LinearRule RelaxedPath::rule(const RelaxedPoint& point, double mix) const {
  Vector coefficients = Vector::Zero(rows_.data.columns());
  for (std::size_t i = 0; i < point.columns.size(); ++i) {
    const auto k = static_cast<Index>(i);
    coefficients[point.columns[i]] = mix * point.lasso[k] + (1 - mix) * point.refit[k];
  }
  return rows_.rule(std::move(coefficients));
}

}  // namespace quartic::detail
