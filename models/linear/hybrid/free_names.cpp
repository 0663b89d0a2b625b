#include "models/linear/hybrid/free_names.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/require.hpp"
#include "models/linear/fold.hpp"
#include "models/linear/hybrid/flops.hpp"
#include "models/linear/lasso/flops.hpp"

namespace quartic::detail {

namespace {

// One training set with its path, and its errors so far.
class FoldOfNames {
 public:
  FoldOfNames(const Hybrid& model, Fold rows, const std::vector<double>& penalties, Intercept intercept,
              LassoControls controls)
      : model_(model),
        held_out_(std::move(rows.held_out)),
        intercepts_(intercept == Intercept::fitted ? 1 : 0),
        partial_(rows.training, model.named, intercept),
        path_(partial_.x(), partial_.y(), penalties, controls),
        flops_(partial_.flops()) {}

  double error(std::size_t penalty) {
    while (errors_.size() <= penalty)
      for (const std::vector<LassoPoint>& points : path_.advance()) judge(points.front());
    return errors_[penalty];
  }
  double flops() const { return flops_ + path_.flops(); }

 private:
  void judge(const LassoPoint& point) {
    std::vector<Index> columns = model_.named;
    columns.insert(columns.end(), point.columns.begin(), point.columns.end());
    errors_.push_back(held_out_error(partial_.rule(point), columns, held_out_));
    flops_ += partial_.rule_flops(point) + held_out_flops(static_cast<double>(held_out_.rows()),
                                                          static_cast<double>(columns.size()), intercepts_);
  }

  const Hybrid& model_;
  Data held_out_;
  double intercepts_;
  PartialRegression partial_;
  LassoPath path_;
  std::vector<double> errors_;
  double flops_;
};

bool all_finite(const LinearRule& rule) {
  return rule.coefficients.allFinite() && std::isfinite(rule.intercept);
}

std::string dependence(const PartialRegression& partial) {
  return "the columns without a penalty depend on one another in these rows (" +
         std::to_string(partial.rank()) + " of " + std::to_string(partial.unpenalised()) +
         " are independent): their coefficients are those of least length";
}

}  // namespace

FreeNames::FreeNames(const Hybrid& model, const Data& data)
    : model_(model), data_(data), all_(data, model.named, intercept()) {}

PenaltyChoice FreeNames::choose() const {
  require(data_.rows() > 1,
          "cross-validation was given one row (none is left to train on). Give 2 or more, or a penalty.");
  const double largest = largest_penalty(all_.x(), all_.y());
  double flops = all_.flops() + lasso_flops::correlations(data_.rows(), data_.columns());
  const bool any = largest > 0 && std::isfinite(largest);  // else nothing is left to any other column
  const std::vector<double> penalties =
      any ? penalty_grid(largest, model_.ratio, model_.penalties) : std::vector<double>{1};
  const Index folds = std::min(model_.folds, data_.rows());
  std::vector<std::unique_ptr<FoldOfNames>> paths;
  for (Index fold = 0; fold < folds; ++fold)
    paths.push_back(std::make_unique<FoldOfNames>(model_, divide(data_, fold, folds), penalties, intercept(),
                                                  controls()));
  std::vector<ValidationError> errors;
  while (errors.size() < penalties.size() && !has_risen(errors)) {
    std::vector<double> fold_errors;
    for (const auto& path : paths) fold_errors.push_back(path->error(errors.size()));
    errors.push_back(validation_error(fold_errors));
    flops += validation_flops(folds);
  }
  for (const auto& path : paths) flops += path->flops();
  const bool cautious = std::get<std::string>(model_.penalty) == "cv_1se";
  const Index smallest = smallest_error(errors);
  return {penalties[cautious ? one_standard_error(errors) : smallest], errors[smallest], flops};
}

Fit FreeNames::fit_at(double penalty, Stream) const {
  LassoPath path(all_.x(), all_.y(), {penalty}, controls());
  const LassoPoint point = path.advance().front().front();
  LinearRule rule = all_.rule(point);
  const bool finite = all_finite(rule) && std::isfinite(point.gap);
  FitReport report;
  report.status = !finite           ? FitStatus::failed
                  : point.converged ? FitStatus::converged
                                    : FitStatus::iteration_limit;
  if (!finite)
    report.message = "the numbers are not finite. Rescale the columns";
  else if (!point.converged)
    report.message = "the duality gap stayed above the tolerance";
  else if (all_.rank() < all_.unpenalised())
    report.message = dependence(all_);
  report.parameters = std::ssize(point.columns) + all_.rank();
  report.iterations = path.moves();
  report.certificate = point.gap;
  report.cost.fit_flops = all_.flops() + path.flops() + all_.rule_flops(point);
  if (!finite) rule = {Vector::Zero(data_.columns()), 0};
  return {std::move(rule), report};
}

}  // namespace quartic::detail
