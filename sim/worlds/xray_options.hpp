#pragma once
/// Options that worlds of patients share, as members of these names.
#include <array>

#include "sim/parts/pool.hpp"
#include "sim/worlds/finding_weights.hpp"

namespace quartic {

template <class W>
inline constexpr std::array xray_options = {
    relevant_option<W>,
    support_option<W>,
    Option<W>{"correlation", &W::correlation, "how much findings of one place go together", no_words,
              from_to(0, 0.99, "findings of a place that are all the same would be one finding")},
    Option<W>{"coefficients", &W::coefficients, "size of the effects of the relevant columns",
              finding_weight_words},
    Option<W>{
        "signal", &W::signal, "variance of the score, to which it is scaled", no_words,
        from_to(0.01, 1e6, "a smaller one tells the classes apart for nobody, a larger one for everybody")},
    Option<W>{"rules", &W::rules, "share of the signal in pairs of findings that matter only together",
              no_words, share("findings matter alone, too: their effects set the sizes of rules")},
    Option<W>{"prevalence", &W::prevalence, "share of class 1", no_words,
              from_to(1e-4, 1 - 1e-4, "with hardly a case of one class there is nothing to tell apart")},
    Option<W>{"label_noise", &W::label_noise, "chance that a training label is the wrong one", no_words,
              Bounds{0, 0.5, false, true, "labels that are wrong half of the time say nothing"}}};

}  // namespace quartic
