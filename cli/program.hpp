#pragma once
/// The whole program as a function, for projects with worlds and models of their own.
#include <ostream>
#include <span>
#include <string>

#include "core/catalogue_entry.hpp"
#include "experiments/study/catalogues.hpp"

namespace quartic {

/// Runs `argv[0] argv[1]...` as quartic does, with studies that may name the kinds in `catalogues`, and
/// returns the exit status. To be called from main(), which does nothing else:
///
///     int main(int argc, char** argv) {
///       return quartic::program(quartic::built_in_catalogues(), argc, argv);
///     }
///
/// The process is the program's: it may start anew in its own place (so that OpenBLAS takes the kernels of
/// this processor), keeps the memory that it frees, hears signals, and writes to standard output and error.
int program(const Catalogues& catalogues, int argc, char** argv);

/// The same within somebody else's process, which stays as it is but for signals, heard while a study runs: the words
/// after the program's name, and where it writes.
int program_within(const Catalogues& catalogues, std::span<const std::string> words, std::ostream& out,
                   std::ostream& err);
/// To standard output and error, as on a terminal where they are one.
int program_within(const Catalogues& catalogues, std::span<const std::string> words);

}  // namespace quartic
