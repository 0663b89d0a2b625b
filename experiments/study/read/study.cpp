// From a document to a draft: which keys there are, and of which type each is.
#include <algorithm>
#include <utility>

#include "core/require.hpp"
#include "core/visible_text.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/study/document/edits.hpp"
#include "experiments/study/document/limits.hpp"
#include "experiments/study/expression.hpp"
#include "experiments/study/read/draft.hpp"
#include "experiments/study/words.hpp"

namespace quartic::detail {

std::optional<OptionValue> read_scalar(const Node& node, std::string_view key, Problems& problems) {
  if (const auto* flag = std::get_if<bool>(&node.value)) return *flag;
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    const auto index = static_cast<Index>(*integer);  // of 32 bits in a browser
    return index == *integer ? OptionValue(index) : OptionValue(static_cast<double>(*integer));
  }
  if (node.text()) return *node.text();
  if (std::holds_alternative<double>(node.value)) {
    const std::optional<double> number = read_number(node, key, problems);
    return number ? std::optional<OptionValue>(*number) : std::nullopt;
  }
  problems.add(node.where, key,
               to_toml(node) + " is " + kind_of_value(node) +
                   " (an option is a number, a text, true or false). Give one value, or a plain "
                   "list of values to sweep over.");
  return std::nullopt;
}

std::vector<std::string> arm_names(const Draft& draft) {
  std::vector<std::string> names;
  for (const ArmDraft& arm : draft.arms) names.push_back(arm.spec.name);
  return names;
}

