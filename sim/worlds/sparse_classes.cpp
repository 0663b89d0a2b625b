#include "sim/worlds/sparse_classes.hpp"

#include "sim/parts/class_truth.hpp"
#include "sim/parts/sparse_score.hpp"

namespace quartic {

namespace {

// No noise: what is not sure about y is in the link.
template <class W>
Pool pool_of(const W& world) {
  return {world.candidates, world.relevant, world.support, world.signal, 0, 0};
}

constexpr double rarest = 1e-6;

template <class W>
constexpr std::array option_table = {
    candidates_option<W>,
    relevant_option<W>,
    support_option<W>,
    Option<W>{"covariance", &W::covariance, "how columns vary together", covariance_words},
    Option<W>{"coefficients", &W::coefficients, "size of the effects of the relevant columns",
              coefficient_words},
    Option<W>{
        "signal", &W::signal, "variance of the score, to which it is scaled", no_words,
        from_to(1e-6, 1e6, "a smaller one tells the classes apart for nobody, a larger one for everybody")},
    Option<W>{"prevalence", &W::prevalence, "share of class 1", no_words,
              from_to(rarest, 1 - rarest, "with hardly a case of one class there is nothing to tell apart")},
    Option<W>{"label_noise", &W::label_noise, "chance that a training label is the wrong one", no_words,
              Bounds{0, 0.5, false, true, "labels that are wrong half of the time say nothing"}}};

}  // namespace

template <Link link>
std::span<const Option<SparseClasses<link>>> SparseClasses<link>::options() {
  return option_table<SparseClasses>;
}

template <Link link>
std::string SparseClasses<link>::fingerprint() const {
  return fingerprint_of(*this, options());
}

template <Link link>
void SparseClasses<link>::require_consistent() const {
  require_pool(pool_of(*this), 0);
  require_covariance(covariance);
  require_coefficients(coefficients);
}

template <Link link>
Truth SparseClasses<link>::draw(Stream truth) const {
  require_valid(*this);
  PoolTruth scores = draw_sparse_score(pool_of(*this), {covariance, coefficients}, truth);
  const ClassLaw law = law_of_prevalence(link, scores.signal, prevalence);
  return make_class_truth(std::move(scores), law, label_noise);
}

template struct SparseClasses<Link::logistic>;
template struct SparseClasses<Link::probit>;

}  // namespace quartic
