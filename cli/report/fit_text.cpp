#include "cli/report/fit_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <vector>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string full_name(const TableFit& fit) {
  return (fit.group.empty() ? "" : fit.group + ", ") + spaced(to_string(fit.quantity));
}

/// "power", or all that the data do not exclude where the interval is theirs.
std::string quoted_laws(const TableFit& fit) {
  if (!has_exponent(fit)) return "no law";
  if (fit.readings.empty() || fit.value == fit.readings.front().value) return spaced(law_name(fit));
  std::string names;
  for (const Reading& reading : fit.readings)
    if (!reading.excluded) names += (names.empty() ? "" : " or ") + spaced(to_string(reading.form));
  return names;
}

/// The exponent by every form; "" where no fit has more than one.
std::string forms_table(const TableFits& fits) {
  std::vector<std::vector<std::string>> rows;
  for (const TableFit& fit : fits.fits)
    for (const Reading& reading : fit.readings)
      if (fit.readings.size() > 1)
        rows.push_back({full_name(fit), spaced(to_string(reading.form)), short_number(reading.value.estimate),
                        interval_text(reading.value), short_number(reading.p),
                        reading.excluded ? "excluded" : "stands"});
  if (rows.empty()) return "";
  return "By every form of law (a form is excluded where p is below 5 %)\n" +
         aligned_table({"", "law", "q", "interval", "p", ""}, rows) + "\n";
}

std::string fits_table(const TableFits& fits) {
  std::vector<std::vector<std::string>> rows;
  bool reverse = false;
  for (const TableFit& fit : fits.fits) reverse = reverse || !std::isnan(fit.reverse.estimate);
  for (const TableFit& fit : fits.fits) {
    const Interval value = has_exponent(fit) ? fit.value : Interval{};
    rows.push_back({full_name(fit), quoted_laws(fit), short_number(value.estimate), interval_text(value),
                    short_number(fit.fit.r_squared), with_thousands(fit.rows)});
    if (reverse) {
      rows.back().push_back(short_number(fit.reverse.estimate));
      rows.back().push_back(interval_text(fit.reverse));
    }
  }
  const std::string interval = fmt::format("{:g} % interval", 100 * fits.question.confidence);
  std::vector<std::string> header = {"", "law", "q", interval, "R^2", "rows"};
  if (reverse) header.insert(header.end(), {"reverse q", interval});
  return aligned_table(header, rows);
}

std::string numbers_table(const std::vector<LawNumber>& numbers, const std::string& title) {
  std::vector<std::vector<std::string>> rows;
  for (const LawNumber& number : numbers)
    rows.push_back(
        {number.key + "  " + number.says, short_number(number.value.estimate), interval_text(number.value)});
  return aligned_table({title, "", "interval"}, rows) + "\n";
}

/// "C = N D", or "C = 6.02 N^0.99 D^1.01" as the column of computing says.
std::string cost_text(const PairCost& cost) {
  if (cost.unit == 1 && cost.first == 1 && cost.second == 1) return "C = N D";
  return "C = " + short_number(cost.unit) + " N^" + short_number(cost.first) + " D^" +
         short_number(cost.second);
}

/// Its numbers and those of its frontier, each with its interval; "" where the fit is of another law.
std::string two_causes_text(const TableFit& fit, const Console& console) {
  if (!fit.two_causes || std::isnan(fit.fit.law.floor)) return "";
  const std::string group = fit.group.empty() ? "" : console.paint.bold(fit.group) + "\n";
  return group + numbers_table(fit.two_causes->law, "error = E + A/N^a + B/D^b") +
         numbers_table(fit.two_causes->frontier,
                       "Along the frontier, where " + cost_text(fit.two_causes->cost) + " is best spent");
}

/// What must be said of one fit, below the table; "" where nothing must.
std::string remarks(const TableFit& fit, const Console& console) {
  std::string out;
  const auto add = [&](const std::string& text) { out += "  " + wrapped(text, console.width, 4) + "\n"; };
  if (!std::isnan(fit.line.low) && fit.line != fit.value)
    add("By the forward line alone q is " + short_number(fit.line.estimate) + " " + interval_text(fit.line) +
        ".");
  if (fit.fit.law.floor > 0 && !fit.two_causes) add("The floor is " + short_number(fit.fit.law.floor) + ".");
  if (!std::isnan(fit.beyond.estimate))
    add("The law breaks at " + short_number(fit.break_size.estimate) + " " + interval_text(fit.break_size) +
        ": below it q is " + short_number(fit.value.estimate) + ", beyond it " +
        short_number(fit.beyond.estimate) + " " + interval_text(fit.beyond) + ".");
  if (!fit.note.empty()) add(fit.note);
  if (fit.judgement)
    out += "  " + painted_verdict(fit.judgement->verdict, console.paint) + "  " +
           wrapped(fit.judgement->reason, console.width, 18) + "\n";
  for (const LawWarning& warning : fit.warnings) add("Warning: " + warning.text);
  if (out.empty()) return "";
  return full_name(fit) + "\n" + out;
}

/// Performance k. The law in two causes measures it above its floor; errors of quartic are squared.
std::string performance_text(const TableFits& fits) {
  const bool inverse = fits.performance == Performance::inverse;
  if (fits.question.two_causes)
    return inverse ? "1/(error - E), E the floor" : "1/root of (error - E), E the floor";
  return inverse ? "1/error" : "1/root of the error";
}

/// The column of errors, and how it was read.
std::string errors_text(const FitQuestion& question) {
  return "error " + std::string(question.accuracy ? "1 - " : "") + question.error +
         (question.percent ? " in per cent" : "");
}

}  // namespace

std::string fits_text(const CsvTable& table, const TableFits& fits, const Console& console) {
  const FitQuestion& question = fits.question;
  std::string columns = errors_text(question);
  for (const auto& [what, name] : {std::pair{"data", *question.data},
                                   {"computing", *question.compute},
                                   {"parameters", question.parameters},
                                   {"group", *question.group},
                                   {"replicate", *question.replicate},
                                   {"cluster", question.cluster}})
    if (!name.empty()) columns += ", " + std::string(what) + " " + name;
  if (question.average == Average::geometric_mean) columns += ", geometric means";
  if (question.by != FittedBy::least_squares)
    columns += ", by " + std::string(word_for(fitted_by_words, question.by));
  std::string out = console.paint.bold("Data and computing grow as k^q, k = " + performance_text(fits)) +
                    "\n" + wrapped(table.file + ": " + columns + ".", console.width) + "\n\n" +
                    fits_table(fits) + "\n" + forms_table(fits);
  for (const TableFit& fit : fits.fits) out += two_causes_text(fit, console) + remarks(fit, console);
  for (const std::string& note : fits.notes) out += wrapped(note, console.width) + "\n";
  if (question.even) out += "Sizes count alike, however many replicates each has.\n";
  if (fits.left_out > 0)
    out += fits.left_out == 1 ? "1 row misses a value, and was left out.\n"
                              : fmt::format("{} rows miss a value, and were left out.\n", fits.left_out);
  return out;
}

}  // namespace quartic
