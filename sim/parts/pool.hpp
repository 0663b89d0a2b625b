#pragma once
/// Worlds in which a few of many independent candidate columns matter: what they share, whatever the answer.
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/options.hpp"
#include "core/world.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/covariance.hpp"
#include "sim/parts/noise.hpp"

namespace quartic {

/// Options that every such world has as members of these names.
struct Pool {
  Index candidates = 0;
  Index relevant = 0;
  std::string support;
  double signal = 0;           ///< Var f* to which the answer is scaled; 0: its natural scale
  double noise = 0;            ///< standard deviation
  double signal_to_noise = 0;  ///< Var f* / noise^2, which then sets the noise; 0: not set
};
template <class W>
Pool make_pool(const W& world) {
  return {world.candidates, world.relevant, world.support, world.signal, world.noise, world.signal_to_noise};
}

/// Options of a world W, whichever its answer.
template <class W>
inline constexpr Option<W> candidates_option = {"candidates", &W::candidates, "columns to choose from",
                                                no_words,
                                                from_to(1, 1e9, "a truth has from 1 to 1000000000 columns")};
template <class W>
inline constexpr Option<W> relevant_option = {
    "relevant", &W::relevant, "columns that matter", no_words,
    at_least(1,
             "errors are measured against the variance of the true answer, which needs a relevant column")};
template <class W>
inline constexpr Option<W> support_option = {"support", &W::support, "which columns are relevant",
                                             support_words};

/// Those of a world of numbers, which adds its own.
template <class W>
inline constexpr std::array pool_options = {
    candidates_option<W>,
    relevant_option<W>,
    support_option<W>,
    Option<W>{"signal", &W::signal, "variance of the noiseless answer, to which it is scaled (0: as it is)",
              no_words, at_least(0, "a variance cannot be negative or infinite")},
    Option<W>{"noise", &W::noise, "standard deviation of the label noise", no_words,
              at_least(0, "a standard deviation cannot be negative or infinite"),
              OnlyWith{"signal_to_noise", {}, from_to(0, 0, "")}},
    Option<W>{"signal_to_noise", &W::signal_to_noise,
              "variance of the noiseless answer over that of the noise, in place of noise (0: not set)",
              no_words, at_least(0, "a ratio of variances cannot be negative or infinite")}};

/// Throws InvalidInput for more relevant columns than candidates. Where signal_to_noise is set, the noise
/// must have been left at its default.
void require_pool(const Pool& pool, double default_noise);

/// The standard deviation that noise, or signal_to_noise, asks for.
double noise_deviation(const Pool& pool, double signal);

/// f* as a function of the relevant columns z ~ N(0, I), on its natural scale, with mean 0 exactly. Input k
/// is the k-th column of the support.
struct Answer {
  /// rows x relevant -> one answer a row, which must not depend on the other rows.
  std::function<Vector(const Matrix& z)> at;
  double variance = 0;  ///< Var f*
  Vector slopes;        ///< c_k = E z_k f* = E of f*'s derivative by z_k (Stein's lemma)
  Vector importance;  ///< of each input, say the mean square of f*'s derivative: for the order of relevant()
};

/// All that rows are drawn from: Gaussian rows and an answer f* that reads a few of their columns z.
struct PoolTruth {
  Index candidates = 0;
  Covariance covariance;                          ///< Sigma, of the rows
  std::vector<Index> relevant;                    ///< most important first
  std::vector<Index> columns;                     ///< z
  std::function<Vector(const Matrix& z)> answer;  ///< f*, with mean 0: see Answer::at
  std::vector<double> slopes;                     ///< c, the linear part of f*, beside `columns`
  std::function<double(const Vector& v)>
      quadratic_form;               ///< v' Sigma v, summed in an order of the world's own
  double signal = 0;                ///< Var f*
  std::optional<double> nonlinear;  ///< Var f* - c' Sigma c; none where f* is linear
  Noise noise;
};

/// A truth of these. Risk of a linear rule b, exactly, c being 0 in all other columns:
///     E (x'b + intercept - f*)^2 = (b - c)' Sigma (b - c) + nonlinear + intercept^2.
/// Facts: candidates, relevant, noise, signal, signal_to_noise, and nonlinear where there is one.
Truth make_truth(PoolTruth truth);

/// A truth of independent standard normal columns and y = f* + Gaussian noise.
///
/// Risk of a linear rule b, exactly, with c on the relevant columns and 0 elsewhere:
///     E (x'b + intercept - f*)^2 = |b - c|^2 + (Var f* - |c|^2) + intercept^2.
/// Facts: candidates, relevant, noise, signal = Var f*, signal_to_noise, and nonlinear = Var f* - |c|^2,
/// which no linear rule explains. Row streams: "x" (column j at position j) and "noise". Truth stream:
/// "support", beside those of the answer. Throws InvalidInput where the answer is the same everywhere.
/// Precondition: require_pool accepts.
Truth draw_truth(const Pool& pool, Answer answer, const Stream& truth);

}  // namespace quartic
