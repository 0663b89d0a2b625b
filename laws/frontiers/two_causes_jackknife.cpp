#include "laws/frontiers/two_causes_jackknife.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "laws/statistics/weights.hpp"

namespace quartic {
namespace {

/// log cost = log unit + u log n + v log p by least squares over the rows that count.
PairCost fit_cost(const TwoCauseRows& rows, const Vector& weights) {
  if (rows.cost.size() == 0) return {};
  Matrix design(rows.cost.size(), 3);
  design << weights, weights.cwiseProduct(rows.first.array().log().matrix()),
      weights.cwiseProduct(rows.second.array().log().matrix());
  const Vector found =
      design.completeOrthogonalDecomposition().solve(weights.cwiseProduct(rows.cost.array().log().matrix()));
  return {std::exp(found[0]), found[1], found[2]};
}

using Sample = TwoCauseJackknife::Sample;
using NumberOf = std::function<double(const Sample&)>;

Interval jackknifed(const std::vector<Sample>& samples, const JackknifeOptions& options,
                    const NumberOf& number) {
  return jackknife([&](Index k) { return number(samples[static_cast<std::size_t>(k)]); }, options);
}

/// Of its logarithm.
Interval jackknifed_scale(const std::vector<Sample>& samples, const JackknifeOptions& options,
                          const NumberOf& number) {
  const Interval log = jackknifed(samples, options, [&](const Sample& sample) {
    const double value = number(sample);
    return value > 0 ? std::log(value) : nan;
  });
  return {number(samples.front()), std::exp(log.low), std::exp(log.high)};
}

bool is_scale(double TwoCauseLaw::*number) {
  return number == &TwoCauseLaw::first_scale || number == &TwoCauseLaw::second_scale;
}

bool is_scale(double TwoCauseFrontier::*number) {
  return number == &TwoCauseFrontier::excess || number == &TwoCauseFrontier::first_scale ||
         number == &TwoCauseFrontier::second_scale;
}

bool is_exponent(double TwoCauseLaw::*number) {
  return number == &TwoCauseLaw::first_exponent || number == &TwoCauseLaw::second_exponent;
}

}  // namespace

TwoCauseJackknife::TwoCauseJackknife(std::vector<Sample> samples, const JackknifeOptions& options)
    : samples_(std::move(samples)), options_(options) {}

Interval TwoCauseJackknife::of(double TwoCauseLaw::*number) const {
  const auto of_sample = [&](const Sample& sample) {
    const double value = sample.fit.law.*number;
    return is_exponent(number) ? told_exponent(value) : value;
  };
  return (is_scale(number) ? jackknifed_scale : jackknifed)(samples_, options_, of_sample);
}

Interval TwoCauseJackknife::of(double TwoCauseFrontier::*number) const {
  const auto of_sample = [&](const Sample& sample) { return sample.fit.law.frontier(sample.cost).*number; };
  return (is_scale(number) ? jackknifed_scale : jackknifed)(samples_, options_, of_sample);
}

TwoCauseJackknife jackknife_replicates(const TwoCauseTable& table, Average average, double confidence) {
  const Index blocks = jackknife_blocks(table.errors.rows());
  const Resampled averages = resample(table.errors, {average, blocks});
  TwoCausePoints points{table.first, table.second, {}, {}};
  Matrix sizes(table.first.size(), 2);
  sizes << table.first, table.second;
  std::vector<Sample> samples;
  for (Index row = 0; row <= blocks; ++row) {
    points.values = unbiased_averages(averages.at(row), sizes);
    points.weights = log_average_weights(averages.at(row), sizes);
    samples.push_back({fit_two_causes(points)});
  }
  return {std::move(samples), {blocks, averages.degrees, confidence}};
}

TwoCauseJackknife jackknife_rows(const TwoCauseRows& rows, const TwoCauseRowOptions& options) {
  constexpr Index numbers = 5, units_of_absolute_residuals = 20;
  const bool square = std::isinf(options.fit.delta), single = rows.units.are_rows();
  const RowUnits units =
      single && !square ? dealt_rows(rows.values.size(), units_of_absolute_residuals) : rows.units;
  std::vector<Sample> samples;
  for (Index k = 0; k <= units.blocks; ++k) {
    const Vector weights = units.weights(k);
    samples.push_back({fit_two_causes({rows.first, rows.second, rows.values, weights}, options.fit),
                       fit_cost(rows, weights)});
  }
  JackknifeOptions over = units.jackknife(options.confidence);
  if (single && square) over.degrees = std::min(over.degrees, rows.values.size() - numbers);
  return {std::move(samples), over};
}

}  // namespace quartic
