#include "experiments/study/read/cell_block.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <utility>

#include "core/random/stream.hpp"
#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/study/formulas.hpp"

namespace quartic::detail {

namespace {

constexpr double most_points = 1e8;

[[noreturn]] void refuse(const std::string& where, const std::string& key, const std::string& problem) {
  throw InvalidInput(where + ": " + key + ": " + problem);
}

/// The axes of one key of zip, checked.
const Setting& tied_axis(const Draft& draft, const Zip& zip, const std::string& key) {
  std::vector<std::string> paths;
  for (const Setting* setting : all_settings(draft)) {
    if (setting->path == key) return *setting;
    paths.push_back(setting->path);
  }
  refuse(zip.where, "zip", "unknown key \"" + key + "\" " + choose_among(key, "settings", paths));
}

/// Those of the tied axes that are lists here. A case may give a tied key one value: then it is tied no more.
std::vector<const Setting*> tied_axes(const Draft& draft, const Zip& zip) {
  std::vector<const Setting*> axes;
  for (const std::string& key : zip.keys) {
    const Setting& setting = tied_axis(draft, zip, key);
    if (!setting.is_axis && !draft.is_case)
      refuse(
          zip.where, "zip",
          key + " has one value (what is tied are lists of equal length). Give it a list, or take it out.");
    if (setting.is_axis) axes.push_back(&setting);
  }
  for (const Setting* axis : axes)
    if (axis->values.size() != axes.front()->values.size())
      refuse(zip.where, "zip",
             axes.front()->path + " has " + std::to_string(axes.front()->values.size()) + " values and " +
                 axis->path + " has " + std::to_string(axis->values.size()) +
                 " (tied lists are read side by side). Make them equally long.");
  return axes;
}

/// Cells that are alike would be computed, and shown, as if they were two. Ranges hold no number twice.
void require_distinct(const Dimension& dimension) {
  const std::vector<const Setting*>& axes = dimension.axes;
  if (std::any_of(axes.begin(), axes.end(), [](const Setting* axis) { return axis->is_range; })) return;
  std::set<std::vector<std::string>> seen;
  for (std::size_t k = 0; k < dimension.length; ++k) {
    std::vector<std::string> point;
    for (const Setting* axis : axes) point.push_back(plain_text(axis->values[k]));
    if (!seen.insert(point).second)
      refuse(axes.front()->where, axes.front()->path,
             joined(point) + " stands there twice (every value makes cells of its own). Write it once.");
  }
}

/// Goes through the points of some dimensions, the last one fastest. False after the last point.
bool advance(Position& position, const std::vector<Dimension>& dimensions) {
  for (std::size_t k = position.size(); k-- > 0;) {
    if (++position[k] < dimensions[k].length) return true;
    position[k] = 0;
  }
  return false;
}

std::optional<double> to_number(const OptionValue& value) {
  if (const auto* count = std::get_if<Index>(&value)) return static_cast<double>(*count);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  return std::nullopt;
}

/// What a condition may quote of a cell: the options of the world that are plain numbers, and by their full
/// path those, and the settings of arms.
Variables quotable(const CellBlock& block, const Position& position) {
  const Choice world = block.world(position);
  Variables variables = list_numbers(block.draft().study.catalogues.world(world.kind).options, world.options);
  for (const Setting* setting : all_settings(block.draft()))
    if (const std::optional<double> number = to_number(block.value(*setting, position)))
      variables[setting->path] = *number;
  return variables;
}

/// Whether what the condition says depends on this dimension.
bool matters(const Dimension& dimension, const std::vector<std::string>& quoted) {
  return std::any_of(dimension.axes.begin(), dimension.axes.end(), [&](const Setting* axis) {
    const bool of_world = axis->path.starts_with("world.");
    return axis->path == "world.kind" || std::any_of(quoted.begin(), quoted.end(), [&](const auto& name) {
             return name == axis->path || (of_world && name == axis->key);
           });
  });
}

/// The answers of the condition, at each point of the dimensions that matter to it.
class Answers {
 public:
  explicit Answers(const CellBlock& block)
      : block_(block), condition_(block.draft().condition.text, Expression::Kind::condition) {
    const std::vector<std::string> quoted = condition_.variables();
    for (std::size_t k = 0; k < block.dimensions().size(); ++k) {
      if (!matters(block.dimensions()[k], quoted)) continue;
      places_.push_back(k);
      dimensions_.push_back(block.dimensions()[k]);
    }
    ask();
  }

