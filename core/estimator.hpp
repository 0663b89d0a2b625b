#pragma once
/// What a model may be: name() and fit(data, stream), and members that are detected where it has them.
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data.hpp"
#include "core/fit.hpp"
#include "core/random/stream.hpp"

namespace quartic {

/// Which Gram matrices a model would share with others.
struct Needs {
  bool row_gram = false;     ///< XX' (inner products of rows), for sizes below the number of columns
  bool column_gram = false;  ///< X'X and X'y, for sizes from the number of columns on
  bool row_factor = false;   ///< the Cholesky factor of XX', for sizes below the number of columns

  Needs operator|(const Needs& other) const {
    return {row_gram || other.row_gram, column_gram || other.column_gram, row_factor || other.row_factor};
  }
};

/// Work that several models have in common, done once for one Data, such as its Gram matrices (Moments,
/// models/linear/moments.hpp). A model that knows the kind takes what it finds; results do not depend on it.
class SharedWork {
 public:
  virtual ~SharedWork() = default;
};

/// A whole learning curve: fit the first n rows of data for every n of sizes (ascending, distinct, at most
/// data.rows()).
struct Prefixes {
  Data data;
  std::span<const Index> sizes;
  const SharedWork* shared = nullptr;  ///< of exactly this data, or null: the model does all itself
};

/// Rows that are drawn when asked for, so that a training set need not be held. rows(range) gives the rows
/// that Data would hold there, as double, and has no state: any range may be asked for at any time.
struct RowSource {
  Index columns = 0;
  Task task = Task::regression;
  std::function<Data(Range)> rows;

  /// As Data::with_real_labels.
  RowSource with_real_labels() const {
    if (task == Task::regression) return *this;
    return {columns, Task::regression, [rows = rows](Range range) { return rows(range).with_real_labels(); }};
  }
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
/// Bytes that one fit of so many rows and columns holds beside its Data, were they double, and beside the
/// Gram matrices that it needs().
template <class T>
concept HasWorkingBytes = requires(const T& model, Index rows, Index columns) {
  { model.working_bytes(rows, columns) } -> std::same_as<double>;
};
/// Throws InvalidInput, before anything is drawn, where no fit can be made of so many rows and columns with
/// such labels: a study is then refused, with the line of the first option at fault (InvalidInput::options)
/// that it sets.
template <class T>
concept RequiresData = requires(const T& model, Index rows, Index columns, Task task) {
  { model.require_data(rows, columns, task) } -> std::same_as<void>;
};
/// Throws InvalidInput, as RequiresData does, where nothing can be learned from related tasks (Data::sources) of
/// so many rows each, in so many columns; no rows: there are no such tasks.
template <class T>
concept RequiresSources = requires(const T& model, std::span<const Index> rows, Index columns) {
  { model.require_sources(rows, columns) } -> std::same_as<void>;
};
/// Whether the model reads classes, y in {0, 1}, itself; the score of its rules is then the log odds of class 1.
/// To all others the wrapper Model hands classes as the numbers y - 1/2 (Data::with_real_labels), so that the
/// sign of what they predict is the class.
template <class T>
concept ReadsClasses = requires(const T& model) {
  { model.reads_classes() } -> std::same_as<bool>;
};
/// Whether a fit converts all its rows to double where they are held as float; a model that does not say does.
template <class T>
concept SaysWhetherItCopies = requires(const T& model) {
  { model.copies_rows() } -> std::same_as<bool>;
};
/// Sees every column, and may be told which of them an expert names (ascending): the model that it becomes.
template <class T>
concept TakesAdvice = requires(const T& model, std::span<const Index> named) {
  { model.advised(named) } -> std::same_as<T>;
};
/// Bytes that saving the state of such a fit takes on top, where checkpoints are kept.
template <class T>
concept HasCheckpointBytes = requires(const T& model, Index rows, Index columns) {
  { model.checkpoint_bytes(rows, columns) } -> std::same_as<double>;
};
/// Whether every fit is a LinearRule, so that signs of its coefficients may be forbidden.
template <class T>
concept SaysWhetherLinear = requires(const T& model) {
  { model.is_linear() } -> std::same_as<bool>;
};
template <class T>
concept HasNeeds = requires(const T& model) {
  { model.needs() } -> std::same_as<Needs>;
};
template <class T>
concept HasFingerprint = requires(const T& model) {
  { model.fingerprint() } -> std::convertible_to<std::string>;
};

}  // namespace quartic
