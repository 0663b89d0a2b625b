#include "cli/films/pictured_world.hpp"

#include <algorithm>
#include <cmath>

#include "cli/terminal/text.hpp"
#include "core/number_text.hpp"
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

[[noreturn]] void refuse_kind(const std::string& name, const std::string& text, std::string_view kind) {
  throw InvalidInput(name + " was given \"" + text + "\" (it takes a " + std::string(kind) +
                     "). quartic show names the options of a world and what they are.");
}

/// The text as the kind that the option holds. (A count may be written 1e3.)
OptionValue read_value(const OptionInfo& option, const std::string& text) {
  const std::optional<double> number = read_number(text);
  switch (option.kind) {
    case OptionKind::word:
      return text;
    case OptionKind::flag:
      if (text != "true" && text != "false") refuse_kind(option.name, text, "flag, true or false");
      return text == "true";
    case OptionKind::count:
      if (!number || !(std::abs(*number) < 9e15) || *number != std::rint(*number))
        refuse_kind(option.name, text, "whole number");
      return static_cast<Index>(*number);
    case OptionKind::number:
      if (!number) refuse_kind(option.name, text, "number");
      return *number;
    case OptionKind::number_or_word:
      break;
  }
  return number ? OptionValue(*number) : OptionValue(text);
}

OptionValues read_values(const CatalogueEntry<World>& entry, const FilmOrder& order) {
  OptionValues values;
  std::vector<std::string> names;
  for (const OptionInfo& option : entry.options) names.push_back(option.name);
  for (const auto& [key, text] : order.settings) {
    const auto option = std::find(names.begin(), names.end(), key);
    require(option != names.end(), "the world " + entry.name + " has no option \"" + key +
                                       "\" (its options are " + joined(names) + ")." +
                                       suggestion(key, names));
    values[key] = read_value(entry.options[static_cast<std::size_t>(option - names.begin())], text);
  }
  return values;
}

Truth draw_truth(const FilmOrder& order, const Catalogues& catalogues) {
  const CatalogueEntry<World>& entry = catalogues.world(order.world);
  const std::string no_pictures = "the world " + order.world +
                                  " has no pictures (its columns are no pixels). Draw " +
                                  list_pictured(catalogues) + ".";
  require(has_side(entry), no_pictures);
  const World world = entry.make(read_values(entry, order));
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
  const Truth truth = draw_truth(order, catalogues);
  const auto side = static_cast<Index>(truth.facts().at("side"));
  const Stream seed(order.seed);
  const Range rows{0, order.count};
  const Vector y = truth.y(rows, seed.child("train")), chances = truth.mean(rows, seed.child("train"));
  std::vector<Patient> patients;
  for (Index i = 0; i < order.count; ++i) {
    const Matrix x = truth.x({i, 1}, {0, side * side}, seed.child("train"));
    const Matrix film =
        (x.array() * film_deviation + film_mean).matrix().reshaped<Eigen::RowMajor>(side, side);
    patients.push_back({film, i + 1, y[i] > 0, chances[i]});
  }
  return patients;
}

}  // namespace quartic
