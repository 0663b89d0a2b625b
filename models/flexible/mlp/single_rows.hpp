#pragma once
/// What networks are trained on.
#include <algorithm>
#include <vector>

#include "core/data.hpp"
#include "models/flexible/mlp/training.hpp"

namespace quartic::detail {

/// The first rows of the data in single precision, converted once.
class SingleRows {
 public:
  SingleRows(const Data& data, Index rows) : x_(rows, data.columns()), y_(static_cast<std::size_t>(rows)) {
    constexpr Index block = 256;
    for (Index first = 0; first < rows; first += block) {
      const Range some{first, std::min(block, rows - first)};
      x_.middleRows(first, some.count) = data.block(some, {0, data.columns()}).cast<float>();
    }
    for (Index i = 0; i < rows; ++i) y_[static_cast<std::size_t>(i)] = static_cast<float>(data.y()(i));
  }

  Index columns() const { return x_.cols(); }
  LabelledRows<float> prefix(Index n) const { return {{x_.data(), n, x_.cols()}, y_.data()}; }
  LabelledRows<float> all() const { return prefix(x_.rows()); }

 private:
  MatrixF x_;
  std::vector<float> y_;
};

}  // namespace quartic::detail
