#include "cli/films/caption.hpp"

#include <array>
#include <cstddef>

namespace quartic {

namespace {

/// Letters side by side, six columns each.
struct Alphabet {
  std::string_view letters;
  std::array<std::string_view, 7> lines;
};

constexpr std::array alphabets = {
    Alphabet{"0123456789",
             {" ###    #    ###   ###     #  #####   ##  #####  ###   ###  ",
              "#   #  ##   #   # #   #   ##  #      #        # #   # #   # ",
              "#  ##   #       #     #  # #  ####  #        #  #   # #   # ",
              "# # #   #      #    ##  #  #      # ####    #    ###   #### ",
              "##  #   #     #       # #####     # #   #   #   #   #     # ",
              "#   #   #    #    #   #    #  #   # #   #  #    #   #    #  ",
              " ###   ###  #####  ###     #   ###   ###   #     ###   ##   "}},
    Alphabet{"acehiklnpsty",
             {"                  #       #   #      ##                      #          ",
              "                  #           #       #                      #          ",
              " ###   ###   ###  # ##   ##   #  #    #   # ##  ####   ###  ###   #   # ",
              "    # #     #   # ##  #   #   # #     #   ##  # #   # #      #    #   # ",
              " #### #     ##### #   #   #   ##      #   #   # ####   ###   #     #### ",
              "#   # #   # #     #   #   #   # #     #   #   # #         #  #  #     # ",
              " ####  ###   ###  #   #  ###  #  #   ###  #   # #     ####    ##   ###  "}},
    Alphabet{"P().=:",
             {"####     #   #                      ", "#   #   #     #                ##   ",
              "#   #  #       #        #####  ##   ", "####   #       #                    ",
              "#      #       #        #####  ##   ", "#       #     #    ##          ##   ",
              "#        #   #     ##               "}}};

bool is_inked(char letter, std::size_t row, std::size_t column) {
  for (const Alphabet& alphabet : alphabets) {
    const std::size_t place = alphabet.letters.find(letter);
    if (place != std::string_view::npos) return alphabet.lines[row][letter_width * place + column] == '#';
  }
  return false;
}

constexpr std::uint8_t white = 255;

}  // namespace

GreyImage with_caption(GreyImage image, const Caption& caption) {
  const auto points = static_cast<Index>(caption.text.size()) * letter_width;
  for (Index y = 0; y < 7 * caption.scale; ++y)
    for (Index x = 0; x < points * caption.scale; ++x) {
      const Index row = caption.row + y, column = caption.column + x, point = x / caption.scale;
      const bool inside = row >= 0 && row < image.rows() && column >= 0 && column < image.cols();
      const char letter = caption.text[static_cast<std::size_t>(point / letter_width)];
      if (inside && is_inked(letter, static_cast<std::size_t>(y / caption.scale),
                             static_cast<std::size_t>(point % letter_width)))
        image(row, column) = white;
    }
  return image;
}

}  // namespace quartic
