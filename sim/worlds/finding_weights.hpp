#pragma once
/// How much each relevant finding of a patient matters: as columns of any world do, or by its kind.
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "core/random/stream.hpp"
#include "sim/parts/coefficients.hpp"

namespace quartic {

inline constexpr std::array finding_weight_words = {
    coefficient_words[0],
    coefficient_words[1],
    coefficient_words[2],
    coefficient_words[3],
    coefficient_words[4],
    coefficient_words[5],
    OptionWord{"by_kind", "a standard normal draw for each kind of finding, the same in all places"},
    OptionWord{"kinds(size, density, margin, present, count)",
               "a number for each kind, the same in all places"}};

/// What sim/parts/coefficients.hpp takes, and two by which what is found counts, not where: "by_kind" and
/// "kinds(size, density, margin, present, count)", five numbers other than 0. Throws InvalidInput for anything else.
void require_finding_weights(std::string_view text);

/// Of these columns, in the order of the support, before they are scaled. by_kind: normal k of the stream is that of
/// kind k (sim/findings/finding.hpp). Throws as require_finding_weights.
std::vector<double> draw_finding_weights(std::string_view text, std::span<const Index> columns,
                                         Stream stream);

}  // namespace quartic
