#pragma once
/// What theory expects of a network that learns online from a teacher.
#include "experiments/theory/theory.hpp"

namespace quartic {

/// The normalised error 2 eps/Var f* of the model mlp in the world teacher, where both are those of Saad &
/// Solla (laws/theory/online_network.hpp), else NaN:
///   world  activation = "erf", weights "orthonormal" or "coordinates", the answer the plain sum of its
///          units (Var f* = hidden/3: coefficients = "equal", signal = 0);
///   model  one hidden layer of erf units without biases, output = "sum", squared loss, optimiser = "sgd"
///          without penalties, dropout, clipping, warm-up or early stopping, batch = 1, epochs = 1, at a
///          constant rate that is a number.
/// Ten units in all at most. With N = columns seen, which are all: time = rows/N; h = learning_rate N (the
/// loss is half the squared residual), or the learning rate itself under parametrisation = "ntk"; J begins
/// with variance initial_scale^2 times 1 (lecun, whose weights w = J/sqrt N have variance 1/N), 2 (he) or
/// 2N/(N + hidden units) (glorot). The mean over eight beginnings: N >= a few hundred for a few per cent;
/// where runs leave their plateau they scatter more.
double online_network_error(const TheoryQuery& query);

}  // namespace quartic
