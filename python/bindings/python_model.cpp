#include "python/bindings/python_model.hpp"

#include <utility>

#include "core/require.hpp"
#include "python/bindings/arrays.hpp"

namespace quartic::python {

namespace {

/// A fitted estimator, asked for its scores from any thread.
class PythonRule {
 public:
  explicit PythonRule(py::object score) : score_(share(std::move(score))) {}
  Vector score(const Matrix& x) const {
    return in_python([&] { return vector_of((*score_)(array_of(Matrix(x))).cast<Numbers>()); });
  }

 private:
  Shared score_;
};

/// The numbers of a fit, shown without a copy where they are held as double.
py::array rows_of(const Data& data) {
  auto dense = std::make_shared<DenseView>(data);
  const MatrixView x = dense->matrix();
  return shown(x.data(), {x.rows(), x.cols()}, kept(std::move(dense)));
}
py::array labels_of(const Data& data) {
  auto whole = std::make_shared<Data>(data);
  const VectorView y = whole->y();
  return shown(y.data(), {y.size()}, kept(std::move(whole)));
}

Predictor predictor_of(const py::dict& fitted) {
  if (fitted["coefficients"].is_none()) return PythonRule(fitted["score"]);
  return LinearRule{vector_of(fitted["coefficients"].cast<Numbers>()), fitted["intercept"].cast<double>()};
}

Fit fit_of(const py::dict& fitted) {
  Fit fit{predictor_of(fitted), {}};
  fit.report.parameters = fitted["parameters"].cast<Index>();
  fit.report.iterations = fitted["iterations"].cast<Index>();
  fit.report.cost.fit_flops = fitted["flops"].cast<double>();
  return fit;
}

}  // namespace

PythonModel::PythonModel(std::string name, std::string fingerprint, bool classifies, py::object estimator)
    : name_(std::move(name)),
      fingerprint_(std::move(fingerprint)),
      classifies_(classifies),
      estimator_(share(std::move(estimator))) {}

void PythonModel::require_data(Index, Index, Task task) const {
  require(
      !classifies_ || task == Task::classification,
      name_ +
          " tells classes (the answers of this world are numbers). Use a regressor, or a world of classes.");
}

Fit PythonModel::fit(const Data& data, Stream stream) const {
  const std::uint32_t seed = stream();
  return in_python([&] { return fit_of(hook("fit")(*estimator_, rows_of(data), labels_of(data), seed)); });
}

}  // namespace quartic::python
