#pragma once
/// The Arrow C stream of the records of a run: https://arrow.apache.org/docs/format/CStreamInterface.html.
#include <pybind11/pybind11.h>

#include <memory>

#include "experiments/study/cells.hpp"
#include "python/bindings/record_table.hpp"

namespace quartic::python {

/// A capsule "arrow_array_stream" with one batch: the columns of records.csv, those of settings and of classes too.
/// Numbers are not copied; NaN is null, and so is a count that was not measured. Arms and statuses are dictionaries of
/// names. Whoever takes the stream releases it; an untouched capsule releases it itself.
pybind11::capsule arrow_stream(std::shared_ptr<const RecordTable> table, const CellGrid& cells);

}  // namespace quartic::python
