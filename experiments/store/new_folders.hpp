#pragma once
/// The folder of a run before it holds results.
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/platform/folder_lock.hpp"

namespace quartic {
namespace detail {

/// The absolute path of a folder that a run may use: it does not exist, is empty, or holds an earlier run.
/// Throws InvalidInput otherwise.
std::filesystem::path prepared_folder(const std::string& folder);

/// The folders that had to be made, outermost first; removed again unless kept. Throws InvalidInput where one
/// cannot be made.
class NewFolders {
 public:
  explicit NewFolders(const std::filesystem::path& folder);
  NewFolders(const NewFolders&) = delete;
  NewFolders& operator=(const NewFolders&) = delete;
  ~NewFolders();
  void keep() { kept_ = true; }

 private:
  void make(const std::filesystem::path& folder);
  void remove_all() noexcept;

  std::vector<std::filesystem::path> made_;
  bool kept_ = false;
};

}  // namespace detail

/// A folder that no other process writes to while this lives: made, with its parents, where it does not
/// exist. What had to be made is removed again unless kept.
class HeldFolder {
 public:
  /// Throws InvalidInput, which names the path and the remedy, where it cannot be written, holds anything but
  /// an earlier run of quartic, or another run is writing there.
  explicit HeldFolder(std::string name);

  const std::string& name() const { return name_; }  ///< as it was given
  const std::filesystem::path& path() const { return path_; }
  void keep() { folders_.keep(); }

 private:
  std::string name_;
  std::filesystem::path path_;
  detail::NewFolders folders_;
  FolderLock lock_;
};

}  // namespace quartic
