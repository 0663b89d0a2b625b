#include "cli/pictures/run_view.hpp"

#include "cli/pictures/curves.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/store/export.hpp"
#include "experiments/study/claim_cells.hpp"

namespace quartic {

namespace {

const Claim* first_claim(const Study& study, const Cell& cell, const std::string& arm, LawKind law,
                         Expense over) {
  for (const Claim& said : study.claims)
    if (said.law == law && said.over == over && said.arm == arm && concerns(said, cell)) return &said;
  return nullptr;
}

/// By the first claim that is about it; where there is none, over the sizes at which the arm is claimed to
/// follow the other law, as data and computing fall into step together; else over all sizes.
FoundNumber measure(const StudyRun& run, const Cell& cell, const std::string& arm, LawKind law,
                    Expense over) {
  Claim claim{.says = "",
              .arm = arm,
              .law = law,
              .against_arm = "",
              .performance = run.study.performance,
              .over = over,
              .usage = run.study.usage};
  const LawKind sister = law == LawKind::data_exponent ? LawKind::compute_exponent : LawKind::data_exponent;
  if (const Claim* said = first_claim(run.study, cell, arm, law, over)) {
    claim = *said;
  } else if (const Claim* like = first_claim(run.study, cell, arm, sister, Expense::computing)) {
    claim.from = like->from;
    claim.to = like->to;
  }
  const LawEstimate estimate = measured_law(run.study, claim, run.result.cube, cell.id);
  FoundNumber number{.cell = cell.id,
                     .arm = arm,
                     .against = "",
                     .law = law,
                     .over = over,
                     .from = claim.from,
                     .to = claim.to,
                     .value = estimate.value,
                     .form = "",
                     .best = estimate.readings.size() > 1};
  if (estimate.readings.empty()) return number;
  const LawForm taken = estimate.readings.front().form;
  if (!number.best) number.form = to_string(taken);
  number.floor = taken == LawForm::floor || taken == LawForm::floor_offset;
  return number;
}

bool tells(const std::vector<FoundNumber>& found, const FoundNumber& of) {
  return find_number(found, of.law, of.cell, of.arm, of.over) ||
         find_number(found, LawKind::plateau, of.cell, of.arm);
}

}  // namespace

RunView read_run_view(const std::string& folder) {
  return {read_summary(folder), read_run_about(folder), read_found(folder)};
}

std::vector<FoundNumber> measure_exponents(const std::string& folder, const Catalogues& catalogues,
                                           const std::vector<SummaryRow>& rows, LawKind law, Expense over) {
  const StudyRun run = read_run(folder, catalogues);
  std::vector<FoundNumber> found;
  for (const Curve& curve : group_curves(rows)) {
    if (curve.cell < 0 || static_cast<std::size_t>(curve.cell) >= run.study.cells.size()) continue;
    const Cell cell = run.study.cells[static_cast<std::size_t>(curve.cell)];
    found.push_back(measure(run, cell, curve.arm, law, over));
  }
  return found;
}

void add_exponents(RunView& view, const std::string& folder, const Catalogues& catalogues) {
  if (!StoreReader::exists(folder)) return;
  const std::vector<FoundNumber> told = view.found;
  std::vector<std::pair<LawKind, Expense>> laws = {{LawKind::data_exponent, Expense::computing},
                                                   {LawKind::compute_exponent, Expense::computing}};
  if (view.about.has_uses) laws.emplace_back(LawKind::compute_exponent, Expense::total);
  for (const auto& [law, over] : laws)
    for (const FoundNumber& number : measure_exponents(folder, catalogues, view.rows, law, over))
      if (!number.floor && !tells(told, number)) view.found.push_back(number);
}

}  // namespace quartic
