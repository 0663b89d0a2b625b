#include "experiments/calibration/plan.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/require.hpp"

namespace quartic {

namespace {

/// A law with its place in the table, and the sizes that it is measured at.
struct Planted {
  const char* name;
  Law law;
  Index sizes = 10;
  double to = 10000;
};

/// Over two decades of sizes, from 100: floors an eleventh of and as large as the fall at the largest size,
/// an offset most of the smallest. A break needs room on both sides: three decades.
const std::vector<Planted>& planted_laws() {
  static const std::vector<Planted> laws = {
      {"power", {.form = LawForm::power, .scale = 3, .exponent = 1}},
      {"floor, far", {.form = LawForm::floor, .scale = 3, .exponent = 1, .floor = 0.00003}},
      {"floor, near", {.form = LawForm::floor, .scale = 3, .exponent = 1, .floor = 0.0003}},
      {"offset", {.form = LawForm::offset, .scale = 3, .exponent = 1, .offset = 80}},
      {"logarithm", {.form = LawForm::logarithm, .scale = 3, .exponent = 1}},
      {"floor_offset",
       {.form = LawForm::floor_offset, .scale = 3, .exponent = 1, .floor = 0.0003, .offset = 80}},
      {"broken",
       {.form = LawForm::broken, .scale = 3, .exponent = 1, .break_size = 3000, .exponent_beyond = 0.25},
       20,
       100000},
      {"floor_broken",
       {.form = LawForm::floor_broken,
        .scale = 3,
        .exponent = 0.5,
        .floor = 3e-6,
        .break_size = 3000,
        .exponent_beyond = 2},
       20,
       100000}};
  return laws;
}

struct PlanRange {
  std::vector<double> spreads;
  std::vector<Index> replicates;
};

/// Forms without a floor take microseconds a fit: the others would take hours under bootstrap_t, which fits
/// every study ten thousand times.
bool is_quick(LawForm form) {
  return form == LawForm::power || form == LawForm::offset || form == LawForm::logarithm;
}

void add_forms(const PlanRange& range, IntervalMethod method, std::vector<CalibrationDesign>& designs) {
  for (const Planted& planted : planted_laws())
    for (const double spread : range.spreads)
      for (const Index replicates : range.replicates) {
        if (method == IntervalMethod::bootstrap_t && !is_quick(planted.law.form)) continue;
        designs.push_back({.name = planted.name,
                           .law = planted.law,
                           .spread = spread,
                           .replicates = replicates,
                           .sizes = planted.sizes,
                           .to = planted.to,
                           .method = method});
      }
}

/// Two causes over a floor, all three felt at the largest sizes.
void add_two_causes(const PlanRange& range, std::vector<CalibrationDesign>& designs) {
  for (const double spread : range.spreads)
    for (const Index replicates : range.replicates)
      designs.push_back({.kind = CalibrationDesign::Kind::two_causes,
                         .name = "two causes",
                         .causes = {0.02, 10, 1, 1, 0.5},
                         .spread = spread,
                         .replicates = replicates});
}

void add_coverage(const PlanRange& range, std::vector<CalibrationDesign>& designs) {
  add_forms(range, IntervalMethod::jackknife, designs);
  add_two_causes(range, designs);
}

/// Spreads that rise and fall along the curve, and errors that are skewed or have heavy tails: by the power law
/// that was planted.
void add_scatters(const std::vector<Index>& replicates, std::vector<CalibrationDesign>& designs) {
  const Law law = planted_laws().front().law;
  const auto add = [&](const char* name, ErrorNoise noise, double first, double last) {
    for (const Index count : replicates)
      designs.push_back({.name = name,
                         .law = law,
                         .noise = noise,
                         .spread = first,
                         .change = last / first,
                         .replicates = count});
  };
  add("1.2 to .1", ErrorNoise::log_normal, 1.2, 0.1);
  add(".1 to 1.2", ErrorNoise::log_normal, 0.1, 1.2);
  add(".5 to .1", ErrorNoise::log_normal, 0.5, 0.1);
  add("heavy tails", ErrorNoise::heavy, 0.3, 0.3);
  add("skewed", ErrorNoise::skewed, 1, 1);
  add("skewed, 1.2 to .2", ErrorNoise::skewed, 1.2, 0.2);
}

/// Slopes from .1 to 1 at 1 % noise: nothing but bias could move them.
void add_slopes(std::vector<CalibrationDesign>& designs) {
  for (const double slope : {0.1, 0.25, 0.5, 1.0})
    designs.push_back({.name = fmt::format("slope {}", slope),
                       .law = {.form = LawForm::power, .scale = 3, .exponent = slope},
                       .spread = 0.01});
}

CalibrationDesign judged(const char* name, const Law& law, double expect, double margin) {
  return {.kind = CalibrationDesign::Kind::verdict,
          .name = name,
          .law = law,
          .spread = 0.3,
          .replicates = 100,
          .claim = {Expectation::Kind::about, expect, margin}};
}

/// One decade, or one and a half, of an error that may as well run into a floor.
CalibrationDesign ambiguous(const char* name, const Law& law, Index replicates, double to) {
  CalibrationDesign design = judged(name, law, 4, 0.5);
  design.replicates = replicates;
  design.spread = 0.5;
  design.sizes = 6;
  design.to = to;
  return design;
}

/// The exponent that was planted is claimed, +- .3, of laws that are read among others or as others.
void add_whichever(const std::vector<Index>& replicates, const std::vector<Index>& sizes,
                   std::vector<CalibrationDesign>& designs) {
  const std::pair<const char*, Law> truths[] = {
      {"power", {.form = LawForm::power, .scale = 3, .exponent = 1}},
      {"floor", {.form = LawForm::floor, .scale = 3, .exponent = 1, .floor = 0.0003}},
      {"offset", {.form = LawForm::offset, .scale = 3, .exponent = 1, .offset = 80}},
      {"broken",
       {.form = LawForm::broken, .scale = 3, .exponent = 1, .break_size = 3000, .exponent_beyond = 0.25}},
      {"logarithm", {.form = LawForm::logarithm, .scale = 3, .exponent = 1}}};
  for (const auto& [name, law] : truths)
    for (const Index size : sizes)
      for (const Index count : replicates)
        designs.push_back({.kind = CalibrationDesign::Kind::verdict,
                           .name = name,
                           .law = law,
                           .replicates = count,
                           .sizes = size,
                           .claim = {Expectation::Kind::about, 2, 0.3}});
}

void add_verdicts(std::vector<CalibrationDesign>& designs) {
  const Law one{.form = LawForm::power, .scale = 3, .exponent = 1},
      half{.form = LawForm::power, .scale = 3, .exponent = 0.5},
      to_floor{.form = LawForm::floor, .scale = 3, .exponent = 0.6, .floor = 0.03};
  designs.push_back(judged("2 +- .3 is true", one, 2, 0.3));
  designs.push_back(judged("2 is two margins away", one, 2.6, 0.3));
  designs.push_back(judged("4 +- .5 is true", half, 4, 0.5));
  designs.push_back(judged("4 is two margins away", half, 5, 0.5));
  designs.push_back(ambiguous("no floor, one decade", half, 10, 1000));
  designs.push_back(ambiguous("floor, one decade", to_floor, 10, 1000));
  designs.push_back(ambiguous("floor, 1.5 decades", to_floor, 20, 3000));
}

void add_plain(std::vector<CalibrationDesign>& designs) {
  for (const Index rows : {12, 30, 100})
    designs.push_back({.kind = CalibrationDesign::Kind::plain,
                       .name = fmt::format("{} rows", rows),
                       .law = {.form = LawForm::power, .scale = 3, .exponent = 1},
                       .spread = 0.5,
                       .replicates = 1,
                       .sizes = rows,
                       .common = 0});
}

}  // namespace

CalibrationPlan calibration_plan(std::string_view effort) {
  CalibrationPlan plan;
  if (effort == "classroom") {
    add_coverage({{0.3}, {10}}, plan.designs);
    add_scatters({10}, plan.designs);
    add_whichever({10}, {10}, plan.designs);
    plan.studies = 150;
  } else if (effort == "standard") {
    add_coverage({{0.3, 1.0}, {10, 20, 50}}, plan.designs);
    add_scatters({5, 20}, plan.designs);
    add_whichever({5, 20}, {6, 10}, plan.designs);
    plan.studies = 400;
  } else if (effort == "paper") {
    add_coverage({{0.3, 0.5, 1.0}, {10, 20, 50}}, plan.designs);
    add_scatters({5, 10, 20}, plan.designs);
    add_whichever({3, 5, 10, 20}, {5, 6, 8, 10}, plan.designs);
    plan.studies = 2000;
    plan.bootstrap_studies = 500;
  } else {
    throw InvalidInput("there is no effort \"" + std::string(effort) +
                       "\" of the calibration (it has three). Choose classroom, standard or paper.");
  }
  add_slopes(plan.designs);
  add_verdicts(plan.designs);
  add_plain(plan.designs);
  if (plan.bootstrap_studies > 0)  // last, as they take longer than all others together
    add_forms({{0.3, 1.0}, {10}}, IntervalMethod::bootstrap_t, plan.designs);
  return plan;
}

}  // namespace quartic
