#pragma once
/// A sound study of which one line is replaced, and what it is refused with.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"

namespace quartic::testing {

/// A sound study; line k of the file is element k - 1.
inline const std::array<std::string, 23> sound = {"title = \"Sound\"",                        // 1
                                                  "replicates = 3",                           // 2
                                                  "sizes = [10, 20, 50]",                     // 3
                                                  "[world]",                                  // 4
                                                  "kind = \"sparse_linear\"",                 // 5
                                                  "candidates = 100",                         // 6
                                                  "relevant = 10",                            // 7
                                                  "noise = 1.0",                              // 8
                                                  "[[arm]]",                                  // 9
                                                  "name = \"oracle\"",                        // 10
                                                  "model = \"least_squares\"",                // 11
                                                  "expert = { correct = 10, wrong = 0 }",     // 12
                                                  "[[arm]]",                                  // 13
                                                  "name = \"regularised\"",                   // 14
                                                  "model = \"lasso\"",                        // 15
                                                  "penalty = 0.5",                            // 16
                                                  "[[claim]]",                                // 17
                                                  "arm = \"oracle\"",                         // 18
                                                  "law = \"data_exponent\"",                  // 19
                                                  "expect = 2.0",                             // 20
                                                  "[[theory]]",                               // 21
                                                  "arm = \"oracle\"",                         // 22
                                                  "curve = \"10*noise^2/(n - 11)/signal\""};  // 23

/// One line of a sound study replaced, and what the message must hold.
struct Broken {
  std::string name;
  std::size_t line;
  std::string replacement;
  std::string place;   ///< how the message begins after "broken.toml:"
  std::string remedy;  ///< a later part of it
};

/// Line 0: the sound study itself.
template <std::size_t count>
std::string with_line(const std::array<std::string, count>& study, std::size_t line,
                      const std::string& replacement) {
  std::string text;
  for (std::size_t k = 0; k < count; ++k) text += (k + 1 == line ? replacement : study[k]) + "\n";
  return text;
}

inline std::string error_of(const std::string& text) {
  try {
    static_cast<void>(parse_study(text, "broken.toml"));
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

/// Each with its file, line and key, a reason in parentheses and advice, which ends as a sentence does.
template <std::size_t count>
void expect_refused(const std::vector<Broken>& cases, const std::array<std::string, count>& study) {
  EXPECT_EQ(error_of(with_line(study, 0, "")), "");
  for (const Broken& broken : cases) {
    const std::string error = error_of(with_line(study, broken.line, broken.replacement));
    EXPECT_EQ(error.find("broken.toml:" + broken.place), 0u) << broken.name << " -> " << error;
    EXPECT_NE(error.find(broken.remedy), std::string::npos) << broken.name << " -> " << error;
    const std::string first = error.substr(0, error.find('\n'));
    EXPECT_NE(first.find(" ("), std::string::npos) << broken.name << " -> " << error;
    EXPECT_NE(first.find("). "), std::string::npos) << broken.name << " -> " << error;
    EXPECT_TRUE(first.ends_with('.') || first.ends_with('?')) << broken.name << " -> " << error;
  }
}

}  // namespace quartic::testing
