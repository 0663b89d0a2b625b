#include "sim/worlds/sparse_linear.hpp"

#include "sim/parts/coefficients.hpp"
#include "sim/parts/pool.hpp"
#include "sim/parts/sparse_score.hpp"

namespace quartic {

namespace {

constexpr std::array tail_words = {OptionWord{"gaussian", "normal noise"},
                                   OptionWord{"student(df)", "Student's t, heavier tails; df above 2"}};

constexpr std::array option_table = joined(
    pool_options<SparseLinear>,
    std::array{Option<SparseLinear>{"covariance", &SparseLinear::covariance, "how columns vary together",
                                    covariance_words},
               Option<SparseLinear>{"coefficients", &SparseLinear::coefficients,
                                    "size of the effects of the relevant columns", coefficient_words},
               Option<SparseLinear>{"tails", &SparseLinear::tails, "law of the label noise", tail_words}});

}  // namespace

std::span<const Option<SparseLinear>> SparseLinear::options() {
  return option_table;
}

std::string SparseLinear::fingerprint() const {
  return fingerprint_of(*this, options());
}

void SparseLinear::require_consistent() const {
  require_pool(make_pool(*this), SparseLinear{}.noise);
  require_covariance(covariance);
  require_coefficients(coefficients);
  require_tails(tails);
}

Truth SparseLinear::draw(Stream truth) const {
  require_valid(*this);
  PoolTruth drawn = draw_sparse_score(make_pool(*this), {covariance, coefficients}, truth);
  drawn.noise = Noise(tails, noise_deviation(make_pool(*this), drawn.signal));
  return make_truth(std::move(drawn));
}

}  // namespace quartic
