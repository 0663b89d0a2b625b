#pragma once
/// What each law that a claim may name says, for `quartic list laws`.
#include <string>
#include <vector>

namespace quartic {

struct LawText {
  std::string name;
  std::string summary;  ///< one line
  std::string meaning;  ///< the formula, and what a claim must say
};

const std::vector<LawText>& law_texts();

}  // namespace quartic
