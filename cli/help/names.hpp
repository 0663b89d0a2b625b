#pragma once
/// The names a user may type, for messages, lists and completion.
#include <string>
#include <vector>

#include "experiments/study/catalogues.hpp"

namespace quartic {

std::vector<std::string> experiment_names();
std::vector<std::string> world_names(const Catalogues& catalogues);
std::vector<std::string> model_names(const Catalogues& catalogues);
std::vector<std::string> law_names();
std::vector<std::string> curve_names();
/// What `quartic theory` takes beside a curve: the table of exponents.
inline constexpr const char* exponents_topic = "exponents";
/// What `quartic list` takes.
std::vector<std::string> topic_names();
/// What `quartic show` takes: experiments, tables, worlds, models, laws and curves.
std::vector<std::string> showable_names(const Catalogues& catalogues);

}  // namespace quartic
