#pragma once
/// Patients and a diagnosis, seen as chest films: the world xray behind pixels.
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// The same patients as those of the world xray (sim/worlds/xray.hpp) with the same options and streams: labels,
/// chances and errors are theirs. Columns are the side x side pixels of a film that is drawn from their findings
/// (sim/film/film.hpp), line by line from the top, as (grey - film_mean)/film_deviation. What else differs between
/// films - bodies, ribs, texture, exposure - says nothing of y, and no pixel is a finding: relevant() is empty.
///
/// findings() is the truth of xray, for experts. Facts: those of it, but candidates = side^2 and relevant = 0; and
/// side. bayes_error is that of who knows the findings. Row streams: those of xray, and "film". Time, not flops, is
/// what a row costs: see film.hpp.
struct XrayImage {
  Index candidates = 50;     ///< findings, five a place
  Index relevant = 10;       ///< findings that matter
  double correlation = 0.3;  ///< these are options of xray
  std::string coefficients = "gaussian";
  double signal = 16;
  double rules = 0;
  std::string support = "random";
  double prevalence = 0.2;
  double label_noise = 0;
  Index side = 32;    ///< pixels along an edge of the film, 16 to 256
  double wander = 0;  ///< how far lesions lie from their places, from 0 to 1: sim/film/places.hpp

  static std::span<const Option<XrayImage>> options();
  std::string name() const { return "xray_image"; }
  Task task() const { return Task::classification; }
  std::string fingerprint() const;
  /// Throws InvalidInput as xray does.
  Truth draw(Stream truth) const;
  /// Throws InvalidInput for options that no truth can have together.
  void require_consistent() const;
};
static_assert(Drawable<XrayImage>);

}  // namespace quartic
