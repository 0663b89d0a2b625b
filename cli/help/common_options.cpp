#include "cli/help/common_options.hpp"

#include "core/bytes_text.hpp"
#include "core/random/seed.hpp"

namespace quartic {

OptionGroup together(std::initializer_list<OptionGroup> groups) {
  OptionGroup all;
  for (const OptionGroup& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

OptionGroup machine_options() {
  return {{.name = "--threads",
           .letter = "-j",
           .value = "NUMBER",
           .help = "Processor cores to use; all of them unless told otherwise. Results do not depend on it."},
          memory_option()};
}

OptionText memory_option() {
  return {
      .name = "--memory",
      .letter = "-m",
      .value = "SIZE",
      .help =
          "Memory the program may use, all of it, such as 4G or 500M (powers of 1024: GiB and MiB); three "
          "quarters of the machine unless told otherwise."};
}

int read_threads(const Request& request) {
  const auto text = request.value("--threads");
  return text ? static_cast<int>(parse_whole(*text, "--threads", {1, 4096})) : 0;
}

double read_memory(const Request& request) {
  const auto text = request.value("--memory");
  return text ? parse_bytes(*text, "--memory") : 0;
}

OptionGroup report_options(std::string help_of_plot) {
  return {{.name = "--plot", .letter = "-p", .help = std::move(help_of_plot)},
          {.name = "--json", .help = "Print the findings as JSON, and nothing else, on standard output."},
          {.name = "--quiet",
           .letter = "-q",
           .help = "Print no progress and no report; errors are still printed."}};
}

std::optional<std::uint64_t> read_seed(const Request& request) {
  const auto number = request.value("--seed");
  const auto word = request.value("--seed-from");
  require(!number || !word, "--seed and --seed-from were both given (a run has one seed). Keep one of them.");
  require(!word || !word->empty(),
          "--seed-from was given an empty word (a seed needs at least one letter). Give a name.");
  if (word) return seed_from(*word);
  if (!number) return std::nullopt;
  return parse_whole(*number, "--seed", {0, 9223372036854775807ULL});
}

std::vector<std::pair<std::string, std::string>> list_settings(const Request& request) {
  std::vector<std::pair<std::string, std::string>> settings;
  for (const std::string& text : request.all("--set")) settings.push_back(parse_setting(text));
  return settings;
}

ArgumentText folder_argument(std::string help) {
  return {.name = "DIR", .help = std::move(help), .completes = Completes::folders};
}

std::string read_name(const Request& request, const std::string& option) {
  const auto name = request.value(option);
  require(
      !name || !name->empty(),
      option +
          " was given without a name (its value is empty, as that of a variable that is not set). Give it "
          "one, or leave it out.");
  return name.value_or("");
}

std::optional<double> read_positive(const Request& request, std::string_view option) {
  const auto text = request.value(option);
  if (!text) return std::nullopt;
  return parse_positive(*text, option);
}

}  // namespace quartic
