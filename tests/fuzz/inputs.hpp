#pragma once
/// What the fuzzers do with one input, and what must hold then, whatever the input: it is read, or refused
/// with InvalidInput; any other exception, a crash, a leak or a hang is a fault. Without libFuzzer, so that
/// replay_test.cpp can do the same with the inputs that are kept in corpus-*/.
#include <cctype>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/require.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"

namespace quartic::fuzz {

/// Ends the fuzzer, or the test, with a message.
inline void expect(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

/// A table, and every column of it as numbers. Whether it was read.
inline bool read_table(std::string_view text) try {
  const CsvTable table = parse_csv(text, "fuzz.csv");
  expect(table.rows() > 0 && table.columns() > 0, "a table without rows or columns");
  expect(std::ssize(table.fields) == table.rows() * table.columns(), "a table with ragged rows");
  for (Index column = 0; column < table.columns(); ++column) try {
      expect(read_numbers(table, column).size() == table.rows(), "a column shorter than its table");
    } catch (const InvalidInput&) {  // a column of words
    }
  return true;
} catch (const InvalidInput&) {
  return false;
}

/// Studies that ask for much are slow to check and say nothing new: before a study is accepted one truth of
/// every cell is drawn. So: no number of five digits or more, in any of TOML's ways to write one, and at most
/// 4 kB.
inline bool asks_for_much(std::string_view text) {
  int digits = 0;
  for (const char c : text) {
    const bool digit = std::isxdigit(static_cast<unsigned char>(c)) != 0 || c == '_';
    digits = digit ? digits + (std::isdigit(static_cast<unsigned char>(c)) != 0) : 0;
    if (digits > 4) return true;
  }
  return text.size() > 4096;
}

/// Lines "#set key=value", which are comments to TOML: the changes of a command line.
inline StudyEdits edits_in(std::string_view text) {
  constexpr std::string_view mark = "#set ";
  StudyEdits edits;
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      edits.overrides.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
  return edits;
}

/// A study; where it is accepted, its canonical text must be accepted too, and be its own canonical text.
/// Whether it was read.
inline bool read_study(std::string_view text) {
  if (asks_for_much(text)) return false;
  std::string canonical;
  try {
    canonical = parse_study(text, "fuzz.toml", edits_in(text)).text;
  } catch (const InvalidInput&) {
    return false;
  }
  expect(parse_study(canonical, "fuzz.toml").text == canonical, "a canonical text that changes");
  return true;
}

}  // namespace quartic::fuzz
