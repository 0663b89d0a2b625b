#pragma once
/// The folder of a run before it holds results.
#include <filesystem>
#include <string>
#include <vector>

namespace quartic::detail {

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

}  // namespace quartic::detail
