#pragma once
/// A model is any plain struct with name() and fit(data, stream); the rest is detected (core/estimator.hpp).
#include <memory>

#include "core/estimator.hpp"
#include "core/interruption.hpp"

namespace quartic {

/// Any such struct as an immutable value.
class Model {
 public:
  template <class T>
  requires(!std::same_as<T, Model>) && Estimator<T> Model(T model)
      : self_(std::make_shared<const Holder<T>>(std::move(model))) {}

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
  /// Whether every fit is a LinearRule; false for a model that does not say.
  bool is_linear() const { return self_->is_linear(); }
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
  struct Interface {
    virtual ~Interface() = default;
    virtual std::string name() const = 0;
    virtual Needs needs() const = 0;
    virtual std::string fingerprint() const = 0;
    virtual bool reads_classes() const = 0;
    virtual double working_bytes(Index rows, Index columns) const = 0;
    virtual double checkpoint_bytes(Index rows, Index columns) const = 0;
    virtual void require_data(Index rows, Index columns, Task task) const = 0;
    virtual bool is_linear() const = 0;
    virtual Fit fit(const Data&, Stream) const = 0;
    virtual std::vector<Fit> fit_prefixes(const Prefixes&, Stream) const = 0;
    virtual bool has_path() const = 0;
    virtual std::vector<Fit> fit_path(const Data&, Stream) const = 0;
    virtual bool has_stream() const = 0;
    virtual std::vector<Fit> fit_stream(const RowSource&, std::span<const Index>, Stream) const = 0;
    virtual bool resumes_fits() const = 0;
    virtual Fit fit_resuming(const Data&, Stream, const Checkpoints&) const = 0;
    virtual bool shares_sizes() const = 0;
  };
  template <class T>
  struct Holder;
  std::shared_ptr<const Interface> self_;
};

template <class T>
struct Model::Holder final : Model::Interface {
  explicit Holder(T model) : model_(std::move(model)) {}
  std::string name() const override { return model_.name(); }
  Needs needs() const override {
    if constexpr (HasNeeds<T>) return model_.needs();
    return {};
  }
  std::string fingerprint() const override {
    if constexpr (HasFingerprint<T>) return model_.fingerprint();
    return "\"" + name() + "\"";
  }
  bool shares_sizes() const override { return FitsPrefixes<T> && !ResumesFits<T>; }
  bool reads_classes() const override { return reads_classes_of(model_); }
  Data readable(const Data& data) const { return reads_classes() ? data : data.with_real_labels(); }
  Task readable(Task task) const { return reads_classes() ? task : Task::regression; }
  RowSource readable(const RowSource& source) const {
    return reads_classes() ? source : source.with_real_labels();
  }
  double working_bytes(Index rows, Index columns) const override {
    if constexpr (HasWorkingBytes<T>) return model_.working_bytes(rows, columns);
    return 0;
  }
  double checkpoint_bytes(Index rows, Index columns) const override {
    if constexpr (HasCheckpointBytes<T>) return model_.checkpoint_bytes(rows, columns);
    return 0;
  }
  void require_data(Index rows, Index columns, Task task) const override {
    if constexpr (RequiresData<T>) model_.require_data(rows, columns, readable(task));
  }
  Fit fit(const Data& data, Stream stream) const override {
    return model_.fit(readable(data), std::move(stream));
  }
  bool is_linear() const override {
    if constexpr (SaysWhetherLinear<T>) return model_.is_linear();
    return false;
  }
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const override {
    const Data data = readable(prefixes.data);
    if constexpr (FitsPrefixes<T>) {
      return model_.fit_prefixes({data, prefixes.sizes, prefixes.shared}, std::move(stream));
    } else {
      std::vector<Fit> fits;
      for (Index n : prefixes.sizes) {
        interruption_point();
        fits.push_back(model_.fit(data.prefix(n), stream.child(static_cast<std::uint64_t>(n))));
      }
      return fits;
    }
  }
  bool has_path() const override { return FitsPath<T>; }
  std::vector<Fit> fit_path(const Data& data, Stream stream) const override {
    if constexpr (FitsPath<T>) return model_.fit_path(readable(data), std::move(stream));
    return {};
  }
  bool has_stream() const override { return FitsStream<T>; }
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes,
                              Stream stream) const override {
    if constexpr (FitsStream<T>) return model_.fit_stream(readable(source), sizes, std::move(stream));
    return {};
  }
  bool resumes_fits() const override { return ResumesFits<T>; }
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const override {
    if constexpr (ResumesFits<T>) return model_.fit_resuming(readable(data), std::move(stream), checkpoints);
    return fit(data, std::move(stream));
  }
  T model_;
};

}  // namespace quartic
