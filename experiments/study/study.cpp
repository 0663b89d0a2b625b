#include "experiments/study/study.hpp"

#include "experiments/study/words.hpp"

namespace quartic {

std::string_view to_string(LawKind law) {
  switch (law) {
    case LawKind::data_exponent:
      return "data_exponent";
    case LawKind::compute_exponent:
      return "compute_exponent";
    case LawKind::frontier_exponent:
      return "frontier_exponent";
    case LawKind::isoflop_exponent:
      return "isoflop_exponent";
    case LawKind::collapse_exponent:
      return "collapse_exponent";
    case LawKind::plateau:
      return "plateau";
    case LawKind::crossing:
      return "crossing";
    case LawKind::compute_multiple:
      break;
  }
  return "compute_multiple";
}

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
