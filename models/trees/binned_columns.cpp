#include "models/trees/binned_columns.hpp"

#include <algorithm>

#include "core/interruption.hpp"

namespace quartic::detail {

namespace {

constexpr Index kBlockColumns = 32;

// Half the sum of neighbours; the lower one where rounding, or an overflow, would not lie below the upper.
double between(double lower, double upper) {
  const double middle = (lower + upper) / 2;
  return middle < upper && middle >= lower ? middle : lower;
}

std::vector<double> find_thresholds(std::vector<double> sorted, Index bins) {
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> thresholds;
  const auto n = static_cast<Index>(sorted.size());
  Index behind = 0;  // rows below the last threshold
  for (Index b = 1; b < bins; ++b) {
    const Index place = b * n / bins;
    if (place <= behind) continue;
    const auto [first, last] =
        std::equal_range(sorted.begin(), sorted.end(), sorted[static_cast<std::size_t>(place - 1)]);
    const Index below = first - sorted.begin(), through = last - sorted.begin();
    // Equal numbers over several places, or at the end, have a threshold on either side: they leave out as many.
    if (below > behind && (through == n || through >= (b + 1) * n / bins))
      thresholds.push_back(between(sorted[static_cast<std::size_t>(below - 1)], *first));
    behind = through;
    if (behind == n) break;
    thresholds.push_back(between(*first, *last));
  }
  return thresholds;
}

}  // namespace

BinnedColumns::BinnedColumns(const Data& data, Index training, Index bins)
    : rows_(data.rows()), training_(training), codes_(at(data.rows() * data.columns())) {
  for (Index first = 0; first < data.columns(); first += kBlockColumns) {
    const Range columns{first, std::min(kBlockColumns, data.columns() - first)};
    const Matrix block = data.block({0, rows_}, columns);
    for (Index j = 0; j < columns.count; ++j) add_column(block.col(j), bins);
  }
}

void BinnedColumns::add_column(const Vector& numbers, Index bins) {
  interruption_point();
  std::uint8_t* codes = codes_.data() + columns() * rows_;
  const std::vector<double> thresholds = find_thresholds({numbers.data(), numbers.data() + training_}, bins);
  std::vector<double> counts(thresholds.size(), 0);
  for (Index i = 0; i < rows_; ++i) {
    const auto code = std::lower_bound(thresholds.begin(), thresholds.end(), numbers(i)) - thresholds.begin();
    codes[i] = static_cast<std::uint8_t>(code);
    if (i < training_ && at(code) < counts.size()) counts[at(code)] += 1;
  }
  for (std::size_t s = 1; s < counts.size(); ++s) counts[s] += counts[s - 1];
  splits_ += static_cast<Index>(thresholds.size());
  thresholds_.push_back(thresholds);
  left_counts_.push_back(std::move(counts));
}

double BinnedColumns::bytes(Index rows, Index columns, Index bins) {
  const auto n = static_cast<double>(rows), d = static_cast<double>(columns);
  const double splits = static_cast<double>(std::min(bins, rows));
  return n * d +
         sizeof(double) * (d * 2 * splits + n * static_cast<double>(std::min(columns, kBlockColumns) + 2));
}

}  // namespace quartic::detail
