#include "cli/verbs/program.hpp"

#include <functional>
#include <map>

#include "cli/help/description.hpp"
#include "cli/help/help.hpp"
#include "cli/help/parse.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine_failure.hpp"

namespace quartic {

namespace {

std::vector<std::pair<std::string, std::string>> settings_of(const Request& request) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const std::string& text : request.all("--set")) settings.push_back(parse_setting(text));
  return settings;
}

std::optional<std::uint64_t> seed_of(const Request& request) {
  const auto number = request.value("--seed");
  const auto word = request.value("--seed-from");
  require(!number || !word, "--seed and --seed-from were both given (a run has one seed). Keep one of them.");
  if (word) return seed_from(*word);
  if (!number) return std::nullopt;
  return parse_whole(*number, "--seed", {0, 9223372036854775807ULL});
}

StudyOptions study_of(const Request& request) {
  return {.source = *request.value("EXPERIMENT"),
          .effort = request.value("--effort").value_or(""),
          .settings = settings_of(request),
          .seed = seed_of(request)};
}

int threads_of(const Request& request) {
  const auto text = request.value("--threads");
  return text ? static_cast<int>(parse_whole(*text, "--threads", {1, 4096})) : 0;
}

double memory_of(const Request& request) {
  const auto text = request.value("--memory");
  return text ? parse_bytes(*text) : 0;
}

/// Of an option that may be left out, but not be left empty, as it is where a variable of a script is not
/// set.
std::string name_of(const Request& request, const std::string& option) {
  const auto name = request.value(option);
  require(!name || !name->empty(), option +
                                       " was given without a name (its value is empty, as that of a variable "
                                       "that is not set). Give it one, or leave it out.");
  return name.value_or("");
}

LimitOptions limits_of(const Request& request) {
  LimitOptions options{.trim = request.has("--trim")};
  const auto budget = request.value("--budget"), hours = request.value("--hours");
  require(
      budget || hours || !options.trim,
      "--trim was given without a limit (it lowers replicates until one is kept). Add --budget or --hours.");
  if (budget) options.limits.flops = parse_positive(*budget, "--budget");
  if (hours) options.limits.seconds = 3600 * parse_positive(*hours, "--hours");
  return options;
}

RunOptions run_options(const Request& request) {
  return {.study = request.has("EXPERIMENT") ? study_of(request) : StudyOptions{},
          .threads = threads_of(request),
          .memory_bytes = memory_of(request),
          .out = name_of(request, "--out"),
          .checkpoints = name_of(request, "--checkpoints"),
          .shard = name_of(request, "--shard"),
          .extend = request.has("--extend"),
          .retry_failed = request.has("--retry-failed"),
          .plot = request.has("--plot"),
          .json = request.has("--json"),
          .quiet = request.has("--quiet"),
          .limits = limits_of(request)};
}

/// Of the tasks that are to be verified.
double share_of(const Request& request) {
  const auto text = request.value("--sample");
  const double share = text ? parse_positive(*text, "--sample") : VerifyOptions{}.share;
  require(share <= 1, "--sample is more than everything (it is a share of the tasks). Write 1% or 100%.");
  return share;
}

PlanOptions plan_options(const Request& request) {
  PlanOptions options{study_of(request), threads_of(request), memory_of(request)};
  const auto against = request.value("--power"), spread = request.value("--spread");
  require(against || !spread,
          "--spread was given without --power (it is the spread that power is reckoned with). "
          "Add --power.");
  if (against) options.against = parse_positive(*against, "--power");
  if (spread) options.spread = parse_positive(*spread, "--spread");
  options.limits = limits_of(request);
  return options;
}

SubmitOptions submit_options(const Request& request) {
  require(
      request.has("--slurm"),
      "no scheduler is named (Slurm is the one that quartic knows). Add --slurm; docs/cluster.md has recipes "
      "for others.");
  const auto tasks = request.value("--tasks");
  require(tasks.has_value(),
          "--tasks is missing (the number of tasks that share the study). Add --tasks 100, for example.");
  return {.study = study_of(request),
          .tasks = static_cast<Index>(parse_whole(*tasks, "--tasks", {1, 1000000})),
          .out = name_of(request, "--out"),
          .sbatch = request.value("--sbatch").value_or(""),
          .dry_run = request.has("--dry-run")};
}

