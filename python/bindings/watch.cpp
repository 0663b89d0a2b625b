#include "python/bindings/watch.hpp"

#include <pybind11/pybind11.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "core/interruption.hpp"
#include "core/interruption_flag.hpp"
#include "python/bindings/interpreter.hpp"

namespace quartic::python {

namespace {

namespace py = pybind11;

/// The thread of the work, and when it has ended.
class Working {
 public:
  Working(const std::function<void()>& work, Flags& flags)
      : thread_([this, &work, &flags] {
          const Interruptible here(&flags.abandon);
          try {
            work();
          } catch (const Interrupted&) {  // somebody asked for it
          } catch (...) {
            failure_ = std::current_exception();
          }
          const std::scoped_lock lock(mutex_);
          ended_ = true;
          changed_.notify_all();
        }) {}
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;
  ~Working() {
    if (thread_.joinable()) thread_.join();
  }

  bool ends_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return ended_; });
  }
  std::exception_ptr join() {
    thread_.join();
    return failure_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // last: it uses the others
};

/// The runs that go on, by their flags.
class Watched {
 public:
  explicit Watched(Flags& flags) : flags_(flags) {
    const std::scoped_lock lock(mutex);
    all.insert(&flags_);
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() {
    const std::scoped_lock lock(mutex);
    all.erase(&flags_);
    ended.notify_all();
  }

  static bool end_all_within(std::chrono::seconds time) {
    std::unique_lock lock(mutex);
    for (Flags* flags : all) flags->stop = flags->abandon = true;
    return ended.wait_for(lock, time, [] { return all.empty(); });
  }

 private:
  inline static std::mutex mutex;
  inline static std::condition_variable ended;
  inline static std::set<Flags*> all;
  Flags& flags_;
};

/// What the user's interpreter has to say now: a signal, an error of `tick`, or that this thread, which is at work for
/// another run, is asked to leave.
std::optional<py::error_already_set> hear(const std::function<void()>& tick) {
  try {
    if (tick) tick();
    if (is_asked_to_leave()) PyErr_SetNone(PyExc_KeyboardInterrupt);
    if (PyErr_Occurred() || PyErr_CheckSignals() != 0) throw py::error_already_set();
  } catch (py::error_already_set& error) {
    return std::move(error);
  }
  return std::nullopt;
}

}  // namespace

void run_watched(const std::function<void()>& work, Flags& flags, const std::function<void()>& tick) {
  const Watched watched(flags);
  std::optional<py::error_already_set> heard;
  std::exception_ptr failure;
  {
    const py::gil_scoped_release release;
    Working working(work, flags);
    while (!working.ends_within(std::chrono::milliseconds(50))) {
      const py::gil_scoped_acquire lock;
      if (flags.abandon) {
        interrupt_python_code();
        continue;
      }
      heard = hear(tick);
      if (heard) flags.stop = flags.abandon = true;
    }
    failure = working.join();
  }
  if (heard) throw std::move(*heard);
  if (flags.abandon) {
    PyErr_SetNone(PyExc_SystemExit);
    throw py::error_already_set();
  }
  if (failure) std::rethrow_exception(failure);
}

void end_watched() {
  const py::gil_scoped_release release;
  Watched::end_all_within(std::chrono::seconds(10));
}

}  // namespace quartic::python
