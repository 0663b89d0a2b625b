#include "sim/experts/column_reading.hpp"

#include <cassert>
#include <span>

#include "sim/parts/rows.hpp"

namespace quartic {

namespace {

void threshold(const ColumnReading& reading, Matrix& x) {
  for (Index k = 0; k < x.cols(); ++k) {
    if (!reading.thresholded[static_cast<std::size_t>(k)]) continue;
    const double deviation = reading.deviations[k];
    x.col(k) = x.col(k).unaryExpr([&](double value) { return value < 0 ? -deviation : deviation; });
  }
}

void add_noise(const ColumnReading& reading, Matrix& x, Range rows, const Stream& stream) {
  std::vector<double> normals(reading.columns.size());
  for (Index i = 0; i < x.rows(); ++i) {
    row_stream(stream, rows.first + i).normals_at(reading.columns, normals);
    for (Index k = 0; k < x.cols(); ++k)
      x(i, k) += reading.noise * reading.deviations[k] * normals[static_cast<std::size_t>(k)];
  }
}

void lose(const ColumnReading& reading, Matrix& x, Range rows, const Stream& stream) {
  for (Index i = 0; i < x.rows(); ++i) {
    Stream row = row_stream(stream, rows.first + i);
    Index position = 0;
    for (Index k = 0; k < x.cols(); ++k) {
      const Index column = reading.columns[static_cast<std::size_t>(k)];
      row.skip(static_cast<std::uint64_t>(column - position));
      if (row.uniform() < reading.missing) x(i, k) = 0;
      position = column + 1;
    }
  }
}

}  // namespace

Matrix read_rows(const ColumnReading& reading, Matrix x, Range rows, const Stream& readings) {
  assert(x.rows() == rows.count && x.cols() == static_cast<Index>(reading.columns.size()));
  if (!reading.thresholded.empty()) threshold(reading, x);
  if (reading.noise > 0) add_noise(reading, x, rows, readings.child("noise"));
  if (reading.missing > 0) lose(reading, x, rows, readings.child("missing"));
  return x;
}

double variance_of_reading(const ColumnReading& reading, const Vector& b) {
  const double one = (1 - reading.missing) * (reading.missing + reading.noise * reading.noise);
  double sum = 0;
  for (Index k = 0; k < b.size(); ++k) sum += b[k] * b[k] * reading.deviations[k] * reading.deviations[k];
  return one * sum;
}

}  // namespace quartic
