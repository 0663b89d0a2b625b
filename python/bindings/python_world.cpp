#include "python/bindings/python_world.hpp"

#include <pybind11/stl.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/require.hpp"
#include "python/bindings/arrays.hpp"

namespace quartic::python {

namespace {

constexpr Index rows_at_once = 64;

/// A numpy Generator that is a pure function of a stream.
py::object generator(Stream stream) {
  const auto word = [&] { return static_cast<std::uint64_t>(stream()); };
  const std::uint64_t low = word() | word() << 32, high = word() | word() << 32;
  return hook("generator")(low, high);
}

/// Rows, labels and means of one block.
struct Block {
  Matrix x;
  Vector y, mean;
};
using BlockPointer = std::shared_ptr<const Block>;

/// The blocks drawn last, by what they are drawn from.
class LastBlocks {
 public:
  using Key =
      std::tuple<std::uint32_t, std::uint32_t, Index>;  // two words of the rows' stream, number of the block

  BlockPointer find(const Key& key) const {
    const std::scoped_lock lock(mutex_);
    const auto found = blocks_.find(key);
    return found == blocks_.end() ? nullptr : found->second;
  }
  void keep(const Key& key, BlockPointer block) {
    const std::scoped_lock lock(mutex_);
    if (!blocks_.emplace(key, block).second) return;  // another thread was faster
    numbers_ += block->x.size();
    order_.push_back(key);
    for (; numbers_ > most_numbers && order_.size() > least_blocks; order_.pop_front()) {
      const auto oldest = blocks_.find(order_.front());
      numbers_ -= oldest->second->x.size();
      blocks_.erase(oldest);
    }
  }

 private:
  static constexpr Index most_numbers = 1 << 23;  // 64 MiB
  static constexpr std::size_t least_blocks =
      4;  // fresh rows are drawn, and asked for their means, 256 at a time
  mutable std::mutex mutex_;
  std::map<Key, BlockPointer> blocks_;
  std::deque<Key> order_;
  Index numbers_ = 0;
};

struct PythonTruth {
  Shared truth;
  bool classes;
  Index columns_count;
  std::vector<Index> important;
  Facts known;
  std::shared_ptr<LastBlocks> blocks = std::make_shared<LastBlocks>();

  Index candidates() const { return columns_count; }
  std::vector<Index> relevant() const { return important; }
  Facts facts() const { return known; }
  Matrix x(Range rows, Range columns, const Stream& train) const {
    Matrix result(rows.count, columns.count);
    over_blocks(rows, train, [&](const Block& block, Range from, Index to) {
      result.middleRows(to, from.count) = block.x.block(from.first, columns.first, from.count, columns.count);
    });
    return result;
  }
  Matrix columns(Range rows, std::span<const Index> columns, const Stream& train) const {
    Matrix result(rows.count, std::ssize(columns));
    over_blocks(rows, train, [&](const Block& block, Range from, Index to) {
      for (Index k = 0; k < std::ssize(columns); ++k)
        result.col(k).segment(to, from.count) =
            block.x.col(columns[static_cast<std::size_t>(k)]).segment(from.first, from.count);
    });
    return result;
  }
  Vector y(Range rows, const Stream& train) const { return numbers(rows, train, &Block::y); }
  Vector mean(Range rows, const Stream& train) const { return numbers(rows, train, &Block::mean); }

 private:
  Vector numbers(Range rows, const Stream& train, Vector Block::*which) const {
    Vector result(rows.count);
    over_blocks(rows, train, [&](const Block& block, Range from, Index to) {
      result.segment(to, from.count) = (block.*which).segment(from.first, from.count);
    });
    return result;
  }
  /// take(block, which rows of it, where they go) for every block that holds some of these rows.
  template <class Take>
  void over_blocks(Range rows, const Stream& train, const Take& take) const {
    for (Index row = rows.first; row < rows.first + rows.count;) {
      const Index number = row / rows_at_once, first = row % rows_at_once;
      const Index count = std::min(rows_at_once - first, rows.first + rows.count - row);
      take(*block(number, train), {first, count}, row - rows.first);
      row += count;
    }
  }
  BlockPointer block(Index number, const Stream& train) const {
    Stream words = train.child("blocks");
    const std::uint32_t one = words(), two = words();
    const LastBlocks::Key key{one, two, number};
    if (BlockPointer found = blocks->find(key)) return found;
    BlockPointer made = draw_block(number, train);
    blocks->keep(key, made);
    return made;
  }
  BlockPointer draw_block(Index number, const Stream& train) const {
    return in_python([&] {
      const py::object rng = generator(train.child(static_cast<std::uint64_t>(number)).child("block"));
      const py::tuple drawn = hook("rows")(*truth, number * rows_at_once, rows_at_once, rng, classes);
      return std::make_shared<const Block>(Block{matrix_of(drawn[0].cast<Numbers>()),
                                                 vector_of(drawn[1].cast<Numbers>()),
                                                 vector_of(drawn[2].cast<Numbers>())});
    });
  }
};

/// What errors are divided by, where the world does not say: averages over 4,096 rows of the truth's own.
void complete_facts(PythonTruth& truth, const Stream& own) {
  const bool known = truth.classes
                         ? truth.known.contains("bayes_error") && truth.known.contains("constant_error")
                         : truth.known.contains("signal");
  if (known) return;
  const Vector mean = truth.mean({0, 4096}, own);
  if (truth.classes) {
    truth.known["bayes_error"] = mean.array().min(1 - mean.array()).mean();
    truth.known["constant_error"] = std::min(mean.mean(), 1 - mean.mean());
  } else {
    truth.known["signal"] = (mean.array() - mean.mean()).square().mean();
  }
}

}  // namespace

PythonWorld::PythonWorld(std::string name, std::string fingerprint, bool classes, py::object world)
    : name_(std::move(name)),
      fingerprint_(std::move(fingerprint)),
      classes_(classes),
      world_(share(std::move(world))) {}

Truth PythonWorld::draw(Stream truth) const {
  PythonTruth made = in_python([&] {
    const py::dict drawn = hook("truth")(*world_, generator(truth.child("draw")));
    return PythonTruth{share(drawn["truth"]), classes_, drawn["candidates"].cast<Index>(),
                       drawn["relevant"].cast<std::vector<Index>>(), drawn["facts"].cast<Facts>()};
  });
  complete_facts(made, truth.child("facts"));
  return made;
}

}  // namespace quartic::python
