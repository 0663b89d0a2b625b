#include "laws/frontiers/two_causes.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "laws/statistics/minimise.hpp"

namespace quartic {
namespace {

using Five = Eigen::Matrix<double, 5, 1>;  // log e, log a, q, log b, r
using Three = Eigen::Vector3d;             // e, a, b

constexpr double least_exponent = 0.01, most_exponent = 5;

/// A term below a millionth of the least value vanishes: its logarithm is held at log(least value) - 14, and
/// up to `slack` above that the term counts as 0.
constexpr double vanishing = -14, slack = 0.2;

/// The points in logarithms, sizes in units of their geometric means: those make the terms comparable.
struct Points {
  Eigen::ArrayXd first, second, log_y, weight;
  double first_unit = 0, second_unit = 0;
};

/// Three sizes that count: two cannot tell a floor, a factor and an exponent apart.
bool has_three_sizes(const Vector& sizes, const Vector& weights) {
  std::set<double> distinct;
  for (Index i = 0; i < sizes.size(); ++i)
    if (weights[i] > 0) distinct.insert(sizes[i]);
  return distinct.size() >= 3;
}

bool usable(const TwoCausePoints& points) {
  const auto positive = [](const Vector& values) { return (values.array() > 0).all() && values.allFinite(); };
  return (points.weights.array() > 0).count() >= 5 && (points.weights.array() >= 0).all() &&
         points.weights.allFinite() && positive(points.first) && positive(points.second) &&
         positive(points.values) && has_three_sizes(points.first, points.weights) &&
         has_three_sizes(points.second, points.weights);
}

Points prepared(const TwoCausePoints& points) {
  std::vector<Index> used;
  for (Index i = 0; i < points.weights.size(); ++i)
    if (points.weights[i] > 0) used.push_back(i);
  Points kept{points.first(used).array().log(), points.second(used).array().log(),
              points.values(used).array().log(), points.weights(used)};
  kept.first_unit = kept.first.mean();
  kept.second_unit = kept.second.mean();
  kept.first -= kept.first_unit;
  kept.second -= kept.second_unit;
  return kept;
}

/// The least z'Gz - 2 h'z over z >= 0, by trying every set of positive ones (there are seven).
Three non_negative_minimum(const Eigen::Matrix3d& gram, const Three& right) {
  Three best = Three::Zero();
  double least = 0;
  for (unsigned set = 1; set < 8; ++set) {
    Eigen::Matrix3d part = Eigen::Matrix3d::Identity();
    Three side = Three::Zero();
    for (int i = 0; i < 3; ++i) {
      if ((set >> i & 1U) == 0) continue;
      side[i] = right[i];
      for (int j = 0; j < 3; ++j)
        if ((set >> j & 1U) != 0) part(i, j) = gram(i, j);
    }
    part.diagonal() *= 1 + 1e-12;
    const Three z = part.ldlt().solve(side);
    const double value = -side.dot(z);
    if ((z.array() >= 0).all() && value < least) least = value, best = z;
  }
  return best;
}

using Candidate = Minimum<Five>;

/// The logarithm of a term that vanishes.
double least_log(const Points& points) {
  return points.log_y.minCoeff() + vanishing;
}

Five parameters(const Three& z, double q, double r, double least) {
  const auto bounded_log = [&](double value) { return std::max(std::log(value), least); };
  return Five{{bounded_log(z[0]), bounded_log(z[1]), q, bounded_log(z[2]), r}};
}

/// Powers of one size over the grid of its exponent: a column for each.
constexpr std::array grid_exponents = {0.03, 0.08, 0.15, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0};

Eigen::MatrixXd powers(const Eigen::ArrayXd& log_size, const Eigen::ArrayXd& relative) {
  Eigen::MatrixXd columns(log_size.size(), static_cast<Index>(grid_exponents.size()));
  for (std::size_t k = 0; k < grid_exponents.size(); ++k)
    columns.col(static_cast<Index>(k)) = (relative * (-grid_exponents[k] * log_size).exp()).matrix();
  return columns;
}

/// The grid's points (q, r), each with the z = (e, a, b) >= 0 that is best there, best first. Best by
/// relative residuals, in which z is linear: with the columns u_i = sqrt(w_i)/y_i (1, n_i^-q, p_i^-r)
///   sum_i w_i (1 - (e + a n_i^-q + b p_i^-r)/y_i)^2 = |sqrt(w) - u z|^2 = const - 2 h'z + z'Gz,
/// G = u'u (gram), h = u' sqrt(w) (right).
std::vector<Candidate> starts(const Points& points) {
  const Eigen::ArrayXd root = points.weight.sqrt(), relative = root * (-points.log_y).exp();
  const Eigen::MatrixXd first = powers(points.first, relative), second = powers(points.second, relative);
  const Eigen::MatrixXd cross = first.transpose() * second;
  const Eigen::VectorXd first_one = first.transpose() * relative.matrix(),
                        second_one = second.transpose() * relative.matrix(),
                        first_right = first.transpose() * root.matrix(),
                        second_right = second.transpose() * root.matrix();
  const double one = relative.square().sum(), one_right = (relative * root).sum();
  const double least = least_log(points);
  std::vector<Candidate> candidates;
  for (Index i = 0; i < first.cols(); ++i)
    for (Index j = 0; j < second.cols(); ++j) {
      Eigen::Matrix3d gram;
      gram << one, first_one[i], second_one[j],                   //
          first_one[i], first.col(i).squaredNorm(), cross(i, j),  //
          second_one[j], cross(i, j), second.col(j).squaredNorm();
      const Three right{one_right, first_right[i], second_right[j]};
      const Three z = non_negative_minimum(gram, right);
      candidates.push_back({z.dot(gram * z) - 2 * right.dot(z),
                            parameters(z, grid_exponents[static_cast<std::size_t>(i)],
                                       grid_exponents[static_cast<std::size_t>(j)], least)});
    }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.squares < b.squares; });
  return candidates;
}

