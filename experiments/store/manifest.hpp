#pragma once
/// manifest.json: what ran, where, and with which program.
#include <string>
#include <string_view>

#include "experiments/engine/engine.hpp"
#include "experiments/store/builders.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

/// Of more cells than these, a manifest lists the axes of the sweep in place of the cells.
inline constexpr std::size_t most_cells_in_manifest = 1000;

/// The text of manifest.json; `digest` is that of the result files, `builders` have computed them. The only
/// output with a date.
std::string manifest_json(const Study& study, const RunResult& result, std::string_view digest,
                          const std::vector<Builder>& builders);

/// True for the text of a manifest that quartic wrote.
bool is_manifest(std::string_view json);

}  // namespace quartic
