#pragma once
/// The rules of the source tree as functions: sources in, violations out ("core/data.hpp:3: ...").
#include <string>
#include <vector>

namespace quartic::architecture {

/// A file of the tree. Paths are relative to the root, with '/'.
struct Source {
  std::string path;
  std::vector<std::string> lines;
};
using Violations = std::vector<std::string>;

/// Every .hpp and .cpp of the layers, of bench/ and of tests/, in order of path.
std::vector<Source> read_tree(const std::string& root);

/// Layers point down only: core <- sim, models, laws <- experiments <- cli.
Violations upward_includes(const std::vector<Source>& tree);
/// A third-party library stays in the layers that it belongs to, and out of every header (Eigen may go
/// anywhere).
Violations misplaced_libraries(const std::vector<Source>& tree);
/// core, sim, models and laws use no threads, files, clock, environment or terminal; nobody uses <random>.
Violations impure_sources(const std::vector<Source>& tree);
/// A header is at most 200 lines and begins with #pragma once.
Violations unwieldy_headers(const std::vector<Source>& tree);
/// A source includes its own header first, which proves that the header compiles alone.
Violations late_own_headers(const std::vector<Source>& tree);
/// A source below cli has a mirror test (a part may share the test of the whole), or implements a header that
/// some test includes, or at least serves a source that is tested so. The program is tested from outside, by
/// tests/cli.
Violations untested_sources(const std::vector<Source>& tree);

}  // namespace quartic::architecture