/// What residuals count, and the weights by which squares would pull as they do: delta/|x| beyond delta.
struct Loss {
  double delta;

  bool is_square() const { return std::isinf(delta); }
  Eigen::ArrayXd of(const Eigen::ArrayXd& residuals) const {
    const Eigen::ArrayXd inner = residuals.abs().min(delta);
    return is_square() ? residuals.square() : Eigen::ArrayXd(inner * (2 * residuals.abs() - inner));
  }
  Eigen::ArrayXd weights(const Eigen::ArrayXd& weights, const Eigen::ArrayXd& residuals) const {
    return is_square() ? weights : Eigen::ArrayXd(weights * delta / residuals.abs().max(delta));
  }
};

/// The law through the points, for minimise_squares. With the terms A = a n^-q and B = b p^-r and y = e + A +
/// B the derivatives of log y by log e, log a, q, log b, r are e/y, A/y, -A log(n)/y, B/y, -B log(p)/y.
struct SumOfTerms {
  const Points& points;
  Loss loss;
  double least = least_log(points);

  Eigen::Array<double, 5, 1> lowest() const { return {least, least, least_exponent, least, least_exponent}; }
  Eigen::Array<double, 5, 1> highest() const { return {700, 700, most_exponent, 700, most_exponent}; }

  double squares(const Five& p) const {
    const Eigen::ArrayXd y =
        std::exp(p[0]) + (p[1] - p[2] * points.first).exp() + (p[3] - p[4] * points.second).exp();
    return (points.weight * loss.of(points.log_y - y.log())).sum();
  }

