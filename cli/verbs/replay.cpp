#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/help/common_options.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/store/recompute.hpp"

namespace quartic {

namespace {

constexpr std::size_t history_shown = 20;

bool is_record(const FoundRecord& found, const FoundRecord& other) {
  const Record &a = found.record, &b = other.record;
  return found.key == other.key && a.cell == b.cell && a.n == b.n && a.replicate == b.replicate;
}

std::string render_value(FitStatus status) {
  return std::string(to_string(status));
}

std::string render_value(double value) {
  return std::isnan(value) ? "not measured" : shortest(value);
}

std::string render_value(Index count) {
  return count < 0 ? "not measured" : with_thousands(count);
}

// Columns of one record, stored and computed, of classes where measured; messages, histories stand below.
std::vector<std::vector<std::string>> render_rows(const Record& stored, const Record& computed) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const auto& column, const auto& value) {
    if constexpr (requires { render_value(value); })
      rows.push_back({std::string(column.name), render_value(value), render_value(column.in(computed))});
  };
  for_each_other_column(stored, add);
  if (has_class_measures(stored) || has_class_measures(computed)) for_each_class_column(stored, add);
  return rows;
}

// Evenly spaced points where there are many, the last among them.
std::string history_text(const std::vector<TrainingPoint>& history) {
  if (history.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  const std::size_t every = (history.size() + history_shown - 1) / history_shown;
  for (std::size_t i = (history.size() - 1) % every; i < history.size(); i += every)
    rows.push_back({with_thousands(history[i].step), render_value(history[i].training_error),
                    render_value(history[i].validation_error)});
  return "\n" + aligned_table({"step", "training error", "validation error"}, rows);
}

std::string render_verdict(const RecomputedRecord& pair) {
  const std::vector<std::string> columns = pair.differences();
  return columns.empty() ? "the same bits as stored\n"
                         : "differs from what is stored: " + joined(columns) + "\n";
}

/// What the study asked of the fit.
void tell_question(const FoundRecord& wanted, const RecordName& name, const Console& console) {
  console.out << to_string(RecordName{wanted.key, name.n, name.replicate}) << ": arm " << wanted.record.arm
              << ", cell " << wanted.record.cell << ", n " << name.n << ", replicate " << name.replicate
              << "\n"
              << nlohmann::ordered_json::parse(wanted.content).dump(2) << "\n"
              << std::flush;
}

void tell_answer(const RecomputedRecord& pair, const Console& console) {
  console.out << "\n"
              << aligned_table({"", "stored", "computed now"},
                               render_rows(pair.stored.record, pair.computed));
  for (const Record* record : {&pair.stored.record, &pair.computed})
    if (!record->report.message.empty())
      console.out << (record == &pair.computed ? "message now: " : "message stored: ")
                  << record->report.message << "\n";
  console.out << history_text(pair.computed.report.history) << "\n" << render_verdict(pair);
}

int replay(const Request& request, const Program& program) {
  const auto record = request.value("--cell");
  require(
      record.has_value(),
      "--cell is missing (it says which record). Write --cell KEY/n/replicate, as quartic status shows it.");
  const RecordName name = parse_record_name(*record);
  const StoreReader store(*request.value("DIR"));
  const Study study = store.study(program.catalogues);
  const FoundRecord wanted = store.find(study, name);
  tell_question(wanted, name, program.console);
  const EngineOptions engine{.threads = 1, .memory_bytes = read_memory(request)};
  const std::vector<RecomputedRecord> pairs =
      recompute(store, study, engine, [&](const FoundRecord& found) { return is_record(found, wanted); });
  require(!pairs.empty(), "the fit did not run (the study no longer asks for it). Check the study.");
  tell_answer(pairs.front(), program.console);
  return pairs.front().differences().empty() ? exit_status::done : exit_status::differs;
}

}  // namespace

Verb replay_verb() {
  return {
      .text =
          {.name = "replay",
           .summary = "run one fit again and tell all about it",
           .description = R"(
Runs one fit of a run again, alone, and prints what it was (world, arm, all options), what it reported,
how its training went where it kept a history, how long it took, and whether the bits are those that are
stored. Exit status 1 where they are not.
)",
           .arguments = {folder_argument()},
           .options = together(
               {{{.name = "--cell",
                  .value = "KEY/n/replicate",
                  .help =
                      "Which one: as quartic status and quartic export --format jsonl name it. The first 6 "
                      "or more digits of the key will do."}},
                {memory_option()}}),
           .examples = {{"quartic replay runs/figure2 --cell 3fa94c/400/12", "an odd fit, again"}}},
      .run = replay};
}

}  // namespace quartic
