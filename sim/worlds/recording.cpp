#include "sim/worlds/recording.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/parts/elementary.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

std::size_t position(Index index) {
  return static_cast<std::size_t>(index);
}

Recording as_they_are(Index candidates) {
  Recording recording{.own = Vector::Ones(candidates),
                      .other = Vector::Zero(candidates),
                      .partner = std::vector<Index>(position(candidates)),
                      .moved = Vector::Zero(candidates)};
  std::iota(recording.partner.begin(), recording.partner.end(), Index{0});
  return recording;
}

/// visit(number, first column, columns) for each block; the last one may be cut.
template <class Visit>
void for_each_block(Index candidates, Index size, Visit visit) {
  for (Index first = 0, number = 0; first < candidates; first += size, ++number)
    visit(number, first, std::min(size, candidates - first));
}

void rotate(const Shift& shift, Recording& recording) {
  const double sine = shift.strength, cosine = std::sqrt((1 - sine) * (1 + sine));
  const auto turn = [&](Index column, Index partner, double other) {
    recording.own[column] = cosine;
    recording.other[column] = other;
    recording.partner[position(column)] = partner;
  };
  for_each_block(recording.own.size(), shift.block, [&](Index, Index first, Index count) {
    const Index half = count / 2;
    for (Index k = first; k < first + half; ++k) {
      turn(k, k + half, -sine);
      turn(k + half, k, sine);
    }
  });
}

void permute(const Shift& shift, const Stream& stream, Recording& recording) {
  Stream blocks = stream.child("blocks");
  for_each_block(recording.own.size(), shift.block, [&](Index number, Index first, Index count) {
    if (blocks.uniform() >= shift.strength) return;
    const std::vector<Index> order =
        sample_without_replacement(count, count, stream.child(static_cast<std::uint64_t>(number)));
    for (Index k = 0; k < count; ++k) {
      recording.own[first + k] = 0;
      recording.other[first + k] = 1;
      recording.partner[position(first + k)] = first + order[position(k)];
    }
  });
}

void rescale(double strength, Stream stream, Recording& recording) {
  const double larger = detail::power(2, strength);
  for (double& own : recording.own) own = stream.uniform() < 0.5 ? larger : 1 / larger;
}

}  // namespace

Vector Recording::on_cases(const Vector& b) const {
  Vector sums = own.cwiseProduct(b);
  for (Index j = 0; j < b.size(); ++j) sums[partner[position(j)]] += other[j] * b[j];
  return sums;
}

Recording draw_recording(const Shift& shift, Index candidates, const Stream& stream) {
  Recording recording = as_they_are(candidates);
  if (shift.kind == "rotation") rotate(shift, recording);
  if (shift.kind == "permutation") permute(shift, stream, recording);
  if (shift.kind == "scale") rescale(shift.strength, stream.child("scales"), recording);
  if (shift.kind == "rebuilt") {
    stream.child("means").fill_normal({recording.moved.data(), position(candidates)});
    recording.moved *= shift.strength;
    recording.blur = shift.strength;
  }
  return recording;
}

}  // namespace quartic
