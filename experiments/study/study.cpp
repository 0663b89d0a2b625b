#include "experiments/study/study.hpp"

#include "experiments/study/words.hpp"

namespace quartic {

std::string_view to_string(Storage storage) {
  return word_for(storage_words, storage);
}

std::string_view to_string(Average average) {
  return word_for(average_words, average);
}

std::string_view to_string(Claim::Test test) {
  return word_for(test_words, test);
}

}  // namespace quartic
