#include "experiments/study/study.hpp"

#include "experiments/study/words.hpp"

namespace quartic {

std::string_view to_string(Storage storage) {
  return word_for(storage_words, storage);
}

std::string_view to_string(Performance performance) {
  return word_for(performance_words, performance);
}

std::string_view in_words(Performance performance) {
  return performance == Performance::inverse ? "one over the error" : "one over the root of the error";
}

std::string_view to_string(Expense expense) {
  return word_for(expense_words, expense);
}

std::string_view to_string(Average average) {
  return word_for(average_words, average);
}

std::string_view to_string(Claim::Test test) {
  return word_for(test_words, test);
}

}  // namespace quartic
