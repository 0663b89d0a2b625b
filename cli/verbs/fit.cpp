#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/help/common_options.hpp"
#include "cli/pictures/fit_picture.hpp"
#include "cli/pictures/run_about.hpp"
#include "cli/report/fit_text.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/study/words.hpp"
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

LawsAsked parse_laws(const std::string& law) {
  if (law == "automatic") return StandingLaws{};
  const std::optional<LawForm> form = parse_word(law_forms, law);
  std::vector<std::string> names = spell_all(law_forms);
  names.insert(names.begin(), {"automatic", "nd"});
  require(form.has_value(),
          "--law was given \"" + law + "\" (there is no such form)." + suggestion(law, names));
  return *form;
}

/// --law and --floor, which together name the form.
void read_law(const Request& request, FitQuestion& question) {
  const auto law = request.value("--law"), floor = request.value("--floor");
  question.two_causes = law == "nd";
  require(!question.two_causes || !floor,
          "--floor was given with --law nd (whose floor, E, is estimated). Leave one of them out.");
  if (law && !question.two_causes) question.laws = parse_laws(*law);
  if (!floor) return;
  if (*floor == "none") question.floor = 0;
  if (*floor == "free") {
    const LawForm asked = one_form(question.laws).value_or(LawForm::power);
    const std::optional<LawForm> form = over_a_floor(asked);
    require(form.has_value(), "--floor free was given with --law " + std::string(to_string(asked)) +
                                  " (which has no law over a floor). Give a number.");
    question.laws = *form;
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

/// How rows are read: --by and --delta, --cluster, --best; how replicates are: --average.
void read_ways(const Request& request, FitQuestion& question) {
  const auto named = [&](const char* option, const auto& words, const char* what) {
    const std::optional<std::string> word = request.value(option);
    auto value = words.front().value;
    if (!word) return value;
    require(parse_word(words, *word).has_value(), std::string(option) + " was given \"" + *word +
                                                      "\" (there is no such " + what + ")." +
                                                      suggestion(*word, spell_all(words)));
    return *parse_word(words, *word);
  };
  question.by = named("--by", fitted_by_words, "method");
  question.average = named("--average", average_words, "average");
  question.best = named("--best", best_words, "choice");
  if (request.value("--performance"))
    question.performance = named("--performance", fit_performance_words, "measure");
  question.cluster = read_name(request, "--cluster");
  const auto delta = read_positive(request, "--delta");
  const bool of_huber =
      question.by == FittedBy::huber && (question.two_causes || !question.parameters.empty());
  require(!delta || of_huber,
          "--delta was given without --law nd --by huber (which it is of). Add them, or leave it out.");
  question.delta = delta.value_or(question.delta);
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
  read_ways(request, question);
  question.confidence = read_positive(request, "--confidence").value_or(question.confidence);
  require(question.confidence < 1,
          "--confidence is not a probability (of the interval to hold the truth). Give 0.95.");
  read_expectation(request, question);
  return question;
}

/// --out, made where it is not there; "": here.
std::string picture_folder(const Request& request) {
  const std::string folder = read_name(request, "--out");
  require(folder.empty() || request.has("--plot"),
          "--out was given without --plot (only pictures are written there). Add --plot.");
  return made_folder(folder, "--out");
}

int fit_exponents(const Request& request, const Program& program) {
  FitQuestion question = make_question(request);
  const std::string file = table_file(*request.value("TABLE"));
  const CsvTable table = parse_csv(read_text_file(file), file);
  question.even = question.even || is_adaptive(file);
  const std::filesystem::path folder_of_run = std::filesystem::path(file).parent_path();
  if (!question.performance && file.ends_with("/records.csv") && exists(folder_of_run / "manifest.json"))
    question.performance = read_run_about(folder_of_run.string()).performance;
  const TableFits fits = fit_table(table, question);
  std::vector<PictureFile> pictures;
  if (request.has("--plot")) pictures = fit_pictures(table, fits);
  const std::string folder = picture_folder(request);
  const bool json = request.has("--json");
  program.console.out << (json ? fits_json(table, fits) : fits_text(table, fits, program.console));
  if (pictures.empty()) return exit_status::done;
  for (const std::string& picture : run_gnuplot(folder, pictures, "the same command"))
    if (!json) program.console.out << "  " << picture << "\n";
  return exit_status::done;
}

/// Which rows of which columns.
OptionGroup row_options() {
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
       .help = "The column of sizes of models; asks for --law nd."},
      {.name = "--from", .value = "SIZE", .help = "Leave out rows of smaller size."},
      {.name = "--to", .value = "SIZE", .help = "Leave out rows of larger size."},
      {.name = "--group", .value = "COLUMN", .help = "The column of methods; each has exponents of its own."},
      {.name = "--replicate", .value = "COLUMN", .help = "The column that numbers independent repetitions."},
      {.name = "--average",
       .value = "AVERAGE",
       .help = "mean or geometric_mean, of the replicates of a size; mean unless told otherwise."},
      {.name = "--cluster",
       .value = "COLUMN",
       .help = "The column of what errs together, such as laboratories, families of models or budgets: "
               "intervals of plain rows leave out whole clusters."},
      {.name = "--best",
       .value = "CHOICE",
       .help = "size: of the rows of one size, and one replicate if that is named, only the lowest error. "
               "envelope: only rows below which none lies that costs no more. all unless told otherwise."},
      {.name = "--even",
       .help =
           "Sizes count alike, however many replicates each has: for designs that run more of them where it "
           "seems to pay. Always in force for the records of a run with adaptive replicates."}};
}

