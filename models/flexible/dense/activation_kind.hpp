#pragma once
/// The activations of networks, by name.
namespace quartic::detail {

/// f(u): u; max(0, u); tanh u; erf(u / sqrt 2); u Phi(u).
enum class ActivationKind { linear, relu, tanh, erf, gelu };

}  // namespace quartic::detail
