#include "experiments/store/new_folders.hpp"

#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/store/manifest.hpp"
#include "experiments/store/state.hpp"

namespace quartic {
namespace detail {

namespace {

namespace fs = std::filesystem;

bool holds_a_run(const fs::path& folder) {
  if (fs::exists(store_file(folder))) return true;
  return is_manifest(read_plain_file(folder / "manifest.json").value_or(""));
}

// The store's log and its like outlive a store that somebody removed.
bool is_left_over(const fs::path& file) {
  return file.extension() == partial_suffix || file.filename() == lock_name ||
         file.filename().string().starts_with(std::string(store_name) + "-");
}

// Something in the folder that no run of quartic left half-written, or "".
std::string first_foreign_entry(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (!is_left_over(entry.path())) return entry.path().filename().string();
  return "";
}

void require_usable(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  require(fs::is_directory(folder), folder.string() +
                                        " is not a folder (a file of that name exists). Choose another "
                                        "folder with --out.");
  const std::string foreign = first_foreign_entry(folder);
  require(foreign.empty() || holds_a_run(folder),
          "the folder " + folder.string() + " is in use (it holds '" + foreign +
              "' but no manifest.json of quartic). Choose another folder with --out, or empty this one.");
}

}  // namespace

std::filesystem::path prepared_folder(const std::string& folder) {
  require(!folder.empty(), "the output folder has no name (it is empty). Name one with --out.");
  // Without a trailing slash or dots, so that parents can be walked.
  fs::path path = fs::absolute(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  require_usable(path);
  return path;
}

NewFolders::NewFolders(const fs::path& folder) {
  std::vector<fs::path> missing;
  for (fs::path at = folder; !at.empty() && !fs::exists(at); at = at.parent_path()) missing.push_back(at);
  for (auto next = missing.rbegin(); next != missing.rend(); ++next) make(*next);
}

NewFolders::~NewFolders() {
  if (!kept_) remove_all();
}

void NewFolders::make(const fs::path& folder) {
  std::error_code error;
  if (fs::create_directory(folder, error)) made_.push_back(folder);
  if (!error) return;
  remove_all();
  refuse_file("create the folder", folder, error.value(), "--out");
}

void NewFolders::remove_all() noexcept {
  std::error_code ignored;  // a folder that others have used meanwhile stays
  for (auto last = made_.rbegin(); last != made_.rend(); ++last) fs::remove(*last, ignored);
}

}  // namespace detail

HeldFolder::HeldFolder(std::string name) try
    : name_(name), path_(detail::prepared_folder(name)), folders_(path_), lock_(path_) {
} catch (const std::filesystem::filesystem_error& error) {
  detail::refuse_file("use the folder", name, error.code().value(), "--out");
}

}  // namespace quartic
