#include "sim/worlds/rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/require.hpp"
#include "sim/parts/covariance.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/pool.hpp"
#include "sim/parts/rows.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = {
    candidates_option<Rules>,
    Option<Rules>{"rules", &Rules::rules, "rules that there are", no_words,
                  from_to(1, 1e4, "an answer by rules takes from 1 to 10000 of them")},
    Option<Rules>{"conditions", &Rules::conditions, "findings that a rule asks for", no_words,
                  from_to(1, 1000, "a rule has from 1 to 1000 conditions")},
    Option<Rules>{"needed", &Rules::needed, "rules that must apply for a yes", no_words,
                  at_least(1, "with none the answer is always yes")},
    Option<Rules>{"absent", &Rules::absent, "share of the conditions that ask for a finding not to be there",
                  no_words, from_to(0, 1, "a share is from 0 to 1")},
    Option<Rules>{"frequency", &Rules::frequency, "chance that a finding is there", no_words,
                  from_to(1e-3, 1 - 1e-3, "a finding that is hardly ever there, or missing, tells nothing")},
    support_option<Rules>,
    Option<Rules>{"exceptions", &Rules::exceptions, "chance that a case goes against the rules", no_words,
                  Bounds{0, 0.5, false, true, "rules that are wrong half of the time say nothing"}},
    Option<Rules>{"label_noise", &Rules::label_noise, "chance that a training label is the wrong one",
                  no_words,
                  Bounds{0, 0.5, false, true, "labels that are wrong half of the time say nothing"}}};

std::string text(Index count) {
  return std::to_string(count);
}

