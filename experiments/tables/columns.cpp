#include "experiments/tables/columns.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "core/words.hpp"

namespace quartic {

namespace {

/// Lower case, words joined by one underscore: "Val. Loss" is "val_loss".
std::string spell_in_words(std::string_view name) {
  std::string spelling;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) != 0)
      spelling += static_cast<char>(std::tolower(letter));
    else if (!spelling.empty() && spelling.back() != '_')
      spelling += '_';
  }
  while (spelling.ends_with('_')) spelling.pop_back();
  return spelling;
}

constexpr std::array<std::string_view, 3> words_for_percent = {"_percent", "_pct", "_percentage"};

/// "tokens" of "tokens (B)" and "compute [FLOP]".
std::string_view without_unit(std::string_view name) {
  const std::size_t bracket = name.find_last_of("([");
  const bool closed = !name.empty() && (name.back() == ')' || name.back() == ']');
  return closed && bracket != 0 && bracket != std::string_view::npos ? name.substr(0, bracket) : name;
}

/// Without what says that a column counts per cent.
std::string usual_spelling(std::string_view name) {
  std::string spelling = spell_in_words(name);
  for (const std::string_view word : words_for_percent)
    if (spelling.ends_with(word)) spelling.resize(spelling.size() - word.size());
  return spelling;
}

/// "error (%)", "error [%]", "error %" and "error percent", whose last word is the unit.
bool counts_per_cent(std::string_view name) {
  const std::string spelling = spell_in_words(name);
  return name.ends_with('%') || name.ends_with("(%)") || name.ends_with("[%]") ||
         std::any_of(words_for_percent.begin(), words_for_percent.end(),
                     [&](std::string_view word) { return spelling.ends_with(word); });
}

/// Whether the numbers of the column have percent signs. Throws where some have one and some do not.
bool has_percent_signs(const CsvTable& table, Index column) {
  Index with = -1, without = -1;  // the first such rows
  for (Index row = 0; row < table.rows(); ++row) {
    const std::string& field = table.at(row, column);
    if (is_missing(field) || field == "0") continue;
    Index& first = field.ends_with('%') ? with : without;
    if (first < 0) first = row;
  }
  require(with < 0 || without < 0,
          without < 0
              ? ""
              : render_place(table, without) + "\"" + table.at(without, column) + "\" has no percent " +
                    "sign, and other fields of the column have one (it would be a share beside per "
                    "cent). Give every field one, or none.");
  return with >= 0;
}

struct Prefix {
  std::string_view word;
  double factor;
};
constexpr std::array<Prefix, 17> prefixes = {{{"", 1},
                                              {"k", 1e3},
                                              {"kilo", 1e3},
                                              {"m", 1e6},
                                              {"mega", 1e6},
                                              {"g", 1e9},
                                              {"giga", 1e9},
                                              {"t", 1e12},
                                              {"tera", 1e12},
                                              {"p", 1e15},
                                              {"peta", 1e15},
                                              {"e", 1e18},
                                              {"exa", 1e18},
                                              {"z", 1e21},
                                              {"zetta", 1e21},
                                              {"y", 1e24},
                                              {"yotta", 1e24}}};

/// 1e9 for "gflop", "gflops" and "gf"; NaN for other words.
double operations_in(std::string_view word) {
  if (word.ends_with('s')) word.remove_suffix(1);
  for (const std::string_view ending : {"flop", "f"})
    if (word.ends_with(ending)) {
      const std::string_view before = word.substr(0, word.size() - ending.size());
      for (const Prefix& prefix : prefixes)
        if (before == prefix.word && (ending == "flop" || before.size() == 1)) return prefix.factor;
    }
  return std::numeric_limits<double>::quiet_NaN();
}

double seconds_in(std::string_view word) {
  if (word == "day" || word == "days" || word == "d") return 86400;
  if (word == "hour" || word == "hours" || word == "h") return 3600;
  return word == "year" || word == "years" ? 365.25 * 86400 : 1;
}

/// Of those that are not missing.
struct Ends {
  double least = std::numeric_limits<double>::infinity(), most = -least;
};

Ends find_ends(const Vector& errors) {
  Ends ends;
  for (const double error : errors) {
    ends.least = std::fmin(ends.least, error);
    ends.most = std::fmax(ends.most, error);
  }
  return ends;
}

}  // namespace

std::string find_column(const CsvTable& table, const std::string& asked,
                        std::initializer_list<std::string_view> usual, std::string_view taken) {
  if (!asked.empty()) return table.header[static_cast<std::size_t>(table.column(asked))];
  for (const std::string_view name : usual) {
    if (name != taken && table.has(name)) return std::string(name);
    for (const std::string& column : table.header)
      if (column != taken && (usual_spelling(column) == name || usual_spelling(without_unit(column)) == name))
        return column;
  }
  return "";
}

