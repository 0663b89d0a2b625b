#include "tests/architecture/mirrors.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace quartic::architecture {

namespace {

std::string trim(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Exception read_exception(const std::string& line) {
  std::istringstream fields(line);
  std::string sources, test, reason, folder, name;
  std::getline(fields, sources, '|');
  std::getline(fields, test, '|');
  std::getline(fields, reason);
  Exception exception{{}, trim(test), trim(reason)};
  std::istringstream names(sources);
  std::getline(names, folder, ':');
  while (names >> name) exception.sources.push_back(folder + "/" + name + ".cpp");
  return exception;
}

bool has_test(const std::string& source, const std::set<std::string>& paths) {
  const std::string stem = "tests/" + source.substr(0, source.rfind('.'));
  return paths.contains(stem + "_test.cpp") || paths.contains(stem + "_statistics.cpp") ||
         paths.contains(stem + "_long.cpp");
}

void check_table(const std::vector<Exception>& exceptions, const std::set<std::string>& paths,
                 Violations& violations) {
  const std::string table = "tests/architecture/untested.txt: ";
  for (const Exception& exception : exceptions) {
    for (const std::string& source : exception.sources) {
      if (!paths.contains(source)) violations.push_back(table + source + " does not exist");
      if (has_test(source, paths)) violations.push_back(table + source + " has a test of its name");
    }
    if (!paths.contains(exception.test)) violations.push_back(table + exception.test + " does not exist");
    if (exception.reason.empty()) violations.push_back(table + exception.test + " without a reason");
  }
}

}  // namespace

std::vector<Exception> read_exceptions(const std::string& file) {
  std::vector<Exception> exceptions;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line.front() != '#') exceptions.push_back(read_exception(line));
  return exceptions;
}

Violations untested_sources(const Tree& tree, const std::vector<Exception>& exceptions) {
  std::set<std::string> paths, excepted;
  for (const Source& source : tree) paths.insert(source.path);
  for (const Exception& exception : exceptions)
    excepted.insert(exception.sources.begin(), exception.sources.end());
  Violations violations;
  for (const Source& source : tree)
    if (is_product(source) && layer_of(source.path) != "python" && !is_header(source) &&
        !has_test(source.path, paths) && !excepted.contains(source.path))
      violations.push_back(
          source.path +
          ": no test of its name (write it, or say in tests/architecture/untested.txt why not)");
  check_table(exceptions, paths, violations);
  return violations;
}

}  // namespace quartic::architecture
