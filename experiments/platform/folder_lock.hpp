#pragma once
/// One process writes to one folder.
#include <filesystem>
#include <optional>
#include <string>

namespace quartic {

/// The lock of a folder, held while the object lives and released by the system when its process dies,
/// however it dies. The file run.lock says who holds it.
class FolderLock {
 public:
  /// Throws InvalidInput that says who holds it where another process does, or where the folder cannot be
  /// written.
  explicit FolderLock(const std::filesystem::path& folder);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

  /// Who writes to this folder now: "process 4711 on host since 2026-01-31T12:00:00Z"; nothing where nobody
  /// does.
  static std::optional<std::string> holder(const std::filesystem::path& folder);

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// The name of the lock file in the folder.
inline constexpr std::string_view lock_name = "run.lock";

}  // namespace quartic
