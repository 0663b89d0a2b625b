#include "cli/report/run_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "cli/report/html.hpp"
#include "cli/report/sweep_findings.hpp"
#include "cli/terminal/text.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/expert_keys.hpp"
#include "experiments/study/words.hpp"

namespace quartic {

namespace {

constexpr std::size_t most_tables = 8;  // a longer sweep is shown at its largest size only

std::string heading(const char* text) {
  return html_element("h2", text);
}
std::string paragraph(std::string_view text) {
  return html_element("p", text);
}

/// What a report for the terminal says of this, without colour.
std::string terminal_text(std::string (*part)(const ReportInput&, const Console&), const ReportInput& input) {
  std::ostringstream nowhere;
  const Console console{.out = nowhere, .err = nowhere, .width = 96};
  const std::string text = part(input, console);
  return text.empty() ? "" : html_element("pre", text);
}

std::string value_text(const OptionValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* count = std::get_if<Index>(&value)) return std::to_string(*count);
  return shortest(std::get<double>(value));
}

/// "candidates = 1000, noise = 1", of what the study sets.
std::string options_text(const OptionValues& options) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : options) parts.push_back(name + " = " + value_text(value));
  return joined(parts);
}

std::string aims(const Study& study) {
  std::string out = heading("Aims") + paragraph(study.question.empty() ? study.title : study.question);
  if (study.claims.empty()) return out;
  out += paragraph("Claims that were written down before anything ran:") + "<ul>\n";
  for (const Claim& claim : study.claims) out += html_element("li", claim.says);
  return out + "</ul>\n";
}

std::string mechanisms(const Study& study) {
  const Cell first = study.cells.front();
  std::vector<std::string> sizes;
  for (const Index n : study.sizes)
    sizes.push_back(with_thousands(n) + (is_further(study, n) ? " (where it tells most)" : ""));
  std::vector<std::vector<std::string>> rows = {
      {"world", first.world.kind},
      {"its options", options_text(first.world.options)},
      {"sizes", joined(sizes)},
      {"replicates", (study.adaptive ? "adaptive, at most " : "") + with_thousands(study.replicates)},
      {"seed", std::to_string(study.seed)}};
  for (const CellAxis& axis : study.cells.axes()) rows.push_back({axis.key, joined(axis.values)});
  return heading("Data-generating mechanisms") +
         paragraph(
             study.cells.size() == 1
                 ? "Truth, rows and labels are drawn anew in every replicate, all arms see the same rows."
                 : fmt::format("{} cells, all combinations of what is varied below. Truth, rows and labels "
                               "are drawn anew in every replicate; all arms see the same rows.",
                               with_thousands(std::ssize(study.cells)))) +
         html_table({"", ""}, rows);
}

std::string estimands(const Study& study) {
  std::string out =
      heading("Estimands") +
      paragraph(std::string("The normalised error of an arm: its excess risk over ") +
                (has_classes(study)
                     ? "what the best rule gains over the best constant answer, both by their chance of a "
                       "wrong one"
                     : "the variance of the truth") +
                "; 1 is no better than always giving the same answer. Performance k is " +
                std::string(in_words(study.performance)) + ".");
  std::vector<LawKind> told;
  for (const Claim& claim : study.claims) {
    if (std::find(told.begin(), told.end(), claim.law) != told.end()) continue;
    told.push_back(claim.law);
    const ClaimLaw& law = claim_law(claim.law);
    out += paragraph(spaced(law.name) + ": " + std::string(law.summary) + ". " + std::string(law.meaning));
  }
  return out;
}

std::string methods(const Study& study) {
  std::vector<std::vector<std::string>> rows;
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) {
    const std::string expert = arm.expert ? describe_expert(*arm.expert) : "all";
    rows.push_back({arm.name, arm.model.kind, options_text(arm.model.options), expert,
                    with_thousands(count_replicates(study, arm)),
                    list_marks(arm, study.catalogues.model(arm.model.kind))});
  }
  return heading("Methods") +
         html_table({"arm", "model", "options", "columns it sees", "replicates", ""}, rows) +
         paragraph(
             "Informed: its options quote what only the truth knows. Unattainable: its penalty is picked by "
             "true risk.");
}

