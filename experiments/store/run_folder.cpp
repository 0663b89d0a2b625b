#include "experiments/store/run_folder.hpp"

#include <filesystem>
#include <ostream>
#include <streambuf>
#include <vector>

#include "core/require.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/platform/folder_lock.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/store/csv_files.hpp"
#include "experiments/store/manifest.hpp"
#include "experiments/store/new_folders.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using detail::NewFolders;
using detail::PartialFile;

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

}  // namespace

class RunFolder::Files {
 public:
  Files(const std::string& folder, const CellGrid& cells)
      : name(folder), path(detail::prepared_folder(folder)), folders(path), lock(path), csv(path, cells) {
    digest.add(csv.header());
  }

  /// To a file whose bytes enter the digest.
  void add(PartialFile& file, std::string_view bytes) {
    file.append(bytes);
    digest.add(bytes);
  }

  std::string name;
  fs::path path;
  NewFolders folders;  // before the files, so that it is emptied before it is removed
  FolderLock lock;
  detail::CsvFiles csv;
  Digest digest;
};

RunFolder::RunFolder(std::string folder, const CellGrid& cells) try
    : files_(std::make_unique<Files>(folder, cells)) {
} catch (const fs::filesystem_error& error) {
  detail::refuse_file("use the folder", folder, error.code().value(), "--out");
}

RunFolder::~RunFolder() = default;

const std::string& RunFolder::path() const {
  return files_->name;
}

// The folder could be written to when the run began: what fails from here on is the machine's doing.
void RunFolder::write(std::span<const Record> lines) try {
  files_->digest.add(files_->csv.append(lines));
} catch (const InvalidInput& error) {
  throw MachineFailure(error.what());
}

std::string RunFolder::finish(const FinishedRun& run) try {
  Files& files = *files_;
  PartialFile summary(files.path / "summary.csv"), findings(files.path / "findings.json");
  PartialFile cube(files.path / "cube.npy"), labels(files.path / "cube.json");
  PartialFile study(files.path / "study.toml"), manifest(files.path / "manifest.json");
  write_summary_csv(run.study, run.result.cube, [&](std::string_view lines) { files.add(summary, lines); });
  files.add(findings, run.findings_json);
  FileBuffer buffer(cube, files.digest);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit | std::ios::failbit);
  run.result.cube.write_npy(out);
  labels.append(run.result.cube.labels_json(run.study.cells));
  study.append(run.study.text);
  const std::string digest = files.digest.hexadecimal();
  manifest.append(manifest_json(run.study, run.result, digest, run.builders));

  std::vector<PartialFile*> all = files.csv.files();
  all.insert(all.end(), {&summary, &findings, &cube, &labels, &study, &manifest});
  // From the first change on the folder is not a complete run until its new manifest stands.
  detail::put_in_place(all, files.path, {"manifest.json", "history.csv"});
  files.folders.keep();
  return digest;
} catch (const InvalidInput& error) {
  throw MachineFailure(error.what());
}

}  // namespace quartic