  bool all() const { return std::find(kept_.begin(), kept_.end(), false) == kept_.end(); }
  bool keeps(const Position& position) const {
    std::size_t point = 0;
    for (std::size_t k = 0; k < places_.size(); ++k)
      point = point * dimensions_[k].length + position[places_[k]];
    return kept_[point];
  }

 private:
  void ask() {
    Position here(block_.dimensions().size(), 0), point(places_.size(), 0);
    do {
      for (std::size_t k = 0; k < places_.size(); ++k) here[places_[k]] = point[k];
      kept_.push_back(holds(quotable_here(here)));
    } while (advance(point, dimensions_));
  }

  /// The variables here. They are made anew where the world's kind may have changed; else only the numbers on
  /// axes are.
  const Variables& quotable_here(const Position& here) {
    const OptionValue& kind = block_.value(block_.draft().world.kind, here);
    if (variables_.empty() || kind != kind_) {
      variables_ = quotable(block_, here);
      kind_ = kind;
      return variables_;
    }
    for (const Dimension& dimension : dimensions_)
      for (const Setting* axis : dimension.axes) {
        const std::optional<double> number = to_number(block_.value(*axis, here));
        set(axis->path, number);
        if (axis->path.starts_with("world.")) set(axis->key, number);
      }
    return variables_;
  }
  void set(const std::string& name, std::optional<double> number) {
    if (number)
      variables_[name] = *number;
    else
      variables_.erase(name);
  }

  bool holds(const Variables& variables) const {
    try {
      return condition_.evaluate(variables) != 0;
    } catch (const InvalidInput& error) {
      refuse(block_.draft().condition.where, "where", error.what());
    }
  }

