#include <pybind11/stl.h>

#include <optional>

#include "core/bytes_text.hpp"
#include "core/model.hpp"
#include "core/require.hpp"
#include "experiments/platform/clock.hpp"
#include "experiments/platform/memory.hpp"
#include "experiments/study/catalogues.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/catalogue.hpp"
#include "python/bindings/watch.hpp"

namespace quartic::python {

namespace {

py::dict report_dict(const FitReport& report) {
  return py::dict(py::arg("status") = std::string(to_string(report.status)),
                  py::arg("parameters") = report.parameters, py::arg("iterations") = report.iterations,
                  py::arg("certificate") = report.certificate, py::arg("fit_flops") = report.cost.fit_flops,
                  py::arg("tuning_flops") = report.cost.tuning_flops,
                  py::arg("pretraining_flops") = report.cost.pretraining_flops,
                  py::arg("cpu_seconds") = report.cost.cpu_seconds, py::arg("message") = report.message);
}

/// MemoryError where the model says that it holds more than the machine.
void require_memory(const Model& model, Index rows, Index columns) {
  const double bytes = model.working_bytes(rows, columns);
  if (!(bytes > machine_memory_bytes())) return;
  const std::string message = model.name() + " needs " + bytes_text(bytes) + " for " + std::to_string(rows) +
                              " rows of " + std::to_string(columns) + " columns (this machine has " +
                              bytes_text(machine_memory_bytes()) +
                              "). Make the model smaller, or give fewer rows.";
  PyErr_SetString(PyExc_MemoryError, message.c_str());
  throw py::error_already_set();
}

/// y are numbers, or classes 0 and 1.
template <class Fitting>
Fit fit_by(const Model& model, const Numbers& x, const Numbers& y, bool classes, Fitting fitting) {
  Matrix rows = matrix_of(x);
  Vector labels = vector_of(y);
  require(rows.rows() == labels.size(), "X has " + std::to_string(rows.rows()) + " rows and y has " +
                                            std::to_string(labels.size()) +
                                            " (each row needs its label). Give as many.");
  const Task task = classes ? Task::classification : Task::regression;
  model.require_data(rows.rows(), rows.cols(), task);
  require_memory(model, rows.rows(), rows.cols());
  const Data data(std::move(rows), std::move(labels), task);
  std::optional<Fit> result;
  Flags flags;
  run_watched(
      [&] {
        const double start = thread_seconds();
        result = fitting(data);
        result->report.cost.cpu_seconds = thread_seconds() - start;
      },
      flags);
  return std::move(result).value();
}

Fit fit(const Model& model, const Numbers& x, const Numbers& y, bool classes, std::uint64_t seed) {
  return fit_by(model, x, y, classes, [&](const Data& data) { return model.fit(data, Stream(seed)); });
}

/// Logistic regression where rows count unequally.
Fit fit_weighted(const py::dict& options, const Numbers& x, const Numbers& y, const Numbers& case_weights) {
  const auto model = with_options(LogisticRegression::options(), option_values(options));
  const Vector weights = vector_of(case_weights);
  return fit_by(Model(model), x, y, true, [&](const Data& data) {
    return model.fit_weighted(data, {weights.data(), weights.size()});
  });
}

py::array score(const Fit& fitted, const Numbers& x) {
  const Matrix rows = matrix_of(x);
  if (const LinearRule* rule = fitted.predict.linear())
    require(rule->coefficients.size() == rows.cols(),
            "X has " + std::to_string(rows.cols()) + " columns (the model was fitted on " +
                std::to_string(rule->coefficients.size()) + "). Give the same columns.");
  Vector scores;
  {
    const py::gil_scoped_release release;
    scores = fitted.predict.score(rows);
  }
  return array_of(std::move(scores));
}

}  // namespace

void bind_models(py::module_& module) {
  py::class_<Model>(module, "Model")
      .def(py::init([](const Catalogues& kinds, const std::string& kind, const py::dict& options) {
        return kinds.model(kind).make(option_values(options));
      }))
      .def_property_readonly("fingerprint", &Model::fingerprint)
      .def_property_readonly("reads_classes", &Model::reads_classes)
      .def_property_readonly("takes_advice", &Model::takes_advice)
      .def_property_readonly("is_linear", &Model::is_linear)
      .def("advised",
           [](const Model& model, const std::vector<Index>& named) {
             require(model.takes_advice(),
                     model.name() +
                         " takes no list of columns (it sees all alike). Give the columns "
                         "to expert(), or take hybrid.");
             return model.advised(named);
           })
      .def("fit", fit);
  py::class_<Fit>(module, "Fit")
      .def_property_readonly("report", [](const Fit& fitted) { return report_dict(fitted.report); })
      .def_property_readonly("coefficients",
                             [](const Fit& fitted) -> py::object {
                               const LinearRule* rule = fitted.predict.linear();
                               return rule ? py::object(array_of(Vector(rule->coefficients))) : py::none();
                             })
      .def_property_readonly("intercept",
                             [](const Fit& fitted) {
                               const LinearRule* rule = fitted.predict.linear();
                               return rule ? rule->intercept : nan;
                             })
      .def("score", score);
  module.def("fit_weighted_logistic_regression", fit_weighted, py::arg("options"), py::arg("x"), py::arg("y"),
             py::arg("case_weights"));
}

}  // namespace quartic::python
