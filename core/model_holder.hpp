#pragma once
/// How Model (core/model.hpp) holds any struct: what it asks of it, and what stands in for members that it does
/// not have.
#include <memory>
#include <utility>

#include "core/estimator.hpp"
#include "core/interruption.hpp"

namespace quartic::detail {

struct ModelInterface {
  virtual ~ModelInterface() = default;
  virtual std::string name() const = 0;
  virtual Needs needs() const = 0;
  virtual std::string fingerprint() const = 0;
  virtual bool reads_classes() const = 0;
  virtual double working_bytes(Index rows, Index columns) const = 0;
  virtual double checkpoint_bytes(Index rows, Index columns) const = 0;
  virtual void require_data(Index rows, Index columns, Task task) const = 0;
  virtual void require_sources(std::span<const Index> rows, Index columns) const = 0;
  virtual bool is_linear() const = 0;
  virtual bool copies_rows() const = 0;
  virtual bool takes_advice() const = 0;
  virtual std::shared_ptr<const ModelInterface> advised(std::span<const Index> named) const = 0;
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
struct ModelHolder final : ModelInterface {
  explicit ModelHolder(T model) : model_(std::move(model)) {}
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
  bool reads_classes() const override {
    if constexpr (ReadsClasses<T>) return model_.reads_classes();
    return false;
  }
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
  void require_sources(std::span<const Index> rows, Index columns) const override {
    if constexpr (RequiresSources<T>) model_.require_sources(rows, columns);
  }
  Fit fit(const Data& data, Stream stream) const override {
    return model_.fit(readable(data), std::move(stream));
  }
  bool is_linear() const override {
    if constexpr (SaysWhetherLinear<T>) return model_.is_linear();
    return false;
  }
  bool copies_rows() const override {
    if constexpr (SaysWhetherItCopies<T>) return model_.copies_rows();
    return true;
  }
  bool takes_advice() const override { return TakesAdvice<T>; }
  std::shared_ptr<const ModelInterface> advised(std::span<const Index> named) const override {
    if constexpr (TakesAdvice<T>) return std::make_shared<const ModelHolder<T>>(model_.advised(named));
    return nullptr;
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

}  // namespace quartic::detail
