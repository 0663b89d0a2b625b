#include "sim/worlds/shifted_classes.hpp"

#include <algorithm>
#include <cmath>

#include "core/require.hpp"
#include "sim/parts/class_law.hpp"
#include "sim/parts/class_truth.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/normal_integral.hpp"
#include "sim/parts/rows.hpp"
#include "sim/parts/rule.hpp"
#include "sim/parts/sparse_score.hpp"
#include "sim/worlds/recording.hpp"

namespace quartic {

namespace {

constexpr std::array all_shift_words = {
    OptionWord{"prevalence", "label shift: another share of class 1, whose cases look as before"},
    shift_words[0],
    shift_words[1],
    shift_words[2],
    shift_words[3],
    shift_words[4]};

constexpr std::array option_table = {
    candidates_option<ShiftedClasses>,
    relevant_option<ShiftedClasses>,
    support_option<ShiftedClasses>,
    Option<ShiftedClasses>{"covariance", &ShiftedClasses::covariance, "how columns vary together",
                           covariance_words},
    Option<ShiftedClasses>{"coefficients", &ShiftedClasses::coefficients,
                           "size of the effects of the relevant columns", coefficient_words},
    Option<ShiftedClasses>{
        "signal", &ShiftedClasses::signal, "variance of the score in training", no_words,
        from_to(1e-6, 1e6, "a smaller one tells the classes apart for nobody, a larger one for everybody")},
    Option<ShiftedClasses>{"prevalence", &ShiftedClasses::prevalence, "share of class 1 in training",
                           no_words,
                           from_to(0.01, 0.99, "cases of the rarer class are searched for, one by one")},
    Option<ShiftedClasses>{"label_noise", &ShiftedClasses::label_noise,
                           "chance that a training label is the wrong one", no_words,
                           Bounds{0, 0.5, false, true, "labels that are wrong half of the time say nothing"}},
    Option<ShiftedClasses>{"shift", &ShiftedClasses::shift, "what is otherwise where rules are judged",
                           all_shift_words},
    Option<ShiftedClasses>{"strength", &ShiftedClasses::strength, "how much of it", no_words,
                           from_to(0, 1, "it goes from nothing to all of it")},
    Option<ShiftedClasses>{"block", &ShiftedClasses::block,
                           "columns that are turned, or put in another order, among themselves", no_words,
                           from_to(2, 1e9, "one column alone stays as it is"),
                           OnlyWith{"shift", {"rotation", "permutation"}}}};

/// The law of y given the score under the test law: with prior weights of the classes over those of training, which
/// are 1 but for "prevalence".
struct TestedLaw {
  ClassLaw trained;  ///< the signal is that of the test cases
  double ones = 1, zeros = 1;

  /// By what the log odds grow.
  double moved() const { return ones == zeros ? 0 : detail::logarithm(ones / zeros); }
  double chance(double u) const { return trained.probability(trained.intercept + moved() + u); }
  /// a p - c (1 - p) at the log odds t of training.
  double advantage(double t) const { return ones * trained.probability(t) - zeros * trained.probability(-t); }

  /// E f(t, z) over t = intercept + deviation z, which may bend where Bayes changes his mind, and at `bend`.
  template <class Function>
  double mean(detail::Bend bend, Function f) const {
    const double deviation = std::sqrt(trained.signal);
    const std::array bends = {detail::Bend{-trained.intercept / deviation, 1 / deviation},
                              detail::Bend{-(trained.intercept + moved()) / deviation, 0}, bend};
    return detail::normal_mean(bends, [&](double z) { return f(trained.intercept + deviation * z, z); });
  }
  double bayes_error() const {
    return mean({}, [&](double t, double) {
      return std::min(ones * trained.probability(t), zeros * trained.probability(-t));
    });
  }
  double excess(const RuleScore& rule) const {
    const double slope = std::abs(rule.correlation);
    const detail::Bend switches =
        slope > 0 ? detail::Bend{-rule.offset / rule.correlation, rule.residual / slope} : detail::Bend{};
    return mean(switches, [&](double t, double z) {
      const double gain = advantage(t), v = rule.offset + rule.correlation * z;
      return std::abs(gain) * chance_above(gain > 0 ? -v : v, rule.residual);
    });
  }
  /// P(N(0, 1) > -t/width).
  static double chance_above(double t, double width) {
    if (width > 0) return detail::normal_distribution(t / width);
    return t > 0 ? 1 : 0;
  }
};

/// The rows by which rules are judged. See core/truth.hpp for its members.
class TestedClasses {
 public:
  TestedClasses(RecordedCases recorded, const TestedLaw& law, double prevalence);

