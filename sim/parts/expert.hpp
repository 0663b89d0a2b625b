#pragma once
/// What an expert knows: some of the columns that matter, and some that do not.
#include <vector>

#include "core/random/stream.hpp"
#include "core/world.hpp"

namespace quartic {

/// Which relevant candidates an expert leaves out.
enum class Forgets { at_random, least_important };

/// An expert names `correct` relevant columns and `wrong` others. Experts of one replicate nest: one
/// permutation of each kind serves them all, so that a better expert names all that a worse one names.
struct Expert {
  Index correct = 0;
  Index wrong = 0;
  Forgets forgets = Forgets::at_random;
};

/// The columns the expert names, ascending. `stream` is the replicate's "expert" stream.
/// Throws InvalidInput when the truth has fewer relevant (or other) candidates than the expert names.
std::vector<Index> named_columns(const Expert& expert, const Truth& truth, Stream stream);

}  // namespace quartic
