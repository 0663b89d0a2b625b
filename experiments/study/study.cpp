#include "experiments/study/study.hpp"

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

std::string_view to_string(Average average) {
  return average == Average::mean ? "mean" : "geometric_mean";
}

std::string_view to_string(Claim::Test test) {
  switch (test) {
    case Claim::Test::at_least:
      return "at_least";
    case Claim::Test::at_most:
      return "at_most";
    case Claim::Test::expect:
      break;
  }
  return "expect";
}

}  // namespace quartic
