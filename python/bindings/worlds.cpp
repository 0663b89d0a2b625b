#include <pybind11/stl.h>

#include <optional>

#include "core/require.hpp"
#include "core/truth.hpp"
#include "core/world.hpp"
#include "experiments/study/catalogues.hpp"
#include "python/bindings/arrays.hpp"
#include "python/bindings/bindings.hpp"
#include "python/bindings/catalogue.hpp"
#include "sim/findings/finding.hpp"

namespace quartic::python {

namespace {

/// What one replicate of a study draws from its world: the truth, and rows of it.
struct DrawnTruth {
  Truth truth;
  std::string kind;
  std::uint64_t seed = 1, replicate = 0;

  Stream stream(const std::string& name) const {
    return Stream(seed).child(kind).child(replicate).child(name);
  }
};

/// A world and what names it in the path of random numbers.
struct NamedWorld {
  World world;
  std::string kind;
};

Range range_of(const DrawnTruth& drawn, Index first, Index count) {
  require(first >= 0 && count >= 0,
          "rows " + std::to_string(first) + " and " + std::to_string(count) +
              " more were asked for (rows are counted from 0). Give numbers that are not negative.");
  const std::optional<Index> rows = drawn.truth.rows();
  require(!rows || first + count <= *rows, "rows up to " + std::to_string(first + count) +
                                               " were asked for (the world has " +
                                               std::to_string(rows.value_or(0)) + "). Ask for fewer.");
  return {first, count};
}

std::vector<Index> columns_of(const DrawnTruth& drawn, const std::optional<std::vector<Index>>& asked) {
  const Index candidates = drawn.truth.candidates();
  if (asked)
    for (const Index column : *asked)
      require(column >= 0 && column < candidates,
              "column " + std::to_string(column) + " was asked for (the world has " +
                  std::to_string(candidates) + ", counted from 0). Ask for one of them.");
  return asked.value_or(std::vector<Index>{});
}

py::array draw_x(const DrawnTruth& drawn, Index first, Index count,
                 const std::optional<std::vector<Index>>& asked, const std::string& stream) {
  const Range rows = range_of(drawn, first, count);
  const std::vector<Index> columns = columns_of(drawn, asked);
  Matrix x;
  {
    const py::gil_scoped_release release;
    x = asked ? drawn.truth.columns(rows, columns, drawn.stream(stream))
              : drawn.truth.x(rows, {0, drawn.truth.candidates()}, drawn.stream(stream));
  }
  return array_of(std::move(x));
}

std::optional<DrawnTruth> with_truth(const DrawnTruth& drawn, std::optional<Truth> other) {
  if (!other) return std::nullopt;
  return DrawnTruth{std::move(*other), drawn.kind, drawn.seed, drawn.replicate};
}

/// Of the columns of x-rays that are what a radiologist writes down.
std::vector<std::string> finding_names(const DrawnTruth& drawn) {
  std::vector<std::string> names;
  for (Index column = 0; column < drawn.truth.candidates(); ++column) names.push_back(finding_name(column));
  return names;
}

std::optional<double> excess_risk(const DrawnTruth& drawn, const Numbers& coefficients, double intercept) {
  const LinearRule rule{vector_of(coefficients), intercept};
  require(rule.coefficients.size() == drawn.truth.candidates(),
          std::to_string(rule.coefficients.size()) + " coefficients were given (the world has " +
              std::to_string(drawn.truth.candidates()) + " columns). Give one a column.");
  return drawn.truth.excess_risk(rule);
}

}  // namespace

void bind_worlds(py::module_& module) {
  py::class_<NamedWorld>(module, "World")
      .def(py::init([](const Catalogues& kinds, const std::string& kind, const py::dict& options) {
        return NamedWorld{kinds.world(kind).make(option_values(options)), kind};
      }))
      .def_property_readonly("kind", [](const NamedWorld& named) { return named.kind; })
      .def_property_readonly("fingerprint", [](const NamedWorld& named) { return named.world.fingerprint(); })
      .def_property_readonly(
          "classes", [](const NamedWorld& named) { return named.world.task() == Task::classification; })
      .def("draw", [](const NamedWorld& named, std::uint64_t seed, std::uint64_t replicate) {
        Stream truth = Stream(seed).child(named.kind).child(replicate).child("truth");
        const py::gil_scoped_release release;
        return DrawnTruth{named.world.draw(std::move(truth)), named.kind, seed, replicate};
      });
  py::class_<DrawnTruth>(module, "Truth")
      .def_property_readonly("candidates", [](const DrawnTruth& drawn) { return drawn.truth.candidates(); })
      .def_property_readonly("relevant", [](const DrawnTruth& drawn) { return drawn.truth.relevant(); })
      .def_property_readonly("facts", [](const DrawnTruth& drawn) { return drawn.truth.facts(); })
      .def_property_readonly("row_count", [](const DrawnTruth& drawn) { return drawn.truth.rows(); })
      .def("x", draw_x)
      .def("y",
           [](const DrawnTruth& drawn, Index first, Index count, const std::string& stream) {
             return array_of(drawn.truth.y(range_of(drawn, first, count), drawn.stream(stream)));
           })
      .def("mean",
           [](const DrawnTruth& drawn, Index first, Index count, const std::string& stream) {
             return array_of(drawn.truth.mean(range_of(drawn, first, count), drawn.stream(stream)));
           })
      .def("finding_names", finding_names)
      .def("excess_risk", excess_risk)
      .def("findings", [](const DrawnTruth& drawn) { return with_truth(drawn, drawn.truth.findings()); })
      .def("tested", [](const DrawnTruth& drawn) { return with_truth(drawn, drawn.truth.tested()); });
}

}  // namespace quartic::python
