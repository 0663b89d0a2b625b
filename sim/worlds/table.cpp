#include "sim/worlds/table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>
#include <set>

#include "core/require.hpp"
#include "core/words.hpp"
#include "sim/parts/covariance.hpp"
#include "sim/parts/rows.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

constexpr std::array decoy_words = {
    OptionWord{"independent", "standard normals"},
    OptionWord{"permuted", "columns of the file, each with its cases in another order"}};

constexpr std::array option_table = {
    Option<TableOptions>{"file", &TableOptions::file, "CSV file, relative to the folder of the study"},
    Option<TableOptions>{"target", &TableOptions::target,
                         "column that is to be predicted: numbers, or two classes, of which the last is 1"},
    Option<TableOptions>{"ignore", &TableOptions::ignore, "columns to leave out, such as \"id, date\""},
    Option<TableOptions>{"relevant", &TableOptions::relevant,
                         "columns that an expert may name, most important first, such as \"age, dose\""},
    Option<TableOptions>{"decoys", &TableOptions::decoys, "candidates to make up beside the columns",
                         no_words,
                         from_to(0, 1e6, "more than a million columns of chance are no table any more")},
    Option<TableOptions>{"decoy_kind", &TableOptions::decoy_kind, "what made-up candidates are", decoy_words,
                         Bounds{}, OnlyWith{"decoys", {}, at_least(1, "")}},
    Option<TableOptions>{"held_out", &TableOptions::held_out, "share of the cases by which rules are judged",
                         no_words, from_to(0.01, 0.99, "some cases are trained on, and others judge")}};

enum class Part { trained_on, held_out };

/// One order of the cases.
struct Split {
  std::shared_ptr<const TableCases> cases;
  std::vector<Index> order;  // those that are trained on, then those held out
  Index training = 0;
  std::vector<Index> relevant;
  Index decoys = 0;
  bool permuted = false;
  Stream decoy_stream;
  Vector centres = Vector(), scales = Vector();  // of the columns, from the training cases
  double y_centre = 0, y_scale = 1;
  Facts facts = {};

  Index columns() const { return cases->x.cols(); }
  Range rows_of(Part part) const {
    const Index all = std::ssize(order);
    return part == Part::trained_on ? Range{0, training} : Range{training, all - training};
  }
  Index case_at(Index place) const { return order[static_cast<std::size_t>(place)]; }
  double value(Index place, Index column) const {
    return (cases->x(case_at(place), column) - centres[column]) / scales[column];
  }
  double label(Index place) const { return (cases->y[case_at(place)] - y_centre) / y_scale; }
  Vector labels(Range places) const {
    Vector y(places.count);
    for (Index i = 0; i < y.size(); ++i) y[i] = label(places.first + i);
    return y;
  }
};

struct Scale {
  double centre = 0, deviation = 1;
};

// Of equal numbers the mean may be another number, by its rounding: they have no deviation.
template <class ValueAt>
Scale scale_of(Index count, ValueAt value_at) {
  bool equal = true;
  for (Index i = 1; i < count && equal; ++i) equal = value_at(i) == value_at(0);
  if (equal && count > 0) return {value_at(0), 1};
  double sum = 0, squares = 0;
  for (Index i = 0; i < count; ++i) sum += value_at(i);
  const double centre = sum / static_cast<double>(count);
  for (Index i = 0; i < count; ++i) squares += (value_at(i) - centre) * (value_at(i) - centre);
  const double deviation = std::sqrt(squares / static_cast<double>(count));
  return {centre, deviation > 0 ? deviation : 1};
}

void standardise(Split& split) {
  split.centres.resize(split.columns());
  split.scales.resize(split.columns());
  for (Index j = 0; j < split.columns(); ++j) {
    const Scale scale =
        scale_of(split.training, [&](Index i) { return split.cases->x(split.case_at(i), j); });
    split.centres[j] = scale.centre;
    split.scales[j] = scale.deviation;
  }
  if (split.cases->task == Task::classification) return;
  const Scale scale = scale_of(split.training, [&](Index i) { return split.cases->y[split.case_at(i)]; });
  split.y_centre = scale.centre;
  split.y_scale = scale.deviation;
}

Facts facts_of(const Split& split) {
  const Range held_out = split.rows_of(Part::held_out);
  const double share = split.labels(held_out).mean();
  const Scale scale = scale_of(held_out.count, [&](Index i) { return split.label(held_out.first + i); });
  const double signal = scale.deviation * scale.deviation;
  Facts facts = {{"candidates", static_cast<double>(split.columns() + split.decoys)},
                 {"relevant", static_cast<double>(split.relevant.size())},
                 {"cases", static_cast<double>(split.training)},
                 {"signal", signal}};
  if (split.cases->task == Task::classification)
    facts.insert({{"prevalence", share}, {"bayes_error", 0}, {"constant_error", std::min(share, 1 - share)}});
  return facts;
}

