#pragma once
/// What a model sees: rows that a truth gives, never the truth.
#include <memory>
#include <span>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// Labelled observations, an immutable value (copies share the numbers).
/// Shapes: x is rows x columns, y is rows. x is double, or float to halve the memory; y is always double.
class Data {
 public:
  Data(Matrix x, Vector y, Task task = Task::regression);
  Data(MatrixF x, Vector y, Task task = Task::regression);

  Index rows() const { return rows_; }
  Index columns() const;
  Task task() const { return task_; }
  VectorView y() const { return {y_->data(), rows_}; }
  /// Rows of related tasks, which a model may learn from before it sees these: all of each, whatever the prefix,
  /// with the columns of this; none in most worlds.
  std::span<const Data> sources() const;

  /// The first n rows; a view. Throws InvalidInput unless 0 <= n <= rows().
  Data prefix(Index n) const;
  /// These columns in this order, gathered into new storage: rows x columns.size(). Those of sources too.
  Data restrict(std::span<const Index> columns) const;
  /// The same rows (shared, not copied) with these sources. Throws InvalidInput for one of another number of columns.
  Data with_sources(std::vector<Data> sources) const;
  /// The same rows (shared, not copied) with classes as numbers: y - 1/2, task regression. Numbers stay as they
  /// are. Those of sources too.
  Data with_real_labels() const;
  /// A copy, as double, of any block of rows by columns.
  Matrix block(Range rows, Range columns) const;
  /// True where x is held whole as double, so that dense() may be called.
  bool is_dense() const { return x_ != nullptr; }
  /// All of x without a copy: rows() x columns(), rows contiguous. Precondition: is_dense().
  MatrixView dense() const;

 private:
  /// `changed` with what change(source) makes of each of these sources.
  template <class Change>
  Data with_changed_sources(Data changed, const Change& change) const;

  std::shared_ptr<const Matrix> x_;  // one of these two is set
  std::shared_ptr<const MatrixF> x_float_;
  std::shared_ptr<const Vector> y_;
  std::shared_ptr<const std::vector<Data>> sources_;  // null: none
  Index rows_ = 0;
  Task task_ = Task::regression;
};

/// x as double: without a copy where it is dense, else a converted copy that lives as long as this object.
class DenseView {
 public:
  explicit DenseView(const Data& data);
  MatrixView matrix() const { return data_.dense(); }

 private:
  Data data_;
};

}  // namespace quartic
