#pragma once
/// Changes to single cells of a grid, which itself is immutable.
#include <utility>
#include <vector>

#include "experiments/study/cells.hpp"

namespace quartic {

/// A cell on loan: it goes back into its grid at the end of the statement, as one of a list of cells.
class CellEdit {
 public:
  CellEdit(CellGrid& grid, std::size_t position)
      : grid_(grid), cells_(grid.begin(), grid.end()), position_(position) {}
  CellEdit(const CellEdit&) = delete;
  CellEdit& operator=(const CellEdit&) = delete;
  ~CellEdit() { grid_ = CellGrid(std::move(cells_)); }
  Cell* operator->() { return &cells_[position_]; }
  Cell& operator*() { return cells_[position_]; }

 private:
  CellGrid& grid_;
  std::vector<Cell> cells_;
  std::size_t position_;
};

/// edit(study.cells, 0)->world.options["noise"] = 2.0;
inline CellEdit edit(CellGrid& grid, std::size_t position = 0) {
  return {grid, position};
}

}  // namespace quartic
