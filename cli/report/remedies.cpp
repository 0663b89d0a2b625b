#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"
#include "core/number_text.hpp"

namespace quartic {

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// "0.52 [0.4, 0.6]", or "-" where there is no estimate.
std::string with_ends(const LawEstimate& law) {
  if (std::isnan(law.value.estimate)) return "-";
  return short_number(law.value.estimate) + " " + interval_text(law.value);
}

std::string effect_on_exponent(const Remedy& remedy) {
  switch (remedy.leaves_exponent.verdict) {
    case Verdict::supported:
      return "the same";
    case Verdict::rejected:
      return remedy.exponent_ratio.value.estimate < 1 ? "lower" : "higher";
    case Verdict::not_identified:
      break;
  }
  return "open";
}
std::string effect_on_training(const Remedy& remedy) {
  switch (remedy.muted.verdict) {
    case Verdict::supported:
      return remedy.multiples.training.value.low > 1 ? "dearer" : "muted";
    case Verdict::rejected:
      return "cheaper";
    case Verdict::not_identified:
      break;
  }
  return "open";
}

std::string effects_table(const Study& study, const RemediesFinding& finding) {
  Rows rows = {{starred(study, study.remedies->against), with_ends(finding.exponent), "",
                with_ends(finding.costs.training), ""}};
  for (const Remedy& remedy : finding.remedies)
    rows.push_back({starred(study, remedy.arm), with_ends(remedy.exponent), effect_on_exponent(remedy),
                    with_ends(remedy.multiples.training), effect_on_training(remedy)});
  return aligned_table({"", "exponent q", "", "training", ""}, rows);
}

std::string lives_table(const Study& study, const RemediesFinding& finding) {
  std::vector<std::string> header = {"", "running"};
  for (const double uses : study.remedies->uses) header.push_back(uses_in_words(uses));
  const auto row = [&](const std::string& arm, const RemedyCosts& costs) {
    std::vector<std::string> cells = {starred(study, arm), with_ends(costs.running)};
    for (const LawEstimate& total : costs.totals) cells.push_back(short_number(total.value.estimate));
    return cells;
  };
  Rows rows = {row(study.remedies->against, finding.costs)};
  for (const Remedy& remedy : finding.remedies) rows.push_back(row(remedy.arm, remedy.multiples));
  return aligned_table(header, rows);
}

/// Why there is no number, or what must be known of it; each once.
std::string notes(const Study& study, const RemediesFinding& finding, const Console& console) {
  std::string text;
  const auto add = [&](const std::string& arm, const std::vector<const LawEstimate*>& laws) {
    std::vector<std::string> said;
    for (const LawEstimate* law : laws)
      if (!law->note.empty() && std::find(said.begin(), said.end(), law->note) == said.end()) {
        said.push_back(law->note);
        text += "  " + wrapped(starred(study, arm) + ": " + law->note, console.width, 2) + "\n";
      }
  };
  add(study.remedies->against, {&finding.exponent, &finding.costs.training, &finding.costs.running});
  for (const Remedy& remedy : finding.remedies)
    add(remedy.arm,
        {&remedy.exponent, &remedy.exponent_ratio, &remedy.multiples.training, &remedy.multiples.running});
  return text;
}

/// "1/1,000 of ", where so many tasks bear it.
std::string share_of_pretraining(const Usage& usage) {
  return usage.pretraining_shared_by == 1 ? "" : "1/" + with_thousands(usage.pretraining_shared_by) + " of ";
}

}  // namespace

std::string uses_in_words(double uses) {
  std::string text = shortest(uses);
  if (const std::size_t power = text.find("e+"); power != std::string::npos)
    text.erase(power + 1, text[power + 2] == '0' ? 2 : 1);
  return text + (uses == 1 ? " use" : " uses");
}

std::string remedies_table(const Study& study, const RemediesFinding& finding, const Console& console) {
  constexpr std::size_t indent = 18;
  const Remedies& asked = *study.remedies;
  return console.paint.bold("What remedies do to the computing of " + asked.against) + "\n" +
         wrapped(
             fmt::format(
                 "Operations of fitting and tuning grow as k^q. Costs are those of a normalised error of {}: "
                 "of {} in operations, of the others as multiples of these, paired over replicates, with "
                 "{:g} % intervals. Training holds {}pre-training, which the exponent does not; a total holds training and so "
                 "many predictions, and stands without an interval.",
                 short_number(asked.at_error), asked.against, 100 * asked.confidence,
                 share_of_pretraining(study.usage)),
             console.width) +
         "\n\n" + effects_table(study, finding) + "\n" + lives_table(study, finding) + "\n" +
         notes(study, finding, console) + "  " + painted_verdict(finding.muted.verdict, console.paint) +
         "  " + wrapped("The effects on training are muted", console.width, indent) + "\n" +
         std::string(indent, ' ') + wrapped(finding.muted.reason, console.width, indent) + "\n\n";
}

std::string remedies_text(const ReportInput& input, const Console& console) {
  return input.remedies ? remedies_table(input.study, *input.remedies, console) : "";
}

}  // namespace quartic
