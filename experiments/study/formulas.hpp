#pragma once
/// From the options of a study to worlds and models: formulas become numbers, words that stand for formulas
/// too.
#include <span>
#include <string>
#include <vector>

#include "core/options.hpp"
#include "core/world.hpp"
#include "experiments/study/expression.hpp"

namespace quartic {

/// What the formulas of an arm may quote: n, the number of columns the arm sees, and the truth's facts.
Variables variables_at(const Facts& facts, Index n, Index columns);

/// The value with formulas evaluated: a number for a formula or for a word that stands for one, else the
/// value itself. Throws InvalidInput for an unknown name, a fraction where a count is expected, or a value
/// that is not finite.
OptionValue resolve(const OptionInfo& option, const OptionValue& value, const Variables& variables);
/// All options set, and every option whose default stands for a formula. Formulas may also quote the other
/// options that are plain numbers, by name; a variable of the same name wins.
OptionValues resolve(std::span<const OptionInfo> options, const OptionValues& values,
                     const Variables& variables);

/// True where an option, set or by default, quotes what only the truth knows (noise, signal, relevant ...,
/// but not n, columns, candidates, or another option).
bool informed(std::span<const OptionInfo> options, const OptionValues& values);

/// True where a world with these options differs between sizes (such as candidates = "2*n").
bool depends_on_size(std::span<const OptionInfo> options, const OptionValues& values);

/// The values set, and for the other options their defaults.
OptionValues with_defaults(std::span<const OptionInfo> options, OptionValues values);

namespace detail {
/// The option's value among these, or its default.
const OptionValue& value_in(const OptionValues& values, const OptionInfo& option);
/// The formula that this value stands for, or "" where it is a plain value.
std::string find_formula(const OptionInfo& option, const OptionValue& value);
/// The names in that formula; none in a plain value.
std::vector<std::string> names_quoted(const OptionInfo& option, const OptionValue& value);
/// The options that are plain numbers, set or by default: formulas beside them may quote these.
Variables list_numbers(std::span<const OptionInfo> options, const OptionValues& values);
}  // namespace detail

}  // namespace quartic
