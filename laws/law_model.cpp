#include "laws/law_model.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace quartic::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// A free floor ranges from this share of the least y (there it is none) to nearly that y.
constexpr double least_floor_share = 1e-6, most_floor_share = 1.5;

bool is_one_of(LawForm form, LawForm a, LawForm b) {
  return form == a || form == b;
}

}  // namespace

LawModel::LawModel(LawForm form, const LogPoints& points, std::optional<double> floor)
    : form_(form), points_(points), held_floor_(floor.value_or(0)) {
  const bool breaks = is_one_of(form, LawForm::broken, LawForm::floor_broken);
  const bool offsets = is_one_of(form, LawForm::offset, LawForm::floor_offset);
  const bool floors =
      !floor && (is_one_of(form, LawForm::floor, LawForm::floor_offset) || form == LawForm::floor_broken);
  linear_ = breaks ? 3 : 2;
  Index next = linear_;
  if (offsets) offset_ = next++;
  if (breaks) break_ = next++;
  if (floors) floor_ = next++;
  parameters_ = next;
  lowest_ = Eigen::ArrayXd::Constant(parameters_, -infinity);
  highest_ = Eigen::ArrayXd::Constant(parameters_, infinity);
  const auto limit = [&](Index place, double low, double high) {
    if (place >= 0) lowest_[place] = std::log(low), highest_[place] = std::log(high);
  };
  limit(offset_, 1e-6 * points.least_x, 100 * points.most_x);
  limit(break_, points.least_x, points.most_x);
  limit(floor_, least_floor_share * points.least_y, most_floor_share * points.least_y);
}

double LawModel::floor_of(const Eigen::VectorXd& p) const {
  return has_floor() ? std::exp(p[floor_]) : held_floor_;
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

LawModel::Value LawModel::value(const Eigen::VectorXd& p) const {
  const Eigen::MatrixXd straight = columns(p);
  const double floor = floor_of(p);
  const Eigen::ArrayXd above = (straight * p.head(linear_)).array().exp();
  const Eigen::ArrayXd y = above + floor;
  const Eigen::ArrayXd share = floor > 0 ? Eigen::ArrayXd(above / y) : Eigen::ArrayXd::Ones(y.size());
  Value value{y.log().matrix(), Eigen::MatrixXd(y.size(), parameters_)};
  value.jacobian.leftCols(linear_) = share.matrix().asDiagonal() * straight;
  if (has_offset()) {
    const double gap = std::exp(p[offset_]);
    value.jacobian.col(offset_) = share * p[1] * gap / (points_.x - points_.least_x + gap);
  }
  if (has_break()) value.jacobian.col(break_) = -share * p[2] * points_.x / (points_.x + std::exp(p[break_]));
  if (has_floor()) value.jacobian.col(floor_) = floor / y;
  return value;
}

Eigen::VectorXd LawModel::log_y(const Eigen::VectorXd& p) const {
  const Eigen::ArrayXd straight = (columns(p) * p.head(linear_)).array();
  const double floor = floor_of(p);
  return floor > 0 ? (straight.exp() + floor).log() : straight;
}

Law LawModel::law(const Eigen::VectorXd& p) const {
  Law law{.form = form_, .scale = std::exp(p[0]), .exponent = -p[1], .floor = floor_of(p)};
  if (has_floor() && p[floor_] <= lowest_[floor_]) law.floor = 0;
  if (has_offset()) law.offset = points_.least_x - std::exp(p[offset_]);
  if (has_break()) law.break_size = std::exp(p[break_]), law.exponent_beyond = -p[1] - p[2];
  return law;
}

}  // namespace quartic::detail
