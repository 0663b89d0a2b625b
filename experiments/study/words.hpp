#pragma once
/// How the choices of a study are spelt: in its file, in messages, in what a run leaves.
#include "core/words.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

inline constexpr Words<Storage, 3> storage_words = {
    {{Storage::doubles, "double"}, {Storage::floats, "float"}, {Storage::stream, "stream"}}};
inline constexpr Words<Performance, 2> performance_words = {
    {{Performance::inverse_root, "root"}, {Performance::inverse, "error"}}};
inline constexpr Words<Expense, 4> expense_words = {{{Expense::computing, "computing"},
                                                     {Expense::data, "data"},
                                                     {Expense::total, "total"},
                                                     {Expense::running, "running"}}};
inline constexpr Words<Average, 2> average_words = {
    {{Average::mean, "mean"}, {Average::geometric_mean, "geometric_mean"}}};
inline constexpr Words<Claim::Test, 3> test_words = {
    {{Claim::Test::about, "expect"}, {Claim::Test::at_least, "at_least"}, {Claim::Test::at_most, "at_most"}}};
inline constexpr Words<Forgets, 2> forgets_words = {
    {{Forgets::at_random, "at_random"}, {Forgets::least_important, "least_important"}}};
inline constexpr Words<Weight, 2> weight_words = {{{Weight::count, "count"}, {Weight::signal, "signal"}}};

}  // namespace quartic
