#include "sim/worlds/related.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <utility>

#include "core/require.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/directions.hpp"
#include "sim/parts/pool.hpp"
#include "sim/parts/sampling.hpp"
#include "sim/parts/sparse_score.hpp"
#include "sim/parts/sum_of_squares.hpp"

namespace quartic {

namespace {

constexpr Index most_weights = 10'000'000;  // of all tasks together, and of the directions

constexpr std::array relation_words = {
    OptionWord{"overlap", "a share of a source's relevant columns are the target's"},
    OptionWord{"subspace", "coefficients of every task are sums of a few directions"},
    OptionWord{"shift", "a source's coefficients are the target's, moved by a distance"}};

constexpr std::array option_table = joined(
    pool_options<Related>,
    std::array{
        Option<Related>{"coefficients", &Related::coefficients, "size of the effects of the relevant columns",
                        coefficient_words},
        Option<Related>{"tasks", &Related::tasks, "sources: related tasks that one may learn from first",
                        no_words, from_to(1, 1e6, "without a source there is nothing to learn from first")},
        Option<Related>{"source_rows", &Related::source_rows, "rows of each source", no_words,
                        from_to(1, 1e9, "a source without rows teaches nothing")},
        Option<Related>{"source_noise", &Related::source_noise,
                        "standard deviation of the label noise of sources (0: that of the target)", no_words,
                        at_least(0, "a standard deviation cannot be negative or infinite")},
        Option<Related>{"relation", &Related::relation, "what sources have in common with the target",
                        relation_words},
        Option<Related>{"overlap", &Related::overlap,
                        "share of a source's relevant columns that are the target's", no_words,
                        from_to(0, 1, "a share goes from none to all"), OnlyWith{"relation", {"overlap"}}},
        Option<Related>{"dimensions", &Related::dimensions, "directions that all tasks share", no_words,
                        direction_count, OnlyWith{"relation", {"subspace"}}},
        Option<Related>{"distance", &Related::distance,
                        "of a source's coefficients from the target's, over the length of the target's",
                        no_words,
                        from_to(0, 1e6, "a source farther away has nothing in common with the target"),
                        OnlyWith{"relation", {"shift"}}}});

/// Rows of one task, which are those of `task`. See core/truth.hpp for their members.
struct TaskRows {
  Truth task;

  Index candidates() const { return task.candidates(); }
  std::vector<Index> relevant() const { return task.relevant(); }
  Facts facts() const { return task.facts(); }
  Matrix x(Range rows, Range columns, Stream stream) const {
    return task.x(rows, columns, std::move(stream));
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    return task.columns(rows, columns, std::move(stream));
  }
  Vector y(Range rows, Stream stream) const { return task.y(rows, std::move(stream)); }
  Vector mean(Range rows, Stream stream) const { return task.mean(rows, std::move(stream)); }
  double excess_risk(const LinearRule& rule) const { return task.excess_risk(rule).value(); }
  double variance(Index column) const { return task.variance(column).value(); }
  std::optional<NormalLaw> normal_law() const { return task.normal_law(); }
};

struct SourceRows : TaskRows {
  Index count;

  Index rows() const { return count; }
};
static_assert(DrawsRows<SourceRows> && HasExactRisk<SourceRows> && HasRows<SourceRows>);

struct TargetRows : TaskRows {
  std::shared_ptr<const std::vector<Truth>> related;  // one for all copies
  Facts more;

  Facts facts() const {
    Facts facts = task.facts();
    facts.insert(more.begin(), more.end());
    return facts;
  }
  std::vector<Truth> sources() const { return *related; }
};
static_assert(DrawsRows<TargetRows> && HasExactRisk<TargetRows> && HasVariances<TargetRows> &&
              HasNormalLaw<TargetRows> && HasSources<TargetRows>);

double squared_length(const std::vector<double>& v) {
  return sum_of_squares(v);
}

void scale(std::vector<double>& v, double factor) {
  for (double& value : v) value *= factor;
}

PoolTruth score_of(const Related& world, const Coefficients& w) {
  return make_sparse_score(world.candidates, Isotropic{}, w);
}

/// Of a source's relevant columns, those that do not matter to the target.
Index count_own(const Related& world) {
  return world.relevant - std::lround(world.overlap * static_cast<double>(world.relevant));
}

/// The coefficients of every task.
class Tasks {
 public:
  Tasks(const Related& world, Stream truth);
  const Coefficients& target() const { return target_; }
  Coefficients source(Index t) const;

