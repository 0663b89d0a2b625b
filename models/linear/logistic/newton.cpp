#include "models/linear/logistic/newton.hpp"

#include <algorithm>
#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/logistic/flops.hpp"
#include "models/linear/logistic/loss.hpp"
#include "models/linear/logistic/secant_factor.hpp"
#include "models/linear/logistic/separation.hpp"

namespace quartic::detail {

namespace {

constexpr double collinear_pivot = 1e-10;  // of the first Hessian's diagonal, which is a Gram matrix
constexpr double singular_pivot = 1e-14;   // of a later one's
constexpr double smallest_weight = 1e-20;  // by rows, where weights are divided by
constexpr double half_way = 0.5;           // of a residual to zero
constexpr Index patience = 10;             // steps until separation is looked for
constexpr double least_fall = 2;           // of the certificate in a step with an old Hessian
constexpr double broad = 100;              // columns from which on that pays; of fewer it must fall faster
constexpr double proving = 1e-6;      // certificate from which on no secants correct what may prove a maximum
constexpr double promised = 1e-4;     // of the slope
constexpr double negligible = 1e-12;  // of the objective: a promise below it is not held to
constexpr int halvings = 40;

struct Point {
  Vector parameters, scores;
  LogisticRows rows;
  double objective = 0, certificate = nan;
};

// What is done about a Hessian that lost a pivot.
enum class Irregular { told, raised };

struct Direction {
  Vector parameters, scores;  // their changes by a whole step
  double slope = 0;
  bool regular = true;
  bool renewed = true;     // by the Hessian of here
  bool corrected = false;  // by secants
};

// What is asked of a direction.
struct Conditions {
  double part;  // of the Hessian's diagonal, below which a pivot is lost
  Irregular irregular;
  bool renewed;  // by the Hessian of here, whatever another would do
  bool proving;  // that there is a maximum
};

Index count(VectorView y) {
  return y.size();
}

// Which pivots of a factor in the lower triangle fell below a part of what they started from.
bool has_lost_a_pivot(const Matrix& factor, const Vector& diagonal, double part) {
  for (Index j = 0; j < diagonal.size(); ++j)
    if (!(factor(j, j) * factor(j, j) > part * diagonal[j])) return true;
  return false;
}

Vector solved(const Matrix& factor, Vector right) {
  solve_triangle(plain(factor), span_of(right));
  solve_triangle(transposed(factor), span_of(right));
  return right;
}

class Columns {
 public:
  explicit Columns(const ByColumns& problem)
      : problem_(problem), size_(norm_of(Eigen::Map<const Vector>(problem.x.data(), problem.x.size()))) {
    flops_ += norm_flops(n() * q());
  }

  VectorView y() const { return problem_.y; }
  VectorView case_weights() const { return problem_.case_weights; }
  Index parameters() const { return problem_.x.cols(); }
  bool may_be_separated() const { return problem_.penalties.size() == 0; }
  double flops() const { return flops_; }

  double objective(const Vector&, const Vector& parameters, double loss) {
    if (may_be_separated()) return loss;
    flops_ += logistic_flops::penalty(q());
    return loss + 0.5 * parameters.cwiseAbs2().dot(problem_.penalties);
  }

  double certificate(const Point& point) {
    flops_ += logistic_flops::gradient(n(), q(), penalties());
    gradient_ = Vector::Zero(parameters());
    add_product(span_of(gradient_), 1, transposed(problem_.x), span_of(point.rows.residuals));
    gradient_ /= n();
    double terms = size_ * norm_of(point.rows.residuals) / n();
    if (!may_be_separated()) {
      const Vector pull = problem_.penalties.cwiseProduct(point.parameters);
      gradient_ += pull;
      terms += norm_of(pull);
    }
    return ratio(norm_of(gradient_), terms);
  }

