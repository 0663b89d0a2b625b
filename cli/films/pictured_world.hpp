#pragma once
/// Worlds whose rows are pictures.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cli/films/contact_sheet.hpp"
#include "experiments/study/catalogues.hpp"

namespace quartic {

/// What is asked for: so many patients of a truth that is drawn with this seed.
struct FilmOrder {
  std::string world;
  std::vector<std::pair<std::string, std::string>> settings;  ///< options as text: side = "128"
  std::uint64_t seed = 1;
  Index count = 12;
};

/// Rows 0 .. count - 1. A world has pictures where its options hold `side` and its truths have a fact of that name: then
/// its side x side columns are pixels, line by line, about -1 black and 1.5 white (film_mean and film_deviation of
/// sim/film/film.hpp). Throws InvalidInput where it has none, where it is not one of classes, and for options that it
/// does not have or allow.
std::vector<Patient> draw_patients(const FilmOrder& order, const Catalogues& catalogues);

}  // namespace quartic
