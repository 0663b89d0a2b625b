#pragma once
/// A sheet of panels: where everything stands, so that nothing stands on anything else.
#include <string>
#include <vector>

namespace quartic {

/// The name of a line beside its end, and below it a number.
struct EndLabel {
  std::size_t style = 0;    ///< colour and marker
  std::string name;         ///< anybody's text
  std::string number = {};  ///< ours, in enhanced text; may be empty
  double height = 0;        ///< of the line's end: 0 at the bottom of the panel, 1 at the top
};

/// Heights at which labels beside a panel of so many pixels do not meet, in order from below.
std::vector<EndLabel> spread(std::vector<EndLabel> labels, double pixels);

/// One plot. Its `drawing` sets ranges and tics, and plots.
struct Panel {
  std::string title;
  std::vector<EndLabel> labels;
  std::string drawing;
};

/// A picture whole. Texts may be anybody's, of any length.
struct Sheet {
  std::string name, data;  ///< of its files
  std::string title, source, caption;
  std::string settings;  ///< lines before either format
  std::vector<Panel> panels;
};
/// The script: panels in two columns (one alone in one), titles above, the caption below, both wrapped. A
/// panel is as high as its labels want, and as wide as they leave it.
std::string sheet_script(const Sheet& sheet);

/// The text on one line, its end cut off behind so many letters.
std::string shortened(const std::string& text, std::size_t letters);

/// Okabe & Ito's colours, told apart by colour-blind readers, without their yellow, which projectors lose;
/// the markers change with them, and go on changing where colours come again.
inline constexpr std::size_t colours = 7;
const char* colour_of(std::size_t style);
int marker_of(std::size_t style);

}  // namespace quartic
