#include "sim/worlds/interactions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/require.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/pool.hpp"

namespace quartic {

namespace {

constexpr std::array operation_words = {OptionWord{"product", "their product"},
                                        OptionWord{"and", "1 where all are positive, else 0, less its mean"}};

constexpr std::array option_table = joined(
    pool_options<Interactions>,
    std::array{
        Option<Interactions>{
            "order", &Interactions::order, "columns that act together in a term", no_words,
            from_to(2, 20, "a term takes from 2 to 20 columns; for one each there is sparse_linear")},
        Option<Interactions>{"terms", &Interactions::terms, "terms; every relevant column is in one or more",
                             no_words, at_least(1, "every relevant column is in a term")},
        Option<Interactions>{"operation", &Interactions::operation, "how the columns of a term act together",
                             operation_words},
        Option<Interactions>{"coefficients", &Interactions::coefficients, "size of the terms",
                             coefficient_words}});

void require_order(const Interactions& world) {
  require(world.order <= world.relevant,
          "order = " + std::to_string(world.order) + " (there are only " + std::to_string(world.relevant) +
              " relevant columns). Lower order or raise relevant.",
          {"order", "relevant"});
}

void require_terms(const Interactions& world) {
  const Index fewest = (world.relevant + world.order - 1) / world.order;
  const Index most = world.order == world.relevant ? 1 : world.relevant;
  require(world.terms >= fewest && world.terms <= most,
          "terms = " + std::to_string(world.terms) + " (terms of " + std::to_string(world.order) + " of " +
              std::to_string(world.relevant) +
              " relevant columns that hold each column, and all differ, number " + std::to_string(fewest) +
              " to " + std::to_string(most) + "). Choose a number in that range.",
          {"terms", "order", "relevant"});
}

/// The terms, each as the columns that it takes of the relevant ones.
struct Terms {
  Index inputs, order;
  bool products;
  std::vector<double> a;
  std::vector<Index> columns;  // `order` a term

  Index count() const { return static_cast<Index>(a.size()); }
  double coefficient(Index term) const { return a[static_cast<std::size_t>(term)]; }
  const Index* columns_of(Index term) const { return columns.data() + term * order; }
  double probability() const { return std::ldexp(1.0, -static_cast<int>(order)); }  // of an AND
  Vector operator()(const Matrix& z) const;
  double value(const double* z, Index term) const;
};

std::vector<Index> columns_of_terms(const Interactions& world) {
  std::vector<Index> columns;
  for (Index term = 0; term < world.terms; ++term)
    for (Index place = 0; place < world.order; ++place)
      columns.push_back((term * world.relevant / world.terms + place) % world.relevant);
  return columns;
}

double Terms::value(const double* z, Index term) const {
  const Index* column = columns_of(term);
  if (products) {
    double product = 1;
    for (Index place = 0; place < order; ++place) product *= z[column[place]];
    return product;
  }
  for (Index place = 0; place < order; ++place)
    if (z[column[place]] <= 0) return -probability();
  return 1 - probability();
}

Vector Terms::operator()(const Matrix& z) const {
  Vector answers(z.rows());
  for (Index i = 0; i < z.rows(); ++i) {
    double sum = 0;
    for (Index term = 0; term < count(); ++term) sum += coefficient(term) * value(z.row(i).data(), term);
    answers[i] = sum;
  }
  return answers;
}

// Columns in both of two terms whose first ones lie `apart`, going round.
Index shared_columns(const Terms& terms, Index apart) {
  return std::max(Index{0}, terms.order - apart) + std::max(Index{0}, terms.order - (terms.inputs - apart));
}

double covariance(const Terms& terms, Index t, Index s) {
  if (t == s) return terms.products ? 1 : terms.probability() * (1 - terms.probability());
  const Index shared = shared_columns(terms, std::abs(terms.columns_of(t)[0] - terms.columns_of(s)[0]));
  if (terms.products || shared == 0) return 0;
  return terms.probability() * terms.probability() * (std::ldexp(1.0, static_cast<int>(shared)) - 1);
}

double variance(const Terms& terms) {
  double sum = 0;
  for (Index t = 0; t < terms.count(); ++t)
    for (Index s = 0; s < terms.count(); ++s)
      sum += terms.coefficient(t) * terms.coefficient(s) * covariance(terms, t, s);
  return sum;
}

Answer make_answer(Terms terms) {
  const double slope =  // E z 1{z > 0} times the probability of the others
      terms.products ? 0 : 2 * terms.probability() * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
  Answer answer{.variance = variance(terms),
                .slopes = Vector::Zero(terms.inputs),
                .importance = Vector::Zero(terms.inputs)};
  for (Index term = 0; term < terms.count(); ++term)
    for (Index place = 0; place < terms.order; ++place) {
      const double a = terms.coefficient(term);
      answer.slopes[terms.columns_of(term)[place]] += a * slope;
      answer.importance[terms.columns_of(term)[place]] += a * a;
    }
  answer.at = std::move(terms);
  return answer;
}

Answer draw_answer(const Interactions& world, const Stream& truth) {
  return make_answer({world.relevant, world.order, world.operation == "product",
                      draw_coefficients(world.coefficients, world.terms, truth.child("coefficients")),
                      columns_of_terms(world)});
}

}  // namespace

std::span<const Option<Interactions>> Interactions::options() {
  return option_table;
}

std::string Interactions::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Interactions::require_consistent() const {
  require_pool(make_pool(*this), Interactions{}.noise);
  require_coefficients(coefficients);
  require_order(*this);
  require_terms(*this);
}

Truth Interactions::draw(Stream truth) const {
  require_valid(*this);
  return draw_truth(make_pool(*this), draw_answer(*this, truth), truth);
}

}  // namespace quartic
