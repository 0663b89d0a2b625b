// The table [causes]: why a published exponent is not the true one.
#include <algorithm>
#include <array>

#include "core/require.hpp"
#include "experiments/study/expression.hpp"
#include "experiments/study/read/arms_reader.hpp"

namespace quartic::detail {

namespace {

struct CausesReader : ArmsReader {
  double strength(std::string_view name, double fallback) const {
    const double value = number(name, fallback);
    if (value < 0) complain(name, "it is negative (a strength is not). Give 0 or more.");
    return value;
  }

  std::string formula(std::string_view name) const {
    const std::string formula = text(name);
    if (formula.empty()) return formula;
    const std::array<std::string, 1> known = {"n"};
    try {
      const Expression expression(formula);
      expression.require_known(known);
      for (const Index n : draft.study.sizes) {
        const Variables variables = {{"n", static_cast<double>(n)}};
        if (name == "best_of") static_cast<void>(expression.evaluate_count(variables));
        if (!(expression.evaluate(variables) > 0))
          complain(name,
                   "it is not positive at n = " + std::to_string(n) + " (it counts). Correct the formula.");
      }
    } catch (const InvalidInput& error) {
      complain(name, error.what());
    }
    return formula;
  }

  std::vector<Index> sizes(std::string_view name) const {
    std::vector<Index> sizes;
    const Node* list = field(name);
    if (list && list->list())
      for (const Node& item : *list->list())
        if (const auto n = read_count(item, key(name), 1, problems)) sizes.push_back(*n);
    const std::vector<Index>& all = draft.study.sizes;
    const bool known = std::all_of(sizes.begin(), sizes.end(), [&](Index n) {
      return std::find(all.begin(), all.end(), n) != all.end();
    });
    if (list && (sizes.size() < 2 || !known))
      complain(name,
               "two or more sizes of the study are needed (a slope goes through them). Write for example " +
                   std::string(name) + " = [400, 800].");
    return sizes;
  }
};

void require_keys(const CausesReader& reader) {
  for (const std::string& key : causes_keys().needed())
    if (!reader.field(key))
      reader.complain(
          key,
          "the key is missing (all six causes are switched on and off). See docs/study-files.md, or "
          "`quartic show four_to_nine`.");
}

void require_fields(const CausesReader& reader, const Causes& causes) {
  if (causes.systems < 1 || reader.draft.study.replicates < 2 * causes.systems)
    reader.complain("systems",
                    "the " + std::to_string(reader.draft.study.replicates) +
                        " replicates make fewer than two fields of " + std::to_string(causes.systems) +
                        " systems (intervals come from the scatter between fields). Raise replicates, or "
                        "lower systems.");
  reader.require_one_cell("arm", "causes are weighed");
  for (const ArmDraft& arm : reader.draft.arms)
    if (arm.spec.replicates > 0 && (arm.spec.name == causes.arm || arm.spec.name == causes.under_converged))
      reader.complain("arm",
                      "the arm \"" + arm.spec.name +
                          "\" has replicates of its own (fields need the same of both arms). Remove them.");
}

}  // namespace

std::optional<Causes> read_causes(const Node& node, const Draft& draft, Problems& problems) {
  if (!node.table()) {
    problems.add(node.where, "causes", kind_of_value(node) + " (causes are a table). Write [causes].");
    return std::nullopt;
  }
  reject_unknown(*node.table(), "causes", causes_keys(), problems);
  const CausesReader reader{{{node, "causes", problems}, draft}};
  require_keys(reader);
  Causes causes;
  causes.arm = reader.known_arm("arm", reader.text("arm"));
  causes.under_converged = reader.known_arm("under_converged", reader.text("under_converged"));
  if (reader.field("systems")) causes.systems = reader.count("systems", 1);
  causes.floor = reader.strength("floor", causes.floor);
  causes.computing_noise = reader.strength("computing_noise", causes.computing_noise);
  causes.best_of = reader.formula("best_of");
  causes.tuning = reader.formula("tuning");
  causes.few = reader.sizes("few");
  causes.expect = reader.strength("expect", causes.expect);
  causes.margin = reader.strength("margin", causes.margin);
  causes.confidence = reader.confidence(causes.confidence);
  require_fields(reader, causes);
  return causes;
}

}  // namespace quartic::detail
