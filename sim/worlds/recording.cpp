#include "sim/worlds/recording.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/parts/covariance.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/rows.hpp"
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

// The columns themselves, then their partners.
Matrix recorded_columns(const Truth& cases, const Recording& recording, Range rows,
                        std::span<const Index> columns, Stream stream) {
  const bool mixes =
      std::any_of(columns.begin(), columns.end(), [&](Index j) { return recording.other[j] != 0; });
  std::vector<Index> needed(columns.begin(), columns.end());
  if (mixes)
    for (const Index j : columns) needed.push_back(recording.partner[position(j)]);
  const bool blurs = recording.blur > 0;
  Matrix blur(blurs ? rows.count : 0, std::ssize(columns));
  for (Index i = 0; i < blur.rows(); ++i)
    Isotropic{}.pick(row_stream(stream, rows.first + i).child("blur"), columns, row_span(blur, i));
  const Matrix seen = cases.columns(rows, needed, std::move(stream));
  Matrix x(rows.count, std::ssize(columns));
  for (Index k = 0; k < x.cols(); ++k) {
    const Index j = columns[position(k)];
    x.col(k) = recording.own[j] * seen.col(k);
    if (blurs) x.col(k) += recording.blur * blur.col(k);
    if (mixes) x.col(k) += recording.other[j] * seen.col(x.cols() + k);
    x.col(k).array() += recording.moved[j];
  }
  return x;
}

Matrix RecordedCases::columns(Range rows, std::span<const Index> columns, Stream stream) const {
  return recorded_columns(cases, recording, rows, columns, std::move(stream));
}

Vector RecordedCases::scores(Range rows, Stream stream) const {
  const Matrix z = cases.columns(rows, score.columns, std::move(stream));
  Vector sums = Vector::Zero(rows.count);
  for (Index i = 0; i < rows.count; ++i)
    for (Index k = 0; k < z.cols(); ++k) sums[i] += z(i, k) * target[position(k)];
  return sums;
}

Vector RecordedCases::dense_target() const {
  Vector dense = Vector::Zero(cases.candidates());
  for (std::size_t k = 0; k < target.size(); ++k) dense[score.columns[k]] = target[k];
  return dense;
}

RecordedCases draw_recorded(const Shift& shift, Truth cases, PoolTruth score, const Stream& stream) {
  Recording recording = draw_recording(shift, score.candidates, stream);
  std::vector<double> target = score.slopes;
  if (shift.kind == "scale")
    for (std::size_t k = 0; k < target.size(); ++k) target[k] *= recording.own[score.columns[k]];
  return {std::move(cases), std::move(score), std::move(recording), std::move(target)};
}

std::vector<Index> all_of(Range columns) {
  std::vector<Index> all(position(columns.count));
  std::iota(all.begin(), all.end(), columns.first);
  return all;
}

namespace {

/// One truth for training, another for judging. See core/truth.hpp for its members.
struct TestedElsewhere {
  Truth trained, judge;

  Index candidates() const { return trained.candidates(); }
  std::vector<Index> relevant() const { return trained.relevant(); }
  Facts facts() const { return trained.facts(); }
  Matrix x(Range rows, Range columns, Stream stream) const {
    return trained.x(rows, columns, std::move(stream));
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    return trained.columns(rows, columns, std::move(stream));
  }
  Vector y(Range rows, Stream stream) const { return trained.y(rows, std::move(stream)); }
  Vector mean(Range rows, Stream stream) const { return trained.mean(rows, std::move(stream)); }
  std::optional<double> excess_risk(const LinearRule& rule) const { return trained.excess_risk(rule); }
  std::optional<double> variance(Index column) const { return trained.variance(column); }
  std::optional<NormalLaw> normal_law() const { return trained.normal_law(); }
  std::optional<Truth> findings() const { return trained.findings(); }
  std::vector<Truth> sources() const { return trained.sources(); }
  std::optional<Index> rows() const { return trained.rows(); }
  std::optional<Truth> tested() const { return judge; }
};
static_assert(DrawsRows<TestedElsewhere> && HasExactRisk<TestedElsewhere> && HasVariances<TestedElsewhere> &&
              HasNormalLaw<TestedElsewhere> && HasFindings<TestedElsewhere> && HasSources<TestedElsewhere> &&
              HasRows<TestedElsewhere> && HasTestLaw<TestedElsewhere>);

}  // namespace

Truth with_tested(Truth trained, Truth judge) {
  return TestedElsewhere{std::move(trained), std::move(judge)};
}

}  // namespace quartic
