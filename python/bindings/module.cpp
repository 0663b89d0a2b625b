#include "core/require.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/watch.hpp"

namespace {

namespace py = pybind11;

// What a user can put right is a ValueError with the same text as the program's; what the machine refuses, an OSError.
void translate_refusals() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const quartic::InvalidInput& error) {
      PyErr_SetString(PyExc_ValueError, error.what());
    } catch (const quartic::Refusal& error) {
      PyErr_SetString(PyExc_OSError, error.what());
    }
  });
}

}  // namespace

PYBIND11_MODULE(_quartic, module) {
  using namespace quartic::python;
  module.doc() = "The compiled part of quartic: use the package quartic.";
  translate_refusals();
  bind_catalogue(module);
  bind_worlds(module);
  bind_models(module);
  bind_studies(module);
  bind_runs(module);
  bind_laws(module);
  bind_program(module);
  py::module_::import("atexit").attr("register")(py::cpp_function(&end_watched));
}
