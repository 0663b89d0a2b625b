// Every input that the fuzzers are fed at the start, and every one that ever broke something, once more.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "experiments/study/read/parse_study.hpp"
#include "tests/fuzz/inputs.hpp"
#include "tests/fuzz/store_inputs.hpp"
#include "tests/support/places.hpp"

namespace quartic::fuzz::replay_test {
namespace {

std::vector<std::string> inputs_in(const std::string& corpus) {
  std::vector<std::string> inputs;
  for (const auto& entry :
       std::filesystem::directory_iterator(testing::source_folder() + "/tests/fuzz/corpus-" + corpus)) {
    std::ifstream in(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return inputs;
}

/// All of the corpus are read or refused; the corpus has inputs of either kind.
void replay(const std::string& corpus, bool (*read)(std::string_view)) {
  std::size_t accepted = 0;
  const std::vector<std::string> inputs = inputs_in(corpus);
  for (const std::string& input : inputs) accepted += read(input);
  EXPECT_GT(accepted, 0U);
  EXPECT_LT(accepted, inputs.size());
}

TEST(Replay, TablesAreReadOrRefused) {
  replay("csv", read_table);
}

TEST(Replay, StudiesAreReadOrRefused) {
  replay("study", read_study);
}

TEST(Replay, StoresAreOpenedOrRefused) {
  replay("store", read_store);
}

TEST(Replay, BuiltInStudiesAreTheirOwnCanonicalText) {
  std::size_t read = 0;
  for (const auto& [name, text] : built_in_studies()) {
    const std::string canonical = parse_study(text, name).text;
    EXPECT_EQ(parse_study(canonical, name).text, canonical) << name;
    ++read;
  }
  EXPECT_GT(read, 10U);
}

TEST(Replay, StudiesThatAskForMuchAreKnown) {
  for (const char* text : {"n = 10000", "n = 1_000_0", "n = 0x12345", "n = 0b10000"})
    EXPECT_TRUE(asks_for_much(text)) << text;
  EXPECT_TRUE(asks_for_much(std::string(5000, 'x')));
  EXPECT_FALSE(asks_for_much("sizes = [1000, 2000]"));
}

}  // namespace
}  // namespace quartic::fuzz::replay_test
