#include "laws/curves/law_model.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace quartic::detail {
namespace {

/// A free floor, in units of the least y, is at most this; at least 0, or this where it may lie below (there
/// the law is nearly straight in log x); and it is none where it is as small as that.
constexpr double most_floor = 1.5, least_signed_floor = -50, no_floor = 1e-6;

bool is_one_of(LawForm form, LawForm a, LawForm b) {
  return form == a || form == b;
}

}  // namespace

LogPoints log_points(const LawPoints& points) {
  std::vector<Index> used;
  for (Index i = 0; i < points.sizes.size(); ++i)
    if (points.weights[i] > 0) used.push_back(i);
  LogPoints kept{points.sizes(used), {}, points.values(used), points.weights(used), 0, 0, 0, used};
  if (used.empty()) return kept;
  kept.least_x = kept.x.minCoeff(), kept.most_x = kept.x.maxCoeff(), kept.least_y = kept.log_y.minCoeff();
  kept.log_x = kept.x.log();
  kept.log_y = kept.log_y.log();
  return kept;
}

LawModel::LawModel(LawForm form, const LogPoints& points, const LawFitOptions& options)
    : form_(form),
      points_(points),
      held_floor_(options.floor.value_or(0)),
      least_floor_(options.signed_floor ? least_signed_floor : 0) {
  const bool breaks = is_one_of(form, LawForm::broken, LawForm::floor_broken);
  const bool offsets = is_one_of(form, LawForm::offset, LawForm::floor_offset);
  const bool floors = !options.floor && (is_one_of(form, LawForm::floor, LawForm::floor_offset) ||
                                         form == LawForm::floor_broken);
  linear_ = breaks ? 3 : 2;
  Index next = linear_;
  if (offsets) offset_ = next++;
  if (breaks) break_ = next++;
  if (floors) floor_ = next++;
  parameters_ = next;
  lowest_ = Eigen::ArrayXd::Constant(parameters_, -infinity);
  highest_ = Eigen::ArrayXd::Constant(parameters_, infinity);
  const auto limit = [&](Index place, double low, double high) {
    if (place >= 0) lowest_[place] = low, highest_[place] = high;
  };
  limit(offset_, std::log(1e-6 * points.least_x), std::log(100 * points.most_x));
  limit(break_, std::log(points.least_x), std::log(points.most_x));
  limit(floor_, least_floor_, most_floor);
}

double LawModel::floor_of(const Eigen::VectorXd& p) const {
  return has_floor() ? p[floor_] * points_.least_y : held_floor_;
}

Eigen::MatrixXd LawModel::columns(const Eigen::VectorXd& p) const {
  Eigen::MatrixXd columns(points_.x.size(), linear_);
  columns.col(0).setOnes();
  if (has_offset())
    columns.col(1) = (points_.x - points_.least_x + std::exp(p[offset_])).log();
  else if (form_ == LawForm::logarithm)
    columns.col(1) = points_.log_x - points_.log_x.log();
  else
    columns.col(1) = points_.log_x;
  if (has_break()) columns.col(2) = (1 + points_.x / std::exp(p[break_])).log();
  return columns;
}

Eigen::VectorXd LawModel::project(Eigen::VectorXd p) const {
  const double floor = floor_of(p);
  const Eigen::ArrayXd y = points_.log_y.exp();
  const Eigen::ArrayXd above = (y - floor).max(1e-3 * y);
  const Eigen::ArrayXd weight = points_.weight.sqrt() * above / y;
  const Eigen::MatrixXd design = weight.matrix().asDiagonal() * columns(p);
  const Eigen::MatrixXd gram = design.transpose() * design;
  p.head(linear_) = gram.ldlt().solve(design.transpose() * (weight * above.log()).matrix());
  return p;
}

Eigen::VectorXd LawModel::parameters_of(const Law& law) const {
  Eigen::VectorXd p = Eigen::VectorXd::Zero(parameters_);
  p[0] = std::log(law.scale), p[1] = -law.exponent;
  if (has_offset()) p[offset_] = std::log(points_.least_x - law.offset);
  if (has_break()) p[2] = law.exponent - law.exponent_beyond, p[break_] = std::log(law.break_size);
  if (has_floor()) p[floor_] = law.floor / points_.least_y;
  return p;
}

LawModel::Value LawModel::value(const Eigen::VectorXd& p) const {
  const Eigen::MatrixXd straight = columns(p);
  const double floor = floor_of(p);
  const Eigen::ArrayXd above = (straight * p.head(linear_)).array().exp();
  const Eigen::ArrayXd y = above + floor;
  const Eigen::ArrayXd share = floor != 0 ? Eigen::ArrayXd(above / y) : Eigen::ArrayXd::Ones(y.size());
  Value value{y.log().matrix(), Eigen::MatrixXd(y.size(), parameters_)};
  value.jacobian.leftCols(linear_) = share.matrix().asDiagonal() * straight;
  if (has_offset()) {
    const double gap = std::exp(p[offset_]);
    value.jacobian.col(offset_) = share * p[1] * gap / (points_.x - points_.least_x + gap);
  }
  if (has_break()) value.jacobian.col(break_) = -share * p[2] * points_.x / (points_.x + std::exp(p[break_]));
  if (has_floor()) value.jacobian.col(floor_) = points_.least_y / y;
  return value;
}

Eigen::VectorXd LawModel::log_y(const Eigen::VectorXd& p) const {
  const Eigen::ArrayXd straight = (columns(p) * p.head(linear_)).array();
  const double floor = floor_of(p);
  return floor != 0 ? (straight.exp() + floor).log() : straight;
}

Law LawModel::law(const Eigen::VectorXd& p) const {
  Law law{.form = form_, .scale = std::exp(p[0]), .exponent = -p[1], .floor = floor_of(p)};
  if (has_floor() && std::abs(p[floor_]) <= no_floor) law.floor = 0;
  if (has_offset()) law.offset = points_.least_x - std::exp(p[offset_]);
  if (has_break()) law.break_size = std::exp(p[break_]), law.exponent_beyond = -p[1] - p[2];
  return law;
}

}  // namespace quartic::detail
