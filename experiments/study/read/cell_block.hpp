#pragma once
/// The grid of one draft: the product of its axes, zipped where the study ties them, less what `where` drops.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

/// One direction of a grid: an axis, or several that are tied and move together.
struct Dimension {
  std::vector<const Setting*> axes;
  std::size_t length = 1;
};

/// Where a cell stands: a place along each dimension.
using Position = std::vector<std::size_t>;

/// A set of numbers 0 ... size - 1 that knows its k-th member: one bit a number, and a count every 512.
class NumberSet {
 public:
  /// Asks `holds` of each number once, in ascending order.
  NumberSet(std::size_t size, const std::function<bool(std::size_t)>& holds);
  bool contains(std::size_t number) const { return (words_[number / 64] >> (number % 64) & 1U) != 0; }
  std::size_t size() const { return before_.back(); }
  /// The member that has k smaller ones.
  std::size_t member(std::size_t k) const;
  /// How many members are smaller.
  std::size_t rank(std::size_t number) const;

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::size_t> before_;  // members before each block of eight words, and all of them
};

/// An immutable value that does not move: its dimensions point into its draft.
class CellBlock {
 public:
  /// Throws InvalidInput for axes that cannot be tied, a condition that quotes what there is not, a grid that
  /// is too large, or one without a cell.
  explicit CellBlock(Draft draft);
  CellBlock(const CellBlock&) = delete;
  CellBlock& operator=(const CellBlock&) = delete;

  const Draft& draft() const { return draft_; }
  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  std::size_t size() const { return size_; }
  /// Where the cell of this number stands; the first dimension is the slowest.
  Position position(std::size_t number) const;
  /// The number of the cell that stands there, or size() where there is none.
  std::size_t number(const Position& position) const;
  const OptionValue& value(const Setting& setting, const Position& position) const;
  /// The world of a cell, its options as they stand in the study.
  Choice world(const Position& position) const;
  Choice model(const ArmDraft& arm, const Position& position) const;
  /// Numbers, ascending, that stand for all; see CellGrid::sample.
  std::vector<std::size_t> sample() const;

 private:
  void find_dimensions();
  void require_few() const;
  void drop_cells();

  Draft draft_;
  std::vector<Dimension> dimensions_;
  std::size_t points_ = 1;         // of the grid, before `where`
  std::size_t size_ = 1;           // after it
  std::optional<NumberSet> kept_;  // where `where` drops something
};

}  // namespace quartic::detail
