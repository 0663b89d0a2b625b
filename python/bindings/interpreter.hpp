#pragma once
/// Python code that C++ calls, from any thread.
#include <pybind11/pybind11.h>

#include <memory>

#include "core/interruption.hpp"

namespace quartic::python {

namespace py = pybind11;

/// A Python object that any thread may drop: it is let go with the interpreter's lock held.
using Shared = std::shared_ptr<py::object>;
Shared share(py::object object);

/// While it lives, this thread holds the interpreter's lock and runs Python code, which interrupt_python_code() reaches.
class InPython {
 public:
  InPython();
  InPython(const InPython&) = delete;
  InPython& operator=(const InPython&) = delete;
  ~InPython();

 private:
  py::gil_scoped_acquire lock_;
};

/// Raises KeyboardInterrupt in every thread that is InPython and is asked to leave, at its next line of Python. With
/// the lock held.
void interrupt_python_code();

/// A function of the module quartic._hooks.
py::object hook(const char* name);

/// What Python code raised, as C++ throws it: InvalidInput with the traceback; KeyboardInterrupt as it is.
[[noreturn]] void rethrow_python(const py::error_already_set& error);

/// What `work`, Python code, returns. Throws as rethrow_python, and Interrupted where the thread was asked to leave,
/// whether the code ended by the exception or swallowed it.
template <class Work>
auto in_python(const Work& work) {
  const InPython here;
  try {
    auto result = work();
    interruption_point();
    return result;
  } catch (const py::error_already_set& error) {
    rethrow_python(error);
  }
}

}  // namespace quartic::python