/// See core/truth.hpp for its members.
class TableRows {
 public:
  TableRows(std::shared_ptr<const Split> split, Part part) : split_(std::move(split)), part_(part) {}

  Index candidates() const { return split_->columns() + split_->decoys; }
  std::vector<Index> relevant() const { return split_->relevant; }
  Facts facts() const { return split_->facts; }
  Index rows() const { return split_->rows_of(part_).count; }
  Matrix x(Range rows, Range columns, Stream stream) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const;
  Vector y(Range rows, Stream) const { return split_->labels(places(rows)); }
  Vector mean(Range rows, Stream) const { return split_->labels(places(rows)); }
  double variance(Index) const { return 1; }
  std::optional<Truth> tested() const;

 private:
  Range places(Range rows) const;
  std::vector<Index> order_of_decoy(Index decoy) const;
  Vector permuted(Range rows, Index decoy) const;
  Matrix normals(Range rows, std::span<const Index> columns, const Stream& stream) const;

  std::shared_ptr<const Split> split_;
  Part part_;
};
static_assert(DrawsRows<TableRows> && HasVariances<TableRows> && HasTestLaw<TableRows> && HasRows<TableRows>);

Range TableRows::places(Range rows) const {
  const Range all = split_->rows_of(part_);
  require(rows.first >= 0 && rows.first + rows.count <= all.count,
          std::to_string(rows.first + rows.count) + " rows are asked for (the table has " +
              std::to_string(all.count) + " of this kind). Ask for fewer.",
          {"file"});
  return {all.first + rows.first, rows.count};
}

std::optional<Truth> TableRows::tested() const {
  if (part_ == Part::held_out) return std::nullopt;
  return Truth(TableRows(split_, Part::held_out));
}

std::vector<Index> TableRows::order_of_decoy(Index decoy) const {
  const Stream stream = split_->decoy_stream.child(static_cast<std::uint64_t>(decoy));
  return sample_without_replacement(rows(), rows(),
                                    stream.child(part_ == Part::trained_on ? "training" : "held out"));
}

Vector TableRows::permuted(Range rows, Index decoy) const {
  const std::vector<Index> order = order_of_decoy(decoy);
  const Index first = split_->rows_of(part_).first, column = decoy % split_->columns();
  Vector values(rows.count);
  for (Index i = 0; i < rows.count; ++i)
    values[i] = split_->value(first + order[static_cast<std::size_t>(rows.first + i)], column);
  return values;
}

Matrix TableRows::normals(Range rows, std::span<const Index> columns, const Stream& stream) const {
  Matrix x(rows.count, std::ssize(columns));
  for (Index i = 0; i < rows.count; ++i)
    Isotropic{}.pick(row_stream(stream, rows.first + i), columns, row_span(x, i));
  return x;
}

// Columns of the file are written over the normals at their places.
Matrix TableRows::columns(Range rows, std::span<const Index> columns, Stream stream) const {
  const Range within = places(rows);
  const Index own = split_->columns();
  const bool draws = !split_->permuted &&
                     std::any_of(columns.begin(), columns.end(), [&](Index column) { return column >= own; });
  Matrix x = draws ? normals(rows, columns, stream) : Matrix(rows.count, std::ssize(columns));
  for (Index k = 0; k < x.cols(); ++k) {
    interruption_point();
    const Index column = columns[static_cast<std::size_t>(k)];
    if (column < own)
      for (Index i = 0; i < rows.count; ++i) x(i, k) = split_->value(within.first + i, column);
    else if (split_->permuted)
      x.col(k) = permuted(rows, column - own);
  }
  return x;
}

Matrix TableRows::x(Range rows, Range columns, Stream stream) const {
  assert(columns.first >= 0 && columns.first + columns.count <= candidates());
  std::vector<Index> all(static_cast<std::size_t>(columns.count));
  std::iota(all.begin(), all.end(), columns.first);
  return this->columns(rows, all, std::move(stream));
}

std::vector<Index> find_columns(const std::string& names, const TableCases& cases) {
  std::vector<Index> columns;
  for (const std::string& name : listed_names(names)) {
    const auto found = std::find(cases.columns.begin(), cases.columns.end(), name);
    require(found != cases.columns.end(),
            "relevant names \"" + name + "\" (the table has no such column that a model sees). " +
                did_you_mean(name, cases.columns, "Name one of " + joined(cases.columns) + "."),
            {"relevant"});
    columns.push_back(found - cases.columns.begin());
  }
  return columns;
}

