#pragma once
/// What models of classes ask of their labels.
#include <string>

#include "core/require.hpp"
#include "core/types.hpp"

namespace quartic::detail {

/// Throws InvalidInput for real-valued labels and for no rows.
inline void require_classes(Index rows, Task task, const std::string& model) {
  require(
      task == Task::classification,
      model + " was given real-valued labels (it fits classes). Use a world of classes or another model.");
  require(rows >= 1, model + " was given no rows (nothing can be learned from them). Give at least one row.");
}

/// Throws InvalidInput for labels other than 0 and 1.
inline void require_labels(VectorView y, const std::string& model) {
  require(
      ((y.array() == 0) || (y.array() == 1)).all(),
      model +
          " was given a label that is neither 0 nor 1 (these are the two classes). Code the classes as 0 and 1.");
}

}  // namespace quartic::detail
