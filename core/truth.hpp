#pragma once
/// A drawn truth, whatever world it is from.
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/drawn_rows.hpp"

namespace quartic {

class Truth;
/// The same kind of rows under the law by which rules are judged, where it is not the one that training rows come
/// from: a world that shifts, or cases that are kept back.
template <class T>
concept HasTestLaw = requires(const T& truth) {
  { truth.tested() } -> std::same_as<std::optional<Truth>>;
};
/// Related tasks with the same columns, each of so many rows(), which models may learn from before they see a row of
/// this truth.
template <class T>
concept HasSources = requires(const T& truth) {
  { truth.sources() } -> std::same_as<std::vector<Truth>>;
};
/// The same cases, row by row, as what experts read of them, where columns are no such things (pixels). Labels, the
/// mean and the facts by which errors are divided are those of the truth itself.
template <class T>
concept HasFindings = requires(const T& truth) {
  { truth.findings() } -> std::same_as<std::optional<Truth>>;
};

/// Any struct that draws rows, as an immutable value.
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
  /// Nothing where rows are not such, or f* is not linear in them.
  std::optional<NormalLaw> normal_law() const { return self_->normal_law(); }
  std::optional<Truth> tested() const { return self_->tested(); }
  std::optional<Truth> findings() const { return self_->findings(); }
  /// None for a truth that has none.
  std::vector<Truth> sources() const { return self_->sources(); }
  /// Nothing where rows go on without end.
  std::optional<Index> rows() const { return self_->rows(); }

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
    virtual std::optional<NormalLaw> normal_law() const = 0;
    virtual std::optional<Truth> tested() const = 0;
    virtual std::optional<Truth> findings() const = 0;
    virtual std::vector<Truth> sources() const = 0;
    virtual std::optional<Index> rows() const = 0;
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
    std::optional<NormalLaw> normal_law() const override {
      if constexpr (HasNormalLaw<T>) return truth_.normal_law();
      return std::nullopt;
    }
    std::optional<Truth> tested() const override {
      if constexpr (HasTestLaw<T>) return truth_.tested();
      return std::nullopt;
    }
    std::optional<Truth> findings() const override {
      if constexpr (HasFindings<T>) return truth_.findings();
      return std::nullopt;
    }
    std::vector<Truth> sources() const override {
      if constexpr (HasSources<T>) return truth_.sources();
      return {};
    }
    std::optional<Index> rows() const override {
      if constexpr (HasRows<T>) return truth_.rows();
      return std::nullopt;
    }
    T truth_;
  };
  std::shared_ptr<const Interface> self_;
};

}  // namespace quartic
