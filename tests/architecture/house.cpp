#include "tests/architecture/house.hpp"

#include <algorithm>
#include <map>

namespace quartic::architecture {

namespace {

/// What a benchmark measures below the doors of a library: kernels that no public header shows.
const std::set<std::string> benched = {"models/flexible/together/train_together.hpp",
                                       "models/linear/flops.hpp", "models/flexible/network/flops.hpp",
                                       "models/flexible/network/initialisation.hpp",
                                       "models/flexible/network/network.hpp"};

/// cli is one library; its streets see these, their own files, and nothing else of it. cli/verbs sees all.
const std::map<std::string, std::set<std::string>> streets_of_the_program = {
    {"cli/terminal", {}},
    {"cli/help", {"cli/terminal"}},
    {"cli/studies", {"cli/help", "cli/terminal"}},
    {"cli/report", {"cli/terminal"}},
    {"cli/gnuplot", {"cli/terminal"}},
    {"cli/pictures", {"cli/gnuplot", "cli/terminal"}},
    {"cli/cluster", {"cli/terminal"}},
    {"cli/films", {"cli/terminal"}},
    {"cli/hardware", {"cli/help", "cli/report", "cli/terminal"}},
};

bool street_may_see(const std::string& from, const std::string& to) {
  const auto street = streets_of_the_program.find(from);
  return from == to || street == streets_of_the_program.end() || layer_of(to) != "cli" ||
         street->second.contains(to);
}

using Arrows = std::map<std::string, std::set<std::string>>;  // folder -> folders that it needs

/// The folders that are reached from this one by one arrow or more.
std::set<std::string> find_reached(const Arrows& arrows, const std::string& from) {
  std::set<std::string> reached;
  std::vector<std::string> waiting = {from};
  while (!waiting.empty()) {
    const auto next = arrows.find(waiting.back());
    waiting.pop_back();
    if (next == arrows.end()) continue;
    for (const std::string& folder : next->second)
      if (reached.insert(folder).second) waiting.push_back(folder);
  }
  return reached;
}

/// The folders of all libraries that this one links, directly or through others, and its own.
std::set<std::string> find_visible(const Libraries& libraries, const Library& from) {
  Arrows links;
  for (const Library& library : libraries) links[library.folder] = library.links;
  std::set<std::string> visible = find_reached(links, from.folder);
  visible.insert(from.folder);
  return visible;
}

Arrows find_arrows(const Tree& tree) {
  Arrows arrows;
  for (const Source& source : tree)
    if (is_product(source))
      for (const Include& include : find_includes(source)) {
        const std::string from = folder_of(source.path), to = folder_of(include.header);
        if (include.quoted && from != to && is_product({include.header, {}})) arrows[from].insert(to);
      }
  return arrows;
}

struct Folder {
  std::size_t files = 0, lines = 0;
  std::map<std::string, int> prefixes;
};

std::map<std::string, Folder> measure_folders(const Tree& tree) {
  std::map<std::string, Folder> folders;
  for (const Source& source : tree) {
    Folder& folder = folders[folder_of(source.path)];
    folder.files += 1;
    folder.lines += source.lines.size();
    const std::string name = name_of(source.path);
    folder.prefixes[name.substr(0, name.find('_'))] += 1;
  }
  return folders;
}

std::map<std::string, const Source*> by_path(const Tree& tree) {
  std::map<std::string, const Source*> sources;
  for (const Source& source : tree) sources[source.path] = &source;
  return sources;
}

}  // namespace

Violations upward_includes(const Tree& tree, const Libraries& libraries) {
  Violations violations;
  for (const Source& source : tree) {
    if (!is_product(source)) continue;
    const Library* own = find_library(libraries, source.path);
    const std::set<std::string> visible = own ? find_visible(libraries, *own) : std::set<std::string>{};
    for (const Include& include : find_includes(source)) {
      const Library* other = find_library(libraries, include.header);
      const bool visible_library = other && visible.contains(other->folder);
      if (include.quoted &&
          !(visible_library && street_may_see(folder_of(source.path), folder_of(include.header))))
        violations.push_back(place(source, include.line) + folder_of(source.path) + " must not see " +
                             include.header);
    }
  }
  return violations;
}

Violations private_includes(const Tree& tree, const Libraries& libraries) {
  Violations violations;
  for (const Source& source : tree) {
    if (layer_of(source.path) == "tests") continue;
    const Library* own = find_library(libraries, source.path);
    for (const Include& include : find_includes(source)) {
      const Library* other = find_library(libraries, include.header);
      if (!other || other == own || other->headers.contains(include.header)) continue;
      if (layer_of(source.path) == "bench" && benched.contains(include.header)) continue;
      violations.push_back(place(source, include.line) + include.header + " is private to " + other->folder);
    }
  }
  return violations;
}

Violations leaking_headers(const Tree& tree, const Libraries& libraries) {
  const std::map<std::string, const Source*> sources = by_path(tree);
  Violations violations;
  for (const Library& library : libraries)
    for (const std::string& header : library.headers) {
      const auto source = sources.find(header);
      if (source == sources.end()) {
        violations.push_back(library.folder + " lists " + header + ", which does not exist");
        continue;
      }
      for (const Include& include : find_includes(*source->second))
        if (find_library(libraries, include.header) == &library && !library.headers.contains(include.header))
          violations.push_back(place(*source->second, include.line) + include.header + " is not public");
    }
  return violations;
}

Violations folder_circles(const Tree& tree) {
  const Arrows arrows = find_arrows(tree);
  std::set<std::string> told;
  Violations violations;
  for (const auto& [folder, targets] : arrows) {
    const std::set<std::string> reached = find_reached(arrows, folder);
    if (!reached.contains(folder) || told.contains(folder)) continue;
    std::string circle = "a circle of folders:";
    for (const std::string& other : reached)
      if (find_reached(arrows, other).contains(folder)) {
        circle += " " + other;
        told.insert(other);
      }
    violations.push_back(circle);
  }
  return violations;
}

Violations crowded_folders(const Tree& tree) {
  Violations violations;
  for (const auto& [path, folder] : measure_folders(tree))
    if (folder.files > 40 || folder.lines > 3500)
      violations.push_back(path + ": " + std::to_string(folder.files) + " files and " +
                           std::to_string(folder.lines) + " lines without streets");
  return violations;
}

Violations shared_prefixes(const Tree& tree) {
  Violations violations;
  for (const auto& [path, folder] : measure_folders(tree))
    for (const auto& [prefix, files] : folder.prefixes)
      if (files > 5)
        violations.push_back(path + ": " + std::to_string(files) + " files begin with \"" + prefix +
                             "\": make a street of them, or name them apart");
  return violations;
}

Violations long_public_headers(const Tree& tree, const Libraries& libraries) {
  const std::map<std::string, const Source*> sources = by_path(tree);
  Violations violations;
  for (const Library& library : libraries) {
    std::vector<std::size_t> lengths;
    for (const std::string& header : library.headers) {
      const auto source = sources.find(header);
      if (source == sources.end()) continue;
      lengths.push_back(source->second->lines.size());
      if (lengths.back() > 150) violations.push_back(header + ": a public header of more than 150 lines");
    }
    std::sort(lengths.begin(), lengths.end());
    if (!lengths.empty() && lengths[(lengths.size() - 1) / 2] > 60)
      violations.push_back(library.folder + ": half of its public headers have more than 60 lines");
  }
  return violations;
}

}  // namespace quartic::architecture
