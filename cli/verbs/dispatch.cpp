#include "cli/verbs/dispatch.hpp"

#include "cli/help/help.hpp"
#include "core/require.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine_failure.hpp"

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

}  // namespace

int run_program(std::span<const std::string> words, const Program& program) {
  const Console& console = program.console;
  const auto tell = [&](const std::string& message) {
    console.err << program.name << ": " << called(message, program.name, verb_texts()) << std::endl;
  };
  try {
    const int status = dispatch(words, program);
    console.out.flush();
    require(
        console.out.good(),
        "the output could not be written (the disk may be full). Send it to another place; what a run left "
        "in its folder is whole.");
    return status;
  } catch (const MachineFailure& error) {
    tell(error.what());
    return exit_status::unexpected;
  } catch (const InvalidInput& error) {
    tell(error.what());
    return exit_status::bad_input;
  } catch (const std::exception& error) {
    tell(std::string("something unexpected happened: ") + error.what());
    return exit_status::unexpected;
  }
}

}  // namespace quartic
