#pragma once
/// What quartic says to Slurm, by its programs scontrol and sbatch.
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// What a controller takes; as Slurm comes, where nobody can be asked.
struct SlurmLimits {
  Index array_size = 1001;  ///< MaxArraySize: no task of an array has this number or a greater one
  Index jobs = 10000;       ///< MaxJobCount: jobs that it holds at once; every task is one
};

/// From the text of `scontrol show config`; what it does not say is as Slurm comes.
SlurmLimits parse_limits(std::string_view config);

/// Asks the controller. Throws InvalidInput where scontrol is not installed or the controller does not
/// answer.
SlurmLimits slurm_limits();

/// Submits a script and gives the number of its job. `words` are options, the script and its arguments.
/// Throws InvalidInput with what sbatch said where it refuses.
std::string sbatch(std::vector<std::string> words);

}  // namespace quartic