/// How they are read.
OptionGroup law_options() {
  return {
      {.name = "--law",
       .letter = "-l",
       .value = "FORM",
       .help =
           "power, floor, offset, floor_offset, logarithm, broken, floor_broken, or automatic: whichever of "
           "power, floor and offset the data do not exclude; or nd: E + A/N^a + B/D^b through all rows, N "
           "parameters and D data, and how computing grows along its frontier. automatic for replicates, power "
           "for plain tables whose rows do not exclude it, unless told otherwise."},
      {.name = "--by",
       .value = "METHOD",
       .help =
           "Of the line through plain rows: least-squares, theil-sen or huber, which rows that are wrong do "
           "not draw away. Of --law nd: least-squares or huber. least-squares unless told otherwise."},
      {.name = "--delta",
       .value = "DELTA",
       .help = "Of --law nd --by huber: residuals of log error beyond it count linearly; 0.001 unless "
               "told otherwise."},
      {.name = "--floor",
       .value = "FLOOR",
       .help = "An error that no size gets below: none, free (estimated) or a number."},
      {.name = "--performance",
       .value = "MEASURE",
       .help =
           "inverse: k = 1/error. inverse-root: k = 1/root of the error, for squared errors. inverse unless "
           "told otherwise, but for records of quartic, whose errors are squared unless they are of classes."},
      {.name = "--expect",
       .value = "Q",
       .help = "Hold this exponent against the table: of computing, or of data where there is no computing."},
      {.name = "--margin",
       .value = "MARGIN",
       .help = "What still counts as agreement; 0.3 unless told otherwise."},
      {.name = "--confidence", .value = "SHARE", .help = "Of the intervals; 0.95 unless told otherwise."},
      {.name = "--plot",
       .letter = "-p",
       .help = "Draw fit_by_data and fit_by_computing, whichever exponents there are, as .svg and .png: "
               "points, laws, exponents."},
      {.name = "--out",
       .letter = "-o",
       .value = "DIR",
       .help = "Folder for the pictures; the one you are in unless told otherwise.",
       .completes = Completes::folders},
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
line, which takes the noise to be in the computing; the truth lies between them. The interval quoted, and held
against a claim, is that of every law that the rows do not exclude; that of the line alone is told beside it.
Errors that surely rise and fall have no law.

Columns that are not named are looked for under their usual names: error, n, flops, arm, replicate and the
like; errors of data held out, such as val_loss, before others. An empty name ('--group ""') leaves such a
column out.
)",
               .arguments = {{.name = "TABLE",
                              .help = "A .csv file, or the folder of a run.",
                              .completes = Completes::tables}},
               .options = together({row_options(), law_options()}),
               .examples =
                   {{"quartic fit runs/figure2", "every arm of a run"},
                    {"quartic show imagenet > imagenet.csv", "a table of published systems"},
                    {"quartic fit imagenet.csv --error top1_error --compute gflop --expect 4 --margin 0.5",
                     "its lines, and a claim held against them"},
                    {"quartic fit runs/figure2 --plot --out pictures",
                     "pictures/fit_by_data.svg, and the like"},
                    {"quartic fit models.csv --law nd --cluster budget",
                     "E + A/N^a + B/D^b, and where its frontier leads"},
                    {"quartic fit mine.csv --accuracy --law automatic --json",
                     "a table of accuracies, for a script"}}},
      .run = fit_exponents};
}

}  // namespace quartic
