#include "python/bindings/catalogue.hpp"

#include <pybind11/stl.h>

#include <string>

#include "core/model.hpp"
#include "core/require.hpp"
#include "core/world.hpp"
#include "experiments/study/catalogues.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/table_study.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/python_model.hpp"
#include "python/bindings/python_world.hpp"

namespace quartic::python {

namespace {

py::object to_python(const OptionValue& value) {
  return std::visit([](const auto& one) -> py::object { return py::cast(one); }, value);
}

Index whole_number(const std::string& name, const py::handle& value) {
  int overflow = 0;
  const long long number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
  require(overflow == 0, "option \"" + name + "\" was given " + std::string(py::str(value)) +
                             " (a whole number here has at most 63 bits). Give a smaller one.");
  return number;
}

OptionValue option_value(const py::handle& name, const py::handle& value) {
  if (py::isinstance<py::bool_>(value)) return value.cast<bool>();
  if (py::isinstance<py::int_>(value)) return whole_number(name.cast<std::string>(), value);
  if (py::isinstance<py::float_>(value)) return value.cast<double>();
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  throw py::type_error("option " + name.cast<std::string>() + " has a value of type " +
                       std::string(py::str(py::type::of(value).attr("__name__"))) +
                       " (options are bool, int, float or str). Give one of these.");
}

py::dict described(const OptionInfo& option) {
  py::list words;
  for (const OptionWord& word : option.words)
    words.append(py::make_tuple(std::string(word.word), std::string(word.meaning)));
  return py::dict(py::arg("name") = option.name, py::arg("kind") = std::string(to_string(option.kind)),
                  py::arg("default") = to_python(option.default_value), py::arg("help") = option.help,
                  py::arg("words") = words, py::arg("bounds") = to_string(option.bounds),
                  py::arg("only_with") = option.only_with.option.empty() ? "" : to_string(option.only_with));
}

template <class Product>
py::list described(const std::vector<CatalogueEntry<Product>>& entries) {
  py::list list;
  for (const CatalogueEntry<Product>& entry : entries) {
    py::list options;
    for (const OptionInfo& option : entry.options) options.append(described(option));
    list.append(py::dict(py::arg("name") = entry.name, py::arg("summary") = entry.summary,
                         py::arg("options") = options));
  }
  return list;
}

/// A kind that is a Python object as it is. Records are told apart by the options of their kinds: so its fingerprint is
/// one, which no study sets.
template <class Product>
CatalogueEntry<Product> python_entry(const std::string& name, Product product) {
  const OptionInfo fingerprint{.name = "fingerprint",
                               .kind = OptionKind::word,
                               .default_value = product.fingerprint(),
                               .help = "what tells its records from those of another",
                               .words = {}};
  return {.name = name,
          .summary = "of Python",
          .options = {fingerprint},
          .make = [product = std::move(product)](const OptionValues&) { return product; }};
}

}  // namespace

OptionValues option_values(const py::dict& options) {
  OptionValues values;
  for (const auto& [name, value] : options)
    values.emplace(name.cast<std::string>(), option_value(name, value));
  return values;
}

void bind_catalogue(py::module_& module) {
  py::class_<Catalogues>(module, "Kinds")
      .def(py::init([] { return built_in_catalogues(); }))
      .def("worlds", [](const Catalogues& kinds) { return described(kinds.worlds()); })
      .def("models", [](const Catalogues& kinds) { return described(kinds.models()); })
      .def("with_model",
           [](const Catalogues& kinds, const std::string& name, const py::object& estimator,
              const std::string& fingerprint, bool classifies) {
             return kinds.with(
                 python_entry(name, Model(PythonModel(name, fingerprint, classifies, estimator))));
           })
      .def("with_world", [](const Catalogues& kinds, const std::string& name, const py::object& world,
                            const std::string& fingerprint, bool classes) {
        return kinds.with(python_entry(name, World(PythonWorld(name, fingerprint, classes, world))));
      });
  module.def("experiments", [] {
    py::dict texts;
    for (const auto* studies : {&built_in_studies(), &replication_packs(), &built_in_table_studies()})
      for (const auto& [name, text] : *studies) texts[py::str(name)] = text;
    return texts;
  });
  module.def("tables", &built_in_tables);
}

}  // namespace quartic::python
