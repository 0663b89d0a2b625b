// What pixels hold: a reader who knows where to look measures a nodule's size on films of 128 x 128 pixels.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <vector>

#include "sim/film/places.hpp"
#include "sim/worlds/xray_image.hpp"

namespace quartic::xray_image_statistics {
namespace {

constexpr Index side = 128, rings = 16, places = 10, patients = 1200;

/// Mean pixels of rings around a place, each less the next one, and the last one.
Vector read_profile(const Matrix& film, detail::Spot at) {
  constexpr float reach = 0.1F;
  Vector sums = Vector::Zero(rings), counts = Vector::Constant(rings, 1e-9);
  const detail::Patch patch = detail::patch_around(at, at, reach, side);
  for (Index i = patch.first_row; i < patch.last_row; ++i)
    for (Index j = patch.first_column; j < patch.last_column; ++j) {
      const float away = std::hypot((detail::across(j, side) - at.u) / 2, detail::down(i, side) - at.v);
      const auto ring = static_cast<Index>(away / reach * rings);
      if (ring >= rings) continue;
      sums[ring] += film(i, j);
      counts[ring] += 1;
    }
  Vector profile = sums.cwiseQuotient(counts);
  profile.head(rings - 1) -= Vector(profile.tail(rings - 1));
  profile[rings - 1] *= 0.3;
  return profile;
}

struct Nodule {
  Vector profile;
  Index place;
  double size;
};

/// Those that are present.
std::vector<Nodule> read_nodules() {
  const Truth truth = XrayImage{.candidates = 5 * places, .side = side}.draw(Stream(1));
  std::vector<Nodule> nodules;
  for (Index i = 0; i < patients; ++i) {
    const Vector findings = truth.findings()->x({i, 1}, {0, 5 * places}, Stream(2)).row(0);
    const Vector pixels = truth.x({i, 1}, {0, side * side}, Stream(2)).row(0);
    const Matrix film = pixels.reshaped<Eigen::RowMajor>(side, side);
    const Stream patient = Stream(2).child(static_cast<std::uint64_t>(i)).child("film");
    for (Index k = 0; k < places; ++k)
      if (findings[5 * k + 3] > 0)
        nodules.push_back({read_profile(film, detail::home_of(detail::draw_body(patient), patient, k)), k,
                           findings[5 * k]});
  }
  return nodules;
}

/// Kernel ridge regression with a Gaussian kernel; places are alike, not the same.
double similarity(const Nodule& a, const Nodule& b) {
  constexpr double width = 0.45;
  const double same = a.place == b.place ? 1 : 0.7;
  return same * std::exp(-(a.profile - b.profile).squaredNorm() / (2 * width * width));
}

TEST(XrayImageStatistics, SizesOfNodulesThatArePresentCanBeReadOffTheFilm) {
  const std::vector<Nodule> nodules = read_nodules();
  const Index all = std::ssize(nodules), known = 2 * all / 3;
  const auto nodule = [&](Index i) -> const Nodule& { return nodules[static_cast<std::size_t>(i)]; };
  Matrix kernel(known, known);
  Vector sizes(known);
  for (Index i = 0; i < known; ++i) {
    sizes[i] = nodule(i).size;
    for (Index j = 0; j < known; ++j) kernel(i, j) = similarity(nodule(i), nodule(j));
  }
  kernel.diagonal().array() += 0.01;
  const Vector weights = kernel.llt().solve(sizes);
  double wrong = 0, spread = 0;
  for (Index i = known; i < all; ++i) {
    double read = 0;
    for (Index j = 0; j < known; ++j) read += weights[j] * similarity(nodule(i), nodule(j));
    wrong += (read - nodule(i).size) * (read - nodule(i).size);
    spread += (nodule(i).size - sizes.mean()) * (nodule(i).size - sizes.mean());
  }
  EXPECT_GT(1 - wrong / spread, 0.9) << "of " << all - known << " nodules, from " << known;
}

}  // namespace
}  // namespace quartic::xray_image_statistics
