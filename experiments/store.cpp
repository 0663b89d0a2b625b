#include "experiments/store.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <streambuf>
#include <vector>

#include "core/require.hpp"
#include "experiments/digest.hpp"
#include "experiments/manifest.hpp"
#include "experiments/store_file.hpp"
#include "experiments/summary.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using detail::PartialFile;

bool holds_a_run(const fs::path& folder) {
  std::ifstream file(folder / "manifest.json", std::ios::binary);
  return file && is_manifest(std::string(std::istreambuf_iterator<char>(file), {}));
}

// Something in the folder that no run of quartic left half-written, or "".
std::string first_foreign_entry(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().extension() != detail::partial_suffix) return entry.path().filename().string();
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

/// The folders that had to be made, outermost first; removed again unless kept.
class NewFolders {
 public:
  explicit NewFolders(const fs::path& folder) {
    std::vector<fs::path> missing;
    for (fs::path at = folder; !at.empty() && !fs::exists(at); at = at.parent_path()) missing.push_back(at);
    for (auto next = missing.rbegin(); next != missing.rend(); ++next) make(*next);
  }
  NewFolders(const NewFolders&) = delete;
  NewFolders& operator=(const NewFolders&) = delete;
  ~NewFolders() {
    if (!kept_) remove_all();
  }
  void keep() { kept_ = true; }

 private:
  void make(const fs::path& folder) {
    std::error_code error;
    if (fs::create_directory(folder, error)) made_.push_back(folder);
    if (!error) return;
    remove_all();
    throw InvalidInput("cannot create the folder " + folder.string() + " (" + error.message() +
                       "). Choose a folder you may write to with --out.");
  }
  void remove_all() noexcept {
    std::error_code ignored;  // a folder that others have used meanwhile stays
    for (auto last = made_.rbegin(); last != made_.rend(); ++last) fs::remove(*last, ignored);
  }

  std::vector<fs::path> made_;
  bool kept_ = false;
};

/// A stream into a file and a digest; what the file throws passes through the stream.
class FileBuffer final : public std::streambuf {
 public:
  FileBuffer(PartialFile& file, Digest& digest) : file_(file), digest_(digest) {}

 private:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    const std::string_view text(bytes, static_cast<std::size_t>(count));
    file_.append(text);
    digest_.add(text);
    return count;
  }
  int_type overflow(int_type c) override {
    const char one = traits_type::to_char_type(c);
    return xsputn(&one, 1) == 1 ? c : traits_type::eof();
  }

  PartialFile& file_;
  Digest& digest_;
};

fs::path prepared(const std::string& folder) {
  require(!folder.empty(), "the output folder has no name (it is empty). Name one with --out.");
  // Without a trailing slash or dots, so that parents can be walked.
  fs::path path = fs::absolute(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  require_usable(path);
  return path;
}

}  // namespace

class RunFolder::Files {
 public:
  explicit Files(const std::string& folder)
      : name(folder),
        path(prepared(folder)),
        folders(path),
        records(path / "records.csv"),
        timings(path / "timings.csv") {
    add(records, std::string(records_header) + "\n");
    timings.append(std::string(timings_header) + "\n");
  }

  /// To a file whose bytes enter the digest.
  void add(PartialFile& file, std::string_view bytes) {
    file.append(bytes);
    digest.add(bytes);
  }

  std::string name;
  fs::path path;
  NewFolders folders;  // before the files, so that it is emptied before it is removed
  PartialFile records, timings;
  Digest digest;
};

RunFolder::RunFolder(std::string folder) try : files_(std::make_unique<Files>(folder)) {
} catch (const fs::filesystem_error& error) {
  throw InvalidInput("cannot use the folder " + folder + " (" + error.code().message() +
                     "). Choose a folder you may write to with --out.");
}

RunFolder::~RunFolder() = default;

const std::string& RunFolder::path() const {
  return files_->name;
}

void RunFolder::write(std::span<const Record> lines) {
  files_->add(files_->records, records_csv(lines));
  files_->timings.append(timings_csv(lines));
}

std::string RunFolder::finish(const FinishedRun& run) {
  Files& files = *files_;
  PartialFile summary(files.path / "summary.csv"), findings(files.path / "findings.json");
  PartialFile cube(files.path / "cube.npy"), labels(files.path / "cube.json");
  PartialFile study(files.path / "study.toml"), manifest(files.path / "manifest.json");
  files.add(summary, summary_csv(run.study, run.result.cube, run.catalogues));
  files.add(findings, run.findings_json);
  FileBuffer buffer(cube, files.digest);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit | std::ios::failbit);
  run.result.cube.write_npy(out);
  labels.append(run.result.cube.labels_json());
  study.append(run.study.text);
  const std::string digest = files.digest.hexadecimal();
  manifest.append(manifest_json(run.study, run.result, run.catalogues, digest));

  const std::array all = {&files.records, &files.timings, &summary, &findings,
                          &cube,          &labels,        &study,   &manifest};
  for (PartialFile* file : all) file->complete();
  // From here on the folder is not a complete run until its new manifest stands.
  std::error_code absent;
  fs::remove(files.path / "manifest.json", absent);
  for (PartialFile* file : all) file->put_in_place();
  files.folders.keep();
  return digest;
}

}  // namespace quartic
