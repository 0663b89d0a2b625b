// Replicates that a study does not give by a number: until when, how many at least and at most, for how much.
#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

namespace {

/// Of fewer replicates a standard error says too little to stop by.
constexpr Index fewest = 10;

constexpr std::string_view example =
    "Write replicates = { until = \"se(log error) < 0.02\", between = [50, 2000] }.";

/// The number of "se(log error) < 0.02", whatever its blanks; 0 for anything else.
double parse_bound(std::string rule) {
  std::erase(rule, ' ');
  constexpr std::string_view head = "se(logerror)<";
  if (!rule.starts_with(head)) return 0;
  const double bound = quartic::read_number(std::string_view(rule).substr(head.size())).value_or(0);
  return bound > 0 && bound < 1e6 ? bound : 0;
}

void read_until(const Node& node, AdaptiveReplicates& adaptive, Problems& problems) {
  const std::optional<std::string> rule = read_text(node, "replicates.until", problems);
  if (!rule) return;
  adaptive.log_error_se = parse_bound(*rule);
  if (!(adaptive.log_error_se > 0))
    problems.add(
        node.where, "replicates.until",
        "\"" + *rule +
            "\" is no rule that is known (there is one: a bound on the standard error of the logarithm "
            "of the mean error). Write \"se(log error) < 0.02\".");
}

void read_between(const Node& node, AdaptiveReplicates& adaptive, Problems& problems) {
  std::vector<Index> ends;
  for (const Node& item : node.list() ? *node.list() : Node::List{})
    if (const std::optional<Index> count = read_count(item, "replicates.between", 1, problems))
      ends.push_back(*count);
    else
      return;
  if (ends.size() == 2 && ends[0] >= fewest && ends[0] <= ends[1]) {
    adaptive.least = ends[0], adaptive.most = ends[1];
    return;
  }
  problems.add(node.where, "replicates.between",
               to_toml(node) + " is no range of replicates (the least, not below " + std::to_string(fewest) +
                   ", and the most). Write between = [50, 2000].");
}

void read_replicates(const Node& node, AdaptiveReplicates& adaptive, Problems& problems) {
  reject_unknown(*node.table(), "replicates", replicates_keys(), problems);
  if (const Node* until = find(*node.table(), "until")) read_until(*until, adaptive, problems);
  if (const Node* between = find(*node.table(), "between")) read_between(*between, adaptive, problems);
}

void read_half_width(const TableReader& target, AdaptiveTarget& adaptive) {
  if (target.field("half_width")) adaptive.half_width = target.number("half_width", 1);
  if (!(adaptive.half_width > 0))
    target.complain(
        "half_width",
        "there is no positive width (half of the interval that is wanted). Write half_width = 0.05.");
}

void check_target_arms(const TableReader& reader, const Draft& draft, const Claim& target) {
  for (const ArmDraft& arm : draft.arms)
    if ((arm.spec.name == target.arm || arm.spec.name == target.against_arm) && arm.spec.replicates > 0)
      reader.complain("arm",
                      "the arm \"" + arm.spec.name +
                          "\" has a number of replicates of its own (the target is to choose it). Remove "
                          "replicates from the arm.");
}

bool tells(const Claim& target, Index n) {
  return static_cast<double>(n) >= target.from && static_cast<double>(n) <= target.to;
}

/// Two sizes tell what a further one would cost and bring; three, where two curves cross.
void check_given_sizes(const TableReader& reader, const std::vector<Index>& given, const Claim& target) {
  const bool crosses = is_of_crossing(target.law);
  const auto count = std::count_if(given.begin(), given.end(), [&](Index n) { return tells(target, n); });
  if (count >= (crosses ? 3 : 2)) return;
  reader.complain("sizes", crosses
                               ? "fewer than three sizes of the study lie within the target's from and to (a "
                                 "search begins with laws through three). Give three."
                               : "fewer than two sizes of the study lie within the target's from and to (two "
                                 "measured ones tell what a further one would cost and bring). Give two, or "
                                 "remove the key.");
}

/// Of a crossing: wherever between them it lies, four must lie near it.
void check_spacing(const TableReader& reader, std::vector<Index> sizes, const AdaptiveTarget& target) {
  std::erase_if(sizes, [&](Index n) {
    return !tells(target.law, n) || n < target.sizes.front() || n > target.sizes.back();
  });
  for (std::size_t k = 1; k < sizes.size(); ++k)
    if (static_cast<double>(sizes[k]) > static_cast<double>(sizes[k - 1] + 1) * std::sqrt(target.law.near))
      return reader.complain(
          "sizes",
          "between " + std::to_string(sizes[k - 1]) + " and " + std::to_string(sizes[k]) +
              " a crossing could not be bracketed (four sizes are put within a factor near of it). Give "
              "sizes whose neighbours differ by less than a factor of the square root of near, or a "
              "larger near.");
}

/// `all` holds the sizes of the study, and gains those that every arm does not run.
void read_further_sizes(const TableReader& reader, const std::vector<Index>& given, std::vector<Index>& all,
                        AdaptiveTarget& target) {
  const Node* node = reader.field("sizes");
  if (!node || (node->list() && node->list()->empty())) {
    if (is_of_crossing(target.law.law))
      reader.complain("sizes",
                      "no further sizes are given (a search puts some of them where the curves cross). "
                      "Write sizes = { from = 100, to = 3000, per_decade = 20 }.");
    return;
  }
  check_given_sizes(reader, given, target.law);
  for (const Index n :
       read_sizes(*node, reader.key("sizes"), reader.problems).value_or(std::vector<Index>{})) {
    if (std::binary_search(given.begin(), given.end(), n)) continue;
    if (!tells(target.law, n)) {
      reader.complain("sizes", std::to_string(n) +
                                   " lies outside the target's from and to (it would tell nothing). "
                                   "Remove it, or widen the range.");
      continue;
    }
    target.sizes.push_back(n);
    const auto place = std::lower_bound(all.begin(), all.end(), n);
    if (place == all.end() || *place != n) all.insert(place, n);
  }
  if (!is_of_crossing(target.law.law) || target.sizes.empty()) return;
  std::vector<Index> own = target.sizes;
  own.insert(own.end(), given.begin(), given.end());
  std::sort(own.begin(), own.end());
  check_spacing(reader, std::move(own), target);
}

void read_target_table(const Node& node, const std::string& path, Draft& draft,
                       const std::vector<Index>& given, Problems& problems) {
  if (!node.table()) {
    problems.add(node.where, path,
                 kind_of_value(node) +
                     " (a target is a table). Write target = { law = \"data_exponent\", arm = \"NAME\", "
                     "half_width = 0.05 }.");
    return;
  }
  const TableReader reader{node, path, problems};
  AdaptiveTarget target{.law = read_target(reader, arm_names(draft))};
  read_half_width(reader, target);
  check_target_arms(reader, draft, target.law);
  read_further_sizes(reader, given, draft.study.sizes, target);
  draft.study.adaptive->targets.push_back(std::move(target));
  draft.target_where.push_back(node.where);
}

/// One table, or a list of them.
void read_targets(const Node& node, Draft& draft, Problems& problems) {
  const std::vector<Index> given = draft.study.sizes;
  if (!node.list()) return read_target_table(node, "target", draft, given, problems);
  if (node.list()->empty())
    problems.add(node.where, "target", "the list is empty (it names what is to be known). Remove the key.");
  for (std::size_t k = 0; k < node.list()->size(); ++k)
    read_target_table((*node.list())[k], "target " + std::to_string(k + 1), draft, given, problems);
}

void read_budget(const Node& node, AdaptiveReplicates& adaptive, Problems& problems) {
  adaptive.budget = read_number(node, "budget", problems).value_or(1);
  if (!(adaptive.budget > 0))
    problems.add(node.where, "budget", "it is not positive (flops of all fits). Write budget = 1e14.");
}

}  // namespace

