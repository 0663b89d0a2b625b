#pragma once
/// A model whose errors follow a power law with log-normal noise: adaptive studies of it cost next to
/// nothing, and their truths are known.
#include <cmath>

#include "tests/experiments/engine/doubles.hpp"

namespace quartic::doubles {

/// Mean error scale n^(bend log n - slope) of the signal. `shared` of the variance of the logarithm belongs to the replicate: it
/// is read off the first label, which every size has.
struct Scattered {
  double scale = 1;
  double slope = 1;
  double bend = 0;
  double spread = 0.3;
  double shared = 0.3;
  double flops = 1;  // n^flops a fit

  static std::span<const Option<Scattered>> options() {
    static constexpr std::array table = {
        Option<Scattered>{"scale", &Scattered::scale, "of the error"},
        Option<Scattered>{"slope", &Scattered::slope, "of the error"},
        Option<Scattered>{"bend", &Scattered::bend, "of the error, away from a law"},
        Option<Scattered>{"spread", &Scattered::spread, "standard deviation of the logarithm"},
        Option<Scattered>{"shared", &Scattered::shared, "by all sizes of a replicate"},
        Option<Scattered>{"flops", &Scattered::flops, "exponent of the flops"}};
    return table;
  }
  std::string name() const { return "scattered"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  Fit fit(const Data& data, Stream stream) const {
    const double n = static_cast<double>(data.rows());
    const double common = data.y()(0) / std::sqrt(2.0);  // one relevant column and noise: variance 2
    const double noise = std::sqrt(shared) * common + std::sqrt(1 - shared) * stream.normal();
    const double error =
        scale * std::pow(n, bend * std::log(n) - slope) * std::exp(spread * noise - spread * spread / 2);
    Vector beta = Vector::Zero(data.columns());
    beta[0] = 1 + std::sqrt(error);
    FitReport report;
    report.status = FitStatus::converged;
    report.cost.fit_flops = std::pow(n, flops);
    return {LinearRule{beta, 0}, report};
  }
};

/// Two arms of which one scatters three times as much.
inline Study scattered_study() {
  Study study = plain_study();
  study.catalogues = catalogues().with(CatalogueEntry<Model>{
      "scattered", "a power law with noise", describe(Scattered::options()),
      [](const OptionValues& values) { return Model(with_options(Scattered::options(), values)); }});
  study.sizes = {4, 8, 16, 32};
  Cell cell = study.cells[0];
  cell.world.options = {{"candidates", Index{1}}, {"relevant", Index{1}}};
  cell.arms = {{.name = "quiet", .model = {"scattered", {{"spread", 0.1}}}, .expert = {}},
               {.name = "loud", .model = {"scattered", {{"spread", 0.3}}}, .expert = {}}};
  study.cells = {cell};
  return study;
}

/// A steep arm that overtakes a slow one, by the closed curves of its options at n = 100 in the first cell and at 300
/// in the second; and a third arm, which is never overtaken nor overtakes.
inline Study crossing_study(const OptionValues& more = {}) {
  Study study = scattered_study();
  study.sizes = {10,  12,  14,  17,  20,  24,  30,  36,  43,  52,  62,  75, 90,
                 108, 130, 156, 187, 225, 270, 324, 389, 467, 560, 672, 810};
  Cell cell = study.cells[0];
  const double slope = 0.2;
  cell.arms = {{.name = "slow", .model = {"scattered", {{"slope", slope}, {"spread", 0.1}}}, .expert = {}},
               {.name = "steep", .model = {"scattered", {{"spread", 0.2}}}, .expert = {}},
               {.name = "best", .model = {"scattered", {{"slope", 1.0}, {"scale", 0.1}}}, .expert = {}}};
  Cell second = cell;
  second.id = 1;
  cell.arms[1].model.options["scale"] = std::pow(100, 1 - slope);
  second.arms[1].model.options["scale"] = std::pow(300, 1 - slope);
  for (const auto& [key, value] : more)
    cell.arms[1].model.options[key] = second.arms[1].model.options[key] = value;
  study.cells = {cell, second};
  study.adaptive = {.least = 20, .most = 5000};
  study.adaptive->targets = {{.law = Claim{.says = "target",
                                           .arm = "steep",
                                           .law = LawKind::crossing,
                                           .near = 1.5,
                                           .against_arm = "slow"},
                              .half_width = 0.01}};
  for (const Index n : study.sizes)
    if (n != 10 && n != 30 && n != 90 && n != 270 && n != 810)
      study.adaptive->targets.front().sizes.push_back(n);
  study.replicates = 5000;
  return study;
}

}  // namespace quartic::doubles