namespace {

Setting read_range_setting(const Node& node, Setting setting, Problems& problems) {
  setting.is_axis = setting.is_range = true;
  if (const std::optional<std::vector<double>> numbers = read_range(node, setting.path, problems))
    setting.values.assign(numbers->begin(), numbers->end());
  return setting;
}

Setting read_setting(const Field& field, const std::string& owner, Problems& problems) {
  Setting setting{field.key, owner + "." + field.key, field.value.where, {}, false};
  if (field.value.table()) return read_range_setting(field.value, std::move(setting), problems);
  const Node::List* axis = field.value.list();
  setting.is_axis = axis != nullptr;
  if (axis && axis->empty())
    problems.add(setting.where, setting.path, "the list is empty (a list spans a sweep). Give it a value.");
  for (const Node& node : axis ? *axis : Node::List{field.value})
    if (std::optional<OptionValue> value = read_scalar(node, setting.path, problems))
      setting.values.push_back(*value);
  return setting;
}

/// The setting under a key that must be there, and a text wherever it has a value.
Setting required_kind(const Node& owner, const std::string& path, const std::string& key,
                      Problems& problems) {
  const Node* value = find(*owner.table(), key);
  if (!value) {
    problems.add(owner.where, path,
                 "\"" + key + "\" is missing (it is needed here). Add " + key + " = \"...\".");
    return {key, path + "." + key, owner.where, {}, false};
  }
  Setting kind = read_setting({key, *value}, path, problems);
  for (const OptionValue& name : kind.values)
    if (!std::holds_alternative<std::string>(name)) {
      problems.add(kind.where, kind.path,
                   plain_text(name) + " is not a text (a kind has a name). Give one in quotes.");
      kind.values.clear();
      break;
    }
  return kind;
}

/// The text under a key that must be there; "" and a problem where it is not.
std::string required_text(const Node& owner, const std::string& path, const std::string& key,
                          Problems& problems) {
  const Node* value = find(*owner.table(), key);
  if (value) return read_text(*value, path + "." + key, problems).value_or("");
  problems.add(owner.where, path,
               "\"" + key + "\" is missing (it is needed here). Add " + key + " = \"...\".");
  return "";
}

ChoiceDraft read_world(const Node& node, Problems& problems) {
  ChoiceDraft world{{"kind", "world.kind", node.where, {}, false}, "world", {}};
  if (!node.table()) {
    problems.add(node.where, "world",
                 kind_of_value(node) + " (a world is a table). Write [world] and kind = \"sparse_linear\".");
    return world;
  }
  world.kind = required_kind(node, "world", "kind", problems);
  for (const Field& field : *node.table())
    if (field.key != "kind") world.options.push_back(read_setting(field, "world", problems));
  return world;
}

/// Names go into file names, CSV columns, --set keys, scripts of gnuplot and the paths of random streams.
void check_arm_name(const Node& node, const std::string& name, Problems& problems) {
  const bool usable = !name.empty() && name.find_first_of(".,;\"'`\\/=[]{}#\t\n\r") == std::string::npos &&
                      name.front() != ' ' && name.back() != ' ' && visible_text(name) == name;
  if (!usable)
    problems.add(node.where, "arm",
                 "the name \"" + name +
                     "\" is not usable (it becomes a key and a column). Use letters, "
                     "digits, _, - and single spaces.");
  else if (begins_a_formula(name))
    problems.add(node.where, "arm",
                 "the name \"" + name +
                     "\" begins like a formula (spreadsheets that open records.csv would compute it). Begin "
                     "it with a letter or a digit.");
  else if (name.size() > most_name_bytes)
    problems.add(node.where, "arm",
                 "a name of " + std::to_string(name.size()) + " bytes (" + std::to_string(most_name_bytes) +
                     " are the most). Shorten it.");
}

/// The share says what the count says.
std::vector<Setting> read_expert(const Node& node, const std::string& path, Problems& problems) {
  std::vector<Setting> expert;
  if (!node.table()) {
    problems.add(node.where, path,
                 kind_of_value(node) + " (an expert is a table). Write expert = { correct = 9, wrong = 1 }.");
    return expert;
  }
  reject_unknown(*node.table(), path, expert_keys(), problems);
  for (const Field& field : *node.table()) expert.push_back(read_setting(field, path, problems));
  const auto has = [&](std::string_view key) { return find(*node.table(), key) != nullptr; };
  for (const auto& [key, other] : expert_twins)
    if (has(key) && has(other))
      problems.add(find(*node.table(), other)->where, path + "." + std::string(other),
                   "\"" + std::string(other) + "\" stands beside \"" + std::string(key) +
                       "\" (both say what the expert names). Keep one of them.");
  if (!has("correct") && !has("recall") && !has("columns"))
    problems.add(node.where, path,
                 "\"correct\" is missing, and \"recall\" (how many of the relevant candidates the expert "
                 "names, or what share). Write expert = { correct = 9, wrong = 1 }, or { recall = 0.9 }.");
  return expert;
}

void read_select(const Node& node, const std::string& path, ArmDraft& arm, Problems& problems) {
  const std::optional<std::string> select = read_text(node, path, problems);
  arm.spec.select_oracle = select == "oracle";
  arm.select_where = node.where;
  if (select && !arm.spec.select_oracle)
    problems.add(node.where, path,
                 "unknown word \"" + *select +
                     "\" (the only choice is oracle: the best fit of the path "
                     "by true risk). Did you mean \"oracle\"?");
}

ArmDraft read_arm(const Node& node, Problems& problems) {
  ArmDraft arm;
  arm.where = node.where;
  arm.spec.name = required_text(node, "arm", "name", problems);
  const std::string path = "arm." + arm.spec.name;
  if (const Node* name = find(*node.table(), "name"); name && name->text())
    check_arm_name(*name, arm.spec.name, problems);
  arm.model = {required_kind(node, path, "model", problems), path, {}};
  if (arm.model.kind.is_axis)
    problems.add(arm.model.kind.where, arm.model.kind.path,
                 "a list of models (an arm has one). Give each an arm of its own.");
  for (const Field& field : *node.table()) {
    const std::string key = path + "." + field.key;
    if (field.key == "name" || field.key == "model") continue;
    if (field.key == "expert")
      arm.expert = read_expert(field.value, key, problems);
    else if (field.key == "select")
      read_select(field.value, key, arm, problems);
    else if (field.key == "replicates")
      arm.spec.replicates = read_count(field.value, key, 1, problems).value_or(1);
    else
      arm.model.options.push_back(read_setting(field, path, problems));
  }
  return arm;
}

constexpr std::size_t most_arms = 1000;

void read_arms(const Node& node, Draft& draft, Problems& problems) {
  if (!node.list() || node.list()->empty()) {
    problems.add(node.where, "arm",
                 "no arms (a study compares models). Write [[arm]] with double brackets, and name and "
                 "model under it.");
    return;
  }
  if (node.list()->size() > most_arms) {
    problems.add(node.where, "arm",
                 std::to_string(node.list()->size()) + " arms (" + std::to_string(most_arms) +
                     " are the most; what differs in a number is an axis of a sweep). Divide the study.");
    return;
  }
  for (const Node& item : *node.list()) {
    if (!item.table()) {
      problems.add(item.where, "arm", kind_of_value(item) + " (an arm is a table). Write [[arm]].");
      continue;
    }
    ArmDraft arm = read_arm(item, problems);
    const auto twin = std::find_if(draft.arms.begin(), draft.arms.end(),
                                   [&](const ArmDraft& other) { return other.spec.name == arm.spec.name; });
    if (twin != draft.arms.end())
      problems.add(find(*item.table(), "name") ? find(*item.table(), "name")->where : item.where,
                   "arm." + arm.spec.name,
                   "two arms have the name \"" + arm.spec.name +
                       "\" (results are told apart by name; the first is at " + twin->where +
                       "). Rename one.");
    draft.arms.push_back(std::move(arm));
  }
}

void read_theory(const Node& node, Draft& draft, Problems& problems) {
  if (!node.list()) {
    problems.add(node.where, "theory",
                 "one table (a study has a list of curves). Write [[theory]] with double brackets.");
    return;
  }
  const std::vector<std::string> names = arm_names(draft);
  for (const Node& item : *node.list()) {
    if (!item.table()) {
      problems.add(item.where, "theory", kind_of_value(item) + " (a curve is a table). Write [[theory]].");
      continue;
    }
    reject_unknown(*item.table(), "theory", theory_keys(), problems);
    TheoryLine line{required_text(item, "theory", "arm", problems),
                    required_text(item, "theory", "curve", problems)};
    if (const Node* arm = find(*item.table(), "arm"); arm && arm->text())
      TableReader{item, "theory", problems}.require_known("arm", "arm", "arms", line.arm, names);
    const Node* curve = find(*item.table(), "curve");
    draft.theory_where.push_back(curve ? curve->where : item.where);
    draft.study.theory.push_back(std::move(line));
  }
}

/// The keys of one tie.
std::optional<Zip> read_tie(const Node& node, Problems& problems) {
  Zip zip{{}, node.where};
  for (const Node& item : *node.list()) {
    const std::optional<std::string> key = read_text(item, "zip", problems);
    if (!key) return std::nullopt;
    zip.keys.push_back(*key);
  }
  std::vector<std::string> distinct = zip.keys;
  std::sort(distinct.begin(), distinct.end());
  const bool twice = std::unique(distinct.begin(), distinct.end()) != distinct.end();
  if (zip.keys.size() >= 2 && !twice) return zip;
  problems.add(node.where, "zip",
               std::string(twice ? "a key is named twice" : "fewer than two keys") +
                   " (what is tied are several lists). Write zip = [\"world.noise\", \"world.candidates\"].");
  return std::nullopt;
}

/// One list of keys, or a list of such lists.
void read_zip(const Node& node, Draft& draft, Problems& problems) {
  if (!node.list() || node.list()->empty()) {
    problems.add(node.where, "zip",
                 to_toml(node) +
                     " ties nothing (it is a list of keys, or a list of such lists). Write "
                     "zip = [\"world.noise\", \"world.candidates\"].");
    return;
  }
  const bool several = node.list()->front().list() != nullptr;
  for (const Node& tie : several ? *node.list() : Node::List{node}) {
    if (!tie.list()) {
      problems.add(tie.where, "zip",
                   kind_of_value(tie) + " among lists (each tie is a list of keys). Put it in brackets.");
      continue;
    }
    std::optional<Zip> zip = read_tie(tie, problems);
    for (const Zip& other : zip ? draft.zips : std::vector<Zip>{})
      for (const std::string& key : other.keys)
        if (std::find(zip->keys.begin(), zip->keys.end(), key) != zip->keys.end())
          problems.add(tie.where, "zip",
                       key + " is tied twice (an axis moves with one group). Put all of it into one list.");
    if (zip) draft.zips.push_back(std::move(*zip));
  }
}

void read_condition(const Node& node, Draft& draft, Problems& problems) {
  const std::optional<std::string> text = read_text(node, "where", problems);
  if (!text) return;
  try {
    static_cast<void>(Expression(*text, Expression::Kind::condition));
    draft.condition = {*text, node.where};
  } catch (const InvalidInput& error) {
    problems.add(node.where, "where", "\"" + *text + "\" is not a condition: " + error.what());
  }
}

/// A key that belongs to the world or to an arm is answered with its full path.
void reject_unknown_top_level(const Node::Table& table, const Draft& draft, Problems& problems) {
  const std::vector<std::string> keys = study_keys().names();
  for (const Field& field : table) {
    if (std::find(keys.begin(), keys.end(), field.key) != keys.end()) continue;
    std::string home;
    for (const ArmDraft& arm : draft.arms)
      for (const Setting& setting : arm.model.options)
        if (setting.key == field.key) home = setting.path;
    for (const Setting& setting : draft.world.options)
      if (setting.key == field.key) home = setting.path;
    const std::string why = home.empty() ? choose_among(field.key, "keys of a study", keys)
                                         : "(it belongs to a table). Did you mean \"" + home + "\"?";
    problems.add(field.value.where, field.key, "unknown key \"" + field.key + "\" " + why);
  }
}

void read_amounts(const TableReader& top, Study& study) {
  study.storage = top.choice("storage", storage_words);
  if (const Node* node = top.field("replicates"); node && !node->table())
    study.replicates = top.count("replicates", 1);
  if (const Node* node = top.field("effort"); node && !node->table())
    top.complain("effort", kind_of_value(*node) + " (efforts are tables). Write [effort.classroom].");
  if (const Node* node = top.field("sizes"))
    study.sizes = read_sizes(*node, "sizes", top.problems).value_or(std::vector<Index>{});
  if (const Node* node = top.field("truth_seed"))
    study.truth_seed = read_seed(*node, "truth_seed", top.problems);
  study.usage.uses = top.number("uses", study.usage.uses);
  if (!(study.usage.uses >= 0) || std::isinf(study.usage.uses))
    top.complain(
        "uses",
        "it is no number of predictions (each of them costs what the rule says). Give 0 or more, such as 1e6.");
  study.usage.pretraining_shared_by = top.count("pretraining_shared_by", study.usage.pretraining_shared_by);
  if (const std::string word = top.text("observations"); !word.empty()) study.observations = word;
}

/// That of a world of this kind with the words that the study gives it (of an axis the first): its numbers, which may be
/// formulas, do not matter here. Nothing where no world can be made of them, of which another problem tells.
std::optional<Task> task_of(const CatalogueEntry<World>& entry, const ChoiceDraft& world) {
  OptionValues words;
  for (const Setting& setting : world.options)
    for (const OptionInfo& option : entry.options)
      if (option.name == setting.key && option.kind == OptionKind::word && !setting.values.empty())
        words[option.name] = setting.values.front();
  try {
    return entry.make(words).task();
  } catch (const InvalidInput&) {
    return std::nullopt;
  }
}

/// That of the worlds' tasks: excess risks of numbers are squares. Nothing where both kinds of worlds are swept.
/// (Of a world that nobody knows another problem tells.)
std::optional<Performance> usual_performance(const Draft& draft) {
  Index of_numbers = 0, of_classes = 0;
  for (const CatalogueEntry<World>& entry : draft.study.catalogues.worlds())
    if (const auto& kinds = draft.world.kind.values;
        std::find(kinds.begin(), kinds.end(), OptionValue(entry.name)) != kinds.end())
      ++(task_of(entry, draft.world) == Task::classification ? of_classes : of_numbers);
  if (of_numbers > 0 && of_classes > 0) return std::nullopt;
  return of_classes > 0 ? Performance::inverse : Performance::inverse_root;
}

void read_performance(const TableReader& top, Draft& draft) {
  Study& study = draft.study;
  const std::optional<Performance> usual = usual_performance(draft);
  if (top.field("performance"))
    study.performance = top.choice("performance", performance_words);
  else if (usual)
    study.performance = *usual;
  else
    top.complain("performance",
                 "is not given (worlds of numbers, of which it is \"root\", and of classes, of which it "
                 "is \"error\", are swept together). Give one of them for all.");
  for (Claim& claim : study.claims) {
    claim.performance = study.performance;
    claim.usage = study.usage;
  }
  if (study.adaptive)
    for (AdaptiveTarget& target : study.adaptive->targets) target.law.performance = study.performance;
}

}  // namespace

