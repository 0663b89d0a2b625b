#pragma once
/// A Python estimator as an arm of a study.
#include <string>

#include "core/data.hpp"
#include "core/fit.hpp"
#include "core/random/stream.hpp"
#include "python/bindings/interpreter.hpp"

namespace quartic::python {

/// An estimator with fit(X, y) and predict(X), as _hooks.fit takes it: a fresh copy is fitted for every size. Fits hold
/// the interpreter's lock where the estimator does. flops are NaN unless it has a function that tells them. An exception
/// is InvalidInput with the traceback, of which the engine makes a failed record.
class PythonModel {
 public:
  /// `classifies`: it is given classes 0 and 1 as they are, and its scores are log odds.
  PythonModel(std::string name, std::string fingerprint, bool classifies, py::object estimator);

  std::string name() const { return name_; }
  std::string fingerprint() const { return fingerprint_; }
  bool reads_classes() const { return classifies_; }
  /// Throws InvalidInput where it classifies and answers are numbers.
  void require_data(Index rows, Index columns, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

 private:
  std::string name_, fingerprint_;
  bool classifies_;
  Shared estimator_;
};

}  // namespace quartic::python
