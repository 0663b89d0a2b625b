#pragma once
/// The rules of the house: who may include whom, and how many live in one folder. Each names what breaks it.
#include "tests/architecture/source_tree.hpp"

namespace quartic::architecture {

/// A library sees itself and what it links, directly or through others; models and sim never each other.
Violations upward_includes(const Tree& tree, const Libraries& libraries);
/// Another library's header is included only where that library lists it. Tests may include any.
Violations private_includes(const Tree& tree, const Libraries& libraries);
/// A listed header exists, and includes none of its own library that is not listed: it is installed.
Violations leaking_headers(const Tree& tree, const Libraries& libraries);
/// Folders that include one another, directly or by a detour: no floor plan shows them.
Violations folder_circles(const Tree& tree);
/// A folder holds at most 40 files and 3,500 lines: beyond that it needs streets.
Violations crowded_folders(const Tree& tree);
/// At most five files of a folder share a prefix (the name up to its first "_"): six want a folder.
Violations shared_prefixes(const Tree& tree);
/// A public header has at most 150 lines, and the median of a library's is at most 60.
Violations long_public_headers(const Tree& tree, const Libraries& libraries);

}  // namespace quartic::architecture
