#pragma once
/// The cells of a study: those of its grid, then those of its cases.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/study/read/cell_block.hpp"

namespace quartic::detail {

class SweepCells final : public CellSource {
 public:
  /// Drafts that have been checked: of the grid, where there is one, and of each case. Throws InvalidInput as
  /// CellBlock does, and for too many cells.
  explicit SweepCells(std::vector<Draft> drafts);

  std::size_t size() const override { return first_.back(); }
  Cell cell(std::size_t position) const override;
  std::vector<CellRange> ranges() const override;
  std::vector<std::size_t> sample(std::size_t most) const override;
  std::vector<CellAxis> axes() const override;
  /// The settings that differ between cells, in the order of the study: those that cells show.
  const std::vector<std::string>& keys() const { return keys_; }
  /// Where the settings of this cell stand in the file.
  const Draft& draft_of(std::size_t position) const { return block_of(position).draft(); }

 private:
  /// What the cells of one block show under one key: a setting, or the value that all of them share.
  struct Shown {
    const Setting* setting = nullptr;
    std::optional<std::string> text;  ///< nothing: such cells have no such setting
  };
  std::size_t find_index(std::size_t position) const;
  const CellBlock& block_of(std::size_t position) const { return *blocks_[find_index(position)]; }
  void find_keys();
  void find_shown();

  std::vector<std::unique_ptr<const CellBlock>> blocks_;
  std::vector<std::size_t> first_;         // cell of each block, and the count of all
  std::vector<std::string> keys_;          // of the settings of cells
  std::vector<std::vector<Shown>> shown_;  // by block and key
};

}  // namespace quartic::detail
