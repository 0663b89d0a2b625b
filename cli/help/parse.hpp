#pragma once
/// From the words of a command line to a request. The only place that knows CLI11.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/help/description.hpp"

namespace quartic {

/// What was asked for: a verb and the values of its arguments and options, by name ("EXPERIMENT", "--set").
struct Request {
  const VerbText* verb = nullptr;
  std::map<std::string, std::vector<std::string>, std::less<>>
      values;  ///< a flag that was given has an empty list

  bool has(std::string_view name) const { return values.find(name) != values.end(); }
  /// The value, or nothing where it was not given.
  std::optional<std::string> value(std::string_view name) const;
  /// All values of an option that repeats.
  std::vector<std::string> all(std::string_view name) const;
};

/// `words` are those after the verb. Throws InvalidInput, with the nearest right spelling, for words the verb
/// does not know.
Request parse_request(const VerbText& verb, std::span<const std::string> words);

/// "a.b=text" split at the first "=". Throws InvalidInput where there is none.
std::pair<std::string, std::string> parse_setting(const std::string& text);

}  // namespace quartic
