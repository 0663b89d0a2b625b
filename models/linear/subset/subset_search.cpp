#include "models/linear/subset/subset_search.hpp"

#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/subset/flops.hpp"

namespace quartic::detail {

namespace {

namespace flops = subset_flops;

constexpr double kLeastLeft = 1e-10;  // of |x_j|^2

// Inner products of what a set leaves of the columns (those behind its last one) and of y.
struct Left {
  Matrix gram;  // upper triangle, without the diagonal
  Vector squares, correlations;
  double residual_square = 0;
};

class Search {
 public:
  Search(MatrixView x, VectorView y, Index most)
      : squares_(x.colwise().squaredNorm()),
        most_(most),
        left_(static_cast<std::size_t>(std::max<Index>(most, 1))),
        chosen_(static_cast<std::size_t>(most)),
        best_(static_cast<std::size_t>(most) + 1),
        weighing_(best_.size(), 0.0),
        sweeping_(best_.size(), 0.0) {
    const auto n = static_cast<double>(x.rows()), d = static_cast<double>(x.cols());
    left_[0] = {Matrix(), squares_, x.transpose() * y, y.squaredNorm()};
    if (most > 1) left_[0].gram = x.transpose() * x;
    start_ = flops::start(n, d);
    sweeping_[0] = flops::gram(n, d);
    for (BestSet& set : best_) set.residual_square = infinity;
    best_[0].residual_square = left_[0].residual_square;
  }

  std::vector<BestSet> run() {
    const Left& all = left_[0];
    if (!squares_.allFinite() || !all.correlations.allFinite() || !std::isfinite(all.residual_square))
      return {};
    if (most_ > 0) visit(0, 0);
    for (std::size_t size = 1; size < best_.size(); ++size)
      if (best_[size].columns.empty()) best_.resize(size);
    tell_flops();
    return std::move(best_);
  }

 private:
  // All sets that add columns from `first` on to the one chosen so far.
  void visit(std::size_t size, Index first) {
    const Left& at = left_[size];
    for (Index j = first; j < squares_.size(); ++j) {
      if (!(at.squares[j] > kLeastLeft * squares_[j])) continue;
      if (size == 0) interruption_point();
      chosen_[size] = j;
      const double along = at.correlations[j];
      const double rest = at.residual_square - along * along / at.squares[j];
      weigh(size + 1, rest);
      if (static_cast<Index>(size) + 1 == most_ || j + 1 == squares_.size()) continue;
      sweep(at, j, left_[size + 1]);
      left_[size + 1].residual_square = rest;
      sweeping_[size + 1] += flops::sweep(static_cast<double>(squares_.size() - j - 1));
      visit(size + 1, j + 1);
    }
  }

  void weigh(std::size_t size, double residual_square) {
    weighing_[size] += flops::weigh();
    if (!(residual_square < best_[size].residual_square)) return;
    best_[size].residual_square = residual_square;
    best_[size].columns.assign(chosen_.begin(), chosen_.begin() + static_cast<std::ptrdiff_t>(size));
  }

  static void sweep(const Left& from, Index j, Left& to) {
    const Index d = from.squares.size();
    to.gram.resize(d, d);
    to.squares.resize(d);
    to.correlations.resize(d);
    const double along = from.correlations[j];
    for (Index a = j + 1; a < d; ++a) {
      const double share = from.gram(j, a) / from.squares[j];
      to.correlations[a] = from.correlations[a] - share * along;
      to.squares[a] = from.squares[a] - share * from.gram(j, a);
      for (Index b = a + 1; b < d; ++b) to.gram(a, b) = from.gram(a, b) - share * from.gram(j, b);
    }
  }

  // A size needs what the sizes before it leave.
  void tell_flops() {
    double spent = start_;
    for (std::size_t size = 0; size < best_.size(); ++size) {
      if (size > 1) spent += sweeping_[size - 1] + (size == 2 ? sweeping_[0] : 0);
      spent += weighing_[size];
      best_[size].flops = spent;
    }
  }

  Vector squares_;
  Index most_;
  std::vector<Left> left_;  // by the size of the set
  std::vector<Index> chosen_;
  std::vector<BestSet> best_;
  std::vector<double> weighing_, sweeping_;
  double start_ = 0;
};

}  // namespace

double count_subsets(Index d, Index most) {
  double sum = 1, sets = 1;
  for (Index k = 1; k <= std::min(most, d); ++k) {
    sets *= static_cast<double>(d - k + 1) / static_cast<double>(k);
    sum += sets;
  }
  return sum;
}

Index most_columns(Index d, double subsets) {
  Index most = 1;
  while (most < d && count_subsets(d, most + 1) <= subsets) ++most;
  return most;
}

std::vector<BestSet> best_sets(MatrixView x, VectorView y, Index most) {
  return Search(x, y, std::min(most, x.cols())).run();
}

}  // namespace quartic::detail
