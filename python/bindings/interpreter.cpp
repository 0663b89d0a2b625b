#include "python/bindings/interpreter.hpp"

#include <map>
#include <string>
#include <utility>

#include "core/require.hpp"

namespace quartic::python {

namespace {

// Threads in Python code, and how often each has entered it. Guarded by the interpreter's lock.
std::map<unsigned long, int>& threads_in_python() {
  static std::map<unsigned long, int> threads;
  return threads;
}

std::string traceback_of(const py::error_already_set& error) {
  try {
    return hook("traceback_text")(error.type(), error.value(), error.trace()).cast<std::string>();
  } catch (const py::error_already_set&) {
    interruption_point();
    return "an exception of Python that cannot be told";
  }
}

}  // namespace

Shared share(py::object object) {
  return {new py::object(std::move(object)), [](py::object* held) {
            const py::gil_scoped_acquire lock;
            delete held;
          }};
}

InPython::InPython() {
  ++threads_in_python()[PyThread_get_thread_ident()];
}

InPython::~InPython() {
  const auto here = threads_in_python().find(PyThread_get_thread_ident());
  if (--here->second == 0) threads_in_python().erase(here);
}

void interrupt_python_code() {
  for (const auto& [thread, depth] : threads_in_python())
    PyThreadState_SetAsyncExc(thread, PyExc_KeyboardInterrupt);
}

py::object hook(const char* name) {
  return py::module_::import("quartic._hooks").attr(name);
}

void rethrow_python(const py::error_already_set& error) {
  interruption_point();  // what code raises that was told to end is no failure of its own
  if (error.matches(PyExc_KeyboardInterrupt)) throw error;
  throw InvalidInput(traceback_of(error));
}

}  // namespace quartic::python
