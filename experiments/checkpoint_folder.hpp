#pragma once
/// Files in which long fits keep their state, so that a study that is run again goes on where it was killed.
#include <string>
#include <string_view>

#include "core/model.hpp"

namespace quartic {

/// One file a fit, named by the SHA-256 of what the fit is: a fit of another study, or of the same study with
/// one number changed, finds nothing. A file appears whole or not at all.
class CheckpointFolder {
 public:
  /// Creates the folder where it does not exist. Throws InvalidInput, which names the path and the remedy,
  /// where it cannot be written.
  explicit CheckpointFolder(std::string folder);

  /// Of the fit that `identity` describes. save throws InvalidInput when the disk is full.
  Checkpoints of(std::string_view identity) const;
  /// The fit has ended: its file is removed.
  void forget(std::string_view identity) const;

 private:
  std::string path_of(std::string_view identity) const;

  std::string folder_;
};

}  // namespace quartic
