#include "sim/film/film.hpp"

#include <vector>

#include "sim/film/bones.hpp"
#include "sim/film/chest.hpp"
#include "sim/film/exposure.hpp"
#include "sim/film/lesion.hpp"
#include "sim/film/places.hpp"
#include "sim/film/vessels.hpp"

namespace quartic {

namespace {

constexpr Index details = 5, group = 2;

std::vector<detail::Lesion> make_lesions(const Vector& findings) {
  std::vector<detail::Lesion> lesions;
  for (Index first = 0; first + details <= findings.size(); first += details)
    lesions.push_back(detail::make_lesion({findings.data() + first, static_cast<std::size_t>(details)}));
  return lesions;
}

}  // namespace

Matrix draw_film(const Vector& findings, const Stream& patient, Index side, double wander) {
  const Index points = group * side;
  const detail::Body body = detail::draw_body(patient);
  detail::Chest chest = detail::draw_chest(body, points);
  detail::Canvas attenuation = detail::with_bones(std::move(chest.attenuation), body);
  attenuation += body.vessels * detail::draw_vessels(body, patient, points).cwiseProduct(chest.air);
  const std::vector<detail::Lesion> lesions = make_lesions(findings);
  const std::vector<detail::Spot> spots =
      detail::place_lesions(body, patient, std::ssize(lesions), static_cast<float>(wander));
  attenuation += detail::draw_lesions(lesions, spots, patient, points);
  return detail::expose({std::move(attenuation), std::move(chest.air), group}, body, patient).cast<double>();
}

}  // namespace quartic
