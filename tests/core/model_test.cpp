#include "core/model.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/require.hpp"

namespace quartic::model_test {
namespace {

/// Predicts one random number: what a fit drew from its stream.
struct Draws {
  std::string name() const { return "draws"; }
  Fit fit(const Data& data, Stream stream) const {
    FitReport report;
    report.parameters = data.rows();
    return {LinearRule{Vector::Constant(1, stream.uniform())}, report};
  }
};
static_assert(Estimator<Draws> && !FitsPrefixes<Draws> && !FitsPath<Draws> && !HasNeeds<Draws>);

/// Has every optional member.
struct Equipped {
  std::string name() const { return "equipped"; }
  std::string fingerprint() const { return R"({"speed":3})"; }
  Needs needs() const { return {.row_gram = true}; }
  double checkpoint_bytes(Index rows, Index columns) const { return static_cast<double>(rows * columns); }
  bool copies_rows() const { return false; }
  void require_data(Index rows, Index columns, Task task) const {
    require(rows > columns && task == Task::regression, "too few rows. Give more.");
  }
  void require_sources(std::span<const Index> rows, Index columns) const {
    require(std::ssize(rows) > columns, "too few tasks. Give more.");
  }
  Fit fit(const Data&, Stream) const { return {LinearRule{Vector::Zero(1)}, {}}; }
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream) const {
    return std::vector<Fit>(prefixes.sizes.size(), Fit{LinearRule{Vector::Constant(1, 5)}, {}});
  }
  std::vector<Fit> fit_path(const Data&, Stream) const {
    return {{LinearRule{Vector::Zero(1)}, {}}, {LinearRule{Vector::Ones(1)}, {}}};
  }
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes, Stream) const {
    return std::vector<Fit>(sizes.size(), Fit{LinearRule{source.rows({0, sizes.back()}).y()}, {}});
  }
  Fit fit_resuming(const Data&, Stream, const Checkpoints& checkpoints) const {
    const std::optional<std::string> state = checkpoints.load();
    checkpoints.save("one more");
    return {LinearRule{Vector::Constant(1, state ? static_cast<double>(state->size()) : 0)}, {}};
  }
};
static_assert(ResumesFits<Equipped> && !ResumesFits<Draws>);
static_assert(RequiresData<Equipped> && !RequiresData<Draws>);
static_assert(RequiresSources<Equipped> && !RequiresSources<Draws>);
static_assert(HasCheckpointBytes<Equipped> && !HasCheckpointBytes<Draws>);
static_assert(FitsStream<Equipped> && FitsPrefixes<Equipped> && FitsPath<Equipped> && HasNeeds<Equipped> &&
              HasFingerprint<Equipped>);

/// Its coefficient is the first label that it is given.
struct ReadsLabels {
  bool reads = false;

  std::string name() const { return "reads_labels"; }
  bool reads_classes() const { return reads; }
  void require_data(Index, Index, Task task) const {
    require(reads == (task == Task::classification), "the labels are of the other kind. Give others.");
  }
  Fit fit(const Data& data, Stream) const {
    require_data(data.rows(), data.columns(), data.task());
    return {LinearRule{Vector::Constant(1, data.y()[0])}, {}};
  }
  std::vector<Fit> fit_path(const Data& data, Stream stream) const { return {fit(data, std::move(stream))}; }
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index>, Stream stream) const {
    return {fit(source.rows({0, 1}), std::move(stream))};
  }
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints&) const {
    return fit(data, std::move(stream));
  }
};
static_assert(ReadsClasses<ReadsLabels> && !ReadsClasses<Draws>);

Data sample() {
  return {Matrix(Matrix::Zero(8, 2)), Vector::Zero(8)};
}
double drawn(const Fit& fit) {
  return fit.predict.linear()->coefficients(0);
}

TEST(Model, HoldsAnyStructThatFits) {
  const Model model = Draws{};
  EXPECT_EQ(model.name(), "draws");
  EXPECT_EQ(model.fit(sample(), Stream(1)).report.parameters, 8);
}

TEST(Model, WithoutOptionsTheNameIsTheFingerprint) {
  EXPECT_EQ(Model(Draws{}).fingerprint(), "\"draws\"");
  EXPECT_EQ(Model(Equipped{}).fingerprint(), R"({"speed":3})");
}