  // By the Hessian of here, or by an earlier one while the certificate falls.
  Direction direction(const Point& point, const Conditions& conditions) {
    const bool falls = point.certificate * least_fall * std::max(1.0, broad / q()) <= last_certificate_;
    Direction direction;
    direction.renewed = conditions.renewed || factor_.empty() || !falls;
    if (direction.renewed)
      direction.regular = renew(point.rows.weights, conditions);
    else
      correct(point);
    last_certificate_ = point.certificate;
    last_parameters_ = point.parameters;
    last_gradient_ = gradient_;
    if (factor_.empty()) return direction;
    direction.corrected = factor_.corrected() && !(conditions.proving && point.certificate <= proving);
    flops_ += logistic_flops::direction(n(), q()) +
              (direction.corrected ? factor_.pairs() * logistic_flops::secant(q()) : 0);
    direction.parameters =
        direction.corrected ? factor_.solve(-gradient_) : factor_.solve_with_factor(-gradient_);
    direction.scores = Vector::Zero(problem_.x.rows());
    add_product(span_of(direction.scores), 1, plain(problem_.x), span_of(direction.parameters));
    direction.slope = gradient_.dot(direction.parameters);
    if (!direction.regular) factor_.renew({});
    return direction;
  }

  // The change c of the scores solves X'WXc = -X'r, W the weights of the factor. Where r + Wc has the signs of r these
  // cancel. (A row so far on its side that both are zero has no say: the others make the factor regular.)
  bool proves_a_maximum(const Direction& direction, const Point& point) {
    if (!direction.regular || direction.corrected) return false;
    flops_ += logistic_flops::proof(n());
    bool kept = true;
    for (Index i = 0; i < weights_.size(); ++i) {
      const double residual = point.rows.residuals[i], change = weights_[i] * direction.scores[i];
      kept = kept && (residual > 0 ? -change : change) <= half_way * std::abs(residual);
    }
    return kept;
  }

  Separation separation() {
    Separation found = find_separation(problem_.x, problem_.y);
    flops_ += found.flops;
    return found;
  }

 private:
  double n() const { return static_cast<double>(problem_.x.rows()); }
  double q() const { return static_cast<double>(problem_.x.cols()); }
  double penalties() const { return may_be_separated() ? 0 : 1; }

  static bool is_regular(Matrix& matrix, const Vector& diagonal, double part) {
    return factor_in_place(matrix) == matrix.rows() && !has_lost_a_pivot(matrix, diagonal, part);
  }

  // A pivot that fell to a part of what it started from is lost: the diagonal is raised until none is. Returns whether
  // that was not needed; without a factor where it is not wanted, or in vain.
  bool renew(const Vector& weights, const Conditions& conditions) {
    factor_.renew({});
    weights_ = weights;
    flops_ += logistic_flops::hessian(n(), q(), penalties());
    const Matrix hessian = make_hessian();
    const Vector diagonal = hessian.diagonal();
    Matrix factor = hessian;
    bool regular = true;
    for (double raised = conditions.part; !is_regular(factor, diagonal, conditions.part); raised *= 100) {
      regular = false;
      if (conditions.irregular == Irregular::told || !(raised < 1)) return false;
      factor = hessian;
      factor.diagonal() += raised * diagonal.cwiseMax(diagonal.maxCoeff() * conditions.part);
      flops_ += cholesky_flops(q()) + 2 * q();
    }
    factor_.renew(std::move(factor));
    return regular;
  }

  void correct(const Point& point) {
    factor_.add(point.parameters - last_parameters_, gradient_ - last_gradient_);
    flops_ += logistic_flops::secant_pair(q());
  }

  // X'WX/n, lower triangle, by blocks of rows scaled by the roots of their weights.
  Matrix make_hessian() const {
    constexpr Index block_rows = 384;
    Matrix hessian = Matrix::Zero(parameters(), parameters());
    Matrix block;
    for (Index first = 0; first < weights_.size(); first += block_rows) {
      interruption_point();
      const Index rows = std::min(block_rows, weights_.size() - first);
      const Vector roots = (weights_.segment(first, rows) / n()).cwiseSqrt();
      block = problem_.x.middleRows(first, rows).array().colwise() * roots.array();
      add_gram(hessian, 1, transposed(block));
    }
    if (!may_be_separated()) hessian.diagonal() += problem_.penalties;
    return hessian;
  }