 private:
  Coefficients in_subspace(const Stream& task) const;
  Coefficients shifted(const Stream& task) const;
  Coefficients overlapping(Index t, const Stream& task) const;
  std::vector<Index> own_columns(Index t, const Stream& task) const;
  Index other_column(Index place) const;

  const Related& world_;
  Stream truth_;
  std::vector<double> sizes_;  // of the options' coefficients: one a relevant column, or a direction
  Matrix directions_;          // of "subspace": relevant x dimensions
  Coefficients target_;
  double unit_ = 1;  // what a coefficient of 1 was scaled to
  std::vector<Index>
      skipped_;  // of "overlap": columns that do not matter to the target, before each that does
};

Tasks::Tasks(const Related& world, Stream truth) : world_(world), truth_(std::move(truth)) {
  const bool subspace = world.relation == "subspace";
  target_.support = draw_support(world.support, world.candidates, world.relevant, truth_.child("support"));
  sizes_ = draw_coefficients(world.coefficients, subspace ? world.dimensions : world.relevant,
                             truth_.child("coefficients"));
  if (subspace) {
    directions_ =
        draw_directions("orthonormal", {world.relevant, world.dimensions}, truth_.child("directions"));
    target_ = in_subspace(truth_);
    return;
  }
  target_.values = sizes_;
  if (world.signal > 0) unit_ = std::sqrt(world.signal / score_of(world, target_).signal);
  scale(target_.values, unit_);
  skipped_ = target_.support;
  std::sort(skipped_.begin(), skipped_.end());
  for (std::size_t k = 0; k < skipped_.size(); ++k) skipped_[k] -= static_cast<Index>(k);
}

Coefficients Tasks::source(Index t) const {
  const Stream task = truth_.child("source").child(static_cast<std::uint64_t>(t));
  if (world_.relation == "subspace") return in_subspace(task);
  return world_.relation == "shift" ? shifted(task) : overlapping(t, task);
}

Coefficients Tasks::in_subspace(const Stream& task) const {
  std::vector<double> a(sizes_.size());
  task.child("task").fill_normal(a);
  Coefficients w{target_.support, std::vector<double>(target_.support.size(), 0.0)};
  for (std::size_t k = 0; k < w.values.size(); ++k)
    for (std::size_t i = 0; i < a.size(); ++i)
      w.values[k] += directions_(static_cast<Index>(k), static_cast<Index>(i)) * (sizes_[i] * a[i]);
  if (world_.signal > 0) scale(w.values, std::sqrt(world_.signal / score_of(world_, w).signal));
  return w;
}

Coefficients Tasks::shifted(const Stream& task) const {
  Coefficients w = target_;
  std::vector<double> delta(w.values.size());
  task.child("shift").fill_normal(delta);
  scale(delta, world_.distance * std::sqrt(squared_length(w.values) / squared_length(delta)));
  for (std::size_t k = 0; k < delta.size(); ++k) w.values[k] += delta[k];
  return w;
}

// By its place among those that do not matter to the target.
Index Tasks::other_column(Index place) const {
  return place + (std::upper_bound(skipped_.begin(), skipped_.end(), place) - skipped_.begin());
}

// Where there are more of them the first stay.
std::vector<Index> Tasks::own_columns(Index t, const Stream& task) const {
  std::vector<Index> columns(static_cast<std::size_t>(count_own(world_)));
  if (world_.support == "first") {
    std::iota(columns.begin(), columns.end(), world_.relevant * (1 + t));
    return columns;
  }
  const std::vector<Index> places = sample_without_replacement(world_.candidates - world_.relevant,
                                                               std::ssize(columns), task.child("support"));
  std::transform(places.begin(), places.end(), columns.begin(),
                 [this](Index place) { return other_column(place); });
  return columns;
}

Coefficients Tasks::overlapping(Index t, const Stream& task) const {
  Coefficients w = target_;
  const std::vector<double> own =
      draw_coefficients(world_.coefficients, world_.relevant, task.child("coefficients"));
  const std::vector<Index> columns = own_columns(t, task);
  const std::vector<Index> replaced =
      sample_without_replacement(world_.relevant, std::ssize(columns), task.child("kept"));
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const auto place = static_cast<std::size_t>(replaced[k]);
    w.support[place] = columns[k];
    w.values[place] = unit_ * own[place];
  }
  return w;
}

double squared_distance(const Coefficients& a, const Coefficients& b) {
  std::map<Index, double> difference;
  for (std::size_t k = 0; k < a.support.size(); ++k) difference[a.support[k]] += a.values[k];
  for (std::size_t k = 0; k < b.support.size(); ++k) difference[b.support[k]] -= b.values[k];
  double sum = 0;
  for (const auto& [column, value] : difference) sum += value * value;
  return sum;
}

Truth target_truth(const Related& world, const Coefficients& w) {
  PoolTruth score = score_of(world, w);
  if (world.signal > 0) score.signal = world.signal;
  score.noise = Noise("gaussian", noise_deviation(make_pool(world), score.signal));
  return make_truth(std::move(score));
}

Truth source_truth(const Related& world, const Coefficients& w, double noise) {
  PoolTruth score = score_of(world, w);
  score.noise = Noise("gaussian", noise);
  return SourceRows{{make_truth(std::move(score))}, world.source_rows};
}

void require_overlap(const Related& world) {
  const Index own = count_own(world),
              taken = world.support == "first" ? world.tasks * world.relevant : world.relevant;
  require(own == 0 || taken + own <= world.candidates,
          "overlap = " + shortest(world.overlap) + " (" + std::to_string(own) + " of the " +
              std::to_string(world.relevant) + " relevant columns of " +
              (world.support == "first"
                   ? "each source are its own, after those of the sources before, and there are "
                   : "a source are not the target's, and there are ") +
              std::to_string(world.candidates) +
              " candidates). Raise overlap or candidates, or lower relevant" +
              (world.support == "first" ? ", or set support = \"random\"." : "."),
          {"overlap", "candidates", "relevant"});
}

void require_subspace(const Related& world) {
  require(world.dimensions <= world.relevant,
          "dimensions = " + std::to_string(world.dimensions) +
              " (no more directions than relevant columns, here " + std::to_string(world.relevant) +
              ", can be orthonormal). Lower dimensions or raise relevant.",
          {"dimensions", "relevant"});
}

void require_few_weights(const Related& world) {
  const bool subspace = world.relation == "subspace";
  const double each = static_cast<double>(std::max(world.tasks, subspace ? world.dimensions : 0));
  require(each * static_cast<double>(world.relevant) <= most_weights,
          "relevant = " + std::to_string(world.relevant) + " (" + std::to_string(world.tasks) + " tasks" +
              (subspace ? " in " + std::to_string(world.dimensions) + " dimensions" : "") +
              " have more than " + std::to_string(most_weights) + " coefficients). Lower relevant or tasks.",
          {"relevant", "tasks", "dimensions"});
}

}  // namespace

