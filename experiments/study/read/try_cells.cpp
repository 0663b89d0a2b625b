// One truth is drawn for every cell, and every expert, formula and model is tried on it before anything runs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/closed_form.hpp"
#include "experiments/study/formulas.hpp"
#include "experiments/study/read/draft.hpp"
#include "experiments/study/read/sweep.hpp"
#include "experiments/study/streams.hpp"

namespace quartic::detail {

namespace {

constexpr double most_candidates = 1e8;  // one row: 0.75 GiB
constexpr double most_bytes = 1e12;      // the largest sample of a study
constexpr Index most_truths = 100;       // of one cell, where the first does not tell

const Setting* find_setting(const std::vector<Setting>& settings, std::string_view key) {
  const auto found =
      std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

/// Where a refusal of the catalogue belongs: the first option at fault that the study sets, else the kind.
void blame(const ChoiceDraft& choice, const InvalidInput& refusal, Problems& problems,
           const std::string& about = "", const std::string& remedy = "") {
  const Setting* culprit = nullptr;
  for (const std::string& option : refusal.options())
    if (!culprit) culprit = find_setting(choice.options, option);
  const std::string message = about + refusal.what();
  const std::string end = message.ends_with('.') || message.ends_with('?') ? "" : ".";
  problems.add(culprit ? culprit->where : choice.kind.where, culprit ? culprit->path : choice.path,
               message + end + remedy);
}

/// The options of a world or a model, one by one, so that a bad formula is reported where it stands.
std::optional<OptionValues> resolved(const ChoiceDraft& draft, const std::vector<OptionInfo>& options,
                                     const OptionValues& values, const Variables& variables,
                                     Problems& problems) {
  OptionValues result = values;
  Variables known = variables;
  known.merge(list_numbers(options, values));
  for (const OptionInfo& option : options) {
    const auto set = values.find(option.name);
    if (set == values.end()) continue;
    try {
      result[option.name] = resolve(option, set->second, known);
    } catch (const InvalidInput& error) {
      const Setting& setting = *find_setting(draft.options, option.name);
      const auto* text = std::get_if<std::string>(&set->second);
      std::vector<std::string> words;
      for (const OptionWord& word : option.words) words.emplace_back(word.word);
      const bool misspelt_word = text && !words.empty() &&
                                 std::find(words.begin(), words.end(), *text) == words.end() &&
                                 Expression(*text).variables() == std::vector{*text};
      problems.add(setting.where, setting.path,
                   misspelt_word ? "\"" + *text + "\" is neither a word of this option nor a formula " +
                                       choose_among(*text, "words", words)
                                 : error.what());
      return std::nullopt;
    }
  }
  return result;
}

struct DrawnWorld {
  World world;
  Truth truth;
  Task task = Task::regression;
  Truth of_experts;  ///< what they read: the truth itself, or its findings
  std::vector<Index> source_rows;
};

std::vector<Index> source_rows_of(const Truth& truth) {
  std::vector<Index> rows;
  for (const Truth& source : truth.sources()) rows.push_back(source.rows().value_or(0));
  return rows;
}

/// What an arm is tried with at one size.
struct ArmSample {
  const DrawnWorld& world;
  Index n = 0, columns = 0;  ///< that the arm sees, at the most
};

/// What one cell is tried with.
struct Trial {
  const Draft& draft;
  const Cell& cell;
  Problems& problems;

  bool many_truths() const {
    return depends_on_size(draft.study.catalogues.world(cell.world.kind).options, cell.world.options);
  }

  /// Reports a table that no machine could hold, before anything of that size is allocated.
  bool fits(const OptionValues& values, Index n) const {
    const auto found = values.find("candidates");
    const auto* candidates = found == values.end() ? nullptr : std::get_if<Index>(&found->second);
    if (!candidates) return true;
    const double columns = static_cast<double>(*candidates);
    const bool all_columns = std::any_of(cell.arms.begin(), cell.arms.end(), [&](const ArmSpec& arm) {
      return !arm.expert && count_replicates(draft.study, arm, n) > 0;
    });
    const double bytes = columns * static_cast<double>(n) * (draft.study.storage == Storage::floats ? 4 : 8);
    const Setting& setting = *find_setting(draft.world.options, "candidates");
    if (columns > most_candidates)
      problems.add(setting.where, setting.path,
                   shortest(columns) + " is too many (one row alone would take " + bytes_text(8 * columns) +
                       " of memory). Use at most 100000000.");
    else if (all_columns && bytes > most_bytes && draft.study.storage != Storage::stream)
      problems.add(setting.where, setting.path,
                   shortest(columns) + " is too many (" + std::to_string(n) + " rows would take " +
                       bytes_text(bytes) + " of memory). Use fewer candidates or smaller sizes.");
    else
      return true;
    return false;
  }

  std::optional<DrawnWorld> draw(Index n) const {
    const CatalogueEntry<World>& entry = draft.study.catalogues.world(cell.world.kind);
    const Variables variables = {{"n", static_cast<double>(n)}};
    const std::optional<OptionValues> values =
        resolved(draft.world, entry.options, cell.world.options, variables, problems);
    if (!values || !fits(*values, many_truths() ? n : draft.study.sizes.back())) return std::nullopt;
    try {  // any seed serves where replicates have truths of their own: no result depends on it
      const World world = entry.make(*values);
      const Truth truth = world.draw(draft.study.truth_seed ? truth_stream(draft.study, cell.world.kind, 0)
                                                            : Stream(draft.study.seed));
      error_scale(truth.tested().value_or(truth).facts(), world.task());
      return DrawnWorld{world, truth, world.task(), truth.findings().value_or(truth), source_rows_of(truth)};
    } catch (const InvalidInput& error) {
      blame(draft.world, error, problems);
      return std::nullopt;
    }
  }

  /// Of an expert at one truth: a problem with a key, or with the expert where the study has not set it.
  void blame_expert(const ArmDraft& arm, std::string_view key, const std::string& message) const {
    const Setting* setting = find_setting(*arm.expert, key);
    const std::string path = arm.model.path + ".expert";
    problems.add(setting ? setting->where : arm.where, setting ? setting->path : path, message);
  }

  bool check_counts(const ArmDraft& arm, const NamedCounts& counts, const Truth& truth) const {
    const auto relevant = static_cast<Index>(truth.relevant().size());
    const Index others = truth.candidates() - relevant;
    const auto refuse = [&](std::string_view key, Index count, Index most, const std::string& why) {
      blame_expert(arm, key,
                   std::to_string(count) + " is more than there are (" + why + "). Give at most " +
                       std::to_string(most) + ".");
    };
    if (counts.correct > relevant)
      refuse("correct", counts.correct, relevant,
             "the world has " + std::to_string(relevant) + " relevant candidates");
    if (counts.wrong > others && find_setting(*arm.expert, "false"))
      blame_expert(arm, "false",
                   "such a share asks for " + std::to_string(counts.wrong) + " wrong candidates beside " +
                       std::to_string(counts.correct) + " right ones (the world has " +
                       std::to_string(others) + " that do not matter). Lower it.");
    else if (counts.wrong > others)
      refuse("wrong", counts.wrong, others,
             "the world has " + std::to_string(others) + " candidates that do not matter");
    if (counts.all() == 0)
      problems.add(arm.where, arm.model.path + ".expert",
                   std::string("the expert names nothing (a model needs a column). Give ") +
                       (find_setting(*arm.expert, "recall") ? "a larger recall." : "correct = 1 or more."));
    return counts.correct <= relevant && counts.wrong <= others && counts.all() > 0;
  }

  /// Columns whose signs are forbidden may all be left out: whether the model has a fit to the others alone.
  bool check_left_by_signs(const ArmDraft& arm, const ArmSpec& spec, const Model& model,
                           const ArmSample& sample) const {
    const Vector forbidden =
        advise(*spec.expert, sample.world.of_experts, Stream(draft.study.seed)).forbidden;
    const Index wrong = std::llround(spec.expert->wrong_sign * static_cast<double>(sample.columns)),
                out = std::min((forbidden.array() != 0).count(), wrong),
                left = std::max<Index>(1, sample.columns - out);
    try {
      model.require_data(sample.n, left, sample.world.task);
      model.require_sources(sample.world.source_rows, left);
      return true;
    } catch (const InvalidInput&) {
      blame_expert(
          arm, "wrong_sign",
          fmt::format(
              "wrong_sign may leave {} of {} columns (those with a wrong sign are left out, and model "
              "\"{}\" makes no fit of so few). Lower wrong_sign, name more columns, or ask less "
              "of the model.",
              left, sample.columns, spec.model.kind));
      return false;
    }
  }

  bool check_signs(const ArmDraft& arm, const ArmSpec& spec, const Model& model,
                   const ArmSample& sample) const {
    if (spec.expert->wrong_sign == 0) return true;
    if (spec.select_oracle)
      blame_expert(arm, "wrong_sign",
                   "wrong_sign stands beside select = \"oracle\" (a path of penalties goes by no beliefs "
                   "about signs). Remove one of them.");
    else if (!model.is_linear())
      blame_expert(arm, "wrong_sign",
                   "wrong_sign asks for signs of coefficients (model \"" + spec.model.kind +
                       "\" has none: it is not linear). Remove it, or use a linear model, such as "
                       "least_squares.");
    return !spec.select_oracle && model.is_linear() && check_left_by_signs(arm, spec, model, sample);
  }

  /// Whether the world can tell what the expert is to know. How many columns are named, then; else nothing.
  std::optional<Index> check_expert(const ArmDraft& arm, const Expert& expert,
                                    const DrawnWorld& world) const {
    try {
      require(expert.weight == Weight::count || world.task == Task::regression,
              "weight = \"signal\" (the answer of this world is a class, of which no column has a share). "
              "Use weight = \"count\".",
              {"weight"});
      const NamedCounts counts = most_named(expert, world.of_experts);
      if (!check_counts(arm, counts, world.of_experts)) return std::nullopt;
      static_cast<void>(advise(expert, world.of_experts, Stream(draft.study.seed)));
      return counts.all();
    } catch (const InvalidInput& error) {
      std::string_view culprit;
      for (const std::string& option : error.options())
        if (culprit.empty() && find_setting(*arm.expert, option)) culprit = option;
      blame_expert(arm, culprit, error.what());
      return std::nullopt;
    }
  }

  /// Of a model that sees all columns and is told which the expert names: names are all that it can be told.
  bool check_advice(const ArmDraft& arm, const ArmSpec& spec, const DrawnWorld& world) const {
    const Expert& expert = *spec.expert;
    const std::pair<std::string_view, double> readings[] = {{"noise", expert.noise},
                                                            {"missing", expert.missing},
                                                            {"wrong_form", expert.wrong_form},
                                                            {"wrong_sign", expert.wrong_sign}};
    for (const auto& [key, value] : readings) {
      if (value == 0) continue;
      blame_expert(
          arm, key,
          fmt::format("model \"{}\" takes no {} (it reads every column itself, and is told by the expert "
                      "which of them matter). Remove it.",
                      spec.model.kind, key));
      return false;
    }
    if (!world.truth.findings()) return true;
    problems.add(
        arm.where, arm.model.path + ".expert",
        fmt::format("model \"{}\" cannot be told what the expert names (experts name findings in this world, "
                    "and the model sees pixels). Use a model that sees the findings alone.",
                    spec.model.kind));
    return false;
  }

  bool check_rows(const DrawnWorld& world, Index n) const {
    const bool held = draft.study.storage != Storage::stream || world.truth.sources().empty();
    if (!held)
      problems.add(
          draft.world.kind.where, "storage",
          "\"stream\" does not go with a world that has sources (it holds no rows). Write \"double\".");
    const std::optional<Index> rows = world.truth.rows();
    if (!rows || n <= *rows) return held;
    problems.add(
        draft.sizes_where, "sizes",
        fmt::format("{0} is more than there are (this world has {1} rows to train on). Give at most {1}.", n,
                    *rows));
    return false;
  }

  bool check_stream(const ArmDraft& arm, const ArmSpec& spec, const Model& model) const {
    if (draft.study.storage != Storage::stream || (model.has_stream() && !spec.select_oracle)) return true;
    problems.add(
        arm.where, arm.model.path + ".model",
        "\"" + spec.model.kind +
            "\" cannot fit rows that are not held (storage = \"stream\" draws each of them once). Use "
            "a model that takes rows on demand, such as \"linear_sgd\", or another storage.");
    return false;
  }

  /// Nothing where the options are none for such a sample, which goes to `told`. Throws InvalidInput where there is no
  /// fit to it.
  std::optional<Model> make_model(const ArmDraft& arm, const ArmSpec& spec, const ArmSample& sample,
                                  Problems& told) const {
    const Variables variables = variables_at(sample.world.truth.facts(), sample.n, sample.columns);
    const CatalogueEntry<Model>& entry = draft.study.catalogues.model(spec.model.kind);
    if (!resolved(arm.model, entry.options, spec.model.options, variables, told)) return std::nullopt;
    Model model = entry.make(resolve(entry.options, spec.model.options, variables));
    model.require_data(sample.n, sample.columns, sample.world.task);
    model.require_sources(sample.world.source_rows, sample.columns);
    return model;
  }

  bool has_fit(const ArmDraft& arm, const ArmSpec& spec, const ArmSample& sample) const try {
    Problems untold;
    return make_model(arm, spec, sample, untold).has_value();
  } catch (const InvalidInput&) {
    return false;
  }

  /// The fewest columns that the expert may name: one who goes by the signal names few where few hold it, by chance or
  /// by the truth of a replicate, which is looked at where the model needs more than one.
  ArmSample fewest_columns(const ArmDraft& arm, const ArmSpec& spec, ArmSample sample) const {
    const Expert& expert = *spec.expert;
    if (!expert.recall || expert.weight != Weight::signal || has_fit(arm, spec, {sample.world, sample.n, 1}))
      return sample;
    const Index replicates = count_replicates(draft.study, spec, sample.n);
    for (Index r = 0; r < (draft.study.truth_seed ? 1 : std::min(most_truths, replicates)); ++r) {
      const Truth truth = sample.world.world.draw(truth_stream(draft.study, cell.world.kind, r));
      sample.columns = std::min(sample.columns, fewest_named(expert, truth.findings().value_or(truth)).all());
    }
    return sample;
  }

  /// Whether the model has a fit to so few columns, out of as many as `most`.
  bool check_fewest(const ArmDraft& arm, const ArmSpec& spec, const ArmSample& fewest, Index most) const {
    if (fewest.columns == most) return true;
    try {
      return make_model(arm, spec, fewest, problems).has_value();
    } catch (const InvalidInput& error) {
      blame(arm.model, error, problems,
            fmt::format("the expert names {0} to {1} columns (chance decides how many hold that share of the "
                        "signal), and of {0}: ",
                        fewest.columns, most),
            " Or raise the recall.");
      return false;
    }
  }

  bool check_told(const ArmDraft& arm, const ArmSpec& spec, const Model& model,
                  const ArmSample& sample) const {
    if (model.takes_advice())
      return check_advice(arm, spec, sample.world) && check_signs(arm, spec, model, sample);
    const ArmSample fewest = fewest_columns(arm, spec, sample);
    return check_fewest(arm, spec, fewest, sample.columns) && check_signs(arm, spec, model, fewest);
  }

  bool check_model(const ArmDraft& arm, const ArmSpec& spec, const ArmSample& sample) const {
    try {
      const std::optional<Model> model = make_model(arm, spec, sample, problems);
      if (!model || (spec.expert && !check_told(arm, spec, *model, sample))) return false;
      if (!spec.select_oracle || model->has_path()) return check_stream(arm, spec, *model);
      problems.add(
          arm.select_where, arm.model.path + ".select",
          "model \"" + spec.model.kind +
              "\" has no path of penalties (select picks from one). Remove the key, or use another model.");
    } catch (const InvalidInput& error) {
      blame(arm.model, error, problems);
    }
    return false;
  }

  /// `columns`: how many the arm sees of this truth, once that is known.
  bool check_arm(std::size_t k, const DrawnWorld& world, Index n, std::optional<Index>& columns) const {
    const ArmDraft& arm = draft.arms[k];
    const ArmSpec& spec = cell.arms[k];
    if (!columns) columns = spec.expert ? check_expert(arm, *spec.expert, world) : world.truth.candidates();
    if (columns && draft.study.catalogues.model(spec.model.kind).make({}).takes_advice())
      columns = world.truth.candidates();
    return columns && check_model(arm, spec, {world, n, *columns});
  }

  void check_theory(const Truth& truth) const {
    std::vector<std::string> names;
    for (const auto& variable : variables_at(truth.facts(), 1, 1)) names.push_back(variable.first);
    for (std::size_t k = 0; k < draft.study.theory.size(); ++k) {
      try {
        const std::string& curve = draft.study.theory[k].curve;
        if (const TheoryCurve* known = closed_form(curve))
          static_cast<void>(closed_form_values(*known, truth.facts()));
        else
          Expression(curve).require_known(names);
      } catch (const InvalidInput& error) {
        problems.add(draft.theory_where[k], "theory.curve", error.what());
      }
    }
  }

  void run() const {
    std::optional<DrawnWorld> world;
    std::vector<std::optional<Index>> columns;
    std::vector<bool> good(draft.arms.size(), true);
    for (const Index n : draft.study.sizes) {
      if (!world || many_truths()) {
        world = draw(n);
        columns.assign(draft.arms.size(), std::nullopt);
      }
      if (!world || !check_rows(*world, n)) return;
      if (n == draft.study.sizes.front()) check_theory(world->truth);
      for (std::size_t k = 0; k < draft.arms.size(); ++k)
        good[k] = good[k] && (count_replicates(draft.study, cell.arms[k], n) == 0 ||
                              check_arm(k, *world, n, columns[k]));
    }
  }
};

}  // namespace

void check_cells(const SweepCells& cells, Problems& problems) {
  for (const std::size_t position : cells.sample(most_cells_tried)) {
    const Cell cell = cells.cell(position);
    Trial{cells.draft_of(position), cell, problems}.run();
    if (!problems.empty()) return;
  }
  check_effects(cells, problems);
}

}  // namespace quartic::detail