  Index candidates() const { return recorded_->cases.candidates(); }
  std::vector<Index> relevant() const { return recorded_->cases.relevant(); }
  Facts facts() const { return facts_; }
  Matrix x(Range rows, Range columns, Stream stream) const {
    return this->columns(rows, all_of(columns), std::move(stream));
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const;
  Vector y(Range rows, Stream stream) const;
  Vector mean(Range rows, Stream stream) const;
  double excess_risk(const LinearRule& rule) const;

 private:
  bool searches() const { return law_.ones != law_.zeros; }
  bool is_one(const Stream& row) const { return row.child("noise").uniform() < facts_.at("prevalence"); }
  Index find_case(const Stream& row) const;
  RuleScore compare(const LinearRule& rule) const;

  std::shared_ptr<const RecordedCases> recorded_;  // one for all copies: it holds numbers for each candidate
  TestedLaw law_;
  Vector direction_;  // of the score, over its standard deviation
  Facts facts_;
};
static_assert(DrawsRows<TestedClasses> && HasExactRisk<TestedClasses>);

TestedClasses::TestedClasses(RecordedCases recorded, const TestedLaw& law, double prevalence)
    : recorded_(std::make_shared<const RecordedCases>(std::move(recorded))),
      law_(law),
      direction_(recorded_->dense_target() / std::sqrt(law.trained.signal)),
      facts_(recorded_->cases.facts()) {
  facts_["signal"] = law.trained.signal;
  facts_["intercept"] = law.trained.intercept + law.moved();
  facts_["prevalence"] = prevalence;
  facts_["constant_error"] = std::min(prevalence, 1 - prevalence);
  facts_["bayes_error"] = law.bayes_error();
  constexpr double least_gain = 1e-6;
  require(
      facts_.at("constant_error") - facts_.at("bayes_error") > least_gain,
      "under the law of test the best rule of all is wrong as often as one that never looks at x (errors are "
      "measured in units of that difference). Raise signal, or lower strength.",
      {"strength", "signal"});
}

// Of another prevalence: the first row that is tried whose class is the one wanted.
Index TestedClasses::find_case(const Stream& row) const {
  const Stream tries = row.child("tries");
  const double wanted = is_one(row) ? 1 : 0;
  for (Index k = 0;; ++k) {
    interruption_point();
    const double u = recorded_->scores({k, 1}, row.child("tries"))[0];
    const bool one = tries.child(static_cast<std::uint64_t>(k)).child("noise").uniform() <
                     law_.trained.probability(law_.trained.intercept + u);
    if (one == (wanted == 1)) return k;
  }
}

Matrix TestedClasses::columns(Range rows, std::span<const Index> columns, Stream stream) const {
  if (!searches()) return recorded_->columns(rows, columns, std::move(stream));
  Matrix x(rows.count, std::ssize(columns));
  for (Index i = 0; i < rows.count; ++i) {
    const Stream row = row_stream(stream, rows.first + i);
    x.row(i) = recorded_->columns({find_case(row), 1}, columns, row.child("tries"));
  }
  return x;
}

Vector TestedClasses::mean(Range rows, Stream stream) const {
  Vector chances(rows.count);
  if (searches())
    for (Index i = 0; i < rows.count; ++i) {
      const Stream row = row_stream(stream, rows.first + i);
      chances[i] = recorded_->scores({find_case(row), 1}, row.child("tries"))[0];
    }
  else
    chances = recorded_->scores(rows, std::move(stream));
  for (double& u : chances) u = law_.chance(u);
  return chances;
}

Vector TestedClasses::y(Range rows, Stream stream) const {
  Vector labels(rows.count), uniforms(rows.count);
  for (Index i = 0; i < rows.count; ++i) {
    const Stream row = row_stream(stream, rows.first + i);
    labels[i] = is_one(row) ? 1 : 0;
    uniforms[i] = row.child("noise").uniform();
  }
  if (searches()) return labels;
  const Vector chances = mean(rows, std::move(stream));
  return (uniforms.array() < chances.array()).cast<double>();
}

// As in class_truth.cpp; of the rule's score T'b is what goes with the case, and the blur is its own.
RuleScore TestedClasses::compare(const LinearRule& rule) const {
  const Recording& recording = recorded_->recording;
  const auto& form = recorded_->score.quadratic_form;
  const Vector w = recording.on_cases(rule.coefficients);
  const double blurred = recording.blur * recording.blur * rule.coefficients.squaredNorm();
  const double deviation = std::sqrt(form(w) + blurred);
  const Vector unit = w / deviation;
  const double correlation = std::clamp((form(unit + direction_) - form(unit - direction_)) / 4, -1.0, 1.0);
  const double residual = form(unit - correlation * direction_) + blurred / (deviation * deviation);
  const double offset = rule.intercept + rule.coefficients.dot(recording.moved);
  return {correlation, std::sqrt(std::max(0.0, residual)), offset / deviation};
}

// Only the sign of the rule's score counts, so that it may be scaled first: no square overflows.
double TestedClasses::excess_risk(const LinearRule& rule) const {
  require_coefficient_each(rule, candidates());
  if (!rule.coefficients.allFinite() || !std::isfinite(rule.intercept)) return nan;
  const double largest = rule.coefficients.cwiseAbs().maxCoeff();
  if (largest == 0) return law_.excess({0, 0, rule.intercept > 0 ? 1.0 : -1.0});
  return law_.excess(compare({rule.coefficients / largest, rule.intercept / largest}));
}

template <class W>
Pool pool_of(const W& world) {
  return {world.candidates, world.relevant, world.support, world.signal, 0, 0};
}

Truth tested_of(const ShiftedClasses& world, const Truth& trained, const PoolTruth& score,
                const ClassLaw& law, const Stream& truth) {
  const Shift shift{world.shift == "prevalence" ? "none" : std::string_view(world.shift), world.strength,
                    world.block};
  RecordedCases recorded = draw_recorded(shift, trained, score, truth.child("shift"));
  ClassLaw cases = law;
  cases.signal = score.quadratic_form(recorded.dense_target());
  if (world.shift != "prevalence") {
    const double prevalence = cases.prevalence();
    return TestedClasses(std::move(recorded), {cases}, prevalence);
  }
  const double before = world.prevalence, after = before + world.strength * (1 - 2 * before);
  return TestedClasses(std::move(recorded), {cases, after / before, (1 - after) / (1 - before)}, after);
}

}  // namespace

std::span<const Option<ShiftedClasses>> ShiftedClasses::options() {
  return option_table;
}

std::string ShiftedClasses::fingerprint() const {
  return fingerprint_of(*this, options());
}

void ShiftedClasses::require_consistent() const {
  require_pool(pool_of(*this), 0);
  require_covariance(covariance);
  require_coefficients(coefficients);
}

Truth ShiftedClasses::draw(Stream truth) const {
  require_valid(*this);
  const PoolTruth score = draw_sparse_score(pool_of(*this), {covariance, coefficients}, truth);
  const ClassLaw law = law_of_prevalence(Link::logistic, score.signal, prevalence);
  const Truth trained = make_class_truth(score, law, label_noise);
  return with_tested(trained, tested_of(*this, trained, score, law, truth));
}

}  // namespace quartic
