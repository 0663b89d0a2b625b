#pragma once
/// A model whose errors follow a power law with log-normal noise: adaptive studies of it cost next to
/// nothing, and their truths are known.
#include <cmath>

#include "tests/experiments/engine/doubles.hpp"

namespace quartic::doubles {

/// Mean error n^(bend log n - slope) of the signal. `shared` of the variance of the logarithm belongs to the replicate: it
/// is read off the first label, which every size has.
struct Scattered {
  double slope = 1;
  double bend = 0;
  double spread = 0.3;
  double shared = 0.3;
  double flops = 1;  // n^flops a fit

  static std::span<const Option<Scattered>> options() {
    static constexpr std::array table = {
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
        std::pow(n, bend * std::log(n) - slope) * std::exp(spread * noise - spread * spread / 2);
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

}  // namespace quartic::doubles
