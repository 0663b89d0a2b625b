#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/help/description.hpp"
#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

/// A file, or the records of a run.
std::string table_file(const std::string& source) {
  if (!std::filesystem::is_directory(source)) return source;
  const std::string records = source + "/records.csv";
  require(std::filesystem::exists(records),
          source +
              " is not the folder of a run (it holds no records.csv). Name a "
              "file, or the folder that quartic run left.");
  return records;
}

/// Whether this table is that of a run which chose its replicates itself.
bool is_adaptive(const std::filesystem::path& table) {
  const std::filesystem::path findings = table.parent_path() / "findings.json";
  if (table.filename() != "records.csv" || !std::filesystem::exists(findings)) return false;
  return nlohmann::json::parse(read_text_file(findings.string()), nullptr, false).contains("adaptive");
}

std::string ends(const Interval& interval) {
  if (std::isnan(interval.low)) return "none";
  return "[" + short_number(interval.low) + ", " + short_number(interval.high) + "]";
}

std::string words(std::string_view name) {
  std::string text(name);
  for (char& letter : text)
    if (letter == '_') letter = ' ';
  return text;
}

std::string fits_table(const TableFits& fits) {
  std::vector<std::vector<std::string>> rows;
  bool reverse = false;
  for (const TableFit& fit : fits.fits) reverse = reverse || !std::isnan(fit.reverse.estimate);
  for (const TableFit& fit : fits.fits) {
    rows.push_back({(fit.group.empty() ? "" : fit.group + ", ") + words(to_string(fit.quantity)),
                    words(to_string(fit.fit.law.form)), short_number(fit.value.estimate), ends(fit.value),
                    short_number(fit.fit.r_squared), with_thousands(fit.rows)});
    if (reverse) {
      rows.back().push_back(short_number(fit.reverse.estimate));
      rows.back().push_back(ends(fit.reverse));
    }
  }
  const std::string interval = fmt::format("{:g} % interval", 100 * fits.question.confidence);
  std::vector<std::string> header = {"", "law", "q", interval, "R^2", "rows"};
  if (reverse) header.insert(header.end(), {"reverse q", interval});
  return aligned_table(header, rows);
}

/// What must be said of one fit, below the table; "" where nothing must.
std::string remarks(const TableFit& fit, const Console& console) {
  std::string out;
  const auto add = [&](const std::string& text) { out += "  " + wrapped(text, console.width, 4) + "\n"; };
  if (fit.fit.law.floor > 0) add("The floor is " + short_number(fit.fit.law.floor) + ".");
  if (!fit.note.empty()) add(fit.note);
  if (fit.judgement)
    out += "  " + painted_verdict(fit.judgement->verdict, console.paint) + "  " +
           wrapped(fit.judgement->reason, console.width, 18) + "\n";
  for (const LawWarning& warning : fit.warnings) add("Warning: " + warning.text);
  if (out.empty()) return "";
  return (fit.group.empty() ? "" : fit.group + ", ") + words(to_string(fit.quantity)) + "\n" + out;
}

std::string text_of(const CsvTable& table, const TableFits& fits, const Console& console) {
  const FitQuestion& question = fits.question;
  const std::string performance =
      fits.performance == Performance::inverse ? "1/error" : "1/root of the error";
  std::string columns = "error " + question.error;
  for (const auto& [what, name] : {std::pair{"data", question.data},
                                   {"computing", question.compute},
                                   {"group", question.group},
                                   {"replicate", question.replicate}})
    if (!name.empty()) columns += ", " + std::string(what) + " " + name;
  std::string out = console.paint.bold("Data and computing grow as k^q, k = " + performance) + "\n" +
                    wrapped(table.file + ": " + columns + ".", console.width) + "\n\n" + fits_table(fits) +
                    "\n";
  for (const TableFit& fit : fits.fits) out += remarks(fit, console);
  if (question.even) out += "Sizes count alike, however many replicates each has.\n";
  if (fits.left_out > 0) out += fmt::format("{} rows miss a value, and were left out.\n", fits.left_out);
  return out;
}

}  // namespace

int fit_exponents(const FitOptions& options, const Console& console) {
  const std::string file = table_file(options.source);
  const CsvTable table = parse_csv(read_text_file(file), file);
  FitQuestion question = options.question;
  question.even = question.even || is_adaptive(file);
  const TableFits fits = fit_table(table, question);
  console.out << (options.json ? fits_json(table, fits) : text_of(table, fits, console));
  return exit_status::done;
}

}  // namespace quartic
