// Replicates that a study does not give by a number: until when, how many at least and at most, for how much.
#include <algorithm>

#include "core/number_text.hpp"
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

void read_half_width(const TableReader& target, AdaptiveReplicates& adaptive) {
  if (target.field("half_width")) adaptive.half_width = target.number("half_width", 1);
  if (!(adaptive.half_width > 0))
    target.complain(
        "half_width",
        "there is no positive width (half of the interval that is wanted). Write half_width = 0.05.");
}

void check_target_arm(const Node& node, const Draft& draft, const Claim& target, Problems& problems) {
  for (const ArmDraft& arm : draft.arms)
    if (arm.spec.name == target.arm && arm.spec.replicates > 0)
      problems.add(node.where, "target.arm",
                   "the arm \"" + target.arm +
                       "\" has a number of replicates of its own (the target is to choose it). Remove "
                       "replicates from the arm.");
}

/// They join the sizes of the study, but for those that every arm runs.
void read_further_sizes(const Node& node, Draft& draft, AdaptiveReplicates& adaptive, Problems& problems) {
  const std::string key = "target.sizes";
  if (node.list() && node.list()->empty()) return;
  std::vector<Index>& all = draft.study.sizes;
  const auto tells = [&](Index n) {
    return static_cast<double>(n) >= adaptive.target->from && static_cast<double>(n) <= adaptive.target->to;
  };
  if (std::count_if(all.begin(), all.end(), tells) < 2)
    problems.add(node.where, key,
                 "fewer than two sizes of the study lie within the target's from and to (two measured ones "
                 "tell what a further one would cost and bring). Give two, or remove the key.");
  for (const Index n : read_sizes(node, key, problems).value_or(std::vector<Index>{})) {
    const auto place = std::lower_bound(all.begin(), all.end(), n);
    if (place != all.end() && *place == n) continue;
    if (!tells(n)) {
      problems.add(node.where, key,
                   std::to_string(n) +
                       " lies outside the target's from and to (it would tell nothing). Remove it, or widen "
                       "the range.");
      continue;
    }
    all.insert(place, n);
    adaptive.sizes.push_back(n);
  }
}

void read_target_table(const Node& node, Draft& draft, AdaptiveReplicates& adaptive, Problems& problems) {
  if (!node.table()) {
    problems.add(node.where, "target",
                 kind_of_value(node) +
                     " (a target is a table). Write target = { law = \"data_exponent\", arm = \"NAME\", "
                     "half_width = 0.05 }.");
    return;
  }
  adaptive.target = read_target(node, arm_names(draft), problems);
  read_half_width({node, "target", problems}, adaptive);
  check_target_arm(node, draft, *adaptive.target, problems);
  if (const Node* sizes = find(*node.table(), "sizes")) read_further_sizes(*sizes, draft, adaptive, problems);
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
  AdaptiveReplicates adaptive;
  if (ruled)
    read_replicates(*replicates, adaptive, problems);
  else if (replicates)
    problems.add(
        replicates->where, "replicates",
        "a number and a target contradict each other (one says how many, the other how sharp). Write "
        "replicates = { between = [50, 2000] }.");
  if (target) read_target_table(*target, draft, adaptive, problems);
  if (budget) read_budget(*budget, adaptive, problems);
  if (ruled && !target && !find(*replicates->table(), "until"))
    problems.add(replicates->where, "replicates",
                 "nothing says when to stop (a rule under until, or a target). " + std::string(example));
  if (const Node* causes = find(table, "causes"))
    problems.add(causes->where, "causes",
                 "causes take the same replicates of every arm and size (fields are made of them). Give "
                 "replicates as a number.");
  draft.study.adaptive = std::move(adaptive);
  draft.study.replicates = draft.study.adaptive->most;
}

}  // namespace quartic::detail
