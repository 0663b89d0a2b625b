#pragma once
/// A law as a function of free parameters, with its Jacobian.
#include <vector>

#include "laws/curves/law.hpp"

namespace quartic::detail {

/// The points of positive weight, in logarithms where laws are straight.
struct LogPoints {
  Eigen::ArrayXd x, log_x, log_y, weight;
  double least_x = 0, most_x = 0, least_y = 0;
  std::vector<Index> places;  ///< among all points
};
LogPoints log_points(const LawPoints& points);

/// Parameters p of one form, those that the form has in this order:
///   log a, -q, -(q1 - q), log(least x - x0), log x1, e/least y
/// The first two or three are the linear ones: log(y - e) = sum_j p_j column_j(x).
class LawModel {
 public:
  LawModel(LawForm form, const LogPoints& points, const LawFitOptions& options);

  Index linear() const { return linear_; }
  Index parameters() const { return parameters_; }
  bool has_offset() const { return offset_ >= 0; }
  bool has_break() const { return break_ >= 0; }
  bool has_floor() const { return floor_ >= 0; }
  Index offset_place() const { return offset_; }
  Index break_place() const { return break_; }
  Index floor_place() const { return floor_; }

  /// Where each parameter may lie; the linear ones anywhere.
  const Eigen::ArrayXd& lowest() const { return lowest_; }
  const Eigen::ArrayXd& highest() const { return highest_; }

  /// The linear parameters by weighted least squares of log(y - e) given the others; points at or below the
  /// floor count as a thousandth of their y above it.
  Eigen::VectorXd project(Eigen::VectorXd p) const;

  /// log y(x) at every point, and its derivatives by the parameters.
  struct Value {
    Eigen::VectorXd log_y;
    Eigen::MatrixXd jacobian;
  };
  Value value(const Eigen::VectorXd& p) const;
  /// Only log y.
  Eigen::VectorXd log_y(const Eigen::VectorXd& p) const;

  Law law(const Eigen::VectorXd& p) const;
  /// Those of a law that has no number beside the model's.
  Eigen::VectorXd parameters_of(const Law& law) const;

 private:
  double floor_of(const Eigen::VectorXd& p) const;
  Eigen::MatrixXd columns(const Eigen::VectorXd& p) const;

  LawForm form_;
  const LogPoints& points_;
  double held_floor_, least_floor_;
  Index linear_ = 2, offset_ = -1, break_ = -1, floor_ = -1, parameters_ = 0;
  Eigen::ArrayXd lowest_, highest_;
};

}  // namespace quartic::detail
