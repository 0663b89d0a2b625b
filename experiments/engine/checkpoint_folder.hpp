#pragma once
/// Files in which long fits keep their state, so that a study that is run again goes on where it was killed.
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/model.hpp"

namespace quartic {

/// One file a fit, named by the SHA-256 of what the fit is: a fit of another study, or of the same study with
/// one number changed, finds nothing. A file appears whole or not at all.
class CheckpointFolder {
 public:
  /// Creates the folder where it does not exist. Throws InvalidInput, which names the path and the remedy,
  /// where it cannot be written. A state that cannot be saved later (the disk is full, the folder is gone) is
  /// no reason to lose the fit: it goes on, the state saved before stays, the next one is tried again, and
  /// `warn` hears of the first that failed, from the thread of its fit. What cannot be read as a state (a
  /// folder, a pipe, more than 2 GiB) is none: the fit begins anew.
  explicit CheckpointFolder(std::string folder, std::function<void(const std::string&)> warn = {});

  /// Of the fit that `identity` describes. They serve no longer than the folder.
  Checkpoints of(std::string_view identity) const;
  /// The fit has ended: its file is removed.
  void forget(std::string_view identity) const;

 private:
  std::string make_path(std::string_view identity) const;
  void save(const std::string& path, std::string_view bytes) const;

  std::string folder_;
  std::function<void(const std::string&)> warn_;
  std::unique_ptr<std::once_flag> warned_ = std::make_unique<std::once_flag>();
};

}  // namespace quartic
