#pragma once
/// Where a run leaves its files.
#include <string>
#include <string_view>

namespace quartic {

/// runs/<experiment>, or the first of runs/<experiment>-2, -3, ... that does not exist; characters that do
/// not belong in a file name become "_".
std::string unused_folder(const std::string& experiment);

/// Throws InvalidInput where the folder holds the results of another study than that of this canonical text.
/// The same study may run there again: its results have the same bits.
void require_replaceable(const std::string& folder, std::string_view study_text);

/// The folder of this name, made where it is not there; "" is the one the user is in. Throws InvalidInput, which names the
/// option, where it cannot be made.
std::string made_folder(const std::string& name, const std::string& option);

}  // namespace quartic
