#pragma once
/// The rules of a single source: what it may use, and how it is laid out.
#include "tests/architecture/source_tree.hpp"

namespace quartic::architecture {

/// A third-party library stays in the layers that it belongs to, and out of every header (Eigen may go
/// anywhere, pybind11 into the headers of python).
Violations misplaced_libraries(const Tree& tree);
/// core, sim, models and laws use no threads, files, clock, environment or terminal; nobody uses <random>.
Violations impure_sources(const Tree& tree);
/// A header is at most 200 lines and begins with #pragma once.
Violations unwieldy_headers(const Tree& tree);
/// A source includes its own header first: compiled without precompiled headers, it shows that the header
/// compiles alone.
Violations late_own_headers(const Tree& tree);
/// A header of the product includes, itself or through headers of the product, the standard header of what it
/// names of namespace std: precompiled headers would hide that it does not.
Violations missing_includes(const Tree& tree);
/// The tests of a file have a namespace of its name, quartic::curve_test in curve_test.cpp: their helpers then never
/// meet another file's, and many files compile as one.
Violations shared_test_namespaces(const Tree& tree);

}  // namespace quartic::architecture
