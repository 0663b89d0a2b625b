#include <array>
#include <cmath>
#include <vector>

#include "laws/curves/law_model.hpp"
#include "laws/statistics/minimise.hpp"

namespace quartic {
namespace {

using detail::LawModel;
using detail::log_points;
using detail::LogPoints;

bool fittable(LawForm form, const LogPoints& points, const LawFitOptions& options) {
  const Index parameters = free_parameters(form);
  const double least_x = form == LawForm::logarithm ? 1 : 0;
  return points.x.size() >= parameters && points.least_x > least_x && points.least_x < points.most_x &&
         points.x.allFinite() && points.log_y.allFinite() && points.weight.allFinite() &&
         points.least_y > options.floor.value_or(0);
}

/// All values alike to rounding: they do not fall, whatever the form.
bool is_constant(const LogPoints& points) {
  return points.log_y.maxCoeff() - points.log_y.minCoeff() < 1e-12;
}

using Candidate = Minimum<Eigen::VectorXd>;

double squares_at(const LawModel& model, const LogPoints& points, const Eigen::VectorXd& p) {
  const double squares = (points.weight * (points.log_y - model.log_y(p).array()).square()).sum();
  return std::isfinite(squares) ? squares : std::numeric_limits<double>::infinity();
}

/// The law through the points, for minimise_squares.
struct LawProblem {
  const LawModel& model;
  const LogPoints& points;

  const Eigen::ArrayXd& lowest() const { return model.lowest(); }
  const Eigen::ArrayXd& highest() const { return model.highest(); }
  double squares(const Eigen::VectorXd& p) const { return squares_at(model, points, p); }
  NormalEquations<Eigen::VectorXd> normal_equations(const Eigen::VectorXd& p) const {
    const LawModel::Value value = model.value(p);
    const Eigen::VectorXd residual = points.log_y.matrix() - value.log_y;
    const Eigen::MatrixXd weighted = points.weight.matrix().asDiagonal() * value.jacobian;
    return {weighted.transpose() * value.jacobian, weighted.transpose() * residual};
  }
};

/// Where the search for a floor begins, in units of the least y.
std::vector<double> floors(const LawModel& model) {
  std::vector<double> units = {0.0025, 0.12, 0.48, 0.79, 0.99};
  if (model.lowest()[model.floor_place()] < 0) units.insert(units.begin(), {-5, -0.5});
  return units;
}

/// Where the search for another parameter that is not linear begins: shares of its range, most of them where
/// laws usually have it.
std::vector<double> grid(const LawModel& model, Index place) {
  if (place < 0) return {0};
  if (place == model.floor_place()) return floors(model);
  std::vector<double> shares;
  if (place == model.offset_place())
    shares = {0.3, 0.5, 0.65, 0.75, 0.85};
  else
    shares = {0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9};
  for (double& share : shares)
    share = model.lowest()[place] + share * (model.highest()[place] - model.lowest()[place]);
  return shares;
}

/// The grid's points, linear parameters projected.
std::vector<Candidate> starts(const LawModel& model, const LogPoints& points) {
  std::vector<Candidate> candidates;
  Eigen::VectorXd p = Eigen::VectorXd::Zero(model.parameters());
  for (const double gap : grid(model, model.offset_place()))
    for (const double knee : grid(model, model.break_place()))
      for (const double floor : grid(model, model.floor_place())) {
        if (model.has_offset()) p[model.offset_place()] = gap;
        if (model.has_break()) p[model.break_place()] = knee;
        if (model.has_floor()) p[model.floor_place()] = floor;
        const Eigen::VectorXd projected = model.project(p);
        candidates.push_back({squares_at(model, points, projected), projected});
      }
  return candidates;
}

Candidate best_fit(const LawModel& model, const LogPoints& points) {
  return find_least(LawProblem{model, points}, starts(model, points),
                    {.tried = 4, .first_steps = 6, .last_steps = 100});
}

/// Without floor and break a law is a straight line in logarithms, its offset found by a search of its own.
Candidate fit_straight(LawForm form, const LawModel& model, const LogPoints& points) {
  Eigen::VectorXd p = Eigen::VectorXd::Zero(model.parameters());
  if (form == LawForm::offset) {
    const OffsetLaw law =
        fit_offset_law({points.x.matrix(), points.log_y.exp().matrix(), points.weight.matrix()});
    p[model.offset_place()] = std::log(points.least_x - law.offset);
  }
  p = model.project(p);
  return {squares_at(model, points, p), p};
}

Candidate fit_once(LawForm form, const LawModel& model, const LogPoints& points,
                   const LawFitOptions& options) {
  const bool straight = !model.has_break() && !model.has_floor() && options.floor.value_or(0) == 0;
  return straight ? fit_straight(form, model, points) : best_fit(model, points);
}

/// Whether some parameter that is not linear lies at the end of its range.
bool at_an_edge(const LawModel& model, const Eigen::VectorXd& p) {
  for (Index k = model.linear(); k < model.parameters(); ++k) {
    const double near = 1e-9 * (model.highest()[k] - model.lowest()[k]);
    if (p[k] <= model.lowest()[k] + near || p[k] >= model.highest()[k] - near) return true;
  }
  return false;
}

}  // namespace

LawFit fit_law(LawForm form, const LawPoints& points, const LawFitOptions& options) {
  const LogPoints used = log_points(points);
  LawFit fit;
  fit.law.form = form;
  fit.residuals = Vector::Constant(points.sizes.size(), std::numeric_limits<double>::quiet_NaN());
  if (!fittable(form, used, options)) return fit;
  if (is_constant(used)) {
    fit.law.scale = std::exp(used.log_y[0]), fit.law.exponent = 0;
    return fit;
  }
  const LawModel model(form, used, options);
  const Candidate found = fit_once(form, model, used, options);
  fit.law = model.law(found.parameters);
  fit.squares = found.squares;
  for (Index i = 0; i < points.sizes.size(); ++i)
    fit.residuals[i] = std::log(points.values[i]) - std::log(fit.law.at(points.sizes[i]));
  const double mean = (used.weight * used.log_y).sum() / used.weight.sum();
  fit.r_squared = 1 - fit.squares / (used.weight * (used.log_y - mean).square()).sum();
  fit.at_edge = at_an_edge(model, found.parameters);
  return fit;
}

}  // namespace quartic
