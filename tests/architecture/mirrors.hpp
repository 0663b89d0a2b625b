#pragma once
/// Every source has a test of its name, or stands with a reason in tests/architecture/untested.txt.
#include "tests/architecture/source_tree.hpp"

namespace quartic::architecture {

/// A line of the table: sources of one folder, the test that reaches them, and why that one does.
struct Exception {
  std::vector<std::string> sources;  ///< "laws/curves/law_fit.cpp"
  std::string test;                  ///< "tests/laws/curves/law_test.cpp"
  std::string reason;
};

/// Reads "folder: names | test | reason" from every line that is neither empty nor begins with '#'; names go
/// without ".cpp".
std::vector<Exception> read_exceptions(const std::string& file);

/// laws/a.cpp without tests/laws/a_{test,statistics,long}.cpp that no line of the table names. A line of the
/// table that names a tested source, one that does not exist, a test that does not exist, or no reason, is
/// one too. The bindings of python are tested from Python, in python/tests.
Violations untested_sources(const Tree& tree, const std::vector<Exception>& exceptions);

}  // namespace quartic::architecture
