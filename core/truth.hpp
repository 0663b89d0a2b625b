#pragma once
/// A truth is a table of rows without end: any block of it is a pure function of the truth, a stream and the
/// indices.
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/fit.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// Named numbers of a truth: "noise" (standard deviation), "candidates", "relevant", ... Those by which errors
/// are divided have to be there: a study of a world without them is refused.
using Facts = std::map<std::string, double, std::less<>>;

/// What excess risks are divided by: "signal", Var f*; of classes "constant_error" less "bayes_error", the error
/// rates of the best constant answer and of the best rule. Throws InvalidInput where a fact is missing.
double error_scale(const Facts& facts, Task task);

/// One drawn truth. Row i draws from children of stream.child(i) only: "x" (column j is counter j), "noise",
/// and what a covariance adds (see the world), so that a block never depends on which other blocks were
/// drawn.
template <class T>
concept DrawsRows = requires(const T& truth, Range range, std::span<const Index> columns, Stream stream) {
  { truth.candidates() } -> std::same_as<Index>;
  { truth.relevant() } -> std::convertible_to<std::vector<Index>>;
  { truth.facts() } -> std::convertible_to<Facts>;
  { truth.x(range, range, std::move(stream)) } -> std::same_as<Matrix>;
  { truth.columns(range, columns, std::move(stream)) } -> std::same_as<Matrix>;
  { truth.y(range, std::move(stream)) } -> std::same_as<Vector>;
  { truth.mean(range, std::move(stream)) } -> std::same_as<Vector>;
};
template <class T>
concept HasExactRisk = requires(const T& truth, const LinearRule& rule) {
  { truth.excess_risk(rule) } -> std::same_as<double>;
};
template <class T>
concept HasVariances = requires(const T& truth, Index column) {
  { truth.variance(column) } -> std::same_as<double>;
};

/// Any such struct as an immutable value.
class Truth {
 public:
  template <class T>
  requires(!std::same_as<T, Truth>) && DrawsRows<T> Truth(T truth)
      : self_(std::make_shared<const Holder<T>>(std::move(truth))) {}

  Index candidates() const { return self_->candidates(); }
  /// Columns that matter, most important first.
  std::vector<Index> relevant() const { return self_->relevant(); }
  Facts facts() const { return self_->facts(); }
  /// rows.count x columns.count.
  Matrix x(Range rows, Range columns, Stream train) const {
    return self_->x(rows, columns, std::move(train));
  }
  /// The same numbers for a list of columns: rows.count x columns.size().
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const {
    return self_->columns(rows, columns, std::move(train));
  }
  Vector y(Range rows, Stream train) const { return self_->y(rows, std::move(train)); }
  /// f* at these rows; of classes P(y = 1 | x).
  Vector mean(Range rows, Stream train) const { return self_->mean(rows, std::move(train)); }
  /// E[(rule(x) - f*(x))^2] in closed form, or nothing where there is none; of classes P(the sign of the rule's
  /// score is wrong) less Bayes. One coefficient a candidate.
  std::optional<double> excess_risk(const LinearRule& rule) const { return self_->excess_risk(rule); }
  /// Of one column, or nothing where the truth does not say.
  std::optional<double> variance(Index column) const { return self_->variance(column); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual Index candidates() const = 0;
    virtual std::vector<Index> relevant() const = 0;
    virtual Facts facts() const = 0;
    virtual Matrix x(Range, Range, Stream) const = 0;
    virtual Matrix columns(Range, std::span<const Index>, Stream) const = 0;
    virtual Vector y(Range, Stream) const = 0;
    virtual Vector mean(Range, Stream) const = 0;
    virtual std::optional<double> excess_risk(const LinearRule&) const = 0;
    virtual std::optional<double> variance(Index) const = 0;
  };
  template <class T>
  struct Holder final : Interface {
    explicit Holder(T truth) : truth_(std::move(truth)) {}
    Index candidates() const override { return truth_.candidates(); }
    std::vector<Index> relevant() const override { return truth_.relevant(); }
    Facts facts() const override { return truth_.facts(); }
    Matrix x(Range rows, Range columns, Stream s) const override {
      return truth_.x(rows, columns, std::move(s));
    }
    Matrix columns(Range rows, std::span<const Index> columns, Stream s) const override {
      return truth_.columns(rows, columns, std::move(s));
    }
    Vector y(Range rows, Stream s) const override { return truth_.y(rows, std::move(s)); }
    Vector mean(Range rows, Stream s) const override { return truth_.mean(rows, std::move(s)); }
    std::optional<double> excess_risk(const LinearRule& rule) const override {
      if constexpr (HasExactRisk<T>) return truth_.excess_risk(rule);
      return std::nullopt;
    }
    std::optional<double> variance(Index column) const override {
      if constexpr (HasVariances<T>) return truth_.variance(column);
      return std::nullopt;
    }
    T truth_;
  };
  std::shared_ptr<const Interface> self_;
};

}  // namespace quartic
