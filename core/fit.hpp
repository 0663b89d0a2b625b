#pragma once
/// What a fit returns: a predictor, a report and a bill.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// The bill of one fit, as if it had run alone (work the engine shared is billed in full to each user).
/// Add, subtract, multiply, divide, sqrt, exp, log, tanh, erf, cos count 1 each, comparisons 0.
/// flops are exact and deterministic; a certificate that only attests the fit is free. NaN = not measured.
struct Cost {
  double fit_flops = 0;
  double tuning_flops = 0;  ///< folds, restarts, grids: everything spent on choosing the fit
  /// Spent on the rows of related tasks (Data::sources) before the first row of this one was read: once for all who
  /// start from there.
  double pretraining_flops = 0;
  /// Thread CPU time, only where no work was shared.
  double cpu_seconds = nan;
};

enum class FitStatus { converged, iteration_limit, diverged, separated, failed };

/// The status as it stands in records.csv ("converged", "iteration_limit", ...).
std::string_view to_string(FitStatus status);

/// Where a fit that goes step by step stood; NaN = not measured. What an error is, the model says.
struct TrainingPoint {
  Index step = 0;
  double training_error = nan;
  double validation_error = nan;
};

struct FitReport {
  FitStatus status = FitStatus::converged;
  Index parameters = 0;  ///< free parameters of the fitted model
  Index iterations = 0;
  /// Proof of optimality, e.g. a relative duality gap.
  double certificate = nan;
  Cost cost;
  std::string message;
  std::vector<TrainingPoint> history;  ///< empty unless the model was asked to keep it
};

/// x -> x'coefficients + intercept.
struct LinearRule {
  Vector coefficients;
  double intercept = 0;

  Vector score(const Matrix& x) const { return (x * coefficients).array() + intercept; }
  /// A prediction: multiply and add for each coefficient that is not 0, and the intercept where it is not.
  double score_flops() const {
    return 2 * static_cast<double>((coefficients.array() != 0).count()) + (intercept != 0 ? 1 : 0);
  }
};

template <class T>
concept Scorer = requires(const T& rule, const Matrix& x) {
  { rule.score(x) } -> std::convertible_to<Vector>;
};
static_assert(Scorer<LinearRule>);

/// A rule that knows what a prediction costs: flops a row.
template <class T>
concept BillsScores = requires(const T& rule) {
  { rule.score_flops() } -> std::same_as<double>;
};
static_assert(BillsScores<LinearRule>);

/// Rows of independent normal columns of mean 0, and the answer x'coefficients. One number a column each.
struct NormalLaw {
  Vector deviations;
  Vector coefficients;
};

/// A rule that knows E (score(x) - answer)^2 under such a law without drawing rows, or nothing where that is dearer.
template <class T>
concept HasNormalError = requires(const T& rule, const NormalLaw& law) {
  { rule.error_under(law) } -> std::same_as<std::optional<double>>;
};

/// Any struct with score(x), as an immutable value. Shapes: x is rows x columns, score is rows.
class Predictor {
 public:
  template <class T>
  requires(!std::same_as<T, Predictor>) && Scorer<T> Predictor(T rule)
      : self_(std::make_shared<const Holder<T>>(std::move(rule))) {}

  Vector score(const Matrix& x) const { return self_->score(x); }
  /// The linear rule inside, or null where the predictor is not linear.
  const LinearRule* linear() const { return self_->linear(); }
  /// What a prediction costs, in flops a row; NaN where the rule does not say.
  double score_flops() const { return self_->score_flops(); }
  /// Nothing where the rule does not know.
  std::optional<double> error_under(const NormalLaw& law) const { return self_->error_under(law); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual Vector score(const Matrix& x) const = 0;
    virtual const LinearRule* linear() const = 0;
    virtual double score_flops() const = 0;
    virtual std::optional<double> error_under(const NormalLaw&) const = 0;
  };
  template <class T>
  struct Holder final : Interface {
    explicit Holder(T rule) : rule_(std::move(rule)) {}
    Vector score(const Matrix& x) const override { return rule_.score(x); }
    const LinearRule* linear() const override {
      if constexpr (std::same_as<T, LinearRule>) return &rule_;
      return nullptr;
    }
    double score_flops() const override {
      if constexpr (BillsScores<T>) return rule_.score_flops();
      return nan;
    }
    std::optional<double> error_under(const NormalLaw& law) const override {
      if constexpr (HasNormalError<T>) return rule_.error_under(law);
      return std::nullopt;
    }
    T rule_;
  };
  std::shared_ptr<const Interface> self_;
};

struct Fit {
  Predictor predict;
  FitReport report;
};

}  // namespace quartic
