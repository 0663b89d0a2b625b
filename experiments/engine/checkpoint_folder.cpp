#include "experiments/engine/checkpoint_folder.hpp"

#include <filesystem>
#include <optional>

#include "core/require.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/platform/whole_file.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = std::size_t{2} << 30U;

void replace(const std::string& path, std::string_view bytes) {
  require(bytes.size() <= most_bytes,
          "cannot write " + path + " (the state is larger than 2 GiB). The fit is whole all the same.");
  detail::PartialFile file(path, "--checkpoints");
  file.append(bytes);
  file.complete();
  file.put_in_place();
}

}  // namespace

CheckpointFolder::CheckpointFolder(std::string folder, std::function<void(const std::string&)> warn)
    : folder_(std::move(folder)), warn_(std::move(warn)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  require(!error && fs::is_directory(folder_), "cannot keep checkpoints in " + folder_ + " (" +
                                                   (error ? error.message() : "it is no folder") +
                                                   "). Choose a folder you may write to with --checkpoints.");
  const std::string probe = make_path("may this folder be written to?");
  replace(probe, "");
  fs::remove(probe, error);
}

std::string CheckpointFolder::make_path(std::string_view identity) const {
  Digest digest;
  digest.add(identity);
  return (fs::path(folder_) / (digest.hexadecimal() + ".checkpoint")).string();
}

Checkpoints CheckpointFolder::of(std::string_view identity) const {
  const std::string path = make_path(identity);
  return {.load = [path] { return read_plain_file(path, most_bytes); },
          .save = [this, path](const std::string& bytes) { save(path, bytes); }};
}

void CheckpointFolder::save(const std::string& path, std::string_view bytes) const {
  try {
    replace(path, bytes);
  } catch (const Refusal& error) {
    if (warn_) std::call_once(*warned_, warn_, error.what());
  }
}

void CheckpointFolder::forget(std::string_view identity) const {
  std::error_code absent;
  fs::remove(make_path(identity), absent);
}

}  // namespace quartic
