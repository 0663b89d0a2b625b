#include <pybind11/stl.h>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "laws/theory/catalogue/catalogue.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/watch.hpp"

namespace quartic::python {

namespace {

py::list described_curves() {
  py::list list;
  for (const TheoryCurve& curve : theory_curves()) {
    py::list parameters;
    for (const TheoryParameter& parameter : curve.parameters)
      parameters.append(py::make_tuple(parameter.name, parameter.default_value, parameter.help));
    list.append(py::dict(py::arg("name") = curve.name, py::arg("summary") = curve.summary,
                         py::arg("citation") = curve.citation, py::arg("parameters") = parameters));
  }
  return list;
}

/// At each n, with its own value of each parameter.
py::tuple evaluate(const std::string& name, const Numbers& sizes,
                   const std::map<std::string, Numbers>& values) {
  const TheoryCurve& curve = theory_curve(name);
  const Vector n = vector_of(sizes);
  std::map<std::string, Vector> columns;
  for (const auto& [key, array] : values) {
    columns[key] = vector_of(array);
    require(columns[key].size() == n.size(), key + " has not one value for each n. Give as many.");
  }
  Vector excess(n.size()), normalised(n.size());
  Flags flags;
  run_watched(
      [&] {
        for (Index i = 0; i < n.size(); ++i) {
          interruption_point();
          TheoryValues changes;
          for (const auto& [key, column] : columns) changes.emplace(key, column[i]);
          const TheoryPoint point = curve.evaluate(n[i], theory_values(curve, changes));
          excess[i] = point.excess_risk;
          normalised[i] = point.normalised_error;
        }
      },
      flags);
  return py::make_tuple(array_of(std::move(excess)), array_of(std::move(normalised)));
}

}  // namespace

void bind_laws(py::module_& module) {
  module.def("theory_curves", described_curves);
  module.def("theory", evaluate);
}

}  // namespace quartic::python