std::string error_table(const Cube& cube, Index cell) {
  const Matrix mean = cube.mean(cell, Measure::normalised_error),
               se = cube.standard_error(cell, Measure::normalised_error),
               theory = cube.mean(cell, Measure::theory);
  std::vector<std::string> header = {"n"};
  std::vector<Index> with_theory;
  for (Index arm = 0; arm < mean.rows(); ++arm) {
    header.push_back(cube.axes().arms[static_cast<std::size_t>(arm)]);
    if (theory.row(arm).array().isFinite().any()) header.emplace_back("theory");
  }
  std::vector<std::vector<std::string>> rows;
  for (Index k = 0; k < mean.cols(); ++k) {
    if (!is_shown(cube, cell, k)) continue;
    rows.push_back({with_thousands(cube.axes().sizes[static_cast<std::size_t>(k)])});
    for (Index arm = 0; arm < mean.rows(); ++arm) {
      rows.back().push_back(with_standard_error(mean(arm, k), se(arm, k)) + fits_behind(cube, cell, arm, k));
      if (theory.row(arm).array().isFinite().any()) rows.back().push_back(short_number(theory(arm, k)));
    }
  }
  return html_table(header, rows);
}

std::string sweep_table(const Study& study, const Cube& cube) {
  const Index largest = cube.largest_size();
  std::vector<std::string> header = {"cell"};
  header.insert(header.end(), cube.axes().arms.begin(), cube.axes().arms.end());
  std::vector<std::vector<std::string>> rows;
  for (const Cell& cell : study.cells) {
    const Matrix mean = cube.mean(cell.id, Measure::normalised_error),
                 se = cube.standard_error(cell.id, Measure::normalised_error);
    rows.push_back({settings_text(cell.settings)});
    for (Index arm = 0; arm < mean.rows(); ++arm)
      rows.back().push_back(with_standard_error(mean(arm, largest), se(arm, largest)) +
                            fits_behind(cube, cell.id, arm, largest));
  }
  const Index n = cube.axes().sizes[static_cast<std::size_t>(largest)];
  return paragraph("At n = " + with_thousands(n) + ":") + html_table(header, rows);
}

std::string errors(const ReportInput& input) {
  const Cube& cube = input.result.cube;
  std::string out =
      html_element("h3", "Mean normalised error (its Monte Carlo standard error in units of the last digit)");
  if (input.study.cells.size() > most_tables) return out + sweep_table(input.study, cube);
  for (const Cell& cell : input.study.cells) {
    if (!cell.settings.empty()) out += paragraph(settings_text(cell.settings));
    out += error_table(cube, cell.id);
  }
  return out;
}

std::string findings(const ReportInput& input) {
  if (input.findings.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const Finding& finding : input.findings) {
    const std::string cell = finding.settings.empty() ? "" : " (" + settings_text(finding.settings) + ")";
    rows.push_back({finding.claim.says + cell,
                    finding.judgement.verdict == Verdict::not_identified
                        ? "not identified"
                        : std::string(to_string(finding.judgement.verdict)),
                    spaced(to_string(finding.claim.law)), estimate_text(finding), range_text(finding)});
  }
  return html_element("h3", "Findings") +
         html_table({"claim", "verdict", "quantity", "estimate", "interval"}, rows) +
         terminal_text(findings_text, input);
}

std::string pictures_text(const std::vector<PagePicture>& pictures) {
  std::string out;
  for (const PagePicture& picture : pictures)
    out += "<figure>\n" + inline_svg(picture.svg) + "\n" + html_element("figcaption", picture.says) +
           "</figure>\n";
  return out;
}

std::string reproduction(const Study& study, const PageOrigin& origin) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const char* what, const std::string& text) {
    if (!text.empty()) rows.push_back({what, text});
  };
  add("program", "quartic " + origin.version);
  add("sources", origin.revision);
  add("compiler", origin.compiler);
  add("processor", origin.cpu);
  add("finished", origin.finished);
  add("seed", std::to_string(study.seed));
  add("SHA-256 of the results", origin.digest);
  return heading("How to reproduce it") + html_table({"", ""}, rows) +
         paragraph(
             "Save the study below as " + study.name +
             ".toml and run it. The same version, built alike, on "
             "the same kind of processor gives the same bits: manifest.json of the new folder then has the "
             "same SHA-256.") +
         html_element("pre", "quartic run " + study.name + ".toml --out " + study.name) +
         html_element("pre", study.text);
}

}  // namespace

std::string run_page(const ReportInput& input, const std::vector<PagePicture>& pictures,
                     const PageOrigin& origin) {
  const Study& study = input.study;
  std::string body = html_element("h1", study.title);
  if (!study.source.empty()) body += paragraph("Source: " + study.source);
  if (input.result.interrupted)
    body += paragraph("Not finished: the averages are over the replicates that there are.");
  body += aims(study) + mechanisms(study) + estimands(study) + methods(study) +
          heading("Performance measures") + pictures_text(pictures) + findings(input) + errors(input) +
          terminal_text(crossings_text, input) + terminal_text(causes_text, input) +
          terminal_text(remedies_text, input) + terminal_text(adaptive_text, input) +
          terminal_text(computing_text, input) + terminal_text(failures_text, input) +
          reproduction(study, origin);
  return html_page(study.title, body);
}

}  // namespace quartic
