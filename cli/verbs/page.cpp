#include <filesystem>

#include "cli/help/common_options.hpp"
#include "cli/terminal/child.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;

/// Beside this program: where cmake --install and the Debian package leave it, and where ./dev page does.
fs::path find_page() {
  const fs::path beside = fs::path(own_path()).parent_path();
  for (const fs::path& place :
       {beside / ".." / "share" / "quartic" / "quartic.html", beside / ".." / "page" / "quartic.html"})
    if (fs::is_regular_file(place)) return place;
  throw InvalidInput(
      "this program has no page (it was built without one). In a checkout run ./dev page, which leaves it in "
      "build/page/quartic.html; the Debian package has it where it was made after that.");
}

int write_page(const Request& request, const Program& program) {
  const std::string named = read_name(request, "--out");
  const std::string file = named.empty() ? "quartic.html" : named;
  write_text_file(file, read_text_file(find_page().string()));
  program.console.out << file << "\n";
  return exit_status::done;
}

}  // namespace

Verb page_verb() {
  return {.text = {.name = "page",
                   .summary = "write the page: quartic in a browser, in one file",
                   .description = R"(
Writes one HTML file that runs quartic in a browser: six rooms with questions for a class, and an editor for studies of
one's own. It needs no network and no server: open it from a USB stick. It
draws what this program draws, bit for bit; fits agree but for late digits, those of networks to about a per cent.
)",
                   .options = {{.name = "--out",
                                .letter = "-o",
                                .value = "FILE",
                                .help = "The file to write; quartic.html unless told otherwise."}},
                   .examples = {{"quartic page", "quartic.html, to open in a browser"},
                                {"quartic page --out /media/stick/quartic.html", "for a class"}}},
          .run = write_page};
}

}  // namespace quartic
