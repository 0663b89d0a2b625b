#pragma once
/// JSON that a run left in its folder, read back. It may have been changed, or come from anywhere.
#include <string>

#include "cli/terminal/text_file.hpp"
#include "core/require.hpp"
#include "core/types.hpp"

namespace quartic {

/// What `read` makes of the JSON in this file of the folder. Throws InvalidInput that names the file where
/// it is not there, is no JSON, or lacks what `read` asks for with at() and get().
template <class Json, class Read>
auto read_run_json(const std::string& folder, const std::string& name, const Read& read) {
  const std::string text = read_run_file(folder, name);
  try {
    return read(Json::parse(text));
  } catch (const typename Json::exception& error) {
    throw InvalidInput(folder + "/" + name + " is not as quartic wrote it (" + error.what() +
                       "). Run the study again.");
  }
}

/// The items of a list; throws what read_run_json() translates where it is none.
template <class Json>
const auto& json_items(const Json& list) {
  return list.template get_ref<const typename Json::array_t&>();
}

/// NaN for null, which stands for what is not finite.
template <class Json>
double json_number(const Json& value) {
  return value.is_null() ? nan : value.template get<double>();
}

}  // namespace quartic
