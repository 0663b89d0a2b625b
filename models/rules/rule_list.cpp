#include "models/rules/rule_list.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/moments.hpp"
#include "models/rules/flops.hpp"

namespace quartic {

namespace {

namespace flops = detail::rule_flops;

constexpr Index kBlockRows = 256;

constexpr std::array kVotes = {
    OptionWord{"fixed", "each column votes yes where it is high: nothing is learned"},
    OptionWord{"signs", "which way a column votes is learned, how much it weighs is not"},
    OptionWord{"learned", "weights by least squares on the votes"}};
constexpr std::array kOptions = {
    Option<RuleList>{"votes", &RuleList::votes, "what is learned of the columns' votes", kVotes}};

Matrix votes_of(const Matrix& x) {
  return x.unaryExpr([](double number) { return number > 0 ? 1.0 : number < 0 ? -1.0 : 0.0; });
}

struct VoteRule {
  Vector weights;
  double intercept = 0;

  Vector score(const Matrix& x) const {
    Vector scores(x.rows());
    for (Index i = 0; i < x.rows(); ++i) scores(i) = intercept + score_row(x.row(i));
    return scores;
  }
  double score_flops() const {
    return static_cast<double>((weights.array() != 0).count() + (intercept != 0 ? 1 : 0));
  }

 private:
  double score_row(const Eigen::Ref<const Eigen::RowVectorXd>& row) const {
    double sum = 0;
    for (Index j = 0; j < row.size(); ++j) sum += row(j) > 0 ? weights(j) : row(j) < 0 ? -weights(j) : 0;
    return sum;
  }
};
static_assert(Scorer<VoteRule> && BillsScores<VoteRule>);

// visit(first row, votes of a block of rows).
template <class Visit>
void visit_votes(const Data& data, Visit visit) {
  for (Index first = 0; first < data.rows(); first += kBlockRows) {
    interruption_point();
    const Range rows{first, std::min(kBlockRows, data.rows() - first)};
    visit(first, votes_of(data.block(rows, {0, data.columns()})));
  }
}

Fit fit_with(VoteRule rule, Index parameters, double fit_flops) {
  FitReport report;
  report.parameters = parameters;
  report.cost.fit_flops = fit_flops;
  if (!rule.weights.allFinite() || !std::isfinite(rule.intercept)) {
    report.status = FitStatus::failed;
    report.message = "the weights are not finite (the labels overflow or hold such numbers). Rescale them.";
  }
  return {std::move(rule), std::move(report)};
}

// The signs of sum_i v_ij (y_i - mean y).
Vector learn_signs(const Data& data, const Vector& deviations) {
  Vector sums = Vector::Zero(data.columns());
  visit_votes(data, [&](Index first, const Matrix& votes) {
    for (Index i = 0; i < votes.rows(); ++i) sums += deviations(first + i) * votes.row(i).transpose();
  });
  return sums.unaryExpr([](double sum) { return sum > 0 ? 1.0 : sum < 0 ? -1.0 : 0.0; });
}

Fit fit_signs(const Data& data) {
  const auto n = static_cast<double>(data.rows()), d = static_cast<double>(data.columns());
  const double y_mean = data.y().sum() / n;
  const Vector deviations = data.y().array() - y_mean;
  const Vector signs = learn_signs(data, deviations);
  Vector tallies(data.rows());
  visit_votes(data, [&](Index first, const Matrix& votes) {
    for (Index i = 0; i < votes.rows(); ++i) tallies(first + i) = votes.row(i).dot(signs);
  });
  const double tally_mean = tallies.sum() / n;
  tallies.array() -= tally_mean;
  const double slope = ratio(tallies.dot(deviations), tallies.squaredNorm());
  return fit_with({slope * signs, y_mean - slope * tally_mean}, data.columns() + 2,
                  flops::signs(n, d) + flops::line(n, d));
}

Fit fit_weights(const Data& data, Stream stream) {
  Matrix votes(data.rows(), data.columns());
  visit_votes(data, [&](Index first, const Matrix& block) { votes.middleRows(first, block.rows()) = block; });
  const Fit solved =
      LeastSquares{.intercept = true}.fit(Data(std::move(votes), Vector(data.y())), std::move(stream));
  const LinearRule& rule = *solved.predict.linear();
  return {VoteRule{rule.coefficients, rule.intercept}, solved.report};
}

}  // namespace

std::span<const Option<RuleList>> RuleList::options() {
  return kOptions;
}

void RuleList::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1, "rule_list was given no rows (there is nothing to learn from). Give at least one row.");
  require(d >= 1, "rule_list was given no columns (each is a rule). Give at least one.");
}

Fit RuleList::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const Index d = data.columns();
  if (votes == "fixed") return fit_with({Vector::Constant(d, 1 / static_cast<double>(d)), 0}, 0, 0);
  return votes == "signs" ? fit_signs(data) : fit_weights(data, std::move(stream));
}

double RuleList::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  if (votes == "fixed") return sizeof(double) * columns;
  const double block = 2.0 * kBlockRows * columns + 3 * columns + 2 * rows;
  if (votes == "signs") return sizeof(double) * block;
  const LeastSquares solver{.intercept = true};
  return sizeof(double) * (rows * columns + block) + solver.working_bytes(n, d) +
         Moments::bytes_alone(d, std::array{n}, solver.needs());
}

}  // namespace quartic
