#include "cli/verbs/dispatch.hpp"

#include <exception>
#include <system_error>

#include "cli/help/help.hpp"
#include "core/require.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/plain_file.hpp"

namespace quartic {

namespace {

int dispatch(std::span<const std::string> words, const Program& program) {
  const Console& console = program.console;
  if (words.empty() || words[0] == "--help" || words[0] == "-h") {
    console.out << called(program_help(verb_texts(), console), program.name, verb_texts());
    return exit_status::done;
  }
  if (words[0] == "--version" || words[0] == "-V") {
    console.out << "quartic " << version() << " (" << git_revision() << ", " << compiler() << ")\n";
    return exit_status::done;
  }
  const Verb& verb = verb_named(words[0]);
  const Request request = parse_request(verb.text, words.subspan(1));
  if (request.has("--help")) {
    console.out << called(verb_help(verb.text, console), program.name, verb_texts());
    return exit_status::done;
  }
  return verb.run(request, program);
}

/// Its beginning and its end, where a message repeats a text that nobody would read.
std::string shortened(const std::string& message) {
  constexpr std::size_t beginning = 6000, end = 2000;
  if (message.size() <= beginning + end) return message;
  return message.substr(0, beginning) + " [...] " + message.substr(message.size() - end);
}

std::string words_for(const std::system_error& error) {
  const int reason = error.code().value();
  if (!detail::is_exhausted(reason)) return std::string("something unexpected happened: ") + error.what();
  return std::string("the machine has run out of something (") + error.what() + "). " +
         detail::remedy(reason, "");
}

/// The exit status of what was thrown, which is told.
template <class Tell>
int exit_status_of(std::exception_ptr thrown, const Tell& tell) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const InvalidInput& error) {
    tell(error.what());
    return exit_status::bad_input;
  } catch (const MachineFailure& error) {
    tell(error.what());
  } catch (const std::system_error& error) {
    tell(words_for(error));
  } catch (const std::bad_alloc&) {
    tell("there is not enough memory (the system refused some). Close some programs, or ask for less.");
  } catch (const std::exception& error) {
    tell(std::string("something unexpected happened: ") + error.what());
  }
  return exit_status::unexpected;
}

}  // namespace

int run_program(std::span<const std::string> words, const Program& program) {
  const Console& console = program.console;
  try {
    const int status = dispatch(words, program);
    console.out.flush();
    if (console.out.good()) return status;
    throw MachineFailure(
        "the output could not be written (the disk may be full). Send it to another place; what a run left "
        "in its folder is whole.");
  } catch (...) {
    return exit_status_of(std::current_exception(), [&](const std::string& message) {
      console.err << program.name << ": " << called(shortened(message), program.name, verb_texts())
                  << std::endl;
    });
  }
}

}  // namespace quartic
