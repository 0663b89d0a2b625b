#include "cli/studies/power.hpp"

#include "experiments/study/arm.hpp"
#include "laws/statistics/power.hpp"

namespace quartic {

namespace {

bool is_exponent(const Claim& claim) {
  return (claim.law == LawKind::data_exponent || claim.law == LawKind::compute_exponent) &&
         claim.test == Claim::Test::about && claim.formula.empty();
}

PowerDesign make_design(const Claim& claim, const Study& study, const PowerOptions& options) {
  std::vector<double> sizes;
  for (const Index n : given_sizes(study))
    if (static_cast<double>(n) >= claim.from && static_cast<double>(n) <= claim.to)
      sizes.push_back(static_cast<double>(n));
  const double margin = claim.margin.value_or(usual_margin(claim.law, claim.value));
  return {.sizes = Eigen::Map<const Vector>(sizes.data(), std::ssize(sizes)),
          .spread = options.spread,
          .expect = claim.value,
          .margin = margin,
          .against = options.against.value_or(claim.value + 2 * margin),
          .of_computing = claim.law == LawKind::compute_exponent,
          .confidence = claim.confidence};
}

PowerDesign with_one_size_more(PowerDesign design) {
  const Index count = design.sizes.size();
  if (count < 2) return design;
  const double next = design.sizes[count - 1] * design.sizes[count - 1] / design.sizes[count - 2];
  design.sizes.conservativeResize(count + 1);
  design.sizes[count] = next;
  return design;
}

}  // namespace

OptionGroup power_options(std::string help_of_power) {
  return {
      {.name = "--power", .value = "Q", .help = std::move(help_of_power)},
      {.name = "--spread",
       .value = "SPREAD",
       .help = "Standard deviation of the logarithms of errors over replicates; 0.5 unless told otherwise."}};
}

PowerOptions read_power(const Request& request) {
  PowerOptions options{.against = read_positive(request, "--power")};
  options.spread = read_positive(request, "--spread").value_or(options.spread);
  return options;
}

std::vector<ClaimPower> plan_power(const Study& study, const PowerOptions& options) {
  std::vector<ClaimPower> planned;
  for (const Claim& claim : study.claims) {
    if (!is_exponent(claim)) continue;
    const PowerDesign design = make_design(claim, study, options);
    planned.push_back({.quantity = claim.arm + ", " + spaced(to_string(claim.law)),
                       .expect = design.expect,
                       .margin = design.margin,
                       .against = design.against,
                       .replicates = replicates_needed(design),
                       .with_one_size_more = replicates_needed(with_one_size_more(design))});
  }
  return planned;
}

std::string replicates_text(Index replicates) {
  return replicates < 0 ? "-" : with_thousands(replicates);
}

}  // namespace quartic
