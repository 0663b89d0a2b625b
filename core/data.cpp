#include "core/data.hpp"

#include <cassert>

#include "core/require.hpp"

namespace quartic {

namespace {

void require_same_rows(Index rows, Index labels) {
  require(rows == labels, "x has " + std::to_string(rows) + " rows and y has " + std::to_string(labels) +
                              " (each row needs one label). Give both the same number of rows.");
}

void require_columns(std::span<const Index> wanted, Index columns) {
  for (const Index column : wanted)
    if (column < 0 || column >= columns)
      throw InvalidInput("column " + std::to_string(column) + " does not exist (the data have " +
                         std::to_string(columns) + ", counted from 0). Choose among those.");
}

template <class M>
M gather(const M& x, Index rows, std::span<const Index> columns) {
  M out(rows, static_cast<Index>(columns.size()));
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < out.cols(); ++j) out(i, j) = x(i, columns[static_cast<std::size_t>(j)]);
  return out;
}

}  // namespace

Data::Data(Matrix x, Vector y, Task task)
    : x_(std::make_shared<const Matrix>(std::move(x))),
      y_(std::make_shared<const Vector>(std::move(y))),
      rows_(x_->rows()),
      task_(task) {
  require_same_rows(rows_, y_->size());
}

Data::Data(MatrixF x, Vector y, Task task)
    : x_float_(std::make_shared<const MatrixF>(std::move(x))),
      y_(std::make_shared<const Vector>(std::move(y))),
      rows_(x_float_->rows()),
      task_(task) {
  require_same_rows(rows_, y_->size());
}

Index Data::columns() const {
  return x_ ? x_->cols() : x_float_->cols();
}

Data Data::prefix(Index n) const {
  require(n >= 0 && n <= rows_, "a prefix of " + std::to_string(n) + " rows was asked for (the data have " +
                                    std::to_string(rows_) + "). Ask for at most that many.");
  Data out = *this;
  out.rows_ = n;
  return out;
}

std::span<const Data> Data::sources() const {
  return sources_ ? std::span<const Data>(*sources_) : std::span<const Data>();
}

Data Data::with_sources(std::vector<Data> sources) const {
  for (const Data& source : sources)
    require(source.columns() == columns(), "a source has " + std::to_string(source.columns()) +
                                               " columns (the data have " + std::to_string(columns()) +
                                               "). Give every task the same columns.");
  Data out = *this;
  out.sources_ = std::make_shared<const std::vector<Data>>(std::move(sources));
  return out;
}

template <class Change>
Data Data::with_changed_sources(Data changed, const Change& change) const {
  if (!sources_) return changed;
  std::vector<Data> sources;
  for (const Data& source : *sources_) sources.push_back(change(source));
  changed.sources_ = std::make_shared<const std::vector<Data>>(std::move(sources));
  return changed;
}

Data Data::restrict(std::span<const Index> columns) const {
  require_columns(columns, this->columns());
  Vector y = this->y();
  Data out = x_ ? Data(gather(*x_, rows_, columns), std::move(y), task_)
                : Data(gather(*x_float_, rows_, columns), std::move(y), task_);
  return with_changed_sources(std::move(out), [&](const Data& source) { return source.restrict(columns); });
}

Data Data::with_real_labels() const {
  if (task_ == Task::regression) return *this;
  Data out = *this;
  out.y_ = std::make_shared<const Vector>(y().array() - 0.5);
  out.task_ = Task::regression;
  return with_changed_sources(std::move(out), [](const Data& source) { return source.with_real_labels(); });
}

Matrix Data::block(Range rows, Range columns) const {
  assert(rows.first >= 0 && rows.first + rows.count <= rows_);
  assert(columns.first >= 0 && columns.first + columns.count <= this->columns());
  if (x_) return x_->block(rows.first, columns.first, rows.count, columns.count);
  return x_float_->block(rows.first, columns.first, rows.count, columns.count).cast<double>();
}

MatrixView Data::dense() const {
  assert(is_dense());
  return {x_->data(), rows_, x_->cols()};
}

DenseView::DenseView(const Data& data)
    : data_(data.is_dense() ? data : Data(data.block({0, data.rows()}, {0, data.columns()}), data.y())) {}

}  // namespace quartic