TEST(Model, NeedsNothingUnlessItSaysSo) {
  EXPECT_FALSE(Model(Draws{}).needs().row_gram || Model(Draws{}).needs().column_gram);
  EXPECT_TRUE(Model(Equipped{}).needs().row_gram);
  EXPECT_FALSE(Model(Equipped{}).needs().column_gram);
}

TEST(Model, FitPrefixesGivesEverySizeTheBitsOfABareFit) {
  const Model model = Draws{};
  const std::array<Index, 3> sizes = {2, 5, 8};
  const std::vector<Fit> fits = model.fit_prefixes({sample(), sizes}, Stream(3));
  ASSERT_EQ(fits.size(), 3u);
  for (std::size_t k = 0; k < fits.size(); ++k) {
    const auto n = sizes[k];
    const Fit alone = model.fit(sample().prefix(n), Stream(3).child(static_cast<std::uint64_t>(n)));
    EXPECT_EQ(fits[k].report.parameters, n);
    EXPECT_EQ(drawn(fits[k]), drawn(alone));
  }
  EXPECT_NE(drawn(fits[0]), drawn(fits[1]));
}

TEST(Model, OneSizeDoesNotDependOnTheOthers) {
  const Model model = Draws{};
  const std::array<Index, 2> few = {2, 8};
  const std::array<Index, 3> more = {2, 5, 8};
  EXPECT_EQ(drawn(model.fit_prefixes({sample(), few}, Stream(3)).back()),
            drawn(model.fit_prefixes({sample(), more}, Stream(3)).back()));
}

TEST(Model, UsesItsOwnFitPrefixesWhereItHasOne) {
  const std::array<Index, 2> sizes = {1, 2};
  EXPECT_EQ(drawn(Model(Equipped{}).fit_prefixes({sample(), sizes}, Stream(1)).at(1)), 5);
}

TEST(Model, HasAPathOnlyWhereItHasOne) {
  EXPECT_FALSE(Model(Draws{}).has_path());
  EXPECT_TRUE(Model(Equipped{}).has_path());
  EXPECT_EQ(Model(Equipped{}).fit_path(sample(), Stream(1)).size(), 2u);
}

TEST(Model, FitsAStreamOnlyWhereItCan) {
  EXPECT_FALSE(Model(Draws{}).has_stream());
  EXPECT_TRUE(Model(Equipped{}).has_stream());
  const RowSource source{2, Task::regression, [](Range rows) {
                           return Data(Matrix(Matrix::Zero(rows.count, 2)), Vector::Constant(rows.count, 3));
                         }};
  const std::array<Index, 2> sizes = {1, 4};
  const std::vector<Fit> fits = Model(Equipped{}).fit_stream(source, sizes, Stream(1));
  ASSERT_EQ(fits.size(), 2u);
  EXPECT_EQ(fits[1].predict.linear()->coefficients, Vector::Constant(4, 3));
}

TEST(Model, RefusesDataOnlyWhereItSaysSo) {
  const std::array<Index, 2> two = {7, 9};
  EXPECT_NO_THROW(Model(Draws{}).require_sources({}, 5));
  EXPECT_NO_THROW(Model(Equipped{}).require_sources(two, 1));
  EXPECT_THROW(Model(Equipped{}).require_sources(two, 2), InvalidInput);
  EXPECT_NO_THROW(Model(Draws{}).require_data(0, 5, Task::classification));
  EXPECT_NO_THROW(Model(Equipped{}).require_data(6, 5, Task::regression));
  EXPECT_THROW(Model(Equipped{}).require_data(5, 5, Task::regression), InvalidInput);
  EXPECT_NO_THROW(Model(Equipped{}).require_data(6, 5, Task::classification)) << "it is given numbers";
  EXPECT_THROW(Model(ReadsLabels{.reads = true}).require_data(6, 5, Task::regression), InvalidInput);
}

/// What labels a model was given.
double label_seen(const Fit& fit) {
  return drawn(fit);
}

