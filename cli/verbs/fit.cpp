#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/common_options.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/tables/fit.hpp"

namespace quartic {

namespace {

/// A file, or the records of a run.
std::string table_file(const std::string& source) {
  if (!std::filesystem::is_directory(source)) return source;
  const std::string records = source + "/records.csv";
  require(
      std::filesystem::exists(records),
      source +
          " is not the folder of a run (it holds no records.csv). Name a file, or the folder that quartic "
          "run left.");
  return records;
}

/// Whether this table is that of a run which chose its replicates itself.
bool is_adaptive(const std::filesystem::path& table) {
  const std::filesystem::path findings = table.parent_path() / "findings.json";
  if (table.filename() != "records.csv" || !std::filesystem::exists(findings)) return false;
  return nlohmann::json::parse(read_plain_file(findings).value_or(""), nullptr, false).contains("adaptive");
}

std::string full_name(const TableFit& fit) {
  return (fit.group.empty() ? "" : fit.group + ", ") + spaced(to_string(fit.quantity));
}

/// "power", or all that the data do not exclude where the interval is theirs.
std::string quoted_laws(const TableFit& fit) {
  if (std::isnan(fit.value.estimate)) return "no law";
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
    rows.push_back({full_name(fit), quoted_laws(fit), short_number(fit.value.estimate),
                    interval_text(fit.value), short_number(fit.fit.r_squared), with_thousands(fit.rows)});
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

/// What must be said of one fit, below the table; "" where nothing must.
std::string remarks(const TableFit& fit, const Console& console) {
  std::string out;
  const auto add = [&](const std::string& text) { out += "  " + wrapped(text, console.width, 4) + "\n"; };
  if (fit.fit.law.floor > 0) add("The floor is " + short_number(fit.fit.law.floor) + ".");
  if (!std::isnan(fit.beyond))
    add("The law breaks at " + short_number(fit.fit.law.break_size) + ": below it q is " +
        short_number(fit.value.estimate) + ", beyond it " + short_number(fit.beyond) + ".");
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
  if (!fits.question.parameters.empty())
    return inverse ? "1/(error - E), E the floor" : "1/root of (error - E), E the floor";
  return inverse ? "1/error" : "1/root of the error";
}

/// The column of errors, and how it was read.
std::string errors_text(const FitQuestion& question) {
  return "error " + std::string(question.accuracy ? "1 - " : "") + question.error +
         (question.percent ? " in per cent" : "");
}

std::string render_fits(const CsvTable& table, const TableFits& fits, const Console& console) {
  const FitQuestion& question = fits.question;
  std::string columns = errors_text(question);
  for (const auto& [what, name] : {std::pair{"data", *question.data},
                                   {"computing", *question.compute},
                                   {"parameters", question.parameters},
                                   {"group", *question.group},
                                   {"replicate", *question.replicate}})
    if (!name.empty()) columns += ", " + std::string(what) + " " + name;
  std::string out = console.paint.bold("Data and computing grow as k^q, k = " + performance_text(fits)) +
                    "\n" + wrapped(table.file + ": " + columns + ".", console.width) + "\n\n" +
                    fits_table(fits) + "\n" + forms_table(fits);
  for (const TableFit& fit : fits.fits) out += remarks(fit, console);
  for (const std::string& note : fits.notes) out += wrapped(note, console.width) + "\n";
  if (question.even) out += "Sizes count alike, however many replicates each has.\n";
  if (fits.left_out > 0) out += fmt::format("{} rows miss a value, and were left out.\n", fits.left_out);
  return out;
}

/// --law and --floor, which together name the form.
void read_law(const Request& request, FitQuestion& question) {
  const auto law = request.value("--law"), floor = request.value("--floor");
  question.plain_power = !law && floor != "free";
  if (law && *law != "automatic") {
    question.form = parse_word(law_forms, *law);
    std::vector<std::string> names = spell_all(law_forms);
    names.insert(names.begin(), "automatic");
    require(question.form.has_value(),
            "--law was given \"" + *law + "\" (there is no such form)." + suggestion(*law, names));
  }
  if (!floor) return;
  if (*floor == "none") question.floor = 0;
  if (*floor == "free") {
    const LawForm asked = question.form.value_or(LawForm::power);
    const std::optional<LawForm> form = over_a_floor(asked);
    require(form.has_value(), "--floor free was given with --law " + std::string(to_string(asked)) +
                                  " (which has no law over a floor). Give a number.");
    question.form = form;
  }
  if (*floor != "none" && *floor != "free") question.floor = parse_positive(*floor, "--floor");
}

/// --expect and --margin.
void read_expectation(const Request& request, FitQuestion& question) {
  const auto expect = read_positive(request, "--expect"), margin = read_positive(request, "--margin");
  require(expect || !margin, "--margin was given without --expect (it widens a claim). Add --expect.");
  if (expect)
    question.expectation = {Expectation::Kind::about, *expect, margin.value_or(Expectation{}.margin)};
}

FitQuestion make_question(const Request& request) {
  FitQuestion question;
  question.error = request.value("--error").value_or("");
  question.data = request.value("--data");
  question.compute = request.value("--compute");
  question.parameters = request.value("--parameters").value_or("");
  question.group = request.value("--group");
  question.replicate = request.value("--replicate");
  question.accuracy = request.has("--accuracy");
  question.percent = request.has("--percent");
  question.wide = request.has("--wide");
  question.even = request.has("--even");
  question.from = read_positive(request, "--from").value_or(question.from);
  question.to = read_positive(request, "--to").value_or(question.to);
  read_law(request, question);
  if (const auto name = request.value("--performance"))
    question.performance =
        value_named(*name, "--performance", "measure", {Performance::inverse, Performance::inverse_root});
  question.confidence = read_positive(request, "--confidence").value_or(question.confidence);
  require(question.confidence < 1,
          "--confidence is not a probability (of the interval to hold the truth). Give 0.95.");
  read_expectation(request, question);
  return question;
}

int fit_exponents(const Request& request, const Program& program) {
  FitQuestion question = make_question(request);
  const std::string file = table_file(*request.value("TABLE"));
  const CsvTable table = parse_csv(read_text_file(file), file);
  question.even = question.even || is_adaptive(file);
  const TableFits fits = fit_table(table, question);
  program.console.out << (request.has("--json") ? fits_json(table, fits)
                                                : render_fits(table, fits, program.console));
  return exit_status::done;
}

OptionGroup fit_options() {
  return {
      {.name = "--error", .value = "COLUMN", .help = "The column of errors."},
      {.name = "--accuracy", .help = "That column holds accuracies; the error is 1 less these."},
      {.name = "--percent", .help = "Its numbers are per cent, without a sign."},
      {.name = "--wide",
       .help = "Columns are named by sizes (100, 200, 400) and hold errors; every row is a replicate."},
      {.name = "--data", .value = "COLUMN", .help = "The column of sizes of the data."},
      {.name = "--compute", .value = "COLUMN", .help = "The column of computing."},
      {.name = "--parameters",
       .value = "COLUMN",
       .help = "The column of sizes of models: how computing grows along the frontier of the law "
               "E + A/N^a + B/n^b, fitted to all rows."},
      {.name = "--from", .value = "SIZE", .help = "Leave out rows of smaller size."},
      {.name = "--to", .value = "SIZE", .help = "Leave out rows of larger size."},
      {.name = "--group", .value = "COLUMN", .help = "The column of methods; each has exponents of its own."},
      {.name = "--replicate", .value = "COLUMN", .help = "The column that numbers independent repetitions."},
      {.name = "--even",
       .help =
           "Sizes count alike, however many replicates each has: for designs that run more of them where it "
           "seems to pay. Always in force for the records of a run with adaptive replicates."},
      {.name = "--law",
       .letter = "-l",
       .value = "FORM",
       .help =
           "power, floor, offset, floor_offset, logarithm, broken, floor_broken, or automatic: whichever of "
           "power, floor and offset the data do not exclude. automatic for replicates, power for plain tables, "
           "unless told otherwise."},
      {.name = "--floor",
       .value = "FLOOR",
       .help = "An error that no size gets below: none, free (estimated) or a number."},
      {.name = "--performance",
       .value = "MEASURE",
       .help =
           "inverse: k = 1/error. inverse-root: k = 1/root of the error, for squared errors. inverse unless "
           "told otherwise, but for records of quartic, whose errors are squared."},
      {.name = "--expect",
       .value = "Q",
       .help = "Hold this exponent against the table: of computing, or of data where there is no computing."},
      {.name = "--margin",
       .value = "MARGIN",
       .help = "What still counts as agreement; 0.3 unless told otherwise."},
      {.name = "--confidence", .value = "SHARE", .help = "Of the intervals; 0.95 unless told otherwise."},
      {.name = "--json", .help = "Print JSON instead of a table."}};
}

}  // namespace

Verb fit_verb() {
  return {
      .text = {.name = "fit",
               .summary = "the exponents of any table of errors, with intervals",
               .description = R"(
Reads how data and computing grow with performance off a table: of a run of quartic (its folder, or its
records.csv), or of anybody's experiments. Commas, semicolons, tabs or blanks; percent signs, marks of
thousands, decimal commas, comments, quotes and missing values are understood.

With a column of replicates every size has an average, and intervals are over replicates. Unless --law names
a law, the exponent is read by every law that the data do not exclude, and its interval holds all of theirs.
Without, every row stands for itself: the forward line with an interval over rows, and beside it the reverse
line, which takes the noise to be in the computing; the truth lies between them.

Columns that are not named are looked for under their usual names: error, n, flops, arm, replicate and the
like; errors of data held out, such as val_loss, before others. An empty name ('--group ""') leaves such a
column out.
)",
               .arguments = {{.name = "TABLE",
                              .help = "A .csv file, or the folder of a run.",
                              .completes = Completes::tables}},
               .options = fit_options(),
               .examples =
                   {{"quartic fit runs/figure2", "every arm of a run"},
                    {"quartic show imagenet > imagenet.csv", "a table of published systems"},
                    {"quartic fit imagenet.csv --error top1_error --compute gflop --expect 4 --margin 0.5",
                     "its lines, and a claim held against them"},
                    {"quartic fit mine.csv --accuracy --law automatic --json",
                     "a table of accuracies, for a script"}}},
      .run = fit_exponents};
}

}  // namespace quartic
