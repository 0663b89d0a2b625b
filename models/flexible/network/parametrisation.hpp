#pragma once
/// How large weights begin and how fast they move, layer by layer.
#include <vector>

#include "models/flexible/network/network.hpp"
#include "models/optim/optimiser.hpp"

namespace quartic::detail {

/// standard  one rate for all parameters.
/// ntk       w = W / sqrt(fan_in) with W trained at one rate (Jacot et al. 2018): weights move at 1/fan_in
///           (adaptive optimisers: 1/sqrt(fan_in)) of it.
/// mup       maximal update (Yang & Hu 2021; Yang et al. 2022, arXiv 2203.03466, table 3, which table 8
///           restates with multipliers): features move by as much at every width, so that one rate serves
///           all. A width counts in units of base_width, where mup is the standard parametrisation:
///                                        first layer   between hidden layers   to the output   biases
///             rate, sgd-like             m_out         1                       1 / m_in        as first
///             rate, adaptive             1             1 / m_in                1 / m_in        1
///             initial deviation          as named      as named                / sqrt(m_in)    0
///           m_in, m_out: the layer's widths over base_width. Inputs and outputs are no widths: the bias of
///           the output moves at the rate itself, and a network without hidden layers is standard.
/// There are no multipliers: they are absorbed into rates and initial deviations, which gives the same
/// functions.
enum class Parametrisation { standard, ntk, mup };

/// Deviations of the initial weights, which are normal; biases begin at zero:
///   he  sqrt(2/fan_in);   lecun  sqrt(1/fan_in);   glorot  sqrt(2/(fan_in + fan_out));
///   zero_output  he, and zero in the last trained layer, so that the first function is zero.
/// He et al. (2015), LeCun et al. (1998), Glorot & Bengio (2010).
enum class Initialisation { he, lecun, glorot, zero_output };

struct Scaling {
  Parametrisation parametrisation = Parametrisation::standard;
  Initialisation initialisation = Initialisation::he;
  double initial_scale = 1;  ///< times every deviation
  double base_width = 64;
  bool adaptive = false;  ///< the optimiser divides by the size of the gradient (adam, adamw)
  bool operator==(const Scaling&) const = default;
};

/// Of one trained layer.
struct LayerScale {
  double deviation = 1;
  double weights_rate = 1, biases_rate = 1;
};
std::vector<LayerScale> layer_scales(const NetworkShape& shape, const Scaling& scaling);

/// Weights and biases of all layers with the scales of their rates; they cover the parameters.
std::vector<ParameterGroup> parameter_groups(const NetworkShape& shape,
                                             const std::vector<LayerScale>& scales);

}  // namespace quartic::detail
