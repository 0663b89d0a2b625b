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
    OptionWord{"equal", "all equal to 1"},
    OptionWord{"gaussian", "standard normal draws"},
    OptionWord{"signs", "+1 or -1 at random"},
    OptionWord{"decay(exponent)", "k^-exponent, k = 1, 2, ..."},
    OptionWord{"linear(from, to)", "evenly from one number to the other"},
    OptionWord{"halving(equal)", "so many equal to 1, then each half of the one before"}};
inline constexpr std::array support_words = {
    OptionWord{"random", "a random choice of columns, drawn anew for every replicate and pool"},
    OptionWord{"first", "the first columns, which stay the same when the pool grows"},
    OptionWord{"spaced", "evenly from the first column to the last, as near as whole numbers come"}};

/// The forms of coefficients, for worlds that have more of them.
std::vector<FormRule> coefficient_rules();

/// "equal" | "gaussian" | "signs" | "decay(exponent)", 0 <= exponent <= 20 | "linear(from, to)", one sign, magnitudes
/// from 1e-50 to 1e50 | "halving(equal)", a whole number from 1 to 1e9. Throws InvalidInput for anything else.
void require_coefficients(std::string_view text);

/// The coefficient of the k-th relevant column (or unit, or term), k = 1 .. relevant, on its natural scale:
/// equal 1; signs +1 or -1; gaussian N(0, 1); decay k^-exponent; linear from + (to - from) (k - 1)/(relevant - 1);
/// halving 2^-max(0, k - equal). But for linear, coefficient k never depends on how many there are. Throws as
/// require_coefficients, and for more than 160 that are halved.
std::vector<double> draw_coefficients(std::string_view text, Index relevant, Stream stream);

/// The relevant columns in the order in which they take their coefficients. random: a sample of all
/// candidates, drawn anew when `candidates` grows; first: columns 0 .. relevant-1, which stay when the pool
/// grows; either nests in `relevant`. spaced: (candidates - 1) (k - 1)/(relevant - 1), rounded, a half to the even
/// number counted from 1; the first column alone where one is relevant. Throws InvalidInput for any other word.
std::vector<Index> draw_support(std::string_view text, Index candidates, Index relevant, Stream stream);

}  // namespace quartic
