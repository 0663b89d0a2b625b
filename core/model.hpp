#pragma once
/// A model is any plain struct with name() and fit(data, stream); the rest is detected.
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data.hpp"
#include "core/fit.hpp"
#include "core/stream.hpp"

namespace quartic {

class Moments;  // models/linear/moments.hpp: Gram matrices by prefix, shared by the arms of one replicate

/// Which Gram matrices a model would share with others.
struct Needs {
  bool row_gram = false;     ///< XX' (inner products of rows), for sizes below the number of columns
  bool column_gram = false;  ///< X'X and X'y, for sizes from the number of columns on
  bool row_factor = false;   ///< the Cholesky factor of XX', for sizes below the number of columns

  Needs operator|(const Needs& other) const {
    return {row_gram || other.row_gram, column_gram || other.column_gram, row_factor || other.row_factor};
  }
};

/// A whole learning curve: fit the first n rows of data for every n of sizes (ascending, distinct, at most
/// data.rows()).
struct Prefixes {
  Data data;
  std::span<const Index> sizes;
  const Moments* moments =
      nullptr;  ///< shared Gram matrices of exactly this data, or null: the model makes its own
};

/// Rows that are drawn when asked for, so that a training set need not be held. rows(range) gives the rows
/// that Data would hold there, as double, and has no state: any range may be asked for at any time.
struct RowSource {
  Index columns = 0;
  Task task = Task::regression;
  std::function<Data(Range)> rows;
};

/// Where a long fit keeps its state, so that it can go on after a kill; models touch no files themselves. A
/// text is any bytes. What `load` gives and does not belong to the fit at hand is left aside, so that a stale
/// state does no harm.
struct Checkpoints {
  std::function<std::optional<std::string>()> load;  ///< the text saved last, or nothing
  std::function<void(std::string)> save;
  double flops_between = 1e10;  ///< state is saved once this much was computed: about a second
};

/// fit_prefixes draws from stream.child(n) for size n, so that one size never depends on another:
/// a bare fit(data.prefix(n), stream.child(n)) has the same bits.
template <class T>
concept Estimator = requires(const T& model, const Data& data, Stream stream) {
  { model.name() } -> std::convertible_to<std::string>;
  { model.fit(data, std::move(stream)) } -> std::same_as<Fit>;
};
template <class T>
concept FitsPrefixes = requires(const T& model, const Prefixes& prefixes, Stream stream) {
  { model.fit_prefixes(prefixes, std::move(stream)) } -> std::same_as<std::vector<Fit>>;
};
template <class T>
concept FitsPath = requires(const T& model, const Data& data, Stream stream) {
  { model.fit_path(data, std::move(stream)) } -> std::same_as<std::vector<Fit>>;
};
/// One pass over rows drawn on demand, in memory that does not grow with the sizes: as many fits, and the
/// same bits, as fit_prefixes of those rows held as Data.
template <class T>
concept FitsStream = requires(const T& model, const RowSource& source, std::span<const Index> sizes,
                              Stream stream) {
  { model.fit_stream(source, sizes, std::move(stream)) } -> std::same_as<std::vector<Fit>>;
};
/// fit with the same bits, whether or not it was interrupted on the way.
template <class T>
concept ResumesFits = requires(const T& model, const Data& data, Stream stream,
                               const Checkpoints& checkpoints) {
  { model.fit_resuming(data, std::move(stream), checkpoints) } -> std::same_as<Fit>;
};
/// Bytes that one fit of so many rows and columns holds beside its Data.
template <class T>
concept HasWorkingBytes = requires(const T& model, Index rows, Index columns) {
  { model.working_bytes(rows, columns) } -> std::same_as<double>;
};
template <class T>
concept HasNeeds = requires(const T& model) {
  { model.needs() } -> std::same_as<Needs>;
};
template <class T>
concept HasFingerprint = requires(const T& model) {
  { model.fingerprint() } -> std::convertible_to<std::string>;
};

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
  /// Fits data. Throws InvalidInput for data the model cannot serve (e.g. no rows); numerics that fail are a
  /// status.
  Fit fit(const Data& data, Stream stream) const { return self_->fit(data, std::move(stream)); }
  /// One fit a size, in the order of sizes. Same bits as fit on each prefix.
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const {
    return self_->fit_prefixes(prefixes, std::move(stream));
  }
  /// 0 for a model that does not say.
  double working_bytes(Index rows, Index columns) const { return self_->working_bytes(rows, columns); }
  bool has_path() const { return self_->has_path(); }
  /// One fit a penalty, largest penalty first. Precondition: has_path().
  std::vector<Fit> fit_path(const Data& data, Stream stream) const {
    return self_->fit_path(data, std::move(stream));
  }
  bool has_stream() const { return self_->has_stream(); }
  /// One fit a size (ascending, distinct), in their order. Precondition: has_stream().
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes, Stream stream) const {
    return self_->fit_stream(source, sizes, std::move(stream));
  }
  bool resumes_fits() const { return self_->resumes_fits(); }
  /// fit, which goes on from the state it finds. A model that does not resume fits from the start.
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const {
    return self_->fit_resuming(data, std::move(stream), checkpoints);
  }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual std::string name() const = 0;
    virtual Needs needs() const = 0;
    virtual std::string fingerprint() const = 0;
    virtual double working_bytes(Index rows, Index columns) const = 0;
    virtual Fit fit(const Data&, Stream) const = 0;
    virtual std::vector<Fit> fit_prefixes(const Prefixes&, Stream) const = 0;
    virtual bool has_path() const = 0;
    virtual std::vector<Fit> fit_path(const Data&, Stream) const = 0;
    virtual bool has_stream() const = 0;
    virtual std::vector<Fit> fit_stream(const RowSource&, std::span<const Index>, Stream) const = 0;
    virtual bool resumes_fits() const = 0;
    virtual Fit fit_resuming(const Data&, Stream, const Checkpoints&) const = 0;
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
  double working_bytes(Index rows, Index columns) const override {
    if constexpr (HasWorkingBytes<T>) return model_.working_bytes(rows, columns);
    return 0;
  }
  Fit fit(const Data& data, Stream stream) const override { return model_.fit(data, std::move(stream)); }
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const override {
    if constexpr (FitsPrefixes<T>) {
      return model_.fit_prefixes(prefixes, std::move(stream));
    } else {
      std::vector<Fit> fits;
      for (Index n : prefixes.sizes)
        fits.push_back(model_.fit(prefixes.data.prefix(n), stream.child(static_cast<std::uint64_t>(n))));
      return fits;
    }
  }
  bool has_path() const override { return FitsPath<T>; }
  std::vector<Fit> fit_path(const Data& data, Stream stream) const override {
    if constexpr (FitsPath<T>) return model_.fit_path(data, std::move(stream));
    return {};
  }
  bool has_stream() const override { return FitsStream<T>; }
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes,
                              Stream stream) const override {
    if constexpr (FitsStream<T>) return model_.fit_stream(source, sizes, std::move(stream));
    return {};
  }
  bool resumes_fits() const override { return ResumesFits<T>; }
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const override {
    if constexpr (ResumesFits<T>) return model_.fit_resuming(data, std::move(stream), checkpoints);
    return model_.fit(data, std::move(stream));
  }
  T model_;
};

}  // namespace quartic
