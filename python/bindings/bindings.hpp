#pragma once
/// What each source adds to the module _quartic: bytes, arrays and JSON. All that is Pythonic is made of it in Python.
#include <pybind11/pybind11.h>

namespace quartic::python {

namespace py = pybind11;

void bind_catalogue(py::module_& module);  ///< Kinds
void bind_worlds(py::module_& module);     ///< World, Truth
void bind_models(py::module_& module);     ///< Model, Fit
void bind_studies(py::module_& module);    ///< Study, plan
void bind_runs(py::module_& module);       ///< Run, run, open, merge
void bind_laws(py::module_& module);       ///< theory, fit_table
void bind_program(py::module_& module);    ///< program

}  // namespace quartic::python
