#include "models/flexible/together/train_together.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "models/flexible/together/lockstep.hpp"

namespace quartic::detail {

namespace {

// Parameters beyond which there is nothing to win, for the weights of all lanes are too far away: of batches of
// one row, which read each weight once; of a few rows, which leave the vectors of one network half empty; and of
// more. Measured by bench/together_bench.cpp.
constexpr Index most_of_one_row = 2'000, most_of_few_rows = 15'000, most_of_many_rows = 5'000, few_rows = 8;

Index most_parameters(Index batch) {
  if (batch == 1) return most_of_one_row;
  return batch <= few_rows ? most_of_few_rows : most_of_many_rows;
}

/// A member that has begun.
template <class Real>
struct Begun {
  std::size_t place;
  std::unique_ptr<Trainer<Real>> trainer;
  TrainingState<Real> state;
};

template <class Real>
bool alike(const Member<Real>& a, const Member<Real>& b) {
  TrainingPlan plan = b.plan;
  plan.learning_rate = a.plan.learning_rate;
  return plan == a.plan && a.rows.x.count == b.rows.x.count;
}

template <class Real>
bool goes_together(const Member<Real>& member) {
  return detail::goes_together(member.plan) && member.progress.kept.empty() && !member.rows.offsets;
}

/// Members that are alike, each in a lane of its own until it is done.
template <class Real>
class Group {
 public:
  Group(std::vector<Member<Real>>& members, std::vector<std::size_t> places,
        std::vector<Trained<Real>>& trained)
      : members_(members), waiting_(std::move(places)), trained_(trained) {
    std::reverse(waiting_.begin(), waiting_.end());
  }

  void run() {
    while (fill_lanes()) {
      run_epoch();
      for (Begun<Real>& one : begun_)
        if (const auto& save = members_[one.place].progress.save) save(one.state);
    }
  }

 private:
  // Whether there is anything to do.
  bool fill_lanes() {
    for (;;) {
      const auto done = std::stable_partition(begun_.begin(), begun_.end(), [](const Begun<Real>& one) {
        return one.trainer->goes_on(one.state);
      });
      for (auto one = done; one != begun_.end(); ++one)
        trained_[one->place] = one->trainer->finished(std::move(one->state));
      begun_.erase(done, begun_.end());
      if (waiting_.empty() || std::ssize(begun_) == lanes_) return !begun_.empty();
      begin(waiting_.back());
      waiting_.pop_back();
    }
  }

  void begin(std::size_t place) {
    Member<Real>& member = members_[place];
    auto trainer = std::make_unique<Trainer<Real>>(member.plan, member.rows, std::move(member.stream));
    TrainingState<Real> state = member.progress.state ? std::move(*member.progress.state)
                                                      : trainer->begin(std::move(member.progress.parameters));
    begun_.push_back({place, std::move(trainer), std::move(state)});
  }

  // Lanes that stand empty cost as much as others: below half of them, one after another is faster.
  void run_epoch() {
    if (std::ssize(begun_) * 2 < lanes_) {
      for (Begun<Real>& one : begun_) one.trainer->run_epoch(one.state);
      return;
    }
    if (!lockstep_) lockstep_.emplace(begun_.front().trainer->plan());
    std::vector<UnderWay<Real>> under_way;
    for (Begun<Real>& one : begun_) under_way.push_back({one.trainer.get(), &one.state});
    lockstep_->run_epoch(under_way);
  }

  std::vector<Member<Real>>& members_;
  std::vector<std::size_t> waiting_;  // the next at the end
  std::vector<Trained<Real>>& trained_;
  std::vector<Begun<Real>> begun_;
  std::optional<Lockstep<Real>> lockstep_;
  Index lanes_ = dense_kernels<Real>().front().lanes;
};

// The places of members, each in the group of those that it is like.
template <class Real>
void add_to_groups(const std::vector<Member<Real>>& members, std::size_t place,
                   std::vector<std::vector<std::size_t>>& groups) {
  const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& others) {
    return alike(members[others.front()], members[place]);
  });
  if (group == groups.end())
    groups.push_back({place});
  else
    group->push_back(place);
}

}  // namespace

bool goes_together(const TrainingPlan& plan) {
  return Networks<float>::takes(plan.shape, plan.batch) && plan.rule.clip == 0 && plan.dropout == 0 &&
         !plan.proximal.any() && parameter_count(plan.shape) <= most_parameters(plan.batch);
}

template <class Real>
std::vector<Trained<Real>> train_together(std::vector<Member<Real>> members) {
  std::vector<Trained<Real>> trained(members.size());
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t place = 0; place < members.size(); ++place) {
    Member<Real>& one = members[place];
    if (goes_together(one))
      add_to_groups(members, place, groups);
    else
      trained[place] = train<Real>(one.plan, one.rows, std::move(one.stream), std::move(one.progress));
  }
  for (std::vector<std::size_t>& places : groups) Group<Real>(members, std::move(places), trained).run();
  return trained;
}

double together_bytes(const NetworkShape& shape, Index batch, Index n) {
  const DenseKernels<float>& kernels = dense_kernels<float>().front();
  if (!Networks<float>::takes({.inputs = shape.inputs, .hidden = {1}}, 1)) return 0;
  constexpr double copies =
      13;  // of a state and its trainer, and of the lanes: weights, gradients, moments, the best
  const double lanes = static_cast<double>(kernels.lanes), panel = static_cast<double>(kernels.panel);
  const double parameters = std::min<double>(static_cast<double>(parameter_count(shape)), most_of_few_rows);
  double units = 0;
  for (const Index width : shape.hidden) units += static_cast<double>(width) + panel;
  const double rows = static_cast<double>(std::max(batch, pass_rows)),
               in_passes =
                   static_cast<double>(shape.inputs) + panel + 4 * std::min(units, parameters + panel);
  const double floats = copies * parameters + 2 * rows * in_passes + static_cast<double>(kernels.work);
  return lanes *
         (sizeof(float) * floats + sizeof(Index) * static_cast<double>(n));  // and the order of the rows
}

template std::vector<Trained<float>> train_together(std::vector<Member<float>>);

}  // namespace quartic::detail