std::span<const Option<Related>> Related::options() {
  return option_table;
}

std::string Related::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Related::require_consistent() const {
  require_pool(make_pool(*this), Related{}.noise);
  require_coefficients(coefficients);
  require_few_weights(*this);
  if (relation == "overlap") require_overlap(*this);
  if (relation == "subspace") require_subspace(*this);
}

Truth Related::draw(Stream truth) const {
  require_valid(*this);
  const Tasks tasks_of(*this, std::move(truth));
  const Truth target = target_truth(*this, tasks_of.target());
  const double own_noise = target.facts().at("noise");
  const double noise_of_sources = source_noise > 0 ? source_noise : own_noise;
  std::vector<Truth> related;
  for (Index t = 0; t < tasks; ++t)
    related.push_back(source_truth(*this, tasks_of.source(t), noise_of_sources));
  Facts more = {{"tasks", static_cast<double>(tasks)},
                {"source_rows", static_cast<double>(source_rows)},
                {"source_noise", noise_of_sources},
                {"delta2", squared_distance(tasks_of.source(0), tasks_of.target())}};
  if (relation == "subspace") more.emplace("dimensions", static_cast<double>(dimensions));
  return TargetRows{
      {target}, std::make_shared<const std::vector<Truth>>(std::move(related)), std::move(more)};
}

}  // namespace quartic
