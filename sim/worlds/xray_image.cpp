#include "sim/worlds/xray_image.hpp"

#include <vector>

#include "sim/film/film.hpp"
#include "sim/parts/rows.hpp"
#include "sim/worlds/xray.hpp"
#include "sim/worlds/xray_options.hpp"

namespace quartic {

namespace {

constexpr Index most_findings = 1000;

constexpr std::array option_table = joined(
    std::array{Option<XrayImage>{"candidates", &XrayImage::candidates,
                                 "findings behind a film, five a place of the lungs", no_words,
                                 from_to(1, most_findings, "lungs have room for 200 places")},
               Option<XrayImage>{"side", &XrayImage::side, "pixels along an edge of the film", no_words,
                                 from_to(16, 256, "smaller films show no chest, larger ones nothing more")},
               Option<XrayImage>{"wander", &XrayImage::wander,
                                 "how far lesions lie from their places: 0 at them, 1 anywhere in the lungs",
                                 no_words, from_to(0, 1, "lesions stay in the lungs")}},
    xray_options<XrayImage>);

Xray world_of_findings(const XrayImage& world) {
  return {.candidates = world.candidates,
          .relevant = world.relevant,
          .correlation = world.correlation,
          .coefficients = world.coefficients,
          .signal = world.signal,
          .rules = world.rules,
          .support = world.support,
          .prevalence = world.prevalence,
          .label_noise = world.label_noise};
}

/// See core/truth.hpp for its members.
class ImageRows {
 public:
  ImageRows(Truth findings, Index side, double wander)
      : findings_(std::move(findings)), side_(side), wander_(wander) {}

  Index candidates() const { return side_ * side_; }
  std::vector<Index> relevant() const { return {}; }
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const;
  Vector y(Range rows, Stream train) const { return findings_.y(rows, std::move(train)); }
  Vector mean(Range rows, Stream train) const { return findings_.mean(rows, std::move(train)); }
  std::optional<Truth> findings() const { return findings_; }

 private:
  template <class Use>
  void draw_films(Range rows, Stream train, const Use& use) const;

  Truth findings_;
  Index side_;
  double wander_;
};
static_assert(DrawsRows<ImageRows> && HasFindings<ImageRows>);

Facts ImageRows::facts() const {
  Facts facts = findings_.facts();
  facts["candidates"] = static_cast<double>(candidates());
  facts["relevant"] = 0;
  facts["side"] = static_cast<double>(side_);
  return facts;
}

/// use(i, pixels) for every row i, counted from 0.
template <class Use>
void ImageRows::draw_films(Range rows, Stream train, const Use& use) const {
  std::vector<Stream> patients;
  for (Index i = 0; i < rows.count; ++i) patients.push_back(row_stream(train, rows.first + i).child("film"));
  const Matrix findings = findings_.x(rows, {0, findings_.candidates()}, std::move(train));
  for (Index i = 0; i < rows.count; ++i) {
    interruption_point();
    const Matrix film = draw_film(findings.row(i), patients[static_cast<std::size_t>(i)], side_, wander_);
    use(i, Vector((film.reshaped<Eigen::RowMajor>().array() - film_mean) / film_deviation));
  }
}

Matrix ImageRows::x(Range rows, Range columns, Stream train) const {
  Matrix out(rows.count, columns.count);
  if (columns.count == 0) return out;
  draw_films(rows, std::move(train), [&](Index i, const Vector& pixels) {
    out.row(i) = pixels.segment(columns.first, columns.count).transpose();
  });
  return out;
}

Matrix ImageRows::columns(Range rows, std::span<const Index> columns, Stream train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  if (columns.empty()) return out;
  draw_films(rows, std::move(train), [&](Index i, const Vector& pixels) {
    for (std::size_t k = 0; k < columns.size(); ++k) out(i, static_cast<Index>(k)) = pixels[columns[k]];
  });
  return out;
}

}  // namespace

std::span<const Option<XrayImage>> XrayImage::options() {
  return option_table;
}

std::string XrayImage::fingerprint() const {
  return fingerprint_of(*this, options());
}

void XrayImage::require_consistent() const {
  world_of_findings(*this).require_consistent();
}

Truth XrayImage::draw(Stream truth) const {
  require_valid(*this);
  return ImageRows(world_of_findings(*this).draw(std::move(truth)), side, wander);
}

}  // namespace quartic