std::string find_data(const CsvTable& table, const std::string& asked, std::string_view taken) {
  return find_column(table, asked,
                     {"n",
                      "data",
                      "samples",
                      "examples",
                      "tokens",
                      "n_samples",
                      "num_samples",
                      "n_examples",
                      "num_examples",
                      "n_train",
                      "train_size",
                      "training_size",
                      "train_samples",
                      "training_samples",
                      "train_examples",
                      "training_examples",
                      "train_tokens",
                      "training_tokens",
                      "data_size",
                      "dataset_size",
                      "training_dataset_size",
                      "sample_size"},
                     taken);
}

std::string find_parameters(const CsvTable& table, const std::string& asked) {
  return find_column(table, asked,
                     {"parameters", "params", "n_parameters", "n_params", "num_parameters", "num_params",
                      "parameter_count", "model_size"});
}

std::string find_computing(const CsvTable& table, const std::string& asked) {
  return find_column(table, asked, {"compute",          "computing",    "flops",          "flop",
                                    "gflops",           "gflop",        "tflops",         "tflop",
                                    "pflops",           "pflop",        "eflops",         "eflop",
                                    "training_compute", "train_flops",  "training_flops", "training_flop",
                                    "total_flops",      "fit_flops",    "pf_days",        "pflop_days",
                                    "pflops_days",      "pflop_s_days", "petaflop_days",  "petaflops_days",
                                    "petaflop_s_days"});
}

ErrorColumn find_errors(const CsvTable& table, ErrorColumn column) {
  column.name = column.accuracy
                    ? find_column(table, column.name,
                                  {"test_accuracy", "test_acc", "val_accuracy", "val_acc",
                                   "validation_accuracy", "valid_accuracy", "dev_accuracy", "eval_accuracy",
                                   "accuracy", "acc", "top1_accuracy"})
                    : find_column(table, column.name,
                                  {"normalised_error", "test_error", "val_error", "validation_error",
                                   "valid_error", "dev_error", "eval_error", "error", "mean_error",
                                   "error_rate", "top1_error", "test_loss", "val_loss", "validation_loss",
                                   "valid_loss", "dev_loss", "eval_loss", "loss"});
  require(!column.name.empty(),
          table.file + " has no column of " + (column.accuracy ? "accuracies" : "errors") +
              " under a usual name (it holds " + joined(table.header) + "). Name it with --error" +
              (column.accuracy ? "." : ", or, if it holds accuracies, add --accuracy."));
  const bool signs = has_percent_signs(table, table.column(column.name));
  require(!column.percent || !signs,
          table.file + ": the column " + column.name +
              " has percent signs (its numbers are shares by them). Leave --percent out.");
  if (column.percent || signs || !counts_per_cent(column.name)) return column;
  column.percent = find_ends(try_numbers(table, table.column(column.name)).numbers).most >= 1;
  if (!column.percent)
    column.note = "The numbers of the column " + column.name +
                  " all lie below 1, and are read as shares. Add --percent where they are per cent.";
  return column;
}

Vector errors_from(const Vector& numbers, const ErrorColumn& column) {
  const Vector shares = column.percent ? Vector(numbers / 100) : numbers;
  return column.accuracy ? Vector(1 - shares.array()) : shares;
}

double unit_in_name(std::string_view column) {
  const std::string spelling = usual_spelling(column);
  double unit = std::numeric_limits<double>::quiet_NaN(), seconds = 1;
  for (std::size_t first = 0; first < spelling.size();) {
    const std::size_t end = std::min(spelling.find('_', first), spelling.size());
    const std::string_view word = std::string_view(spelling).substr(first, end - first);
    if (std::isnan(unit))
      unit = operations_in(word);
    else
      seconds *= seconds_in(word);
    first = end + 1;
  }
  return std::isnan(unit) ? 1 : unit * seconds;
}

void require_same_unit(std::string_view option, double error, const CsvTable& table, const Vector& errors) {
  constexpr double orders = 100;
  const Ends ends = find_ends(errors);
  if (!(ends.least <= ends.most)) return;
  const std::string given = std::string(option) + " is " + shortest(error);
  const std::string from_to = "from " + with_digits(ends.least, 4) + " to " + with_digits(ends.most, 4);
  require(!(error >= 1 && ends.most < 1), given + ", and the errors of " + table.file + " are shares, " +
                                              from_to + " (it would be " + shortest(100 * error) +
                                              " %). Write " + shortest(error) + "% for per cent.");
  const bool may_be_percent = ends.most > 1 && ends.most <= 100;
  require(!(error > 0 && may_be_percent && orders * error < ends.least),
          given + ", and the errors of " + table.file + " go " + from_to +
              " (they may be per cent without a sign). Give --percent where they are, else an error in their "
              "unit.");
}

}  // namespace quartic