/// Where the distribution function of a standard normal is p, to rounding.
double normal_quantile(double p) {
  double low = -10, high = 10;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = (low + high) / 2;
    (detail::normal_distribution(middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// P(a sum of independent Bernoulli numbers of these chances is `least` or more).
double upper_tail(const std::vector<double>& chances, Index least) {
  std::vector<double> exactly(static_cast<std::size_t>(least), 0);  // P(sum = k), k < least
  exactly[0] = 1;
  for (const double chance : chances)
    for (std::size_t k = exactly.size(); k-- > 0;)
      exactly[k] = exactly[k] * (1 - chance) + (k > 0 ? exactly[k - 1] * chance : 0);
  return 1 - std::accumulate(exactly.begin(), exactly.end(), 0.0);
}

/// One drawn truth; see core/truth.hpp for its members.
class RuleRows {
 public:
  RuleRows(const Rules& world, const Stream& truth);

  Index candidates() const { return world_.candidates; }
  std::vector<Index> relevant() const { return findings_; }
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream stream) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    return pick(rows, columns, stream);
  }
  Vector y(Range rows, Stream stream) const;
  Vector mean(Range rows, Stream stream) const;
  double variance(Index) const { return 1; }

 private:
  Matrix pick(Range rows, std::span<const Index> columns, const Stream& stream) const;
  std::vector<double> chances() const;
  bool says_yes(std::span<const double> x) const;
  Matrix standardised(Matrix normals) const;

  Rules world_;
  std::vector<Index> findings_;  // rule by rule
  std::vector<bool> absent_;     // beside them
  double quantile_, there_, not_there_;
};
static_assert(DrawsRows<RuleRows> && HasVariances<RuleRows>);

RuleRows::RuleRows(const Rules& world, const Stream& truth)
    : world_(world),
      findings_(draw_support(world.support, world.candidates, world.rules * world.conditions,
                             truth.child("support"))),
      absent_(findings_.size(), false),
      quantile_(normal_quantile(world.frequency)),
      there_(std::sqrt((1 - world.frequency) / world.frequency)),
      not_there_(-1 / there_) {
  const Index conditions = std::ssize(findings_);
  const auto some = static_cast<Index>(std::llround(world.absent * static_cast<double>(conditions)));
  for (const Index k : sample_without_replacement(conditions, some, truth.child("absent")))
    absent_[static_cast<std::size_t>(k)] = true;
}

std::vector<double> RuleRows::chances() const {
  std::vector<double> chances(static_cast<std::size_t>(world_.rules), 1);
  for (std::size_t k = 0; k < findings_.size(); ++k)
    chances[k / static_cast<std::size_t>(world_.conditions)] *=
        absent_[k] ? 1 - world_.frequency : world_.frequency;
  return chances;
}

Facts RuleRows::facts() const {
  const double yes = upper_tail(chances(), world_.needed), e = world_.exceptions;
  const double prevalence = yes * (1 - e) + (1 - yes) * e;
  return {{"candidates", static_cast<double>(world_.candidates)},
          {"relevant", static_cast<double>(findings_.size())},
          {"rule_share", yes},
          {"prevalence", prevalence},
          {"bayes_error", e},
          {"constant_error", std::min(prevalence, 1 - prevalence)},
          {"signal", (1 - 2 * e) * (1 - 2 * e) * yes * (1 - yes)}};
}

Matrix RuleRows::standardised(Matrix normals) const {
  for (double& z : std::span(normals.data(), static_cast<std::size_t>(normals.size())))
    z = z < quantile_ ? there_ : not_there_;
  return normals;
}

Matrix RuleRows::x(Range rows, Range columns, Stream stream) const {
  Matrix normals(rows.count, columns.count);
  for (Index i = 0; i < rows.count; ++i)
    Isotropic{}.fill(row_stream(stream, rows.first + i), columns.first, row_span(normals, i));
  return standardised(std::move(normals));
}

Matrix RuleRows::pick(Range rows, std::span<const Index> columns, const Stream& stream) const {
  Matrix normals(rows.count, std::ssize(columns));
  for (Index i = 0; i < rows.count; ++i)
    Isotropic{}.pick(row_stream(stream, rows.first + i), columns, row_span(normals, i));
  return standardised(std::move(normals));
}

bool RuleRows::says_yes(std::span<const double> x) const {
  Index applying = 0;
  for (Index rule = 0; rule < world_.rules; ++rule) {
    bool applies = true;
    for (Index c = 0; c < world_.conditions; ++c) {
      const auto k = static_cast<std::size_t>(rule * world_.conditions + c);
      applies = applies && (x[k] > 0) != absent_[k];
    }
    applying += applies;
  }
  return applying >= world_.needed;
}

// In blocks: rules may be many.
Vector RuleRows::mean(Range rows, Stream stream) const {
  constexpr Index at_once = 256;
  Vector chances(rows.count);
  for (Index first = 0; first < rows.count; first += at_once) {
    const Range some = {rows.first + first, std::min(at_once, rows.count - first)};
    Matrix x = pick(some, findings_, stream);
    for (Index i = 0; i < some.count; ++i)
      chances[first + i] = says_yes(row_span(x, i)) ? 1 - world_.exceptions : world_.exceptions;
  }
  return chances;
}

Vector RuleRows::y(Range rows, Stream stream) const {
  Vector turns(rows.count);
  for (Index i = 0; i < rows.count; ++i) {
    const Stream row = row_stream(stream, rows.first + i);
    const bool exception = row.child("noise").uniform() < world_.exceptions;
    const bool misread = world_.label_noise > 0 && row.child("reader").uniform() < world_.label_noise;
    turns[i] = exception != misread;
  }
  const Vector chances = mean(rows, std::move(stream));
  Vector y(rows.count);
  for (Index i = 0; i < rows.count; ++i) y[i] = (chances[i] > 0.5) != (turns[i] == 1);
  return y;
}

}  // namespace

std::span<const Option<Rules>> Rules::options() {
  return option_table;
}

std::string Rules::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Rules::require_consistent() const {
  require(rules * conditions <= candidates,
          "rules = " + text(rules) + " of " + text(conditions) + " conditions each take " +
              text(rules * conditions) + " findings (there are only " + text(candidates) +
              " candidates). Lower rules or conditions, or raise candidates.",
          {"rules", "conditions", "candidates"});
  require(needed <= rules,
          "needed = " + text(needed) + " (there are only " + text(rules) +
              " rules). Lower needed or raise rules.",
          {"needed", "rules"});
}

Truth Rules::draw(Stream truth) const {
  require_valid(*this);
  RuleRows rows(*this, truth);
  constexpr double least_gain = 1e-6;
  const Facts facts = rows.facts();
  require(facts.at("constant_error") - facts.at("bayes_error") > least_gain,
          "the rules say yes with the chance " + shortest(facts.at("rule_share")) +
              ", and whoever always gives one answer is wrong as seldom as whoever knows them (errors are "
              "measured in units of that difference). Change conditions, rules, needed or frequency.",
          {"conditions", "rules", "needed", "frequency"});
  return rows;
}

}  // namespace quartic
