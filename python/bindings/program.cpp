#include "cli/program.hpp"

#include <pybind11/stl.h>

#include <sstream>

#include "core/random/seed.hpp"
#include "experiments/platform/build_info.hpp"
#include "models/linear/blas.hpp"
#include "python/bindings/bindings.hpp"

namespace quartic::python {

namespace {

/// (exit status, standard output, standard error)
py::tuple run_words(const std::vector<std::string>& words, const Catalogues& kinds) {
  std::ostringstream out, err;
  int status = 0;
  {
    const py::gil_scoped_release release;
    status = program_within(kinds, words, out, err);
  }
  return py::make_tuple(status, py::bytes(out.str()), py::bytes(err.str()));
}

int run_on_the_terminal(const std::vector<std::string>& words) {
  const py::gil_scoped_release release;
  return program_within(built_in_catalogues(), words);
}

}  // namespace

void bind_program(py::module_& module) {
  module.def("program", run_words);
  module.def("seed_from", seed_from);
  module.def("main", run_on_the_terminal);
  module.def("version", [] { return std::string(version()); });
  module.def("better_blas_kernels", [] { return std::string(better_blas_kernels()); });
}

}  // namespace quartic::python
