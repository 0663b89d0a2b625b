// A few cells that stand for very many.
#include <algorithm>

#include "core/random/stream.hpp"
#include "experiments/study/read/cell_block.hpp"

namespace quartic::detail {

namespace {

constexpr std::size_t most_values_shown = 1000;  // of one axis
constexpr std::size_t most_corner_dimensions = 8;
constexpr std::size_t drawn_at_random = 200;

class Sampler {
 public:
  explicit Sampler(const CellBlock& block) : block_(block) {
    for (const Dimension& dimension : block.dimensions()) {
      longest_ = std::max(longest_, std::min(dimension.length, most_values_shown));
      unseen_.emplace_back(dimension.length, dimension.length <= most_values_shown);
    }
  }

  std::vector<std::size_t> sample() {
    take_corners();
    take_diagonal();
    take_unseen();
    take_random();
    std::sort(numbers_.begin(), numbers_.end());
    numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
    return numbers_;
  }

 private:
  const std::vector<Dimension>& dimensions() const { return block_.dimensions(); }

  void take(const Position& position) {
    const std::size_t number = block_.number(position);
    if (number == block_.size()) return;  // dropped
    numbers_.push_back(number);
    for (std::size_t k = 0; k < position.size(); ++k) unseen_[k][position[k]] = false;
  }

  /// Each dimension at its first or its last value; of many dimensions, one or all but one at the last.
  void take_corners() {
    const std::size_t count = dimensions().size();
    const auto corner = [&](auto last) {
      Position position(count);
      for (std::size_t k = 0; k < count; ++k) position[k] = last(k) ? dimensions()[k].length - 1 : 0;
      take(position);
    };
    if (count <= most_corner_dimensions)
      for (std::size_t bits = 0; bits < std::size_t{1} << count; ++bits)
        corner([bits](std::size_t k) { return (bits >> k & 1U) != 0; });
    for (std::size_t one = 0; count > most_corner_dimensions && one < count; ++one) {
      corner([one](std::size_t k) { return k == one; });
      corner([one](std::size_t k) { return k != one; });
    }
  }

  /// Values side by side, shorter axes again and again: each value of each axis is there, where `where` drops
  /// nothing.
  void take_diagonal() {
    for (std::size_t step = 0; step < longest_; ++step) {
      Position position;
      for (const Dimension& dimension : dimensions()) {
        const std::size_t length = dimension.length;
        position.push_back(length <= most_values_shown ? step % length : step * length / longest_);
      }
      take(position);
    }
  }

  bool shows_something_new(const Position& position) const {
    for (std::size_t k = 0; k < position.size(); ++k)
      if (unseen_[k][position[k]]) return true;
    return false;
  }

  void take_unseen() {
    const auto left = [](const std::vector<bool>& values) {
      return std::find(values.begin(), values.end(), true) != values.end();
    };
    if (std::none_of(unseen_.begin(), unseen_.end(), left)) return;
    for (std::size_t number = 0; number < block_.size(); ++number)
      if (const Position position = block_.position(number); shows_something_new(position)) take(position);
  }

  void take_random() {
    Stream stream = Stream(1).child("cells");
    for (std::size_t k = 0; k < drawn_at_random; ++k)
      numbers_.push_back(static_cast<std::size_t>(stream.uniform() * static_cast<double>(block_.size())));
  }

  const CellBlock& block_;
  std::size_t longest_ = 1;
  std::vector<std::vector<bool>> unseen_;  // of each dimension, values that no taken cell has
  std::vector<std::size_t> numbers_;
};

}  // namespace

std::vector<std::size_t> CellBlock::sample() const {
  return Sampler(*this).sample();
}

}  // namespace quartic::detail
