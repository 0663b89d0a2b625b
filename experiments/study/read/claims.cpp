#include <utility>

#include "core/require.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/expression.hpp"
#include "experiments/study/read/draft.hpp"
#include "experiments/study/words.hpp"

namespace quartic::detail {

namespace {

/// The claim being read, with what its readers need for messages.
struct ClaimReader : TableReader {
  const std::vector<std::string>& arms;

  void require_arm(std::string_view name, const std::string& arm) const {
    require_known(name, "arm", "arms", arm, arms);
  }
};

using LawFilter = bool (*)(const ClaimLaw&);
bool any_law(const ClaimLaw&) {
  return true;
}
bool has_form(const ClaimLaw& law) {
  return law.has_form;
}
bool is_over_a_cost(const ClaimLaw& law) {
  return law.over != OverOfLaw::fixed;
}
bool may_be_target(const ClaimLaw& law) {
  return law.arms == ArmsOfLaw::one || is_of_crossing(law.kind);
}
template <ArmsOfLaw arms>
bool is_about(const ClaimLaw& law) {
  return law.arms == arms;
}

std::vector<Word<LawKind>> laws_that(LawFilter filter) {
  std::vector<Word<LawKind>> laws;
  for (const ClaimLaw& law : claim_laws)
    if (filter(law)) laws.push_back({law.kind, law.name});
  return laws;
}

/// "a, b and c": the names of these laws.
std::string names_of_laws_that(LawFilter filter) {
  const auto laws = laws_that(filter);
  std::string names;
  for (std::size_t k = 0; k < laws.size(); ++k)
    names += (k == 0 ? "" : k + 1 < laws.size() ? ", " : " and ") + std::string(laws[k].word);
  return names;
}

void read_against(const ClaimReader& reader, Claim& claim) {
  const bool compares = claim_law(claim.law).arms == ArmsOfLaw::compared;
  const Node* against = reader.field("against");
  if (!compares && against)
    return reader.complain("against", "this law has no second arm (only " +
                                          names_of_laws_that(is_about<ArmsOfLaw::compared>) +
                                          " compare two). Remove the key.");
  if (!compares) return;
  if (!against || !against->table() || !find(*against->table(), "arm"))
    return reader.complain(
        "against", claim.law == LawKind::ratio
                       ? "the other arm is missing (a ratio is of two arms). Write against = { arm = "
                         "\"oracle\" }."
                       : "the other arm is missing (a crossing is between two curves, or a curve and the "
                         "error of an arm at one size). Write against = { arm = \"oracle\", n = 15 }.");
  const ClaimReader inside{{*against, reader.key("against"), reader.problems}, reader.arms};
  reject_unknown(*against->table(), inside.path, against_keys(), reader.problems);
  claim.against_arm = inside.text("arm");
  inside.require_arm("arm", claim.against_arm);
  if (inside.field("n")) claim.against_n = inside.count("n", 1);
  if (claim.against_n == 0 && claim.against_arm == claim.arm)
    inside.complain("arm",
                    std::string("the arm is compared with itself (the curves coincide). Name another arm") +
                        (claim.law == LawKind::ratio ? "." : ", or a size n."));
}

void read_over(const ClaimReader& reader, Claim& claim) {
  if (!reader.field("over")) return;
  claim.over = reader.choice("over", expense_words);
  const OverOfLaw over = claim_law(claim.law).over;
  if (over == OverOfLaw::fixed)
    reader.complain("over", "this law is over nothing that can be chosen (only " +
                                names_of_laws_that(is_over_a_cost) + " are over a cost). Remove the key.");
  if (over == OverOfLaw::computing && claim.over != Expense::computing && claim.over != Expense::total)
    reader.complain(
        "over",
        "this law is one of computing (data are those of data_exponent and crossing, what is running "
        "that of ratios). Write over = \"computing\" or \"total\", or change the law.");
}

void read_ratio(const ClaimReader& reader, Claim& claim) {
  if (claim.law != LawKind::ratio) {
    for (const char* key : {"of", "at_error"})
      if (reader.field(key))
        reader.complain(key, "this law is no ratio (only law = \"ratio\" has the key). Remove it.");
    return;
  }
  claim.of = reader.choice("of", ratio_words);
  claim.at_error = reader.number("at_error", 0);
  const bool of_cost = claim.of == RatioOf::cost;
  if (of_cost && !(claim.at_error > 0))
    reader.complain(
        "at_error",
        "it is no error above 0 (costs are compared where both arms reach one). Write at_error = 0.1.");
  if (!of_cost && reader.field("at_error"))
    reader.complain(
        "at_error",
        "exponents are those of whole curves (they are compared at no error). Remove the key, or write of = "
        "\"cost\".");
  if (!of_cost && claim.over == Expense::running)
    reader.complain(
        "over",
        "a prediction has no exponent (it costs the same at most sizes). Write of = \"cost\", or another "
        "word.");
  if (claim.against_n > 0)
    reader.complain("against", "it names one size (a ratio is of two curves). Remove n.");
}

/// A number, or a formula that every cell evaluates.
void read_claimed(const ClaimReader& reader, std::string_view name, Claim& claim) {
  if (!reader.field(name)->text()) {
    claim.value = reader.number(name, 0);
    return;
  }
  claim.formula = reader.text(name);
  try {
    static_cast<void>(Expression(claim.formula));
  } catch (const InvalidInput& error) {
    reader.complain(name, "\"" + claim.formula + "\" is not a formula: " + error.what());
  }
}

/// Keys under `cells`, dotted again: { world = { noise = 2 } } says world.noise = 2.
void read_cells(const Node& node, const ClaimReader& reader, const std::string& path, Claim& claim) {
  if (node.table()) {
    for (const Field& field : *node.table())
      read_cells(field.value, reader, path.empty() ? field.key : path + "." + field.key, claim);
    return;
  }
  std::vector<std::string> values;
  for (const Node& value : node.list() ? *node.list() : Node::List{node})
    if (const auto scalar = read_scalar(value, reader.key("cells"), reader.problems))
      values.push_back(plain_text(*scalar));
  if (path.empty() || values.empty())
    reader.complain("cells",
                    "it names no value (cells are picked by what the sweep sets there). Write for example "
                    "cells = { world.noise = 2.0 }.");
  claim.cells.emplace_back(path, std::move(values));
}

void read_test(const ClaimReader& reader, Claim& claim) {
  Index given = 0;
  for (const auto& [test, name] : test_words) {
    if (!reader.field(name)) continue;
    ++given;
    claim.test = test;
    read_claimed(reader, name, claim);
  }
  if (given != 1)
    reader.problems.add(
        reader.node.where, reader.path,
        std::string(given == 0 ? "no value is claimed" : "several values are claimed") +
            " (a claim has exactly one of expect, at_least, at_most). " +
            (given == 0 ? "Add one, such as expect = 2.0." : "Keep one; write another claim for the other."));
}

bool estimates_floor(const std::optional<LawForm>& form) {
  return form == LawForm::floor || form == LawForm::floor_offset || form == LawForm::floor_broken;
}

/// "automatic", which is the default, or a LawForm.
void read_form(const ClaimReader& reader, Claim& claim) {
  if (!reader.field("form")) return;
  const std::string word = reader.text("form");
  claim.form = parse_word(law_forms, word);
  std::vector<std::string> names = spell_all(law_forms);
  names.insert(names.begin(), "automatic");
  if (reader.field("form")->text()) reader.require_known("form", "word", "choices", word, names);
}

/// "none", "free" or a number; where the key is absent, what the form says: free where it has a floor or is
/// automatic, else none.
void read_floor(const ClaimReader& reader, Claim& claim) {
  const Node* floor = reader.field("floor");
  const bool free =
      floor ? floor->text() && *floor->text() == "free" : !claim.form || estimates_floor(claim.form);
  claim.floor = free ? std::nullopt : std::optional<double>(0);
  if (!floor) return;
  if (free && claim.form) {
    const std::optional<LawForm> form = over_a_floor(*claim.form);
    if (!form)
      reader.complain("floor",
                      "this form has no law over a floor that is estimated (its shape leaves no room for "
                      "one). Hold the floor at a number.");
    claim.form = form.value_or(*claim.form);
  }
  if (floor->text() && !free && *floor->text() != "none")
    reader.complain("floor", "unknown word \"" + *floor->text() +
                                 "\" (an error that no size gets below). Write "
                                 "\"none\", \"free\" or a number.");
  if (!floor->text()) claim.floor = reader.number("floor", 0);
  if (claim.floor.value_or(0) < 0)
    reader.complain("floor", "the floor is negative (errors are not). Give 0 or more.");
  if (floor->text() && !free && estimates_floor(claim.form))
    reader.complain("floor",
                    "the form estimates a floor, and there is none (the two keys contradict each other). "
                    "Remove one.");
}

/// The keys of how an exponent is read off a curve.
void read_law_keys(const ClaimReader& reader, Claim& claim) {
  claim.interval = reader.choice("interval", interval_words);
  for (const char* key : {"form", "floor"})
    if (!claim_law(claim.law).has_form && reader.field(key))
      return reader.complain(
          key,
          "only " + names_of_laws_that(has_form) +
              " have a form and a floor (a frontier is a power law, a plateau a level, and crossings are "
              "those of offset laws). Remove the key.");
  read_form(reader, claim);
  read_floor(reader, claim);
}

void read_near(const ClaimReader& reader, Claim& claim) {
  if (!reader.field("near")) return;
  claim.near = reader.number("near", claim.near);
  if (!is_of_crossing(claim.law))
    return reader.complain("near",
                           "this law is about no crossing (only crossing and compute_multiple are read near "
                           "one). Remove the key, or limit the sizes by from and to.");
  if (!(claim.near > 1))
    reader.complain("near",
                    "no size lies within it (a factor above 1: sizes from crossing/near to crossing*near are "
                    "read). Write near = 1.5.");
}

void read_with(const ClaimReader& reader, Claim& claim) {
  const Node* with = reader.field("with");
  if (!with) return;
  if (claim_law(claim.law).arms != ArmsOfLaw::joined)
    return reader.complain("with", "this law is about one arm (only " +
                                       names_of_laws_that(is_about<ArmsOfLaw::joined>) +
                                       " join several). Remove the key.");
  if (!with->list())
    return reader.complain("with", "it is not a list (of the arms beside `arm`). Write with = [\"" +
                                       reader.arms.back() + "\"].");
  for (const Node& item : *with->list()) {
    claim.with.push_back(read_text(item, reader.key("with"), reader.problems).value_or(""));
    reader.require_arm("with", claim.with.back());
  }
}

/// Where the values of a curve are averaged, and between which sizes.
void read_window(const ClaimReader& reader, Claim& claim) {
  claim.average = reader.choice("average", average_words);
  claim.from = reader.number("from", claim.from);
  claim.to = reader.number("to", claim.to);
  claim.confidence = reader.number("confidence", claim.confidence);
  if (claim.from > claim.to)
    reader.complain("from", "no size lies between from and to (from is larger). Exchange them.");
  if (!(claim.confidence > 0 && claim.confidence < 1))
    reader.complain("confidence",
                    "it is not a probability (of the interval to hold the truth). Give one such as 0.95.");
}

Claim read_claim(const ClaimReader& reader) {
  reject_unknown(*reader.node.table(), reader.path, claim_keys(), reader.problems);
  Claim claim;
  for (const char* needed : {"arm", "law"})
    if (!reader.field(needed))
      reader.complain(needed, "the key is missing (a claim is about the law of one arm). Write arm = \"" +
                                  (reader.arms.empty() ? "NAME" : reader.arms.front()) +
                                  "\" and law = \"data_exponent\".");
  claim.arm = reader.text("arm");
  if (reader.field("arm")) reader.require_arm("arm", claim.arm);
  claim.law = reader.choice("law", laws_that(any_law));
  read_window(reader, claim);
  if (reader.field("margin")) claim.margin = reader.number("margin", 0);
  read_law_keys(reader, claim);
  read_with(reader, claim);
  read_against(reader, claim);
  read_over(reader, claim);
  read_ratio(reader, claim);
  read_near(reader, claim);
  read_test(reader, claim);
  if (const Node* cells = reader.field("cells")) read_cells(*cells, reader, "", claim);
  claim.says = reader.field("says") ? reader.text("says") : claim.arm + ": " + reader.text("law");
  if (claim.margin.value_or(0) < 0)
    reader.complain("margin", "the margin is negative (it widens what counts as agreement). Give 0 or more.");
  return claim;
}

}  // namespace

Claim read_target(const TableReader& target, const std::vector<std::string>& arms) {
  const ClaimReader reader{target, arms};
  reject_unknown(*reader.node.table(), reader.path, target_keys(), reader.problems);
  for (const char* needed : {"arm", "law"})
    if (!reader.field(needed))
      reader.complain(
          needed,
          "the key is missing (a target is the interval of a law of one arm, or of a crossing of two). "
          "Write target = { law = \"data_exponent\", arm = \"NAME\", half_width = 0.05 }.");
  Claim claim;
  claim.arm = reader.text("arm");
  if (reader.field("arm")) reader.require_arm("arm", claim.arm);
  claim.law = reader.choice("law", laws_that(may_be_target));
  read_window(reader, claim);
  read_law_keys(reader, claim);
  read_against(reader, claim);
  read_near(reader, claim);
  if (claim.against_n > 0)
    reader.complain("against", "it names one size (a search goes along both curves). Remove n.");
  if (is_of_crossing(claim.law) && !reader.field("near"))
    reader.complain("near",
                    "the key is missing (both curves are read near their crossing, where sizes are put). "
                    "Write near = 1.5, in the claim too.");
  if (const Node* cells = reader.field("cells")) read_cells(*cells, reader, "", claim);
  claim.says = "target";
  return claim;
}

std::vector<Claim> read_claims(const Node& node, const std::vector<std::string>& arms, Problems& problems) {
  std::vector<Claim> claims;
  if (!node.list()) {
    problems.add(node.where, "claim",
                 "one table (a study has a list of claims). Write [[claim]] with double brackets.");
    return claims;
  }
  for (const Node& item : *node.list()) {
    const std::string path = "claim " + std::to_string(claims.size() + 1);
    if (item.table())
      claims.push_back(read_claim({{item, path, problems}, arms}));
    else
      problems.add(item.where, path, kind_of_value(item) + " (a claim is a table). Write [[claim]].");
  }
  return claims;
}

}  // namespace quartic::detail
