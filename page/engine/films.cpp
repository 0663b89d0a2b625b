#include <algorithm>
#include <cmath>

#include "core/random/stream.hpp"
#include "core/require.hpp"
#include "core/types.hpp"
#include "page/engine/questions.hpp"
#include "sim/film/film.hpp"
#include "sim/findings/finding.hpp"
#include "sim/worlds/xray_image.hpp"

namespace quartic::page {

namespace {

constexpr Index most_films = 200, most_side = 256;

struct Order {
  XrayImage world;
  std::uint64_t truth, seed;
  Range rows;
};

Order read_order(const Json& asked) {
  OptionValues values =
      read_values(asked.at("world").get<std::vector<std::pair<std::string, std::string>>>());
  const Index side = asked.at("side").get<Index>();
  require(side <= most_side, "films have at most 256 pixels a side. Ask for fewer.");
  values["side"] = side;
  XrayImage world = with_options(XrayImage::options(), values);
  require_valid(world);
  const Range rows{asked.at("first").get<Index>(), asked.at("count").get<Index>()};
  require(rows.first >= 0 && rows.count > 0 && rows.count <= most_films && rows.first < 1000000,
          "so many films cannot be drawn at once. Ask for 1 to 200.");
  return {std::move(world), read_seed(asked.at("truth")), read_seed(asked.at("seed")), rows};
}

Json patient_json(double y, double chance, const Eigen::Ref<const Vector>& findings) {
  Json conspicuous = Json::array();
  for (Index column = 0; column < findings.size(); ++column)
    conspicuous.push_back(is_conspicuous(kind_of(column), findings[column]));
  return {{"sick", y > 0}, {"chance", chance}, {"conspicuous", std::move(conspicuous)}};
}

/// Grey from 0 to 255, line by line from the top.
std::string grey_bytes(const Matrix& pixels) {
  std::string bytes;
  for (const double pixel : pixels.reshaped<Eigen::RowMajor>()) {
    const double grey = pixel * film_deviation + film_mean;
    bytes += static_cast<char>(static_cast<unsigned char>(std::lround(255 * std::clamp(grey, 0.0, 1.0))));
  }
  return bytes;
}

Json about_truth(const Truth& findings) {
  Json names = Json::array();
  for (Index column = 0; column < findings.candidates(); ++column) names.push_back(finding_name(column));
  return {{"names", std::move(names)},
          {"relevant", findings.relevant()},
          {"bayes_error", findings.facts().at("bayes_error")}};
}

}  // namespace

Answer films(const Question& question) {
  const Order order = read_order(question.asked);
  const Truth truth = order.world.draw(Stream(order.truth).child("truth"));
  const Truth findings = truth.findings().value();
  const Stream seed(order.seed);
  const Range rows = order.rows;
  const Vector y = truth.y(rows, seed.child("train")), chances = truth.mean(rows, seed.child("train"));
  const Matrix seen = findings.x(rows, {0, findings.candidates()}, seed.child("train"));
  Json patients = Json::array();
  std::string bytes;
  for (Index i = 0; i < rows.count; ++i) {
    patients.push_back(patient_json(y[i], chances[i], seen.row(i).transpose()));
    bytes += grey_bytes(truth.x({rows.first + i, 1}, {0, truth.candidates()}, seed.child("train")));
  }
  Json json{{"side", order.world.side}, {"count", rows.count}, {"patients", std::move(patients)}};
  json.update(about_truth(findings));
  return told(std::move(json), std::move(bytes));
}

}  // namespace quartic::page
