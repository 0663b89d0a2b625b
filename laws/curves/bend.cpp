#include "laws/curves/bend.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/number_text.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

constexpr double telling = 0.22;  // log 1.25

enum class Bend { peak, trough };

std::string bend_in_words(Bend bend, const std::string& name, double first, double last) {
  return "The error rises from " + name + " = " + shortest(first) + " to " + name + " = " + shortest(last) +
         (bend == Bend::peak ? " and falls beyond" : ", having fallen before") +
         ": no law holds over these sizes. Choose a range by from and to where it falls.";
}

/// Sums over the first rows, in the order of their sizes, of logarithms about their means.
struct Sums {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;

  Sums with(double u, double v) const { return {n + 1, x + u, y + v, xx + u * u, xy + u * v, yy + v * v}; }
  Sums less(const Sums& o) const { return {n - o.n, x - o.x, y - o.y, xx - o.xx, xy - o.xy, yy - o.yy}; }
  double spread() const { return xx - x * x / n; }
  double slope() const { return (xy - x * y / n) / spread(); }
  double squares() const { return yy - y * y / n - slope() * slope() * spread(); }
};

struct SortedRows {
  std::vector<Index> order;
  Eigen::ArrayXd log_x, log_y;
  std::vector<Sums> sums;  ///< of the first 0, 1, ... rows

  explicit SortedRows(const LawPoints& rows) : order(static_cast<std::size_t>(rows.sizes.size())) {
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](Index a, Index b) { return rows.sizes[a] < rows.sizes[b]; });
    log_x = Vector(rows.sizes(order)).array().log();
    log_y = Vector(rows.values(order)).array().log();
    sums = {{}};
    const double x = log_x.mean(), y = log_y.mean();
    for (Index row = 0; row < log_x.size(); ++row)
      sums.push_back(sums.back().with(log_x[row] - x, log_y[row] - y));
  }
  Index count() const { return log_x.size(); }
  Sums before(Index cut) const { return sums[static_cast<std::size_t>(cut)]; }
  Sums behind(Index cut) const { return sums.back().less(before(cut)); }
  double squares(Index cut) const { return before(cut).squares() + behind(cut).squares(); }
};

/// Of the cuts between two sizes that leave two lines, the one of least squares; 0 where there is none.
Index find_cut(const SortedRows& rows) {
  const Index least = std::max<Index>(3, rows.count() / 10);
  Index best = 0;
  for (Index cut = least; cut <= rows.count() - least; ++cut) {
    const bool parts = rows.log_x[cut - 1] < rows.log_x[cut];
    if (!parts || !(rows.before(cut).spread() > 0 && rows.behind(cut).spread() > 0)) continue;
    if (best == 0 || rows.squares(cut) < rows.squares(best)) best = cut;
  }
  return best;
}

}  // namespace

std::string find_bend(const LawPoints& averages) {
  constexpr double errors = 4;
  const Eigen::ArrayXd log_y = averages.values.array().log(), variance = averages.weights.array().inverse();
  const auto rises = [&](Index i, Index j) {
    const double rise = log_y[j] - log_y[i];
    return rise > telling && rise > errors * std::sqrt(variance[i] + variance[j]);
  };
  const Index last = log_y.size() - 1;
  for (Index i = 0; i < last; ++i)
    for (Index j = i + 1; j <= last; ++j) {
      if (!rises(i, j)) continue;
      for (Index k = 0; k <= last; ++k)
        if ((k > j && rises(k, j)) || (k < i && rises(i, k)))
          return bend_in_words(k > j ? Bend::peak : Bend::trough, "n", averages.sizes[i], averages.sizes[j]);
    }
  return "";
}

std::string find_bend_of_rows(const LawPoints& points, const std::string& name) {
  constexpr double chance = 0.002;
  const Index spare = points.sizes.size() - 5;
  if (spare < 1) return "";
  const SortedRows rows(points);
  const Index cut = find_cut(rows), end = rows.count() - 1;
  if (cut == 0) return "";
  const Sums first = rows.before(cut), second = rows.behind(cut);
  const double scatter = std::sqrt(std::max(rows.squares(cut), 0.0) / static_cast<double>(spare));
  const double sure = student_t_quantile(1 - chance, static_cast<double>(spare)) * scatter;
  const auto tells = [&](const Sums& part, double width) {
    return std::abs(part.slope()) * width > telling &&
           std::abs(part.slope()) > sure / std::sqrt(part.spread());
  };
  if (!(first.slope() * second.slope() < 0 && tells(first, rows.log_x[cut - 1] - rows.log_x[0]) &&
        tells(second, rows.log_x[end] - rows.log_x[cut])))
    return "";
  const auto size = [&](Index row) { return points.sizes[rows.order[static_cast<std::size_t>(row)]]; };
  return first.slope() > 0 ? bend_in_words(Bend::peak, name, size(0), size(cut - 1))
                           : bend_in_words(Bend::trough, name, size(cut), size(end));
}

std::string plateau_note(const Interval& exponent) {
  if (std::isnan(exponent.low) || std::isnan(exponent.high))
    return "The slope cannot be fitted in every resample: run more replicates, or leave out sizes that failed.";
  if (std::isinf(exponent.low))
    return "The error does not fall over these sizes (a plateau): no exponent is large enough.";
  return std::isinf(exponent.high)
             ? "The error may not fall at all over these sizes (a plateau): the exponent is unbounded."
             : "";
}

}  // namespace quartic