  const ByColumns& problem_;
  double size_;  // |X|_F
  Vector gradient_;
  SecantFactor factor_;  // none where the last Hessian was not regular
  Vector weights_;       // of it
  Vector last_parameters_, last_gradient_;
  double last_certificate_ = nan;
  double flops_ = 0;
};

class Rows {
 public:
  explicit Rows(const ByRows& problem) : problem_(problem) {}

  VectorView y() const { return problem_.y; }
  VectorView case_weights() const { return problem_.case_weights; }
  Index parameters() const { return rows() + (problem_.intercept ? 1 : 0); }
  static bool may_be_separated() { return false; }
  double flops() const { return flops_; }

  double objective(const Vector& scores, const Vector& parameters, double loss) {
    flops_ += logistic_flops::dual_penalty(n(), intercepts());
    const double shift = problem_.intercept ? parameters[rows()] : 0;
    double square = 0;
    for (Index i = 0; i < rows(); ++i) square += parameters[i] * (scores[i] - shift);
    return loss + 0.5 * problem_.penalty * square;
  }

  double certificate(const Point& point) {
    flops_ += logistic_flops::dual_gradient(n());
    const Vector pull = strength() * point.parameters.head(rows());
    return ratio(norm_of(pull + point.rows.residuals), norm_of(pull) + norm_of(point.rows.residuals));
  }

  Direction direction(const Point& point, const Conditions&) {
    flops_ += logistic_flops::dual_direction(n(), intercepts());
    const Vector roots = point.rows.weights.cwiseMax(smallest_weight).cwiseSqrt();
    Matrix system = make_system(roots);
    Direction direction;
    direction.regular = factor_in_place(system) == system.rows();
    if (!direction.regular) return direction;
    direction.parameters = next_parameters(system, roots, point) - point.parameters;
    const Vector change = direction.parameters.head(rows());
    Vector pulled = Vector::Zero(rows());
    add_symmetric_product(span_of(pulled), 1, problem_.gram, span_of(change));
    direction.slope =
        point.rows.residuals.dot(pulled) / n() + problem_.penalty * point.parameters.head(rows()).dot(pulled);
    direction.scores = pulled;
    if (problem_.intercept) direction.scores.array() += direction.parameters[rows()];
    return direction;
  }

  static bool proves_a_maximum(const Direction&, const Point&) { return false; }  // nothing is to be proven
  static Separation separation() { return {}; }

 private:
  Index rows() const { return problem_.gram.rows(); }
  double n() const { return static_cast<double>(rows()); }
  double intercepts() const { return problem_.intercept ? 1 : 0; }
  double strength() const { return n() * problem_.penalty; }

  Matrix make_system(const Vector& roots) const {
    Matrix system(rows(), rows());
    for (Index i = 0; i < rows(); ++i)
      for (Index k = 0; k <= i; ++k) system(i, k) = problem_.gram(i, k) * roots[i] * roots[k];
    system.diagonal().array() += strength();
    return system;
  }

  // (G + n penalty W^-1)^-1 (s - W^-1 r), less with an intercept what makes the sum zero.
  Vector next_parameters(const Matrix& factor, const Vector& roots, const Point& point) const {
    const Vector response = roots.cwiseProduct(point.scores) - point.rows.residuals.cwiseQuotient(roots);
    const Vector a = roots.cwiseProduct(solved(factor, response));
    if (!problem_.intercept) return a;
    const Vector ones = roots.cwiseProduct(solved(factor, roots));
    Vector all(rows() + 1);
    all[rows()] = a.sum() / ones.sum();
    all.head(rows()) = a - all[rows()] * ones;
    return all;
  }

  const ByRows& problem_;
  double flops_ = 0;
};

// One descent; System is Columns or Rows.
template <class System>
class Descent {
 public:
  Descent(System system, const NewtonControls& controls) : system_(std::move(system)), controls_(controls) {
    exists_ = !system_.may_be_separated();
    point_ = evaluate(Vector::Zero(system_.parameters()), Vector::Zero(count(system_.y())));
  }

