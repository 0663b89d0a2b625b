#include "page/engine/answers.hpp"

#include <array>
#include <charconv>
#include <exception>
#include <new>
#include <optional>

#include "core/require.hpp"
#include "page/engine/questions.hpp"

namespace quartic::page {

namespace {

struct Ask {
  std::string_view name;
  Answer (*answer)(const Question&);
};

constexpr std::array asks = {Ask{"about", about},       Ask{"study", study_text}, Ask{"seed", seed_of_name},
                             Ask{"check", check},       Ask{"run", run_shard},    Ask{"judge", judge},
                             Ask{"export", export_run}, Ask{"films", films},      Ask{"bill", bill},
                             Ask{"recorded", recorded}};

/// "study.toml:12: sizes: ..." is about line 12.
Json problem(std::string_view line) {
  constexpr std::string_view file = "study.toml:";
  Json number = nullptr;
  if (line.starts_with(file)) {
    line.remove_prefix(file.size());
    int value = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), value);
    if (read.ec == std::errc{}) number = value;
    line.remove_prefix(static_cast<std::size_t>(read.ptr - line.data()));
    line.remove_prefix(std::min(line.find_first_not_of(": "), line.size()));
  }
  return {{"line", number}, {"text", line}};
}

Answer refusal(std::string_view message) {
  Json problems = Json::array();
  for (std::size_t first = 0; first <= message.size();) {
    const std::size_t end = std::min(message.find('\n', first), message.size());
    problems.push_back(problem(message.substr(first, end - first)));
    first = end + 1;
  }
  const Json json{{"ok", false}, {"problems", std::move(problems)}};
  return {json.dump(-1, ' ', false, Json::error_handler_t::replace), ""};
}

Answer find_answer(const Json& asked, const Question& question) {
  const std::string name = asked.at("ask").get<std::string>();
  for (const Ask& ask : asks)
    if (ask.name == name) return ask.answer(question);
  throw InvalidInput("\"" + name +
                     "\" is no question (the page and its engine are of two versions). Reload the page.");
}

}  // namespace

Answer told(Json json, std::string bytes) {
  Json all{{"ok", true}};
  all.update(json);
  return {all.dump(-1, ' ', false, Json::error_handler_t::replace), std::move(bytes)};
}

Answer answer(std::string_view question, std::span<const std::string_view> bytes, const Listener& listener) {
  try {
    const Json asked = Json::parse(question);
    return find_answer(asked, {asked, bytes, listener});
  } catch (const std::bad_alloc&) {
    return refusal(
        "The memory does not suffice (a page has 2 GiB). Take fewer candidates, sizes or replicates.");
  } catch (const std::exception& error) {
    return refusal(error.what());
  }
}

}  // namespace quartic::page
