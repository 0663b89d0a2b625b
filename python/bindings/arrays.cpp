#include "python/bindings/arrays.hpp"

#include <string>

#include "core/require.hpp"

namespace quartic::python {

namespace {

/// A writeable array over the numbers of a container, which moves into the array's base.
template <class Container>
py::array owned(Container numbers, const std::vector<py::ssize_t>& shape) {
  auto holder = std::make_shared<Container>(std::move(numbers));
  auto* first = holder->data();
  return py::array_t<typename Container::value_type>(shape, first, kept(std::move(holder)));
}

void require_dimensions(const Numbers& array, py::ssize_t dimensions) {
  require(array.ndim() == dimensions,
          "an array of " + std::to_string(dimensions) + (dimensions == 1 ? " dimension" : " dimensions") +
              " is wanted (it has " + std::to_string(array.ndim()) + "). Reshape it.");
}

}  // namespace

py::array shown(const double* first, std::vector<py::ssize_t> shape, const py::object& owner) {
  py::array_t<double> array(std::move(shape), first, owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

py::array array_of(Vector numbers) {
  const py::ssize_t size = numbers.size();
  return owned(std::move(numbers), {size});
}

py::array array_of(Matrix numbers) {
  const py::ssize_t rows = numbers.rows(), columns = numbers.cols();
  return owned(std::move(numbers), {rows, columns});
}

py::array array_of(std::vector<double> numbers) {
  const py::ssize_t size = std::ssize(numbers);
  return owned(std::move(numbers), {size});
}

py::array array_of(std::vector<std::int64_t> numbers) {
  const py::ssize_t size = std::ssize(numbers);
  return owned(std::move(numbers), {size});
}

Matrix matrix_of(const Numbers& array) {
  require_dimensions(array, 2);
  return MatrixView(array.data(), array.shape(0), array.shape(1));
}

Vector vector_of(const Numbers& array) {
  require_dimensions(array, 1);
  return VectorView(array.data(), array.shape(0));
}

}  // namespace quartic::python
