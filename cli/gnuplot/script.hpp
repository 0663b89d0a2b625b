#pragma once
/// Scripts for gnuplot out of the templates in this folder (*.gp), which are compiled in.
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace quartic {

/// The templates: name -> text with places such as @name@.
const std::map<std::string, std::string, std::less<>>& picture_templates();

/// A template with its places filled.
std::string picture_part(std::string_view name,
                         std::initializer_list<std::pair<std::string_view, std::string>> places = {});

/// Any text as a string of a script. gnuplot runs what stands between backquotes, in double quotes too, and
/// puts variables in the place of @name; in single quotes it does neither. An apostrophe becomes a
/// typographic one: gnuplot loses count of doubled ones.
std::string gnuplot_string(std::string_view text);
/// Any text as one field of a file of numbers: in double quotes, on one line.
std::string gnuplot_field(std::string_view text);

/// Any text as the name of a tic, which gnuplot takes for a format.
std::string gnuplot_tic(std::string_view text);
/// Powers as people write them: "k^2" as "k²".
std::string raised(std::string_view text);
/// short_number() for a picture: "1,398", "3.36·10⁷".
std::string picture_number(double value);
/// A number of such a file; what is not finite is not drawn.
std::string gnuplot_number(double value);

/// One script: it draws NAME.svg and NAME.png.
struct PictureScript {
  std::string name;
  std::string data;  ///< the file of numbers
  std::string grid = "xtics ytics";
  std::string settings;           ///< lines before either picture
  std::string size = "1280,860";  ///< pixels
  std::string drawing;            ///< lines that draw one picture
};
std::string gnuplot_script(const PictureScript& script);

}  // namespace quartic
