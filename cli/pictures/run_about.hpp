#pragma once
/// What a run is about, in the words that pictures use: its manifest.json read back.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/types.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// Swept key -> value, as a study writes them.
using Settings = std::vector<std::pair<std::string, std::string>>;

struct RunAbout {
  std::string title, name, effort, seed;      ///< "" where nobody says
  std::string observations = "observations";  ///< what a sample is made of
  Performance performance = Performance::inverse_root;
  bool has_uses = false;            ///< the study says how often a rule is used
  std::map<Index, Settings> cells;  ///< of a sweep, by the number of the cell

  /// "figure2, effort classroom, seed 1".
  std::string source() const;
};

/// Nothing known where the folder has no manifest.json.
RunAbout read_run_about(const std::string& folder);

/// The key as people say it: "noise" for world.noise, "batch of network" for arm.network.batch, "recall of doctor"
/// for arm.doctor.expert.recall.
std::string key_in_words(const std::string& key);
/// "noise = 2, batch of network = 8".
std::string settings_in_words(const Settings& settings);

}  // namespace quartic
