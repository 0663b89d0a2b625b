#include "cli/films/pictured_world.hpp"

#include <algorithm>

#include "cli/terminal/text.hpp"
#include "core/require.hpp"
#include "sim/film/film.hpp"

namespace quartic {

namespace {

bool has_side(const CatalogueEntry<World>& entry) {
  return std::any_of(entry.options.begin(), entry.options.end(),
                     [](const OptionInfo& option) { return option.name == "side"; });
}

std::string list_pictured(const Catalogues& catalogues) {
  std::vector<std::string> names;
  for (const CatalogueEntry<World>& entry : catalogues.worlds())
    if (has_side(entry)) names.push_back(entry.name);
  return joined(names);
}

Truth draw_truth(const FilmOrder& order, const Catalogues& catalogues) {
  const CatalogueEntry<World>& entry = catalogues.world(order.world);
  const std::string no_pictures = "the world " + order.world +
                                  " has no pictures (its columns are no pixels). Draw " +
                                  list_pictured(catalogues) + ".";
  require(has_side(entry), no_pictures);
  const World world = entry.make(read_values(order.settings));
  const Truth truth = world.draw(Stream(order.seed).child("truth"));
  const Facts facts = truth.facts();
  const auto side = facts.find("side");
  require(side != facts.end() && world.task() == Task::classification &&
              side->second * side->second == static_cast<double>(truth.candidates()),
          no_pictures);
  return truth;
}

}  // namespace

std::vector<Patient> draw_patients(const FilmOrder& order, const Catalogues& catalogues) {
  const Truth truth = draw_truth(order, catalogues), seen = truth.tested().value_or(truth);
  const auto side = static_cast<Index>(truth.facts().at("side"));
  const Stream seed(order.seed);
  const Range rows{0, order.count};
  const Vector y = truth.y(rows, seed.child("train")), chances = truth.mean(rows, seed.child("train"));
  std::vector<Patient> patients;
  for (Index i = 0; i < order.count; ++i) {
    const Matrix x = seen.x({i, 1}, {0, side * side}, seed.child("train"));
    const Matrix film =
        (x.array() * film_deviation + film_mean).matrix().reshaped<Eigen::RowMajor>(side, side);
    patients.push_back({film, i + 1, y[i] > 0, chances[i]});
  }
  return patients;
}

}  // namespace quartic
