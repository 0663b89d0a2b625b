#include "laws/curves/contradiction.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>

#include "laws/curves/law_model.hpp"
#include "laws/statistics/special.hpp"

namespace quartic::detail {
namespace {

/// Squares of points that lie on a law to rounding.
constexpr double exact = 1e-20;

/// Derivatives of log y, rows weighted: by the numbers of the form, and by those that it lacks.
struct Tangents {
  Eigen::MatrixXd own, lacking;
};

Tangents tangents_of(LawForm form, const LawModel& widest, const Eigen::VectorXd& p,
                     const Eigen::VectorXd& root_weights) {
  const Eigen::MatrixXd all = root_weights.asDiagonal() * widest.value(p).jacobian;
  std::vector<Index> own = {0, 1}, lacking;
  const auto sort = [&](Index place, bool has) {
    if (place >= 0) (has ? own : lacking).push_back(place);
  };
  sort(widest.offset_place(), form == LawForm::offset);
  sort(widest.floor_place(), form == LawForm::floor);
  return {all(Eigen::all, own), all(Eigen::all, lacking)};
}

}  // namespace

Contradiction::Contradiction(LawEvidence evidence)
    : evidence_(std::move(evidence)), widest_(evidence_.floor ? LawForm::offset : LawForm::floor_offset) {
  const LawFit fit = fit_law(widest_, evidence_.points, {.floor = evidence_.floor});
  squares_ = std::max(exact, fit.squares);
  spare_ = (evidence_.points.weights.array() > 0).count() - free_parameters(widest_);
}

double Contradiction::squares(LawForm form) const {
  return fit_law(form, evidence_.points, {.floor = evidence_.floor}).squares;
}

double Contradiction::p(LawForm form) const {
  if (form == widest_ || spare_ < 2) return 1;
  const LawFit fit = fit_law(form, evidence_.points, {.floor = evidence_.floor});
  const double p = fit_p(form, fit);
  return evidence_.influences.rows() > 0 ? std::max(p / 2, score_p(form, fit)) : p;
}

double Contradiction::fit_p(LawForm form, const LawFit& fit) const {
  const auto lacking = static_cast<double>(free_parameters(widest_) - free_parameters(form));
  const auto spare = static_cast<double>(spare_);
  return f_tail((fit.squares - squares_) / lacking / (squares_ / spare), lacking, spare);
}

double Contradiction::score_p(LawForm form, const LawFit& fit) const {
  const LogPoints points = log_points(evidence_.points);
  const LawModel model(widest_, points, {.floor = evidence_.floor});
  const Eigen::VectorXd root = points.weight.sqrt().matrix();
  const Tangents tangents = tangents_of(form, model, model.parameters_of(fit.law), root);
  const Eigen::MatrixXd apart =
      tangents.lacking - tangents.own * tangents.own.householderQr().solve(tangents.lacking);
  const Eigen::MatrixXd directions = root.asDiagonal() * apart;
  const Eigen::VectorXd score = directions.transpose() * fit.residuals(points.places);
  const Eigen::MatrixXd each = evidence_.influences(Eigen::all, points.places) * directions;
  const auto replicates = static_cast<double>(evidence_.replicates);
  const auto lacking = static_cast<double>(score.size());
  if (!(replicates > lacking)) return 1;
  if (each.isZero(0)) return 0;
  const Eigen::MatrixXd covariance = replicates / (replicates - 1) * each.transpose() * each;
  const double distance = score.dot(covariance.ldlt().solve(score));
  return f_tail(distance * (replicates - lacking) / (lacking * (replicates - 1)), lacking,
                replicates - lacking);
}

}  // namespace quartic::detail
