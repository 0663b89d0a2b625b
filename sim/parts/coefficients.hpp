#pragma once
/// Coefficients of the relevant columns, and which columns these are.
#include <array>
#include <string_view>
#include <vector>

#include "core/options.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"
#include "sim/parts/form.hpp"

namespace quartic {

inline constexpr std::array coefficient_words = {
    OptionWord{"equal", "all equal to 1"}, OptionWord{"gaussian", "standard normal draws"},
    OptionWord{"signs", "+1 or -1 at random"}, OptionWord{"decay(exponent)", "k^-exponent, k = 1, 2, ..."}};
inline constexpr std::array support_words = {
    OptionWord{"random", "a random choice of columns, drawn anew for every replicate and pool"},
    OptionWord{"first", "the first columns, which stay the same when the pool grows"}};

/// The forms of coefficients, for worlds that have more of them.
std::vector<FormRule> coefficient_rules();

/// "equal" | "gaussian" | "signs" | "decay(exponent)", 0 <= exponent <= 20. Throws InvalidInput for anything
/// else.
void require_coefficients(std::string_view text);

/// The coefficient of the k-th relevant column (or unit, or term), k = 1 .. relevant, on its natural scale:
/// equal 1; signs +1 or -1; gaussian N(0, 1); decay k^-exponent. Coefficient k never depends on how many
/// there are. Throws as require_coefficients.
std::vector<double> draw_coefficients(std::string_view text, Index relevant, Stream stream);

/// The relevant columns in the order in which they take their coefficients. random: a sample of all
/// candidates, drawn anew when `candidates` grows; first: columns 0 .. relevant-1, which stay when the pool
/// grows. Either nests in `relevant`. Throws InvalidInput for any other word.
std::vector<Index> draw_support(std::string_view text, Index candidates, Index relevant, Stream stream);

}  // namespace quartic
