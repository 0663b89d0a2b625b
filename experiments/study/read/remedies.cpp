// The table [remedies]: what arms do to the cost of another.
#include <algorithm>

#include "experiments/study/read/arms_reader.hpp"

namespace quartic::detail {

namespace {

struct RemediesReader : ArmsReader {
  /// Those of the list, else all but the one that they are held against.
  std::vector<std::string> arms(const std::string& against) const {
    std::vector<std::string> arms;
    const Node* list = field("arms");
    if (!list) {
      for (const std::string& arm : arm_names(draft))
        if (arm != against) arms.push_back(arm);
    } else if (list->list()) {
      for (const Node& item : *list->list())
        if (const auto arm = read_text(item, key("arms"), problems)) arms.push_back(known_arm("arms", *arm));
    } else {
      complain("arms",
               kind_of_value(*list) + R"( (remedies are some). Write arms = ["pruned", "penalised"].)");
      return arms;
    }
    if (arms.empty())
      complain("arms", "no arm is a remedy (the study has none beside the other). Add an [[arm]].");
    for (const std::string& arm : arms)
      if (arm == against || std::count(arms.begin(), arms.end(), arm) > 1) {
        complain("arms",
                 "the arm \"" + arm + "\" is named twice (" +
                     (arm == against ? "it would be held against itself" : "it has one row of the table") +
                     "). Name others.");
        break;
      }
    return arms;
  }

  std::vector<double> uses(const std::vector<double>& usual) const {
    const Node* list = field("uses");
    if (!list) return usual;
    std::vector<double> uses;
    if (list->list())
      for (const Node& item : *list->list())
        if (const auto count = read_number(item, key("uses"), problems)) uses.push_back(*count);
    if (uses.empty() || uses.size() > 6 || !std::all_of(uses.begin(), uses.end(), [&](double count) {
          return count > 0 && count <= 1e30 && std::count(uses.begin(), uses.end(), count) == 1;
        }))
      complain(
          "uses",
          "it is no list of one to six numbers of predictions, each above 0 and at most 1e30, none twice (each "
          "is a column of the table). Write "
          "uses = [1, 1e6, 1e12].");
    return uses;
  }
};

void require_amounts(const RemediesReader& reader, const Remedies& remedies) {
  if (!(remedies.at_error > 0))
    reader.complain("at_error",
                    "it is no normalised error above 0 (costs are compared where an arm reaches one). Write "
                    "at_error = 0.1.");
  if (!(remedies.saving > 1))
    reader.complain("saving", "it is no factor above 1 (training becomes cheaper by it). Give 2.");
  if (!(remedies.margin >= 0)) reader.complain("margin", "it is negative (a margin is not). Give 0.1.");
  reader.require_one_cell("against", "remedies are compared");
}

}  // namespace

std::optional<Remedies> read_remedies(const Node& node, const Draft& draft, Problems& problems) {
  if (!node.table()) {
    problems.add(node.where, "remedies", kind_of_value(node) + " (remedies are a table). Write [remedies].");
    return std::nullopt;
  }
  reject_unknown(*node.table(), "remedies", remedies_keys(), problems);
  const RemediesReader reader{{{node, "remedies", problems}, draft}};
  Remedies remedies;
  remedies.against = reader.known_arm("against", reader.text("against"));
  if (remedies.against.empty())
    reader.complain("against", "the arm without any remedy is missing. Write against = \"network\".");
  remedies.arms = reader.arms(remedies.against);
  remedies.at_error = reader.number("at_error", 0);
  remedies.saving = reader.number("saving", remedies.saving);
  remedies.uses = reader.uses(remedies.uses);
  remedies.margin = reader.number("margin", remedies.margin);
  remedies.confidence = reader.confidence(remedies.confidence);
  require_amounts(reader, remedies);
  return remedies;
}

}  // namespace quartic::detail
