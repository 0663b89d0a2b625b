#include "sim/worlds/shifted.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "sim/parts/pool.hpp"
#include "sim/parts/rows.hpp"
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

/// What the cases of a test law are made of.
struct TestLaw {
  Truth cases;  // as they are, recorded or not
  PoolTruth score;
  Recording recording;
  std::vector<double> target;  // f* = target'x, beside score.columns
  Facts facts;
};

Vector to_dense(std::span<const Index> columns, std::span<const double> values, Index candidates) {
  Vector dense = Vector::Zero(candidates);
  for (std::size_t k = 0; k < columns.size(); ++k) dense[columns[k]] = values[k];
  return dense;
}

/// The rows by which rules are judged. See core/truth.hpp for its members.
class RecordedRows {
 public:
  explicit RecordedRows(TestLaw law) : law_(std::make_shared<const TestLaw>(std::move(law))) {}

  Index candidates() const { return law_->cases.candidates(); }
  std::vector<Index> relevant() const { return law_->cases.relevant(); }
  Facts facts() const { return law_->facts; }
  Matrix x(Range rows, Range columns, Stream stream) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const;
  Vector y(Range rows, Stream stream) const {
    const Vector noise = law_->score.noise.of_rows(rows, stream);
    return mean(rows, std::move(stream)) + noise;
  }
  Vector mean(Range rows, Stream stream) const;
  double excess_risk(const LinearRule& rule) const;

 private:
  std::shared_ptr<const TestLaw> law_;  // one for all copies: it holds a number a candidate
};
static_assert(DrawsRows<RecordedRows> && HasExactRisk<RecordedRows>);

// The columns themselves, then their partners.
Matrix RecordedRows::columns(Range rows, std::span<const Index> columns, Stream stream) const {
  const Recording& recording = law_->recording;
  const bool mixes =
      std::any_of(columns.begin(), columns.end(), [&](Index j) { return recording.other[j] != 0; });
  std::vector<Index> needed(columns.begin(), columns.end());
  if (mixes)
    for (const Index j : columns) needed.push_back(recording.partner[static_cast<std::size_t>(j)]);
  Matrix blur = Matrix::Zero(rows.count, std::ssize(columns));
  for (Index i = 0; recording.blur > 0 && i < rows.count; ++i)
    Isotropic{}.pick(row_stream(stream, rows.first + i).child("blur"), columns, row_span(blur, i));
  const Matrix seen = law_->cases.columns(rows, needed, std::move(stream));
  Matrix x(rows.count, std::ssize(columns));
  for (Index k = 0; k < x.cols(); ++k) {
    const Index j = columns[static_cast<std::size_t>(k)];
    x.col(k) = recording.own[j] * seen.col(k) + recording.blur * blur.col(k);
    if (mixes) x.col(k) += recording.other[j] * seen.col(x.cols() + k);
    x.col(k).array() += recording.moved[j];
  }
  return x;
}

Matrix RecordedRows::x(Range rows, Range columns, Stream stream) const {
  std::vector<Index> all(static_cast<std::size_t>(columns.count));
  std::iota(all.begin(), all.end(), columns.first);
  return this->columns(rows, all, std::move(stream));
}

// Each sum in the order of the columns, so that its bits do not depend on the processor.
Vector RecordedRows::mean(Range rows, Stream stream) const {
  const Matrix z = law_->cases.columns(rows, law_->score.columns, std::move(stream));
  Vector answers = Vector::Zero(rows.count);
  for (Index i = 0; i < rows.count; ++i)
    for (Index k = 0; k < z.cols(); ++k) answers[i] += z(i, k) * law_->target[static_cast<std::size_t>(k)];
  return answers;
}

double RecordedRows::excess_risk(const LinearRule& rule) const {
  require_coefficient_each(rule, candidates());
  const Recording& recording = law_->recording;
  const Vector errors =
      recording.on_cases(rule.coefficients) - to_dense(law_->score.columns, law_->target, candidates());
  const double constant = rule.intercept + rule.coefficients.dot(recording.moved);
  return law_->score.quadratic_form(errors) +
         recording.blur * recording.blur * rule.coefficients.squaredNorm() + constant * constant;
}

/// One truth for training, another for judging.
struct ShiftedRows {
  Truth trained, judge;

  Index candidates() const { return trained.candidates(); }
  std::vector<Index> relevant() const { return trained.relevant(); }
  Facts facts() const { return trained.facts(); }
  Matrix x(Range rows, Range columns, Stream stream) const {
    return trained.x(rows, columns, std::move(stream));
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    return trained.columns(rows, columns, std::move(stream));
  }
  Vector y(Range rows, Stream stream) const { return trained.y(rows, std::move(stream)); }
  Vector mean(Range rows, Stream stream) const { return trained.mean(rows, std::move(stream)); }
  double excess_risk(const LinearRule& rule) const { return *trained.excess_risk(rule); }
  double variance(Index column) const { return *trained.variance(column); }
  std::optional<Truth> tested() const { return judge; }
};
static_assert(DrawsRows<ShiftedRows> && HasExactRisk<ShiftedRows> && HasTestLaw<ShiftedRows>);

/// Of "scale" T'beta, whose columns are those of beta; else beta.
std::vector<double> target_of(const Shifted& world, const PoolTruth& score, const Recording& recording) {
  std::vector<double> target = score.slopes;
  if (world.shift == "scale")
    for (std::size_t k = 0; k < target.size(); ++k) target[k] *= recording.own[score.columns[k]];
  return target;
}

TestLaw law_of(const Shifted& world, const PoolTruth& score, const Truth& trained, const Stream& truth) {
  Recording recording =
      draw_recording({world.shift, world.strength, world.block}, world.candidates, truth.child("shift"));
  std::vector<double> target = target_of(world, score, recording);
  Facts facts = trained.facts();
  if (world.shift == "scale") {
    const double noise = score.noise.deviation();
    facts["signal"] = score.quadratic_form(to_dense(score.columns, target, world.candidates));
    facts["signal_to_noise"] = facts["signal"] / (noise * noise);
  }
  return {trained, score, std::move(recording), std::move(target), std::move(facts)};
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
  return ShiftedRows{trained, RecordedRows(law_of(*this, score, trained, truth))};
}

}  // namespace quartic
