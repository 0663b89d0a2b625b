#pragma once
/// Several trainings at once, where that is faster.
#include <vector>

#include "models/flexible/mlp/training.hpp"

namespace quartic::detail {

/// One of them: what train() takes.
template <class Real>
struct Member {
  TrainingPlan plan;
  LabelledRows<Real> rows;
  Stream stream;
  Progress<Real> progress = {};
};

/// train() of each, in their order, to the bit. Members whose plans differ in the learning rate alone, with as many
/// rows each (of their own), take their steps together, as many as a vector has lanes (goes_together); the others train
/// one after another. Whoever stops early makes room for the next.
///
/// To keep vectors full costs a network no more than its operations: small ones go up to four times as fast, from 5,000
/// parameters on, or 15,000 in batches of 8 rows or fewer, there is nothing to win (bench/together_bench.cpp).
/// Instantiated for float.
template <class Real>
std::vector<Trained<Real>> train_together(std::vector<Member<Real>> members);

/// Whether such trainings are faster together: hidden layers, no dropout, convolutions, clipping or proximal steps, and
/// a network so small that the weights of all lanes stay near.
bool goes_together(const TrainingPlan& plan);

/// What trainings hold at once beside their rows and results, at most, where networks of this shape or smaller ones may
/// go together; batches of up to `batch` of n rows.
double together_bytes(const NetworkShape& shape, Index batch, Index n);

}  // namespace quartic::detail
