#pragma once
/// Names of the files of a store in the folder of a run.
#include <filesystem>
#include <string>
#include <string_view>

namespace quartic::detail {

inline constexpr std::string_view store_name = "run.sqlite";

struct StorePaths {
  std::filesystem::path file, log, index;      ///< run.sqlite, and what SQLite writes beside it
  std::filesystem::path damaged, damaged_log;  ///< a store that could not be read as it was
  std::filesystem::path salvaging, salvaged;   ///< what takes its place: half of it, and all of it

  explicit StorePaths(const std::filesystem::path& folder)
      : file(folder / store_name),
        log(file.string() + "-wal"),
        index(file.string() + "-shm"),
        damaged(file.string() + ".damaged"),
        damaged_log(file.string() + ".damaged-wal"),
        salvaging(file.string() + ".salvaging"),
        salvaged(file.string() + ".salvaged") {}
};

}  // namespace quartic::detail
