#pragma once
/// Label noise of a given standard deviation.
#include <string_view>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// "gaussian" | "student(df)", df > 2. Throws InvalidInput for anything else.
void require_tails(std::string_view text);

/// Draws of mean 0 and standard deviation `deviation`.
class Noise {
 public:
  /// Throws as require_tails.
  Noise(std::string_view tails, double deviation);
  double deviation() const { return deviation_; }
  /// Gaussian: the stream's first normal. Student: with u and v its first two words as uniforms,
  /// t = sqrt(df (u^(-2/df) - 1)) cos(2 pi v) (Bailey 1994, doi 10.1090/S0025-5718-1994-1219702-X), divided
  /// by its deviation sqrt(df/(df-2)). u >= 2^-33 cuts a tail of that probability.
  double draw(Stream stream) const;
  /// That of these rows of a truth: row i draws from train.child(i).child("noise").
  Vector of_rows(Range rows, const Stream& train) const;

 private:
  double deviation_;
  double degrees_ = 0;  // of freedom; 0: gaussian
};

}  // namespace quartic