  const CellBlock& block_;
  Expression condition_;
  std::vector<std::size_t> places_;  // of these dimensions among all
  std::vector<Dimension> dimensions_;
  Variables variables_;
  OptionValue kind_;
  std::vector<bool> kept_;
};

}  // namespace

NumberSet::NumberSet(std::size_t size, const std::function<bool(std::size_t)>& holds)
    : words_((size + 63) / 64, 0) {
  for (std::size_t number = 0; number < size; ++number)
    if (holds(number)) words_[number / 64] |= std::uint64_t{1} << (number % 64);
  std::size_t sum = 0;
  for (std::size_t k = 0; k < words_.size(); ++k) {
    if (k % 8 == 0) before_.push_back(sum);
    sum += static_cast<std::size_t>(std::popcount(words_[k]));
  }
  before_.push_back(sum);
}

std::size_t NumberSet::member(std::size_t k) const {
  const auto block = std::upper_bound(before_.begin(), before_.end() - 1, k) - before_.begin() - 1;
  std::size_t left = k - before_[static_cast<std::size_t>(block)];
  for (std::size_t w = static_cast<std::size_t>(block) * 8;; ++w) {
    std::uint64_t word = words_[w];
    const auto here = static_cast<std::size_t>(std::popcount(word));
    if (left >= here) {
      left -= here;
      continue;
    }
    for (; left > 0; --left) word &= word - 1;  // drops the lowest one
    return w * 64 + static_cast<std::size_t>(std::countr_zero(word));
  }
}

std::size_t NumberSet::rank(std::size_t number) const {
  const std::size_t word = number / 64;
  std::size_t sum = before_[word / 8];
  for (std::size_t w = word / 8 * 8; w < word; ++w) sum += static_cast<std::size_t>(std::popcount(words_[w]));
  const std::uint64_t below = (std::uint64_t{1} << (number % 64)) - 1;
  return sum + static_cast<std::size_t>(std::popcount(words_[word] & below));
}

CellBlock::CellBlock(Draft draft) : draft_(std::move(draft)) {
  find_dimensions();
  require_few();
  for (const Dimension& dimension : dimensions_) points_ *= dimension.length;
  size_ = points_;
  if (!draft_.condition.text.empty()) drop_cells();
}

void CellBlock::find_dimensions() {
  std::vector<std::vector<const Setting*>> ties;
  for (const Zip& zip : draft_.zips) ties.push_back(tied_axes(draft_, zip));
  std::set<const Setting*> placed;
  for (const Setting* setting : all_settings(draft_)) {
    if (!setting->is_axis || placed.contains(setting)) continue;
    Dimension dimension{{setting}, setting->values.size()};
    for (const auto& tie : ties)
      if (std::find(tie.begin(), tie.end(), setting) != tie.end()) dimension.axes = tie;
    placed.insert(dimension.axes.begin(), dimension.axes.end());
    require_distinct(dimension);
    dimensions_.push_back(std::move(dimension));
  }
}

void CellBlock::require_few() const {
  double points = 1, fits = 0;
  const Dimension* largest = nullptr;
  for (const Dimension& dimension : dimensions_) {
    points *= static_cast<double>(dimension.length);
    if (!largest || dimension.length > largest->length) largest = &dimension;
  }
  if (points <= most_points) return;
  for (const ArmDraft& arm : draft_.arms)
    fits += points * static_cast<double>(draft_.study.sizes.size()) *
            static_cast<double>(arm.spec.replicates > 0 ? arm.spec.replicates : draft_.study.replicates);
  refuse(largest->axes.front()->where, largest->axes.front()->path,
         "the sweep has " + shortest(points) + " cells, " + shortest(fits) +
             " fits (every combination of the lists is one, and 1e+08 are the most). Shorten a list, or tie "
             "lists with zip.");
}

void CellBlock::drop_cells() {
  const Answers answers(*this);
  if (answers.all()) return;
  Position position(dimensions_.size(), 0);
  kept_.emplace(points_, [&](std::size_t) {
    const bool keeps = answers.keeps(position);
    advance(position, dimensions_);
    return keeps;
  });
  if (kept_->size() == 0)
    refuse(draft_.condition.where, "where",
           "the condition keeps no cell (it is false for all " + std::to_string(points_) +
               (draft_.is_case ? " of a [[case]]" : "") + "). Correct it, or the lists.");
  size_ = kept_->size();
}

Position CellBlock::position(std::size_t number) const {
  std::size_t rest = kept_ ? kept_->member(number) : number;
  Position position(dimensions_.size());
  for (std::size_t k = dimensions_.size(); k-- > 0;) {
    position[k] = rest % dimensions_[k].length;
    rest /= dimensions_[k].length;
  }
  return position;
}

std::size_t CellBlock::number(const Position& position) const {
  std::size_t point = 0;
  for (std::size_t k = 0; k < dimensions_.size(); ++k) point = point * dimensions_[k].length + position[k];
  if (!kept_) return point;
  return kept_->contains(point) ? kept_->rank(point) : size_;
}

const OptionValue& CellBlock::value(const Setting& setting, const Position& position) const {
  if (setting.is_axis)
    for (std::size_t k = 0; k < dimensions_.size(); ++k)
      for (const Setting* axis : dimensions_[k].axes)
        if (axis == &setting) return setting.values[position[k]];
  return setting.values.front();
}

Choice CellBlock::world(const Position& position) const {
  Choice choice{std::get<std::string>(value(draft_.world.kind, position)), {}};
  for (const Setting& setting : draft_.world.options)
    choice.options.insert_or_assign(setting.key, value(setting, position));
  return choice;
}

Choice CellBlock::model(const ArmDraft& arm, const Position& position) const {
  Choice choice{std::get<std::string>(value(arm.model.kind, position)), {}};
  for (const Setting& setting : arm.model.options)
    choice.options.insert_or_assign(setting.key, value(setting, position));
  return choice;
}

}  // namespace quartic::detail
