#pragma once
/// Numbers between Eigen and numpy.
#include <pybind11/numpy.h>

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace quartic::python {

namespace py = pybind11;

/// Float64, contiguous by rows; copied where an array is not.
using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// A read-only array that shows numbers which `owner` keeps alive.
py::array shown(const double* first, std::vector<py::ssize_t> shape, const py::object& owner);

/// A Python object that keeps a C++ value alive.
template <class T>
py::capsule kept(std::shared_ptr<T> value) {
  using Holder = std::shared_ptr<T>;
  return py::capsule(new Holder(std::move(value)), [](void* holder) { delete static_cast<Holder*>(holder); });
}

/// An array that takes the numbers over, without a copy.
py::array array_of(Vector numbers);
py::array array_of(Matrix numbers);
py::array array_of(std::vector<double> numbers);
py::array array_of(std::vector<std::int64_t> numbers);

/// A copy. Throws InvalidInput unless the array has two dimensions, or one.
Matrix matrix_of(const Numbers& array);
Vector vector_of(const Numbers& array);

}  // namespace quartic::python
