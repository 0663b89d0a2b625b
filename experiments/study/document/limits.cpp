#include "experiments/study/document/limits.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/require.hpp"

namespace quartic::detail {

namespace {

/// How deep the text nests where it has been read to, quotes and comments left out. A dot of a number counts
/// until the next comma or line: too much, never too little.
class Depth {
 public:
  void take(char c) {
    if (c == '.')
      ++dots_;
    else if (c == '[' || c == '{')
      open();
    else if (c == ']' || c == '}')
      close();
    else if (c == '=')
      of_key_ = std::exchange(dots_, 0);
    else if (c == ',' || c == '\n')
      of_key_ = dots_ = 0;
  }
  std::size_t levels() const { return outside_ + of_key_ + dots_; }

 private:
  void open() {
    brackets_.push_back(of_key_ + 1);
    outside_ += brackets_.back();
    of_key_ = dots_ = 0;
  }
  void close() {
    of_key_ = dots_ = 0;
    if (brackets_.empty()) return;
    outside_ -= brackets_.back();
    brackets_.pop_back();
  }

  std::vector<std::size_t> brackets_;  // what each adds
  std::size_t outside_ = 0, of_key_ = 0, dots_ = 0;
};

/// The place after the quoted text that begins here. One of several lines may end in five quotes.
std::size_t end_of_quote(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool has_lines = text.substr(at, 3) == std::string(3, quote);
  const std::string_view mark = text.substr(at, has_lines ? 3 : 1);
  for (std::size_t k = at + mark.size(); k < text.size(); ++k) {
    if (text[k] == '\\' && quote == '"') {
      ++k;
    } else if (text[k] == '\n' && !has_lines) {
      return k;
    } else if (text.substr(k, mark.size()) == mark) {
      std::size_t end = k + mark.size();
      for (int more = 0; has_lines && more < 2 && end < text.size() && text[end] == quote; ++more) ++end;
      return end;
    }
  }
  return text.size();
}

/// The place after the quoted text or the comment that begins here; here where neither does.
std::size_t after_words(std::string_view text, std::size_t at) {
  if (text[at] == '#') return std::min(text.find('\n', at), text.size());
  return text[at] == '"' || text[at] == '\'' ? end_of_quote(text, at) : at;
}

}  // namespace

void require_modest(std::string_view text, std::string_view file) {
  require(text.size() <= most_study_bytes,
          std::string(file) + " is too large for a study (16 MiB are the most). Check the name.");
  Depth depth;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = after_words(text, at);
    if (next == at) depth.take(text[at]);
    if (depth.levels() > most_levels) {
      const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
      throw InvalidInput(std::string(file) + ":" + std::to_string(line) +
                         ": keys or lists nest deeper than " + std::to_string(most_levels) +
                         " levels (no study has so many). Correct this line.");
    }
    at = std::max(next, at + 1);
  }
}

void require_short(std::string_view text, std::size_t most_bytes, std::string_view where,
                   std::string_view what) {
  if (text.size() <= most_bytes) return;
  throw InvalidInput(std::string(where) + ": " + std::string(what) + " of " + std::to_string(text.size()) +
                     " bytes (" + std::to_string(most_bytes) + " are the most). Shorten it.");
}

}  // namespace quartic::detail
