#pragma once
/// The folder that a study of a table leaves behind.
///
///     points.csv     the rows that were used       findings.json   all that was found
///     study.toml     what ran                      manifest.json   who ran what, where, and a digest
#include <string>

#include "experiments/tables/analysis.hpp"

namespace quartic {

/// Writes whole files or none; manifest.json last. The folder is new, empty, or of an earlier run of quartic.
/// Returns the digest: the SHA-256 of `cat points.csv findings.json`. Throws InvalidInput, which names the
/// path and the remedy, where it cannot be written.
std::string store_table_run(const std::string& folder, const TableStudy& study, const TableResult& result,
                            double wall_seconds);

}  // namespace quartic
