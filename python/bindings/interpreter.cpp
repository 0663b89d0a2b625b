#include "python/bindings/interpreter.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/interruption_flag.hpp"
#include "core/require.hpp"

namespace quartic::python {

namespace {

// The flags by which each thread in Python code is asked to leave, one for each time that it has entered. Guarded by
// the interpreter's lock.
std::map<unsigned long, std::vector<const std::atomic<bool>*>>& threads_in_python() {
  static std::map<unsigned long, std::vector<const std::atomic<bool>*>> threads;
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
  threads_in_python()[PyThread_get_thread_ident()].push_back(interruption_flag());
}

InPython::~InPython() {
  const auto here = threads_in_python().find(PyThread_get_thread_ident());
  here->second.pop_back();
  if (here->second.empty()) threads_in_python().erase(here);
}

void interrupt_python_code() {
  for (const auto& [thread, flags] : threads_in_python())
    if (flags.back() && *flags.back()) PyThreadState_SetAsyncExc(thread, PyExc_KeyboardInterrupt);
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