  NormalEquations<Five> normal_equations(const Five& p) const {
    const Eigen::ArrayXd first = (p[1] - p[2] * points.first).exp(),
                         second = (p[3] - p[4] * points.second).exp(), y = std::exp(p[0]) + first + second;
    Eigen::Matrix<double, Eigen::Dynamic, 5> jacobian(y.size(), 5);
    jacobian.col(0) = (std::exp(p[0]) / y).matrix();
    jacobian.col(1) = (first / y).matrix();
    jacobian.col(2) = (-points.first * first / y).matrix();
    jacobian.col(3) = (second / y).matrix();
    jacobian.col(4) = (-points.second * second / y).matrix();
    const Eigen::ArrayXd residuals = points.log_y - y.log();
    const Eigen::Matrix<double, Eigen::Dynamic, 5> weighted =
        loss.weights(points.weight, residuals).matrix().asDiagonal() * jacobian;
    return {weighted.transpose() * jacobian, weighted.transpose() * residuals.matrix()};
  }
};

Candidate best_fit(const Points& points, const Loss& loss) {
  const SumOfTerms terms{points, loss};
  constexpr std::size_t tried = 3;
  std::vector<Candidate> candidates = starts(points);
  candidates.resize(tried);
  for (Candidate& candidate : candidates) candidate.squares = terms.squares(candidate.parameters);
  return find_least(terms, std::move(candidates),
                    {.tried = tried, .first_steps = 8, .last_steps = loss.is_square() ? 200 : 1000});
}

bool at_an_edge(const Points& points, const Five& p) {
  const auto vanished = [least = least_log(points) + slack](double log_term) { return log_term <= least; };
  return vanished(p[0]) || vanished(p[1]) || vanished(p[3]) ||
         std::isnan(told_exponent(p[2]) + told_exponent(p[4]));
}

}  // namespace

double told_exponent(double exponent) {
  return least_exponent < exponent && exponent < most_exponent ? exponent : nan;
}

double TwoCauseLaw::at(double n, double p) const {
  return floor + first_scale * std::pow(n, -first_exponent) + second_scale * std::pow(p, -second_exponent);
}

TwoCauseFrontier TwoCauseLaw::frontier(const PairCost& cost) const {
  const double q = told_exponent(first_exponent), r = told_exponent(second_exponent), u = cost.first,
               v = cost.second;
  if (!(first_scale > 0 && second_scale > 0 && u > 0 && v > 0) || std::isnan(q + r)) return {};
  const double slope = q * r / (q * v + r * u);
  const double first = std::log(first_scale * q / u), second = std::log(second_scale * r / v);
  // log of a q n^-q/u = b r p^-r/v at C = 1
  const double worth = slope * (std::log(cost.unit) + u / q * first + v / r * second);
  return {.slope = slope,
          .excess = std::exp(worth) / slope,
          .first_power = slope / q,
          .first_scale = std::exp((first - worth) / q),
          .second_power = slope / r,
          .second_scale = std::exp((second - worth) / r)};
}

TwoCauseFit fit_two_causes(const TwoCausePoints& points, const TwoCauseOptions& options) {
  TwoCauseFit fit;
  fit.residuals = Vector::Constant(points.values.size(), std::numeric_limits<double>::quiet_NaN());
  if (!usable(points)) return fit;
  const Points used = prepared(points);
  const Candidate best = best_fit(used, {options.delta});
  const Five& p = best.parameters;
  const auto scale = [least = least_log(used) + slack](double log_scale, double shift) {
    return log_scale <= least ? 0 : std::exp(log_scale + shift);
  };
  fit.law = {scale(p[0], 0), scale(p[1], p[2] * used.first_unit), p[2], scale(p[3], p[4] * used.second_unit),
             p[4]};
  fit.squares = best.squares;
  for (Index i = 0; i < points.values.size(); ++i)
    fit.residuals[i] = std::log(points.values[i]) - std::log(fit.law.at(points.first[i], points.second[i]));
  fit.at_edge = at_an_edge(used, p);
  return fit;
}

}  // namespace quartic
