#pragma once
/// The price of k times less error, in data and in computing, by theory.
#include <limits>
#include <string_view>
#include <vector>

namespace quartic {

/// Root mean squared error falls as n^-error while computing grows as n^computing (logarithms left out).
/// Performance is 1/RMSE; for 1/MSE every exponent of k halves.
struct Scaling {
  double error = 0.5;
  double computing = 1;

  /// n grows as k^data_exponent; infinite where the error does not fall.
  double data_exponent() const { return error > 0 ? 1 / error : std::numeric_limits<double>::infinity(); }
  /// Flops grow as k^compute_exponent.
  double compute_exponent() const { return computing * data_exponent(); }
};

/// Fixed d, n rows: n d^2 flops by least squares, n d by one pass of gradient descent. RMSE n^-1/2: k^2
/// either way.
Scaling fixed_columns_scaling();
/// Lasso on p = c n candidates, s fixed, constant passes of n p flops; RMSE sqrt(s ln p/n): k^4. Bickel,
/// Ritov & Tsybakov 2009.
Scaling growing_pool_scaling();
/// The same where n^3 flops are spent on normal equations: k^6.
Scaling growing_pool_cubic_scaling();
/// A network with parameters ~ n, constant epochs, RMSE n^-1/2: k^4. Thompson et al. 2020, arXiv 2007.05558.
Scaling network_scaling();
/// Minimum norm with p = c n columns: the error does not fall, at n^3 flops.
Scaling proportional_interpolation_scaling();

/// A function of smoothness b in D dimensions, roughness = D/b, at the minimax rate n^-b/(2b+D) of RMSE,
/// fitted with parameters ~ n by one pass of averaged gradient descent, n^2 flops: 4 + 2 D/b, nine at D/b
/// = 2.5. Stone 1982; Dieuleveut & Bach 2016, arXiv 1408.0361.
Scaling smooth_sgd_scaling(double roughness);
/// The same by exact ridge regression, n^3: 6 + 3 D/b. Caponnetto & De Vito 2007.
Scaling smooth_ridge_scaling(double roughness);

/// Excess risk under eigenvalues s_j = j^-B and signal s_j b_j^2 = j^-A (A, B > 1): N^-model over the number
/// of columns N, t^-steps over the number of gradient steps t. Bordelon, Atanasov & Pehlevan 2024, arXiv
/// 2402.01092.
struct PowerLawRisk {
  double model = 0;  ///< A - 1
  double steps = 0;  ///< (A - 1)/B
};
PowerLawRisk power_law_risk(double spectrum_exponent, double signal_exponent);
/// Risk over computing N t where N and t are best shared out: C^-e, 1/e = 1/model + 1/steps.
double compute_optimal_rate(const PowerLawRisk& risk);
/// What the exponents of the designs depend on.
struct ScalingWorld {
  double roughness = 2.5;          ///< D/b of smooth functions, 0 or more
  double spectrum_exponent = 1.5;  ///< B, above 1
  double signal_exponent = 1.75;   ///< A, above 1
};

/// One line of the table: what data and computing k times the performance takes by this design.
struct DesignScaling {
  std::string_view name;    ///< "growing_pool"
  std::string_view design;  ///< a few words
  Scaling scaling;          ///< over n rows; of power laws: over the computing, best shared out
  std::string_view source;
};
/// All of the above. Throws InvalidInput for a world outside its range.
std::vector<DesignScaling> design_scalings(const ScalingWorld& world = {});

}  // namespace quartic
