#pragma once
/// The cells of a study: the points of its sweep, made one by one as they are asked for, so that a million of
/// them cost no memory.
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/options.hpp"
#include "sim/experts/expert.hpp"

namespace quartic {

/// A world or model by catalogue name, with the options the study sets. A string where the catalogue expects
/// a number or a count is an expression over n and the truth's facts, evaluated by the engine.
struct Choice {
  std::string kind;
  OptionValues options;
};

struct ArmSpec {
  std::string name;
  Choice model;
  std::optional<Expert> expert;  ///< absent: the arm sees every candidate
  bool select_oracle = false;    ///< the engine picks from fit_path by true risk (unattainable)
  Index replicates = 0;          ///< 0: as the study; more for cheap arms whose mean must be sharp
};

/// Swept key -> its value in a cell, in study order.
using CellSettings = std::vector<std::pair<std::string, std::string>>;

/// One point of a sweep: every option a scalar.
struct Cell {
  Index id = 0;
  CellSettings settings;
  Choice world;
  std::vector<ArmSpec> arms;
};

/// Consecutive cells whose arms have the same names and replicates.
struct CellRange {
  Index first = 0, count = 0;
};

/// One axis of a sweep: what the settings of its cells hold under this key.
struct CellAxis {
  std::string key;
  std::vector<std::string> values;
};

/// Where cells come from. An immutable value, which threads share.
class CellSource {
 public:
  virtual ~CellSource() = default;
  virtual std::size_t size() const = 0;
  virtual Cell cell(std::size_t position) const = 0;
  virtual std::vector<CellRange> ranges() const = 0;
  virtual std::vector<std::size_t> sample(std::size_t most) const = 0;
  virtual std::vector<CellAxis> axes() const = 0;
};

/// So many cells are tried before a run; of more, a sample that stands for them.
inline constexpr std::size_t most_cells_tried = 2000;

/// All cells of a study, in canonical order. A small immutable value: copies share their source. operator[]
/// makes the cell and returns a copy.
class CellGrid {
 public:
  class Iterator;

  CellGrid() = default;
  /// Cells that have been listed one by one, as they are.
  CellGrid(std::initializer_list<Cell> cells);
  explicit CellGrid(std::vector<Cell> cells);
  explicit CellGrid(std::shared_ptr<const CellSource> source) : source_(std::move(source)) {}

  std::size_t size() const { return source_ ? source_->size() : 0; }
  bool empty() const { return size() == 0; }
  Cell operator[](std::size_t position) const { return source_->cell(position); }
  Cell front() const { return source_->cell(0); }
  Iterator begin() const;
  Iterator end() const;

  /// The cells as runs whose arms are alike; few, also of very many cells.
  std::vector<CellRange> ranges() const;
  /// Ascending positions that stand for all. Up to `most` cells: every position. More: the corners of the
  /// grid, cells that show every value of every axis (1,000 values of a longer one), and 200 random cells,
  /// the same ones each time. The sample itself may hold more than `most` cells.
  std::vector<std::size_t> sample(std::size_t most) const;
  /// What the sweep varies; without irregular cells the grid is their product.
  std::vector<CellAxis> axes() const;

 private:
  std::shared_ptr<const CellSource> source_;
};

/// Goes through a grid once; makes each cell when it is looked at.
class CellGrid::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Cell;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = Cell;

  Iterator(const CellGrid* grid, std::size_t position) : grid_(grid), position_(position) {}
  Cell operator*() const { return (*grid_)[position_]; }
  Iterator& operator++() {
    ++position_;
    return *this;
  }
  void operator++(int) { ++position_; }
  bool operator==(const Iterator&) const = default;

 private:
  const CellGrid* grid_;
  std::size_t position_;
};

inline CellGrid::Iterator CellGrid::begin() const {
  return {this, 0};
}
inline CellGrid::Iterator CellGrid::end() const {
  return {this, size()};
}

}  // namespace quartic