void read_adaptive(const Node::Table& table, Draft& draft, Problems& problems) {
  const Node* replicates = find(table, "replicates");
  const Node* target = find(table, "target");
  const Node* budget = find(table, "budget");
  const bool ruled = replicates && replicates->table();
  if (!ruled && !target) {
    if (budget)
      problems.add(
          budget->where, "budget",
          "nothing is to be decided (the study says how many replicates by a number). Give a target, "
          "or replicates until a rule holds.");
    return;
  }
  AdaptiveReplicates& adaptive = draft.study.adaptive.emplace();
  if (ruled)
    read_replicates(*replicates, adaptive, problems);
  else if (replicates)
    problems.add(
        replicates->where, "replicates",
        "a number and a target contradict each other (one says how many, the other how sharp). Write "
        "replicates = { between = [50, 2000] }.");
  if (target) read_targets(*target, draft, problems);
  if (budget) read_budget(*budget, adaptive, problems);
  if (ruled && !target && !find(*replicates->table(), "until"))
    problems.add(replicates->where, "replicates",
                 "nothing says when to stop (a rule under until, or a target). " + std::string(example));
  if (const Node* causes = find(table, "causes"))
    problems.add(causes->where, "causes",
                 "causes take the same replicates of every arm and size (fields are made of them). Give "
                 "replicates as a number.");
  draft.study.replicates = adaptive.most;
}

}  // namespace quartic::detail
