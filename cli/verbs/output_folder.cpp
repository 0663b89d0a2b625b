#include "cli/verbs/output_folder.hpp"

#include <cctype>
#include <filesystem>

#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"

namespace quartic {

std::string unused_folder(const std::string& experiment) {
  std::string name;
  for (const char c : experiment)
    name += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ? c : '_';
  if (name.find_first_not_of('.') == std::string::npos) name = "study";
  const std::string base = "runs/" + name;
  std::string folder = base;
  for (int number = 2; std::filesystem::exists(folder); ++number)
    folder = base + "-" + std::to_string(number);
  return folder;
}

void require_replaceable(const std::string& folder, std::string_view study_text) {
  const std::optional<std::string> there = read_plain_file(folder + "/study.toml");
  require(
      !there || *there == study_text,
      "the folder " + folder +
          " holds another run (its study.toml differs from this study). Choose another folder with --out, or "
          "remove this one.");
}

std::string made_folder(const std::string& name, const std::string& option) {
  std::error_code error;
  if (!name.empty()) std::filesystem::create_directories(name, error);
  if (error) detail::refuse_file("make the folder", name, error.value(), option);
  return name;
}

}  // namespace quartic
