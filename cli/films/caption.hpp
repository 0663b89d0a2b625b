#pragma once
/// Short texts in pictures, in a font of our own: five points wide and seven high.
#include <string_view>

#include "cli/films/grey_image.hpp"

namespace quartic {

/// Points from one letter to the next, and from one line to the next.
inline constexpr Index letter_width = 6, letter_height = 9;

struct Caption {
  std::string_view text;
  Index row = 0, column = 0;  ///< of its upper left corner
  Index scale = 1;            ///< pixels a point
};
/// The picture with the text in white; what lies outside it is left out. The font has digits, the letters of "patient",
/// "healthy", "sick" and P, and ( ) . = : and a blank; others are blank, too.
GreyImage with_caption(GreyImage image, const Caption& caption);

}  // namespace quartic
