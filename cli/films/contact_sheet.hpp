#pragma once
/// Many films on one sheet, each with a caption.
#include <vector>

#include "cli/films/grey_image.hpp"

namespace quartic {

/// A patient, as a world of pictures has it.
struct Patient {
  Matrix film;  ///< grey from 0 to 1, side x side
  Index number = 0;
  bool sick = false;
  double chance = 0;  ///< P(sick)
};

/// The patients from left to right and top to bottom, in as many columns as make the sheet a little wider than high.
/// Films of fewer than 96 pixels are shown enlarged. Beneath each: "3 sick" and "P(sick)=0.83".
GreyImage contact_sheet(const std::vector<Patient>& patients);

}  // namespace quartic
