#include "experiments/study/cells.hpp"

#include <algorithm>

namespace quartic {

namespace {

/// Cells that somebody has listed.
class ListedCells final : public CellSource {
 public:
  explicit ListedCells(std::vector<Cell> cells) : cells_(std::move(cells)) {}

  std::size_t size() const override { return cells_.size(); }
  Cell cell(std::size_t position) const override { return cells_.at(position); }

  std::vector<CellRange> ranges() const override {
    std::vector<CellRange> ranges;
    for (Index i = 0; i < std::ssize(cells_); ++i) ranges.push_back({i, 1});
    return ranges;
  }

  std::vector<std::size_t> sample(std::size_t most) const override {
    std::vector<std::size_t> positions;
    const std::size_t step = std::max<std::size_t>(1, cells_.size() / std::max<std::size_t>(1, most));
    for (std::size_t i = 0; i < cells_.size(); i += step) positions.push_back(i);
    return positions;
  }

  std::vector<CellAxis> axes() const override {
    std::vector<CellAxis> axes;
    for (const Cell& cell : cells_)
      for (const auto& [key, value] : cell.settings) {
        auto axis = std::find_if(axes.begin(), axes.end(),
                                 [&wanted = key](const CellAxis& one) { return one.key == wanted; });
        if (axis == axes.end()) axis = axes.insert(axes.end(), {key, {}});
        if (std::find(axis->values.begin(), axis->values.end(), value) == axis->values.end())
          axis->values.push_back(value);
      }
    return axes;
  }

 private:
  std::vector<Cell> cells_;
};

}  // namespace

CellGrid::CellGrid(std::initializer_list<Cell> cells) : CellGrid(std::vector<Cell>(cells)) {}

CellGrid::CellGrid(std::vector<Cell> cells)
    : source_(std::make_shared<const ListedCells>(std::move(cells))) {}

std::vector<CellRange> CellGrid::ranges() const {
  return source_ ? source_->ranges() : std::vector<CellRange>{};
}

std::vector<std::size_t> CellGrid::sample(std::size_t most) const {
  return source_ ? source_->sample(most) : std::vector<std::size_t>{};
}

std::vector<CellAxis> CellGrid::axes() const {
  return source_ ? source_->axes() : std::vector<CellAxis>{};
}

}  // namespace quartic
