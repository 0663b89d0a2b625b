#include "sim/worlds/multi_index.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "core/require.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/directions.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/form.hpp"
#include "sim/parts/pool.hpp"

namespace quartic {

namespace {

constexpr Index most_factors = 20;  // of products, and directions of a bump

constexpr std::array link_words = {
    OptionWord{"hermite(degree)", "the sum of the polynomials of that degree, 1 to 8, one of each u"},
    OptionWord{"staircase", "u1 + u1 u2 + u1 u2 u3 + ..."}, OptionWord{"product", "u1 u2 u3 ..."},
    OptionWord{"bump", "exp(-|u|^2/2), less its mean"}};
constexpr std::span frame_words = std::span(direction_words).subspan<1>();

constexpr std::array option_table = joined(
    pool_options<MultiIndex>,
    std::array{
        Option<MultiIndex>{"directions", &MultiIndex::directions, "directions along which the answer varies",
                           no_words, direction_count},
        Option<MultiIndex>{"link", &MultiIndex::link, "what the answer is of its coordinates u along them",
                           link_words},
        Option<MultiIndex>{"weights",
                           &MultiIndex::weights,
                           "the directions, of length 1",
                           frame_words,
                           {.why = "the variance of the answer is exact for directions at right angles"}},
        Option<MultiIndex>{"coefficients", &MultiIndex::coefficients,
                           "size of the terms of the links hermite and staircase", coefficient_words}});

Form parse_link(std::string_view text) {
  const std::array<FormRule, 4> rules = {{{"hermite", {"degree"}, "hermite(2)"},
                                          {"staircase", {}, "staircase"},
                                          {"product", {}, "product"},
                                          {"bump", {}, "bump"}}};
  Form form = parse_form("link", text, rules);
  if (form.word != "hermite") return form;
  const double degree = form.arguments[0];
  require(degree >= 1 && degree <= 8 && degree == std::floor(degree),
          "link = \"" + std::string(text) +
              "\" (the degree is a whole number from 1 to 8). Write for example \"hermite(2)\".",
          {"link"});
  return form;
}

void require_link(const MultiIndex& world) {
  const Form link = parse_link(world.link);
  require(link.word == "hermite" || world.directions <= most_factors,
          "directions = " + std::to_string(world.directions) + " (a " + link.word + " of more than " +
              std::to_string(most_factors) +
              " is all but 0 nearly everywhere). Lower directions or write link = \"hermite(2)\".",
          {"directions", "link"});
  const bool has_terms = link.word == "hermite" || link.word == "staircase";
  require(has_terms || world.coefficients == "equal",
          "coefficients = \"" + world.coefficients + "\" (link = \"" + link.word +
              "\" is one term, which signal scales). Leave coefficients at \"equal\".",
          {"coefficients", "link"});
}

/// What a link makes of the coordinates u of a row, and its moments.
struct Link {
  Form form;
  std::vector<double> a;

  double operator()(std::span<const double> u) const;
  double variance() const;
  Vector slopes() const;   // E u_k h
  Vector squares() const;  // E (dh/du_k)^2, up to a factor
  double hermite(double u) const;
};

// sqrt(k + 1) h_(k+1) = u h_k - sqrt(k) h_(k-1).
double Link::hermite(double u) const {
  double before = 0, h = 1;
  for (double k = 0; k < form.arguments[0]; ++k) {
    const double next = (u * h - std::sqrt(k) * before) / std::sqrt(k + 1);
    before = h;
    h = next;
  }
  return h;
}

double Link::operator()(std::span<const double> u) const {
  double sum = 0, product = 1;
  if (form.word == "bump") {
    for (const double value : u) sum += value * value;
    return detail::exponential(-sum / 2) - detail::power(2, -static_cast<double>(u.size()) / 2);
  }
  for (std::size_t k = 0; k < u.size(); ++k) {
    product *= u[k];
    sum += a[k] * (form.word == "hermite" ? hermite(u[k]) : product);
  }
  return form.word == "product" ? product : sum;
}

double Link::variance() const {
  const auto r = static_cast<double>(a.size());
  if (form.word == "bump") return detail::power(3, -r / 2) - detail::power(2, -r);
  if (form.word == "product") return 1;
  double sum = 0;
  for (const double value : a) sum += value * value;
  return sum;
}

Vector Link::slopes() const {
  const auto r = static_cast<Index>(a.size());
  Vector slopes = Vector::Zero(r);
  if (form.word == "staircase" || (form.word == "product" && r == 1)) slopes[0] = a[0];
  if (form.word == "hermite" && form.arguments[0] == 1) slopes = Eigen::Map<const Vector>(a.data(), r);
  return slopes;
}

// Coordinate k stands in the terms k, k + 1, ... of a staircase.
Vector Link::squares() const {
  const auto r = static_cast<Index>(a.size());
  if (form.word == "bump" || form.word == "product") return Vector::Ones(r);
  Vector squares = Eigen::Map<const Vector>(a.data(), r).cwiseAbs2();
  if (form.word == "staircase")
    for (Index k = r - 1; k > 0; --k) squares[k - 1] += squares[k];
  return squares;
}

Answer draw_answer(const MultiIndex& world, const Stream& truth) {
  const Matrix w =
      draw_directions(world.weights, {world.relevant, world.directions}, truth.child("directions"));
  const Link link{parse_link(world.link),
                  draw_coefficients(world.coefficients, world.directions, truth.child("coefficients"))};
  const auto at = [w, link](const Matrix& z) {
    const Matrix u = projections(z, w);
    Vector answers(u.rows());
    for (Index i = 0; i < u.rows(); ++i)
      answers[i] = link({u.row(i).data(), static_cast<std::size_t>(u.cols())});
    return answers;
  };
  return {at, link.variance(), w * link.slopes(), w.cwiseAbs2() * link.squares()};
}

}  // namespace

std::span<const Option<MultiIndex>> MultiIndex::options() {
  return option_table;
}

std::string MultiIndex::fingerprint() const {
  return fingerprint_of(*this, options());
}

void MultiIndex::require_consistent() const {
  require_pool(make_pool(*this), MultiIndex{}.noise);
  require_coefficients(coefficients);
  require_directions(weights, "directions", {relevant, directions});
  require_link(*this);
}

Truth MultiIndex::draw(Stream truth) const {
  require_valid(*this);
  return draw_truth(make_pool(*this), draw_answer(*this, truth), truth);
}

}  // namespace quartic