Draft read_draft(const Node& document, const Catalogues& catalogues, Problems& problems) {
  const Node::Table& table = *document.table();
  Draft draft;
  draft.where = document.where;
  draft.study.catalogues = catalogues;
  for (const char* needed : {"sizes", "world", "arm"})
    if (!find(table, needed))
      problems.add(document.where, needed,
                   std::string("\"") + needed +
                       "\" is missing (every study has sizes, a [world] "
                       "and at least one [[arm]]). Add it, or start from a built-in experiment.");
  const TableReader top{document, "", problems};
  read_header(top, draft.study);
  read_amounts(top, draft.study);
  if (const Node* node = find(table, "sizes")) draft.sizes_where = node->where;
  if (const Node* node = find(table, "zip")) read_zip(*node, draft, problems);
  if (const Node* node = find(table, "where")) read_condition(*node, draft, problems);
  if (const Node* node = find(table, "world")) draft.world = read_world(*node, problems);
  if (const Node* node = find(table, "arm")) read_arms(*node, draft, problems);
  read_adaptive(table, draft, problems);
  if (const Node* node = find(table, "claim")) {
    draft.study.claims = read_claims(*node, arm_names(draft), problems);
    for (const Node& claim : node->list() ? *node->list() : Node::List{})
      draft.claim_where.push_back(claim.where);
  }
  read_performance(top, draft);
  if (const Node* node = find(table, "theory")) read_theory(*node, draft, problems);
  if (const Node* node = find(table, "causes")) draft.study.causes = read_causes(*node, draft, problems);
  if (const Node* node = find(table, "remedies"))
    draft.study.remedies = read_remedies(*node, draft, problems);
  reject_unknown_top_level(table, draft, problems);
  return draft;
}

}  // namespace quartic::detail