Index count_yes(const TableCases& cases) {
  return static_cast<Index>((cases.y.array() > 0).count());
}

// Of classes each is shuffled by itself, so that rare ones are trained on and judge as often as they should.
void stratify(Split& split) {
  const Index all = std::ssize(split.order), held_out = all - split.training;
  const Index yes = count_yes(*split.cases), no = all - yes;
  const auto share = static_cast<double>(yes) / static_cast<double>(all);
  const Index held_yes =
      std::clamp<Index>(std::llround(share * static_cast<double>(held_out)),
                        std::max<Index>(1, held_out - (no - 1)), std::min<Index>(yes - 1, held_out - 1));
  Index trained_yes = yes - held_yes, trained_no = split.training - trained_yes;
  std::vector<Index> trained, kept_back;
  for (const Index one : split.order) {
    Index& left = split.cases->y[one] > 0 ? trained_yes : trained_no;
    (left-- > 0 ? trained : kept_back).push_back(one);
  }
  split.order = std::move(trained);
  split.order.insert(split.order.end(), kept_back.begin(), kept_back.end());
}

void require_two_of_each(const TableCases& cases, const std::string& target) {
  const Index yes = count_yes(cases);
  require(std::min<Index>(yes, cases.y.size() - yes) >= 2,
          "a class of " + target +
              " has a single case (one of each is trained on, and one judges). Bring more cases.",
          {"target"});
}

Index training_rows(const TableOptions& options, Index cases) {
  return static_cast<Index>(std::llround((1 - options.held_out) * static_cast<double>(cases)));
}

}  // namespace

std::span<const Option<TableOptions>> TableOptions::options() {
  return option_table;
}

std::vector<std::string> listed_names(const std::string& text) {
  std::vector<std::string> names;
  for (std::size_t first = 0; first <= text.size();) {
    const std::size_t quoted = text.find_first_not_of(" \t", first);
    const bool opens = quoted < text.size() && text[quoted] == '"';
    const std::size_t closing = opens ? text.find('"', quoted + 1) : std::string::npos;
    const std::size_t end = std::min(text.find(',', closing < text.size() ? closing : first), text.size());
    std::string name = text.substr(first, end - first);
    name.erase(0, name.find_first_not_of(" \t"));
    name.erase(name.find_last_not_of(" \t") + 1);
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
    if (!name.empty()) names.push_back(std::move(name));
    first = end + 1;
  }
  return names;
}

void TableOptions::require_consistent() const {
  require(!file.empty(), "file is missing (a table is read from one). Write file = \"cases.csv\".", {"file"});
  require(!target.empty(), "target is missing (a column of the table is to be predicted). Name it.",
          {"target"});
  const std::vector<std::string> names = listed_names(relevant);
  const std::set<std::string> distinct(names.begin(), names.end());
  require(
      distinct.size() == names.size(),
      "relevant names a column twice (it says what an expert knows, most important first). Name each once.",
      {"relevant"});
}

TableWorld::TableWorld(TableOptions options, TableCases cases)
    : options_(std::move(options)),
      cases_(std::make_shared<const TableCases>(std::move(cases))),
      relevant_(find_columns(options_.relevant, *cases_)) {
  const Index all = cases_->x.rows(), training = training_rows(options_, all);
  require(training >= 2 && all - training >= 2,
          "held_out = " + shortest(options_.held_out) + " leaves " + std::to_string(training) +
              " cases to train on and " + std::to_string(all - training) + " to judge by (of " +
              std::to_string(all) + "; either needs two). Choose another share.",
          {"held_out"});
  if (cases_->task == Task::classification) require_two_of_each(*cases_, options_.target);
}

std::string TableWorld::fingerprint() const {
  return fingerprint_of(options_, TableOptions::options());
}

Truth TableWorld::draw(Stream truth) const {
  const Index all = cases_->x.rows();
  Split split{.cases = cases_,
              .order = sample_without_replacement(all, all, truth.child("order")),
              .training = training_rows(options_, all),
              .relevant = relevant_,
              .decoys = options_.decoys,
              .permuted = options_.decoy_kind == "permuted",
              .decoy_stream = truth.child("decoys")};
  if (cases_->task == Task::classification) stratify(split);
  standardise(split);
  const Vector judges = split.labels(split.rows_of(Part::held_out));
  require(judges.minCoeff() < judges.maxCoeff(),
          "all " + std::to_string(judges.size()) + " held-out cases have the same " + options_.target +
              " (errors are measured against how it varies there). Raise held_out, or bring more cases.",
          {"held_out"});
  split.facts = facts_of(split);
  return TableRows(std::make_shared<const Split>(std::move(split)), Part::trained_on);
}

}  // namespace quartic
