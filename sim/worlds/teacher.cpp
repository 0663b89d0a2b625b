#include "sim/worlds/teacher.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "sim/parts/activation.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/directions.hpp"
#include "sim/parts/pool.hpp"

namespace quartic {

namespace {

constexpr std::array option_table =
    joined(pool_options<Teacher>,
           std::array{Option<Teacher>{"hidden", &Teacher::hidden, "units of the teacher's hidden layer",
                                      no_words, direction_count},
                      Option<Teacher>{"activation", &Teacher::activation, "what a unit makes of its field",
                                      activation_words},
                      Option<Teacher>{"weights", &Teacher::weights,
                                      "directions, of length 1, that the units look along", direction_words},
                      Option<Teacher>{"coefficients", &Teacher::coefficients,
                                      "weights of the units in the answer", coefficient_words}});

struct Network {
  Activation activation;
  Matrix directions;            // relevant x hidden
  std::vector<double> outputs;  // one a unit

  double output(Index unit) const { return outputs[static_cast<std::size_t>(unit)]; }
  Vector operator()(const Matrix& z) const;
};

Vector Network::operator()(const Matrix& z) const {
  Matrix units = projections(z, directions);
  activation.apply({units.data(), static_cast<std::size_t>(units.size())});
  Vector answers(z.rows());
  for (Index i = 0; i < z.rows(); ++i) {
    double sum = 0;
    for (Index m = 0; m < units.cols(); ++m) sum += output(m) * (units(i, m) - activation.mean());
    answers[i] = sum;
  }
  return answers;
}

// a_m a_l f(rho_ml) for all pairs of units.
template <class F>
Matrix over_pairs(const Network& network, const F& f) {
  const Matrix overlaps = projections(network.directions.transpose(), network.directions);
  Matrix pairs(overlaps.rows(), overlaps.cols());
  for (Index m = 0; m < pairs.rows(); ++m)
    for (Index l = 0; l < pairs.cols(); ++l) {
      const double rho = m == l ? 1 : std::clamp(overlaps(m, l), -1.0, 1.0);
      pairs(m, l) = network.output(m) * network.output(l) * f(rho);
    }
  return pairs;
}

// In order, for the same bits whatever the vectors of the processor.
Vector sums_of_rows(const Matrix& terms) {
  Vector sums = Vector::Zero(terms.rows());
  for (Index m = 0; m < terms.cols(); ++m) sums += terms.col(m);
  return sums;
}
double sum_terms(const Matrix& terms) {
  return std::accumulate(terms.data(), terms.data() + terms.size(), 0.0);
}

Answer make_answer(Network network) {
  const Activation& g = network.activation;
  const Matrix& w = network.directions;
  Answer answer;
  answer.variance = sum_terms(over_pairs(network, [&](double rho) { return g.covariance(rho); }));
  const Matrix slopes = over_pairs(network, [&](double rho) { return g.product_of_slopes(rho); });
  answer.importance = sums_of_rows(projections(w, slopes).cwiseProduct(w));
  answer.slopes = g.slope() * (w * Eigen::Map<const Vector>(network.outputs.data(), w.cols()));
  answer.at = std::move(network);
  return answer;
}

Answer draw_answer(const Teacher& world, const Stream& truth) {
  return make_answer(
      {Activation(world.activation),
       draw_directions(world.weights, {world.relevant, world.hidden}, truth.child("directions")),
       draw_coefficients(world.coefficients, world.hidden, truth.child("coefficients"))});
}

}  // namespace

std::span<const Option<Teacher>> Teacher::options() {
  return option_table;
}

std::string Teacher::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Teacher::require_consistent() const {
  require_pool(make_pool(*this), Teacher{}.noise);
  require_coefficients(coefficients);
  require_directions(weights, "hidden", {relevant, hidden});
}

Truth Teacher::draw(Stream truth) const {
  require_valid(*this);
  return draw_truth(make_pool(*this), draw_answer(*this, truth), truth);
}

}  // namespace quartic
