#include "experiments/store/run_folder.hpp"

#include <filesystem>
#include <ostream>
#include <streambuf>
#include <vector>

#include "core/require.hpp"
#include "experiments/findings/summary.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"
#include "experiments/store/csv_files.hpp"
#include "experiments/store/manifest.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
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
  Files(HeldFolder& held, const Study& study) : folder(held), csv(held.path(), study) {
    digest.add(csv.header());
  }

  /// To a file whose bytes enter the digest.
  void add(PartialFile& file, std::string_view bytes) {
    file.append(bytes);
    digest.add(bytes);
  }

  HeldFolder& folder;
  detail::CsvFiles csv;
  Digest digest;
};

RunFolder::RunFolder(HeldFolder& folder, const Study& study)
    : files_(std::make_unique<Files>(folder, study)) {}

RunFolder::~RunFolder() = default;

const std::string& RunFolder::path() const {
  return files_->folder.name();
}

// The folder could be written to when the run began: what fails from here on is the machine's doing.
void RunFolder::write(std::span<const Record> lines) try {
  files_->digest.add(files_->csv.append(lines));
} catch (const InvalidInput& error) {
  throw MachineFailure(error.what());
}

std::string RunFolder::finish(const FinishedRun& run) try {
  Files& files = *files_;
  const fs::path& path = files.folder.path();
  PartialFile summary(path / "summary.csv"), findings(path / "findings.json");
  PartialFile cube(path / "cube.npy"), labels(path / "cube.json");
  PartialFile study(path / "study.toml"), manifest(path / "manifest.json");
  write_summary_csv(run.study, run.result.cube, [&](std::string_view lines) { files.add(summary, lines); });
  files.add(findings, run.findings_json);
  FileBuffer buffer(cube, files.digest);
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit | std::ios::failbit);
  run.result.cube.write_npy(out);
  files.csv.read_classes([&](std::string_view lines) { files.digest.add(lines); });
  labels.append(run.result.cube.labels_json(run.study.cells));
  study.append(run.study.text);
  const std::string digest = files.digest.hexadecimal();
  manifest.append(manifest_json(run.study, run.result, digest, run.builders));

  std::vector<PartialFile*> all = files.csv.files();
  all.insert(all.end(), {&summary, &findings, &cube, &labels, &study, &manifest});
  // From the first change on the folder is not a complete run until its new manifest stands.
  detail::put_in_place(all, path, {"manifest.json", "classes.csv", "history.csv"});
  files.folder.keep();
  return digest;
} catch (const InvalidInput& error) {
  throw MachineFailure(error.what());
}

KeptRun::KeptRun(HeldFolder& folder, const Study& ran, const StoreOptions& options)
    : study(ran), files(folder, study), store(folder.name(), study, options) {}

void KeptRun::finish(const RunResult& result, std::string_view findings_json) {
  store.finish();
  files.finish({study, result, findings_json, store.builders(study).builders});
}

}  // namespace quartic