TheoryOptions theory_options(const Request& request) {
  require(!request.has("--json") || !request.has("--csv"),
          "--json and --csv were both given (the table is printed once). Keep one of them.");
  using Form = TheoryOptions::Form;
  const Form form = request.has("--json") ? Form::json : request.has("--csv") ? Form::csv : Form::table;
  return {.curve = *request.value("CURVE"), .settings = settings_of(request), .form = form};
}

ProjectionForm projection_form(const std::string& name) {
  for (const ProjectionForm form : {ProjectionForm::power, ProjectionForm::exponential})
    if (name == to_string(form)) return form;
  throw InvalidInput("--law was given \"" + name + "\" (there is no such form)." +
                     suggestion(name, {"power", "exponential"}));
}

ProjectOptions project_options(const Request& request) {
  ProjectOptions options{.file = request.value("FILE.csv").value_or(""),
                         .law = projection_form(request.value("--law").value_or("power")),
                         .conversions = request.value("--conversions").value_or(""),
                         .hardware = request.value("--hardware").value_or(""),
                         .json = request.has("--json")};
  for (const char* name : {"--error", "--compute", "--unit"})
    require(!options.file.empty() || !request.has(name),
            std::string(name) + " was given without a table (the published one is known). Name a FILE.csv.");
  options.error = request.value("--error").value_or(options.error);
  options.compute = request.value("--compute").value_or(options.compute);
  if (const auto unit = request.value("--unit")) options.unit = parse_positive(*unit, "--unit");
  for (const std::string& target : request.all("--target"))
    options.targets.push_back(parse_positive(target, "--target"));
  if (options.targets.empty()) options.targets = {0.05, 0.01};
  return options;
}

Performance performance_of(const std::string& name) {
  for (const Performance performance : {Performance::inverse, Performance::inverse_root})
    if (name == to_string(performance)) return performance;
  throw InvalidInput("--performance was given \"" + name + "\" (there is no such measure)." +
                     suggestion(name, {"inverse", "inverse-root"}));
}

