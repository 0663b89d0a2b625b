#include "sim/worlds/shifted.hpp"

#include <array>

#include "sim/parts/pool.hpp"
#include "sim/parts/rule.hpp"
#include "sim/parts/sparse_score.hpp"
#include "sim/worlds/recording.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = joined(
    pool_options<Shifted>,
    std::array{
        Option<Shifted>{"covariance", &Shifted::covariance, "how columns vary together", covariance_words},
        Option<Shifted>{"coefficients", &Shifted::coefficients, "size of the effects of the relevant columns",
                        coefficient_words},
        Option<Shifted>{"shift", &Shifted::shift, "what is otherwise where rules are judged", shift_words},
        Option<Shifted>{"strength", &Shifted::strength, "how much of it", no_words,
                        from_to(0, 1, "it goes from nothing to all of it")},
        Option<Shifted>{"block", &Shifted::block,
                        "columns that are turned, or put in another order, among themselves", no_words,
                        from_to(2, 1e9, "one column alone stays as it is"),
                        OnlyWith{"shift", {"rotation", "permutation"}}}});

/// The rows by which rules are judged. See core/truth.hpp for its members.
class RecordedRows {
 public:
  RecordedRows(RecordedCases recorded, Facts facts)
      : recorded_(std::make_shared<const RecordedCases>(std::move(recorded))), facts_(std::move(facts)) {}

  Index candidates() const { return recorded_->cases.candidates(); }
  std::vector<Index> relevant() const { return recorded_->cases.relevant(); }
  Facts facts() const { return facts_; }
  Matrix x(Range rows, Range columns, Stream stream) const {
    return recorded_->columns(rows, all_of(columns), std::move(stream));
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    return recorded_->columns(rows, columns, std::move(stream));
  }
  Vector y(Range rows, Stream stream) const {
    const Vector noise = recorded_->score.noise.of_rows(rows, stream);
    return mean(rows, std::move(stream)) + noise;
  }
  Vector mean(Range rows, Stream stream) const { return recorded_->scores(rows, std::move(stream)); }
  double excess_risk(const LinearRule& rule) const;

 private:
  std::shared_ptr<const RecordedCases> recorded_;  // one for all copies: it holds numbers for each candidate
  Facts facts_;
};
static_assert(DrawsRows<RecordedRows> && HasExactRisk<RecordedRows>);

double RecordedRows::excess_risk(const LinearRule& rule) const {
  require_coefficient_each(rule, candidates());
  const Recording& recording = recorded_->recording;
  const Vector errors = recording.on_cases(rule.coefficients) - recorded_->dense_target();
  const double constant = rule.intercept + rule.coefficients.dot(recording.moved);
  return recorded_->score.quadratic_form(errors) +
         recording.blur * recording.blur * rule.coefficients.squaredNorm() + constant * constant;
}

Truth tested_of(const Shifted& world, const Truth& trained, const PoolTruth& score, const Stream& truth) {
  RecordedCases recorded =
      draw_recorded({world.shift, world.strength, world.block}, trained, score, truth.child("shift"));
  Facts facts = trained.facts();
  if (world.shift == "scale") {
    const double noise = score.noise.deviation();
    facts["signal"] = score.quadratic_form(recorded.dense_target());
    facts["signal_to_noise"] = facts["signal"] / (noise * noise);
  }
  return RecordedRows(std::move(recorded), std::move(facts));
}

}  // namespace

std::span<const Option<Shifted>> Shifted::options() {
  return option_table;
}

std::string Shifted::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Shifted::require_consistent() const {
  require_pool(make_pool(*this), Shifted{}.noise);
  require_covariance(covariance);
  require_coefficients(coefficients);
}

Truth Shifted::draw(Stream truth) const {
  require_valid(*this);
  PoolTruth score = draw_sparse_score(make_pool(*this), {covariance, coefficients}, truth);
  score.noise = Noise("gaussian", noise_deviation(make_pool(*this), score.signal));
  const Truth trained = make_truth(score);
  return with_tested(trained, tested_of(*this, trained, score, truth));
}

}  // namespace quartic
