#pragma once
/// Laws of the rows of x: independent Gaussian rows with mean 0 and covariance Sigma, d x d, never held as a
/// matrix.
///
/// Each struct turns the normals of one row stream into columns of the row and evaluates quadratic forms in
/// O(d):
///     variance(j)                    Sigma_jj
///     fill(row, first, out)          out = x_first .. x_first+out.size()-1
///     pick(row, columns, out)        out[k] = x_columns[k], the same bits as fill's
///     quadratic_form(v)              v' Sigma v, v dense (d) or sparse
/// Row streams: "x" holds one normal a column, at the column's position; "blocks" one a block.
#include <array>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "core/options.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// Columns ascending; one value each.
struct SparseVector {
  std::vector<Index> columns;
  std::vector<double> values;
};

/// Sigma = I.
struct Isotropic {
  double variance(Index) const { return 1; }
  void fill(const Stream& row, Index first, std::span<double> out) const;
  void pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const;
  double quadratic_form(const Vector& v) const;
  double quadratic_form(const SparseVector& v) const;
};

/// Sigma_jk = rho^|j-k|: x_0 = z_0, x_j = rho x_j-1 + sqrt(1 - rho^2) z_j. Any column costs O(its index).
struct Autoregressive {
  double rho = 0;

  double variance(Index) const { return 1; }
  void fill(const Stream& row, Index first, std::span<double> out) const;
  void pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const;
  double quadratic_form(const Vector& v) const;
  double quadratic_form(const SparseVector& v) const;
};

/// Equicorrelated blocks of `size` columns (the last one may be cut): x_j = sqrt(rho) g_block + sqrt(1 - rho)
/// z_j.
struct Blocks {
  Index size = 1;
  double rho = 0;

  double variance(Index) const { return 1; }
  void fill(const Stream& row, Index first, std::span<double> out) const;
  void pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const;
  double quadratic_form(const Vector& v) const;
  double quadratic_form(const SparseVector& v) const;
};

/// Independent columns of variance j^-exponent, j = 1, 2, ...
class Spectrum {
 public:
  Spectrum(Index candidates, double exponent);
  double variance(Index column) const { return deviations_[column] * deviations_[column]; }
  void fill(const Stream& row, Index first, std::span<double> out) const;
  void pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const;
  double quadratic_form(const Vector& v) const;
  double quadratic_form(const SparseVector& v) const;

 private:
  Vector deviations_;
};

using Covariance = std::variant<Isotropic, Autoregressive, Blocks, Spectrum>;

inline constexpr std::array covariance_words = {
    OptionWord{"isotropic", "independent columns of variance 1"},
    OptionWord{"ar1(rho)", "correlation rho^|j-k| between columns j and k"},
    OptionWord{"blocks(size, rho)", "correlation rho inside each block of that many columns"},
    OptionWord{"spectrum(exponent)", "independent columns of variance j^-exponent, j = 1, 2, ..."}};

/// "isotropic" | "ar1(rho)", |rho| < 1 | "blocks(size, rho)", size a whole number from 1 on, 0 <= rho < 1 |
/// "spectrum(exponent)", exponent >= 0. Throws InvalidInput for anything else; allocates nothing.
void require_covariance(std::string_view text);
/// The law the text names. Throws as require_covariance.
Covariance make_covariance(std::string_view text, Index candidates);

}  // namespace quartic
