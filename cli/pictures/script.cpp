#include "cli/pictures/script.hpp"

#include <cmath>

#include "cli/terminal/text.hpp"
#include "core/options.hpp"
#include "core/visible_text.hpp"

namespace quartic {

std::string picture_part(std::string_view name,
                         std::initializer_list<std::pair<std::string_view, std::string>> places) {
  return filled(picture_templates().find(name)->second, places);
}

std::string gnuplot_string(std::string_view text) {
  std::string out = "'";
  for (const char c : visible_text(text)) {
    if (c == '\'')
      out += "\u2019";
    else if (c == '\n')
      out += R"('."\n".')";
    else
      out += c;
  }
  return out + "'";
}

std::string gnuplot_field(std::string_view text) {
  std::string out = "\"";
  for (const char c : visible_text(text)) out += c == '"' ? '\'' : c == '\n' || c == '\\' ? ' ' : c;
  return out + "\"";
}

std::string gnuplot_tic(std::string_view text) {
  std::string out;
  for (const char c : gnuplot_string(text)) out += c == '%' ? "%%" : std::string(1, c);
  return out;
}

std::string gnuplot_number(double value) {
  return std::isfinite(value) ? shortest(value) : "nan";
}

std::string gnuplot_script(const PictureScript& script) {
  return picture_part("script", {{"name", script.name},
                                 {"data", script.data},
                                 {"grid", script.grid},
                                 {"size", script.size},
                                 {"settings", script.settings},
                                 {"drawing", script.drawing}});
}

}  // namespace quartic
