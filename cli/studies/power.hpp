#pragma once
/// How many replicates the claims of a study take (laws/statistics/power.hpp).
#include <optional>
#include <string>
#include <vector>

#include "cli/help/common_options.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// --power and --spread.
struct PowerOptions {
  std::optional<double> against;  ///< the other exponent; nothing: twice the margin above what is claimed
  double spread = 0.5;            ///< of log errors over replicates
};
OptionGroup power_options(std::string help_of_power);
PowerOptions read_power(const Request& request);

/// Of a claim that an exponent of data or computing is about a number: how many replicates let it be supported nine
/// times in ten where it is true, and rejected nine times in ten where the exponent is `against`; -1: no number is
/// enough, or the margin holds both.
struct ClaimPower {
  std::string quantity;  ///< "oracle, data exponent"
  double expect, margin, against;
  Index replicates;
  Index with_one_size_more;  ///< as far beyond the largest as that is beyond the one before
};
/// Of those claims, in study order.
std::vector<ClaimPower> plan_power(const Study& study, const PowerOptions& options);

/// "1,500", "-" for -1.
std::string replicates_text(Index replicates);

}  // namespace quartic
