#include "sim/worlds/test_shift.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/parts/rule.hpp"
#include "sim/worlds/recording.hpp"

namespace quartic {

namespace {

constexpr std::array test_shift_words = {shift_words[0], shift_words[1], shift_words[2], shift_words[3]};

struct TestShift {
  std::string kind = "none";
  double strength = 0.5;
  Index block = 10;

  static std::span<const Option<TestShift>> options();
};

constexpr std::array option_table = {
    Option<TestShift>{"test_shift", &TestShift::kind,
                      "how cases are recorded otherwise where rules are judged", test_shift_words},
    Option<TestShift>{"test_strength", &TestShift::strength, "how much of it", no_words,
                      from_to(0, 1, "it goes from nothing to all of it"),
                      OnlyWith{"test_shift", {"rotation", "permutation", "rebuilt"}}},
    Option<TestShift>{"test_block", &TestShift::block,
                      "columns that are turned, or put in another order, among themselves", no_words,
                      from_to(2, 1e9, "one column alone stays as it is"),
                      OnlyWith{"test_shift", {"rotation", "permutation"}}}};

std::span<const Option<TestShift>> TestShift::options() {
  return option_table;
}

/// The rows by which rules are judged: those of `cases`, recorded otherwise. See core/truth.hpp for its members.
class RecordedRows {
 public:
  RecordedRows(Truth cases, Recording recording, Task task)
      : cases_(std::move(cases)),
        recording_(std::make_shared<const Recording>(std::move(recording))),
        task_(task) {}

  Index candidates() const { return cases_.candidates(); }
  std::vector<Index> relevant() const { return cases_.relevant(); }
  Facts facts() const { return cases_.facts(); }
  Matrix x(Range rows, Range columns, Stream stream) const {
    return this->columns(rows, all_of(columns), std::move(stream));
  }
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const {
    return recorded_columns(cases_, *recording_, rows, columns, std::move(stream));
  }
  Vector y(Range rows, Stream stream) const { return cases_.y(rows, std::move(stream)); }
  Vector mean(Range rows, Stream stream) const { return cases_.mean(rows, std::move(stream)); }
  std::optional<double> excess_risk(const LinearRule& rule) const;
  std::optional<Truth> findings() const { return cases_.findings(); }
  std::optional<Index> rows() const { return cases_.rows(); }

 private:
  Truth cases_;
  std::shared_ptr<const Recording> recording_;  // one for all copies: it holds numbers for each candidate
  Task task_;
};
static_assert(DrawsRows<RecordedRows> && HasExactRisk<RecordedRows> && HasFindings<RecordedRows>);

std::optional<double> RecordedRows::excess_risk(const LinearRule& rule) const {
  const double blur = recording_->blur;
  if (task_ == Task::classification && blur > 0) return std::nullopt;
  require_coefficient_each(rule, candidates());
  std::optional<double> risk = cases_.excess_risk(
      {recording_->on_cases(rule.coefficients), rule.intercept + rule.coefficients.dot(recording_->moved)});
  if (risk) *risk += blur * blur * rule.coefficients.squaredNorm();
  return risk;
}

/// A world of the entry with its shift. See core/world.hpp for its members.
struct WithTestShift {
  World trained;
  TestShift shift;
  std::string options;  ///< all of them, as canonical JSON

  std::string name() const { return trained.name(); }
  Task task() const { return trained.task(); }
  std::string fingerprint() const { return options; }
  Truth draw(Stream truth) const {
    const Stream moves = truth.child("shift");
    Truth cases = trained.draw(std::move(truth));
    if (shift.kind == "none") return cases;
    Recording recording =
        draw_recording({shift.kind, shift.strength, shift.block}, cases.candidates(), moves);
    Truth judge = RecordedRows(cases, std::move(recording), task());
    return with_tested(std::move(cases), std::move(judge));
  }
};
static_assert(Drawable<WithTestShift>);

bool is_of_shift(const std::string& name) {
  return std::any_of(option_table.begin(), option_table.end(),
                     [&](const Option<TestShift>& option) { return option.name == name; });
}

}  // namespace

CatalogueEntry<World> with_test_shift(CatalogueEntry<World> entry) {
  const std::vector<OptionInfo> added = describe(TestShift::options());
  entry.options.insert(entry.options.end(), added.begin(), added.end());
  entry.make = [make = std::move(entry.make), infos = entry.options](const OptionValues& values) -> World {
    std::vector<std::string> names;
    for (const OptionInfo& info : infos) names.push_back(info.name);
    OptionValues of_world, of_shift, all;
    for (const auto& [name, value] : values) {
      if (std::find(names.begin(), names.end(), name) == names.end()) detail::unknown_option(name, names);
      (is_of_shift(name) ? of_shift : of_world).emplace(name, value);
    }
    const TestShift shift = with_options(TestShift::options(), of_shift);
    require_valid(shift);
    World trained = make(of_world);
    for (const OptionInfo& info : infos) {
      const auto given = values.find(info.name);
      all.emplace(info.name, given == values.end() ? info.default_value : given->second);
    }
    return WithTestShift{std::move(trained), shift, canonical_json(all)};
  };
  return entry;
}

bool has_test_shift(const OptionValues& options) {
  const auto shift = options.find("test_shift");
  return shift != options.end() && shift->second != OptionValue(std::string("none"));
}

}  // namespace quartic
