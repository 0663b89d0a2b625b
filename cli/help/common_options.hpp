#pragma once
/// Options that several verbs take: what help says of them, and how they are read.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/help/description.hpp"
#include "cli/help/parse.hpp"
#include "cli/terminal/text.hpp"
#include "core/require.hpp"

namespace quartic {

using OptionGroup = std::vector<OptionText>;

/// Groups one after another.
OptionGroup together(std::initializer_list<OptionGroup> groups);

/// Of verbs that run fits: --threads and --memory, and the latter alone.
OptionGroup machine_options();
OptionText memory_option();
/// 0 where not given: all cores.
int read_threads(const Request& request);
/// 0 where not given: three quarters of the machine.
double read_memory(const Request& request);

/// --plot, --json and --quiet, of every verb that ends in a report.
OptionGroup report_options(std::string help_of_plot = "Draw the pictures at the end.");

/// --seed or --seed-from. Throws InvalidInput where both were given.
std::optional<std::uint64_t> read_seed(const Request& request);
/// All of --set, in order.
std::vector<std::pair<std::string, std::string>> list_settings(const Request& request);

/// DIR of a verb that reads the folder of a run.
ArgumentText folder_argument(std::string help = "The folder of the run.");

/// The value of an option that may be left out but not be left empty, as it is where a variable of a script
/// is not set; "" where it was left out.
std::string read_name(const Request& request, const std::string& option);
/// A positive number, or nothing where it was not given.
std::optional<double> read_positive(const Request& request, std::string_view option);

/// The value whose to_string() is the word given to `option`; `what` names such values in the InvalidInput
/// thrown where there is none.
template <class Value>
Value value_named(const std::string& word, const std::string& option, const std::string& what,
                  std::initializer_list<Value> values) {
  std::vector<std::string> names;
  for (const Value value : values) {
    if (word == to_string(value)) return value;
    names.emplace_back(to_string(value));
  }
  throw InvalidInput(option + " was given \"" + word + "\" (there is no such " + what + ")." +
                     suggestion(word, names));
}

}  // namespace quartic
