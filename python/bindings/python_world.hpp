#pragma once
/// A world written in Python.
#include <string>

#include "core/truth.hpp"
#include "python/bindings/interpreter.hpp"

namespace quartic::python {

/// An object with rows(first, count, rng) -> (X, y) and mean(X) (of classes P(y = 1 | X)), as _hooks.truth takes it.
/// Rows are asked for in blocks of 64 that begin at multiples of 64, each with a generator of its own: so any block of
/// the table is a pure function of its place, whatever the object draws in which order. Errors are judged on fresh rows.
class PythonWorld {
 public:
  PythonWorld(std::string name, std::string fingerprint, bool classes, py::object world);

  std::string name() const { return name_; }
  std::string fingerprint() const { return fingerprint_; }
  Task task() const { return classes_ ? Task::classification : Task::regression; }
  /// Throws std::runtime_error with the traceback of an exception.
  Truth draw(Stream truth) const;

 private:
  std::string name_, fingerprint_;
  bool classes_;
  Shared world_;
};

}  // namespace quartic::python
