#pragma once
/// Entries of the catalogues in words.
#include <string>

#include "cli/terminal/console.hpp"
#include "core/options.hpp"
#include "experiments/study/claim_laws.hpp"
#include "laws/theory/catalogue/catalogue.hpp"

namespace quartic {

/// "sparse_linear - one sentence", then one line an option: its default, its help and its words.
struct EntryText {
  std::string name, summary;
  std::vector<OptionInfo> options;
};
std::string describe_entry(const EntryText& entry, const Console& console);
std::string describe_law(const ClaimLaw& law, const Console& console);
std::string describe_curve(const TheoryCurve& curve, const Console& console);

}  // namespace quartic
