#pragma once
/// The folder that a study of a table leaves behind.
///
///     points.csv     the rows that were used       findings.json   all that was found
///     study.toml     what ran                      manifest.json   who ran what, where, and a digest
#include <string>

#include "experiments/store/new_folders.hpp"
#include "experiments/tables/analysis.hpp"

namespace quartic {

/// Writes whole files or none, manifest.json last, and keeps the folder. Returns the digest: the SHA-256 of
/// `cat points.csv findings.json`. Throws InvalidInput, which names the path and the remedy, where a file cannot
/// be written.
std::string store_table_run(HeldFolder& folder, const TableStudy& study, const TableResult& result,
                            double wall_seconds);

}  // namespace quartic
