#include <pybind11/stl.h>

#include "experiments/engine/engine.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/watch.hpp"

namespace quartic::python {

namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> list_arms(const Study& study) {
  std::vector<std::string> names;
  for (const ArmSpec& arm : study.cells.front().arms) names.push_back(arm.name);
  return names;
}

py::dict plan_dict(const Plan& plan) {
  return py::dict(py::arg("cells") = plan.cells, py::arg("tasks") = plan.tasks, py::arg("fits") = plan.fits,
                  py::arg("memory_bytes") = plan.memory_bytes, py::arg("disk_bytes") = plan.disk_bytes,
                  py::arg("flops") = plan.flops, py::arg("seconds") = plan.seconds,
                  py::arg("tasks_at_once") = plan.tasks_at_once, py::arg("basis") = plan.basis);
}

py::dict make_plan(const Study& study, int threads, double memory_bytes) {
  Plan made;
  Flags flags;
  run_watched(
      [&] {
        made = plan(study, {.threads = threads,
                            .memory_bytes = memory_bytes,
                            .stop = &flags.stop,
                            .abandon = &flags.abandon});
      },
      flags);
  return plan_dict(made);
}

}  // namespace

void bind_studies(py::module_& module) {
  py::class_<Study>(module, "Study")
      .def(py::init([](const std::string& text, const std::string& file, const std::string& effort,
                       const Overrides& overrides, const Catalogues& kinds) {
        return parse_study(text, file, {effort, overrides}, kinds);
      }))
      .def_readonly("name", &Study::name)
      .def_readonly("title", &Study::title)
      .def_readonly("question", &Study::question)
      .def_readonly("effort", &Study::effort)
      .def_readonly("text", &Study::text)
      .def_readonly("seed", &Study::seed)
      .def_readonly("sizes", &Study::sizes)
      .def_readonly("replicates", &Study::replicates)
      .def_readonly("observations", &Study::observations)
      .def_property_readonly("adaptive", [](const Study& study) { return study.adaptive.has_value(); })
      .def_property_readonly("performance",
                             [](const Study& study) { return std::string(to_string(study.performance)); })
      .def_property_readonly("arms", list_arms)
      .def_property_readonly("cells", [](const Study& study) { return study.cells.size(); })
      .def("settings_json", [](const Study& study) { return settings_by_cell_json(study.cells); });
  module.def("plan", make_plan);
}

}  // namespace quartic::python
