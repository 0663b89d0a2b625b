#pragma once
/// What a study may ask of all its arms at once, beside claims: what causes, or remedies, do to an exponent.
#include <string>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// How published figures come about (experiments/findings/causes.hpp): the causes that may change an
/// exponent, each at its strength.
struct Causes {
  std::string arm;              ///< without any cause
  std::string under_converged;  ///< the arm in its place
  Index systems = 8;            ///< replicates that make a field
  double floor = 0;             ///< added to the normalised error
  double computing_noise = 0;   ///< standard deviation of the logarithm of reported computing
  std::string best_of;          ///< systems tried at size n, an expression; at most `systems`
  std::string tuning;           ///< runs for each one reported at size n, an expression
  std::vector<Index> few;       ///< sizes
  double expect = 4;            ///< exponent without any cause
  double margin = 0.3;
  double confidence = 0.95;
};

/// What arms do to the cost of another (experiments/findings/remedies.hpp).
struct Remedies {
  std::string against;            ///< the arm without any remedy
  std::vector<std::string> arms;  ///< remedies, in the order of the table
  double at_error = 0;            ///< the normalised error that costs are of
  double saving = 2;              ///< training that is dearer than 1/saving of the other's is no way out
  std::vector<double> uses = {1, 1e6, 1e12};  ///< predictions, for each of which there is a total
  double margin = 0.1;                        ///< of exponents that are the same, a share
  double confidence = 0.95;
};

}  // namespace quartic
