#pragma once
/// A model is any plain struct with name() and fit(data, stream); the rest is detected (core/estimator.hpp).
#include <memory>

#include "core/model_holder.hpp"

namespace quartic {

/// Any such struct as an immutable value.
class Model {
 public:
  template <class T>
  requires(!std::same_as<T, Model>) && Estimator<T> Model(T model)
      : self_(std::make_shared<const detail::ModelHolder<T>>(std::move(model))) {}

  std::string name() const { return self_->name(); }
  Needs needs() const { return self_->needs(); }
  /// The options as canonical JSON; the name alone for a model without options.
  std::string fingerprint() const { return self_->fingerprint(); }
  /// Throws InvalidInput for data the model cannot serve (e.g. no rows); numerics that fail are a status.
  Fit fit(const Data& data, Stream stream) const { return self_->fit(data, std::move(stream)); }
  /// One fit a size, in the order of sizes. Same bits as fit on each prefix.
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const {
    return self_->fit_prefixes(prefixes, std::move(stream));
  }
  /// Whether fits of several sizes share work; sizes of other models may be fitted one by one.
  bool shares_sizes() const { return self_->shares_sizes(); }
  /// Whether it reads classes as such (ReadsClasses, core/estimator.hpp); of other models every fit below
  /// takes them as the numbers y - 1/2, and Prefixes::shared must then be of data.with_real_labels().
  bool reads_classes() const { return self_->reads_classes(); }
  /// 0 for a model that does not say. Those of checkpoints come on top where they are kept.
  double working_bytes(Index rows, Index columns) const { return self_->working_bytes(rows, columns); }
  double checkpoint_bytes(Index rows, Index columns) const { return self_->checkpoint_bytes(rows, columns); }
  /// Throws InvalidInput where the model knows that it cannot fit such data; others may still refuse them in fit.
  void require_data(Index rows, Index columns, Task task) const { self_->require_data(rows, columns, task); }
  /// The same of related tasks (Data::sources) of so many rows each.
  void require_sources(std::span<const Index> rows, Index columns) const {
    self_->require_sources(rows, columns);
  }
  /// Whether every fit is a LinearRule; false for a model that does not say.
  bool is_linear() const { return self_->is_linear(); }
  /// Whether a fit converts rows that are held as float, all at once, to double.
  bool copies_rows() const { return self_->copies_rows(); }
  bool takes_advice() const { return self_->takes_advice(); }
  /// The model that knows what an expert names (ascending). Precondition: takes_advice().
  Model advised(std::span<const Index> named) const { return Model(self_->advised(named)); }
  bool has_path() const { return self_->has_path(); }
  /// One fit a penalty, largest penalty first. Precondition: has_path().
  std::vector<Fit> fit_path(const Data& data, Stream stream) const {
    return self_->fit_path(data, std::move(stream));
  }
  bool has_stream() const { return self_->has_stream(); }
  /// One fit a size (ascending, distinct). Precondition: has_stream().
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes, Stream stream) const {
    return self_->fit_stream(source, sizes, std::move(stream));
  }
  bool resumes_fits() const { return self_->resumes_fits(); }
  /// fit, which goes on from the state it finds; from the start for a model that does not resume.
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const {
    return self_->fit_resuming(data, std::move(stream), checkpoints);
  }

 private:
  explicit Model(std::shared_ptr<const detail::ModelInterface> self) : self_(std::move(self)) {}
  std::shared_ptr<const detail::ModelInterface> self_;
};

}  // namespace quartic