  NewtonResult run() {
    for (; result_.iterations < controls_.iterations; ++result_.iterations) {
      interruption_point();
      look();
      if (exists_ && is_small(result_.certificate)) return ended(NewtonEnd::converged);
      const Direction direction = find_direction();
      if (!direction.regular && direction.scores.size() == 0) return ended(NewtonEnd::collinear);
      exists_ = exists_ || system_.proves_a_maximum(direction, point_);
      if (exists_ && is_small(result_.certificate)) return ended(NewtonEnd::converged);
      if (!exists_ && !decided_ && (is_late() || !direction.regular) && separated())
        return ended(NewtonEnd::separated);
      stuck_ = !step(direction);
      if (stuck_ && direction.renewed) {
        if (!exists_ && !decided_ && separated()) return ended(NewtonEnd::separated);
        break;
      }
      if (!exists_ && all_on_their_side(point_.scores, system_.y())) return separated_by(point_.parameters);
    }
    look();
    return ended(exists_ && is_small(result_.certificate) ? NewtonEnd::converged : NewtonEnd::limit);
  }

 private:
  bool is_small(double certificate) const { return certificate <= controls_.tolerance; }
  double rows() const { return static_cast<double>(count(system_.y())); }

  Point evaluate(Vector parameters, Vector scores) {
    Point point{std::move(parameters), std::move(scores), {}};
    point.rows = logistic_rows(point.scores, system_.y(), system_.case_weights());
    flops_ += logistic_flops::rows(rows()) +
              logistic_flops::case_weights(static_cast<double>(system_.case_weights().size()));
    point.objective = system_.objective(point.scores, point.parameters, point.rows.loss);
    return point;
  }

  bool is_late() const { return result_.iterations >= patience; }

  void look() { result_.certificate = point_.certificate = system_.certificate(point_); }

  // The first Hessian tells whether columns are collinear; a later one is made regular.
  Direction find_direction() {
    const bool first = result_.iterations == 0 && !exists_;
    return system_.direction(point_, {.part = first ? collinear_pivot : singular_pivot,
                                      .irregular = first ? Irregular::told : Irregular::raised,
                                      .renewed = stuck_ || (!exists_ && is_late()),
                                      .proving = !exists_});
  }

  bool separated() {
    decided_ = true;
    Separation found = system_.separation();
    exists_ = found.answer == Separability::overlapping;
    if (found.answer != Separability::separable) return false;
    point_.parameters = std::move(found.direction);
    return true;
  }

  bool step(const Direction& direction) {
    double length = 1;
    for (int k = 0; k < halvings; ++k, length /= 2) {
      flops_ += logistic_flops::trial_scores(rows()) +
                logistic_flops::move(static_cast<double>(system_.parameters()));
      Point next = evaluate(point_.parameters + length * direction.parameters,
                            point_.scores + length * direction.scores);
      const double promise = promised * length * direction.slope;
      if (!(next.objective <= point_.objective + promise) &&
          !(-direction.slope <= negligible * point_.objective && next.objective < infinity))
        continue;
      point_ = std::move(next);
      return true;
    }
    return false;
  }

  NewtonResult separated_by(Vector parameters) {
    point_.parameters = std::move(parameters);
    ++result_.iterations;
    return ended(NewtonEnd::separated);
  }

  NewtonResult ended(NewtonEnd end) {
    result_.end = end;
    result_.parameters = point_.parameters;
    result_.flops = flops_ + system_.flops();
    if (end == NewtonEnd::limit && !exists_ && decided_)
      result_.message = "rounding hides whether the classes can be separated. ";
    return result_;
  }

  System system_;
  NewtonControls controls_;
  Point point_;
  NewtonResult result_;
  bool exists_ = false;   // a finite maximum is proven
  bool decided_ = false;  // separation was looked for
  bool stuck_ = false;    // the last direction led nowhere
  double flops_ = 0;
};

}  // namespace

NewtonResult newton(const ByColumns& problem, const NewtonControls& controls) {
  return Descent(Columns(problem), controls).run();
}

NewtonResult newton(const ByRows& problem, const NewtonControls& controls) {
  return Descent(Rows(problem), controls).run();
}

}  // namespace quartic::detail
