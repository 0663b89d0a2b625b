#include "models/linear/subset/best_subset.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/linear/centring.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/fold.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/subset/subset_search.hpp"

namespace quartic {

namespace {

using detail::BestSet;

constexpr double kSetsOfItsOwn = 1e5, kMostSets = 1e8;

constexpr std::array kWords = {OptionWord{"cv", "smallest mean error of cross-validation"},
                               OptionWord{"cv_1se", "fewest columns within one standard error of it"}};
constexpr OnlyWith chosen = {"size", {"cv", "cv_1se"}};

constexpr std::array kOptions = {
    Option<BestSubset>{"size", &BestSubset::size, "columns of the set, or how to choose it", kWords,
                       at_least(0, "it counts columns"), OnlyWith{}, OnPath::nothing},
    Option<BestSubset>{
        "most", &BestSubset::most, "columns of a set at most; 0: as many as 100,000 sets allow", no_words,
        at_least(0, "it counts columns; 0 is as many as 100,000 sets allow"), chosen, OnPath::something},
    Option<BestSubset>{"folds", &BestSubset::folds, "folds of cross-validation", no_words,
                       at_least(2, "nothing would be left to train on"), chosen, OnPath::nothing},
    Option<BestSubset>{"intercept", &BestSubset::intercept, "fit an intercept"}};

const double* number_of(const BestSubset& model) {
  return std::get_if<double>(&model.size);
}

// Columns of the largest sets that are tried, whatever the rows.
Index most_columns(const BestSubset& model, Index columns) {
  if (model.most > 0) return std::min(model.most, columns);
  return detail::most_columns(columns, kSetsOfItsOwn);
}

Index asked_columns(const BestSubset& model, Index columns) {
  const double* number = number_of(model);
  if (!number) return most_columns(model, columns);
  return *number < static_cast<double>(columns) ? static_cast<Index>(*number) : columns;
}

void require_few_sets(Index columns, Index asked, const std::string& option) {
  const double sets = detail::count_subsets(columns, asked);
  require(sets <= kMostSets,
          "up to " + std::to_string(asked) + " of " + std::to_string(columns) + " columns make " +
              shortest(sets) + " sets (each is tried, and 100 million take minutes). Lower " + option +
              ", or take the model forward_selection.",
          {option});
}

/// Rows with the best sets of their columns, and least squares on each of them.
class Sets {
 public:
  Sets(const BestSubset& model, const Data& data, Index most)
      : intercepts_(model.intercept ? 1 : 0),
        centred_(model.intercept ? centre(data) : uncentred(data)),
        centring_(model.intercept ? centring_flops(rows(), columns()) : 0) {
    const DenseView view(centred_.data);
    sets_ = detail::best_sets(view.matrix(), centred_.data.y(), std::min(most, data.rows() - intercepts_));
  }

  bool are_finite() const { return !sets_.empty(); }
  Index largest() const { return std::ssize(sets_) - 1; }
  const std::vector<Index>& columns_of(Index size) const {
    return sets_[static_cast<std::size_t>(size)].columns;
  }
  double search_flops(Index size) const { return centring_ + sets_[static_cast<std::size_t>(size)].flops; }

  /// Billed the solution on the set alone.
  Fit fit_of(Index size, Stream stream) const {
    const std::vector<Index>& set = columns_of(size);
    if (set.empty()) return make_fit(centred_.rule(Vector::Zero(columns())), intercepts_, {});
    Fit fit = LeastSquares{}.fit(centred_.data.restrict(set), std::move(stream));
    Vector coefficients = Vector::Zero(columns());
    for (std::size_t k = 0; k < set.size(); ++k)
      coefficients[set[k]] = fit.predict.linear()->coefficients[static_cast<Index>(k)];
    return make_fit(centred_.rule(std::move(coefficients)), size + intercepts_,
                    {.certificate = fit.report.certificate,
                     .fit_flops = fit.report.cost.fit_flops,
                     .message = fit.report.message});
  }

 private:
  Index rows() const { return centred_.data.rows(); }
  Index columns() const { return centred_.data.columns(); }