// A model that reads no classes never sees one, by whichever way it is asked.
TEST(Model, HandsClassesAsNumbersToThoseWhoReadNone) {
  const Data classes(Matrix(Matrix::Zero(4, 1)), Vector::Ones(4), Task::classification);
  const std::array<Index, 2> sizes = {1, 4};
  const RowSource source{1, Task::classification, [&](Range rows) { return classes.prefix(rows.count); }};
  for (const bool reads : {false, true}) {
    const Model model = ReadsLabels{.reads = reads};
    const double label = reads ? 1 : 0.5;
    EXPECT_EQ(model.reads_classes(), reads);
    EXPECT_EQ(label_seen(model.fit(classes, Stream(1))), label);
    EXPECT_EQ(label_seen(model.fit_prefixes({classes, sizes}, Stream(1)).at(1)), label);
    EXPECT_EQ(label_seen(model.fit_path(classes, Stream(1)).at(0)), label);
    EXPECT_EQ(label_seen(model.fit_stream(source, sizes, Stream(1)).at(0)), label);
    EXPECT_EQ(label_seen(model.fit_resuming(classes, Stream(1), {})), label);
  }
  EXPECT_EQ(label_seen(Model(ReadsLabels{}).fit(sample(), Stream(1))), 0) << "numbers stay as they are";
}

TEST(Model, CountsTheBytesOfCheckpointsOnlyWhereItSaysSo) {
  EXPECT_EQ(Model(Draws{}).checkpoint_bytes(3, 4), 0);
  EXPECT_EQ(Model(Equipped{}).checkpoint_bytes(3, 4), 12);
}

TEST(Model, ResumesAFitWhereItCanAndFitsFromTheStartWhereNot) {
  std::string kept = "state";
  const Checkpoints checkpoints{[&] { return std::optional(kept); },
                                [&](std::string text) { kept = std::move(text); }};
  EXPECT_FALSE(Model(Draws{}).resumes_fits());
  EXPECT_EQ(drawn(Model(Draws{}).fit_resuming(sample(), Stream(1), checkpoints)),
            drawn(Model(Draws{}).fit(sample(), Stream(1))));
  EXPECT_EQ(kept, "state");
  EXPECT_TRUE(Model(Equipped{}).resumes_fits());
  EXPECT_EQ(drawn(Model(Equipped{}).fit_resuming(sample(), Stream(1), checkpoints)), 5);
  EXPECT_EQ(kept, "one more");
}

TEST(Model, CopiesItsRowsUnlessItSaysSo) {
  EXPECT_TRUE(Model(Draws{}).copies_rows());
  EXPECT_FALSE(Model(Equipped{}).copies_rows());
}

/// Its coefficients are the columns that an expert names.
struct Listens {
  std::vector<Index> named = {};

  std::string name() const { return "listens"; }
  Listens advised(std::span<const Index> columns) const { return {{columns.begin(), columns.end()}}; }
  Fit fit(const Data&, Stream) const {
    Vector columns(std::ssize(named));
    for (Index k = 0; k < columns.size(); ++k)
      columns[k] = static_cast<double>(named[static_cast<std::size_t>(k)]);
    return {LinearRule{columns}, {}};
  }
};
static_assert(TakesAdvice<Listens> && !TakesAdvice<Draws>);

TEST(Model, BecomesOneThatKnowsWhatAnExpertNames) {
  const Model model = Listens{};
  EXPECT_TRUE(model.takes_advice());
  EXPECT_FALSE(Model(Draws{}).takes_advice());
  const std::array<Index, 2> named = {1, 4};
  const Model advised = model.advised(named);
  EXPECT_EQ(advised.fit(sample(), Stream(1)).predict.linear()->coefficients, (Vector(2) << 1, 4).finished());
  EXPECT_EQ(model.fit(sample(), Stream(1)).predict.linear()->coefficients.size(), 0) << "it stays as it was";
}

TEST(Needs, UniteByEither) {
  const Needs both = Needs{.row_gram = true} | Needs{.column_gram = true};
  EXPECT_TRUE(both.row_gram && both.column_gram);
  const Needs none = Needs{} | Needs{};
  EXPECT_FALSE(none.row_gram || none.column_gram);
}

}  // namespace
}  // namespace quartic::model_test