/// --law and --floor, which together name the form.
void read_law(const Request& request, FitQuestion& question) {
  const auto law = request.value("--law"), floor = request.value("--floor");
  question.plain_power = !law && (!floor || *floor == "none");
  if (law && *law != "automatic") {
    question.form = law_form(*law);
    std::vector<std::string> names = {"automatic"};
    for (const LawForm form : law_forms) names.emplace_back(to_string(form));
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

FitOptions fit_options(const Request& request) {
  FitOptions options{.source = *request.value("TABLE"), .json = request.has("--json")};
  FitQuestion& question = options.question;
  question.error = request.value("--error").value_or("");
  question.data = request.value("--data").value_or("");
  question.compute = request.value("--compute").value_or("");
  question.group = request.value("--group").value_or("");
  question.replicate = request.value("--replicate").value_or("");
  question.accuracy = request.has("--accuracy");
  question.even = request.has("--even");
  if (const auto text = request.value("--from")) question.from = parse_positive(*text, "--from");
  if (const auto text = request.value("--to")) question.to = parse_positive(*text, "--to");
  read_law(request, question);
  if (const auto name = request.value("--performance")) question.performance = performance_of(*name);
  if (const auto text = request.value("--confidence"))
    question.confidence = parse_positive(*text, "--confidence");
  require(question.confidence < 1,
          "--confidence is not a probability (of the interval to hold the truth). Give 0.95.");
  const auto expect = request.value("--expect"), margin = request.value("--margin");
  require(expect || !margin, "--margin was given without --expect (it widens a claim). Add --expect.");
  if (expect)
    question.expectation = {Expectation::Kind::about, parse_positive(*expect, "--expect"),
                            margin ? parse_positive(*margin, "--margin") : Expectation{}.margin};
  return options;
}

using Verb = std::function<int(const Request&, const Console&)>;

const std::map<std::string, Verb, std::less<>>& handlers() {
  static const std::map<std::string, Verb, std::less<>> all = {
      {"list", [](const Request& r, const Console& c) { return list(r.value("TOPIC").value_or(""), c); }},
      {"show", [](const Request& r, const Console& c) { return show(*r.value("NAME"), c); }},
      {"run", [](const Request& r, const Console& c) { return run_study(run_options(r), c); }},
      {"resume",
       [](const Request& r, const Console& c) { return resume_run(*r.value("DIR"), run_options(r), c); }},
      {"status",
       [](const Request& r, const Console& c) {
         return show_status({*r.value("DIR"), r.has("--json"), r.has("--watch")}, c);
       }},
      {"export",
       [](const Request& r, const Console& c) {
         return export_records({*r.value("DIR"), r.value("--format").value_or("csv"), name_of(r, "--out")},
                               c);
       }},
      {"merge",
       [](const Request& r, const Console& c) {
         return merge_runs(
             {*r.value("OUT"), r.all("DIR"), r.has("--plot"), r.has("--json"), r.has("--quiet")}, c);
       }},
      {"verify",
       [](const Request& r, const Console& c) {
         return verify_run({*r.value("DIR"), share_of(r), threads_of(r), memory_of(r)}, c);
       }},
      {"replay",
       [](const Request& r, const Console& c) {
         const auto record = r.value("--cell");
         require(record.has_value(),
                 "--cell is missing (it says which record). Write --cell KEY/n/replicate, as quartic status "
                 "shows it.");
         return replay_fit({*r.value("DIR"), *record, memory_of(r)}, c);
       }},
      {"plan", [](const Request& r, const Console& c) { return plan_study(plan_options(r), c); }},
      {"submit", [](const Request& r, const Console& c) { return submit_study(submit_options(r), c); }},
      {"plot", [](const Request& r, const Console& c) { return plot_folder(*r.value("DIR"), c); }},
      {"theory", [](const Request& r, const Console& c) { return tabulate_theory(theory_options(r), c); }},
      {"fit", [](const Request& r, const Console& c) { return fit_exponents(fit_options(r), c); }},
      {"calibrate",
       [](const Request& r, const Console& c) {
         return calibrate_intervals({.effort = r.value("--effort").value_or("classroom"),
                                     .seed = seed_of(r).value_or(1),
                                     .threads = threads_of(r),
                                     .json = r.has("--json")},
                                    c);
       }},
      {"project", [](const Request& r, const Console& c) { return project_errors(project_options(r), c); }},
      {"schema", [](const Request&, const Console& c) { return print_schema(c); }},
      {"completion",
       [](const Request& r, const Console& c) { return print_completion(*r.value("SHELL"), c); }},
      {"help",
       [](const Request& r, const Console& c) { return print_help(r.value("COMMAND").value_or(""), c); }},
      {"man", [](const Request&, const Console& c) { return print_manual(c); }}};
  return all;
}

int dispatch(std::span<const std::string> words, const Console& console) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h") return print_help("", console);
  if (words[0] == "--version" || words[0] == "-V") {
    console.out << "quartic " << version() << " (" << git_revision() << ", " << compiler() << ")\n";
    return exit_status::done;
  }
  const VerbText* verb = find_verb(words[0]);
  require(verb, "there is no command \"" + words[0] + "\" (quartic --help lists them)." +
                    suggestion(words[0], verb_names()));
  const Request request = parse_request(*verb, words.subspan(1));
  if (request.has("--help")) {
    console.out << verb_help(*verb, console);
    return exit_status::done;
  }
  return handlers().find(verb->name)->second(request, console);
}

}  // namespace

int run_program(std::span<const std::string> words, const Console& console) {
  try {
    const int status = dispatch(words, console);
    console.out.flush();
    require(console.out.good(),
            "the output could not be written (the disk may be full). Send it to another place; what a run "
            "left in its folder is whole.");
    return status;
  } catch (const MachineFailure& error) {
    console.err << "quartic: " << error.what() << std::endl;
    return exit_status::unexpected;
  } catch (const InvalidInput& error) {
    console.err << "quartic: " << error.what() << std::endl;
    return exit_status::bad_input;
  } catch (const std::exception& error) {
    console.err << "quartic: something unexpected happened: " << error.what() << std::endl;
    return exit_status::unexpected;
  }
}

}  // namespace quartic