  Index intercepts_;
  Centred centred_;
  double centring_;
  std::vector<BestSet> sets_;
};

Fit failed(Index columns) {
  return make_fit({Vector::Constant(columns, nan), nan}, 0, {});
}

Fit fit_at(const Sets& sets, Index asked, Stream stream) {
  const Index size = std::min(asked, sets.largest());
  Fit fit = sets.fit_of(size, std::move(stream));
  fit.report.iterations = size;
  fit.report.cost.fit_flops += sets.search_flops(size);
  if (size < asked)
    fit.report.message = "no " + std::to_string(size + 1) + " columns are independent on these rows";
  return fit;
}

struct Choice {
  Index size;
  double flops;
};

Choice choose_by_folds(const BestSubset& model, const Data& data, const Stream& stream) {
  const Index folds = std::min(model.folds, data.rows()), most = most_columns(model, data.columns());
  std::vector<std::vector<double>> errors(static_cast<std::size_t>(most) + 1);  // by size, then fold
  double flops = 0;
  for (Index f = 0; f < folds; ++f) {
    const Fold fold = divide(data, f, folds);
    const Sets sets(model, fold.training, most);
    if (!sets.are_finite()) return {0, flops};
    flops += sets.search_flops(sets.largest());
    double last = nan;
    for (Index size = 0; size <= most; ++size) {
      if (size <= sets.largest()) {
        const Fit fit = sets.fit_of(size, stream.child("fold").child(static_cast<std::uint64_t>(f)));
        last = held_out_error(*fit.predict.linear(), sets.columns_of(size), fold.held_out);
        flops +=
            fit.report.cost.fit_flops + held_out_flops(static_cast<double>(fold.held_out.rows()),
                                                       static_cast<double>(size), model.intercept ? 1 : 0);
      }
      errors[static_cast<std::size_t>(size)].push_back(last);
    }
  }
  std::vector<ValidationError> means;
  for (const std::vector<double>& of_folds : errors) means.push_back(validation_error(of_folds));
  flops += static_cast<double>(means.size()) * validation_flops(folds);
  const bool by_least = std::get<std::string>(model.size) == "cv";
  return {by_least ? smallest_error(means) : one_standard_error(means), flops};
}

}  // namespace

std::span<const Option<BestSubset>> BestSubset::options() {
  return kOptions;
}

void BestSubset::require_consistent() const {
  const double* number = number_of(*this);
  require(!number || *number == std::floor(*number),
          "size = " + shortest(number ? *number : 0) + " (it counts columns). Give a whole number.",
          {"size"});
}

void BestSubset::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1, "best_subset was given no rows (nothing can be learned from them). Give at least one row.");
  require(n >= 2 || number_of(*this),
          "cross-validation was given one row (none is left to train on). Give 2 or more, or a size.",
          {"size"});
  if (const double* number = number_of(*this)) require_among_columns(*number, d, "size");
  require_few_sets(d, asked_columns(*this, d), number_of(*this) ? "size" : "most");
}

Fit BestSubset::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const Choice choice = number_of(*this) ? Choice{asked_columns(*this, data.columns()), 0}
                                         : choose_by_folds(*this, data, stream);
  const Sets sets(*this, data, choice.size);
  if (!sets.are_finite()) return failed(data.columns());
  Fit fit = fit_at(sets, choice.size, stream.child("set"));
  fit.report.cost.tuning_flops = choice.flops;
  return fit;
}

std::vector<Fit> BestSubset::fit_path(const Data& data, Stream stream) const {
  require_valid(*this);
  BestSubset{.size = 0.0}.require_data(data.rows(), data.columns(), data.task());
  const Index largest = most_columns(*this, data.columns());
  require_few_sets(data.columns(), largest, "most");
  const Sets sets(*this, data, largest);
  if (!sets.are_finite()) return {failed(data.columns())};
  std::vector<Fit> fits;
  for (Index k = 0; k <= sets.largest(); ++k) fits.push_back(fit_at(sets, k, stream.child("set")));
  return fits;
}

double BestSubset::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  const double levels = static_cast<double>(std::max<Index>(1, asked_columns(*this, d)));
  const double gram = levels > 1 ? levels * columns * columns : 0;
  return sizeof(double) * (gram + 3 * levels * columns + 2 * rows * columns) +
         LeastSquares{}.working_bytes(n, asked_columns(*this, d));
}

}  // namespace quartic
