#pragma once
/// The world `table`: cases of a file of one's own.
#include "core/catalogue.hpp"
#include "core/world.hpp"
#include "sim/worlds/table.hpp"

namespace quartic {

/// The cases of the file that these options name (experiments/platform/csv.hpp says what a file may look like): of
/// every column but the target and those to be ignored, and one without a name, as R writes for its rows. The target is
/// of classes where it holds two different values, the larger number or, of words, the last in alphabetical
/// order being class 1; else it is a number.
///
/// Throws InvalidInput, with file, line and column, for a file that cannot be read, is no table, or is another
/// than its digest says; fewer than 10 cases; names that are not there, or there twice; values that are missing
/// or no numbers; a column, or a target, that is the same everywhere.
TableCases read_table_cases(const TableOptions& options);

/// For a catalogue. It reads the file whenever it makes a world, and no more often.
CatalogueEntry<World> table_entry();

}  // namespace quartic
