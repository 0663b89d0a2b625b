#include "cli/films/contact_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/films/caption.hpp"

namespace quartic {

namespace {

/// Lengths in pixels.
struct Layout {
  Index columns = 0, rows = 0;
  Index zoom = 1;     ///< of the films
  Index film = 0;     ///< edge of a film as shown
  Index letters = 1;  ///< pixels a point of a letter
  Index cell_width = 0, cell_height = 0;
};

constexpr Index margin = 6, caption_lines = 2;

Layout lay_out(Index count, Index side) {
  constexpr Index least_shown = 96, film_of_small_letters = 192;
  Layout layout;
  layout.columns =
      std::min(count, static_cast<Index>(std::ceil(std::sqrt(1.3 * static_cast<double>(count)))));
  layout.rows = (count + layout.columns - 1) / layout.columns;
  layout.zoom = std::max(Index{1}, (least_shown + side - 1) / side);
  layout.film = layout.zoom * side;
  layout.letters = layout.film < film_of_small_letters ? 1 : 2;
  layout.cell_width = layout.film + margin;
  layout.cell_height = layout.film + margin + caption_lines * letter_height * layout.letters + margin / 2;
  return layout;
}

std::uint8_t grey_level(double grey) {
  return static_cast<std::uint8_t>(std::rint(255 * std::clamp(grey, 0.0, 1.0)));
}

GreyImage with_patient(GreyImage sheet, const Patient& patient, const Layout& layout, Index place) {
  const Index top = margin + place / layout.columns * layout.cell_height;
  const Index left = margin + place % layout.columns * layout.cell_width;
  for (Index i = 0; i < layout.film; ++i)
    for (Index j = 0; j < layout.film; ++j)
      sheet(top + i, left + j) = grey_level(patient.film(i / layout.zoom, j / layout.zoom));
  const Index below = top + layout.film + margin / 2;
  const std::string who = fmt::format("{} {}", patient.number, patient.sick ? "sick" : "healthy");
  const std::string chance = fmt::format("P(sick)={:.2f}", patient.chance);
  sheet = with_caption(std::move(sheet), {who, below, left, layout.letters});
  return with_caption(std::move(sheet),
                      {chance, below + letter_height * layout.letters, left, layout.letters});
}

}  // namespace

GreyImage contact_sheet(const std::vector<Patient>& patients) {
  const Layout layout = lay_out(std::ssize(patients), patients.front().film.rows());
  constexpr std::uint8_t background = 40;
  GreyImage sheet = GreyImage::Constant(margin + layout.rows * layout.cell_height,
                                        margin + layout.columns * layout.cell_width, background);
  Index place = 0;
  for (const Patient& patient : patients) sheet = with_patient(std::move(sheet), patient, layout, place++);
  return sheet;
}

}  // namespace quartic
