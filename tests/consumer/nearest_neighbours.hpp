#pragma once
/// The mean label of the k nearest rows, by Euclidean distance.
#include <algorithm>
#include <array>
#include <numeric>

#include <core/model.hpp>
#include <core/options.hpp>
#include <core/require.hpp>

namespace example {

using namespace quartic;

/// The rule that a fit returns: anything with score(x).
struct NearestRows {
  Matrix x;
  Vector y;
  Index neighbours;

  Vector score(const Matrix& points) const {
    Vector scores(points.rows());
    for (Index i = 0; i < points.rows(); ++i) scores(i) = score_row(points.row(i));
    return scores;
  }

 private:
  double score_row(const Eigen::RowVectorXd& point) const {
    const Vector distances = (x.rowwise() - point).rowwise().squaredNorm();
    std::vector<Index> order(static_cast<std::size_t>(x.rows()));
    std::iota(order.begin(), order.end(), Index{0});
    std::nth_element(order.begin(), order.begin() + neighbours - 1, order.end(),
                     [&](Index a, Index b) { return distances(a) < distances(b); });
    return y(std::vector<Index>(order.begin(), order.begin() + neighbours)).mean();
  }
};

/// The options of the model; fit(data, stream) is all that it must do.
struct NearestNeighbours {
  Index neighbours = 5;

  std::string name() const { return "nearest_neighbours"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  static std::span<const Option<NearestNeighbours>> options();

  Fit fit(const Data& data, Stream) const {
    require(neighbours >= 1, "neighbours is below 1 (a mean needs a label). Ask for 1 or more.");
    require(data.rows() >= neighbours,
            "there are fewer rows than neighbours (each is one label). Give more rows.");
    FitReport report;
    report.parameters = data.rows();
    report.cost = {.fit_flops = 0, .tuning_flops = 0};  // it keeps the rows and computes nothing
    const DenseView x(data);
    return {NearestRows{x.matrix(), data.y(), neighbours}, report};
  }
};
static_assert(Scorer<NearestRows> && Estimator<NearestNeighbours>);

/// Names and help of the options: study files, --set and `quartic list` read nothing else.
inline std::span<const Option<NearestNeighbours>> NearestNeighbours::options() {
  static constexpr std::array table = {
      Option<NearestNeighbours>{"neighbours", &NearestNeighbours::neighbours, "labels in a mean"},
  };
  return table;
}

}  // namespace example
