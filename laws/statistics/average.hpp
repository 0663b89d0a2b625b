#pragma once
/// How replicates become one number a size.

namespace quartic {

/// mean: (1/R) sum e_r. geometric_mean: exp((1/R) sum log e_r), which asks for positive errors.
enum class Average { mean, geometric_mean };

}  // namespace quartic
