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
