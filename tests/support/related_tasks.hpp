#pragma once
/// Data with source tasks.
#include "tests/support/class_problem.hpp"

namespace quartic {

/// Three source tasks of so many rows and the data's columns: all coefficients 1 / sqrt(p), as in gaussian_problem, and
/// 0.2 / sqrt(p) more in every third column, by task; noise 1/2. Classes where the data are.
inline Data with_sources(const Data& data, Index rows, std::uint64_t seed) {
  std::vector<Data> sources;
  const Index p = data.columns();
  for (Index t = 0; t < 3; ++t) {
    const Stream stream = Stream(seed).child("source").child(static_cast<std::uint64_t>(t));
    Matrix x = gaussian_matrix(rows, p, stream.child("x"));
    Vector w = Vector::Constant(p, 1 / std::sqrt(static_cast<double>(p)));
    for (Index j = t; j < p; j += 3) w[j] *= 1.2;
    Vector y = x * w + 0.5 * gaussian_matrix(rows, 1, stream.child("noise"));
    const Data source(std::move(x), std::move(y));
    sources.push_back(data.task() == Task::classification ? as_classes(source) : source);
  }
  return data.with_sources(std::move(sources));
}

}  // namespace quartic
