/// Fits a model of our own to a world of our own: its error at ever more rows, beside that of a straight
/// line.
#include <experiments/platform/build_info.hpp>
#include <models/catalogue.hpp>

#include <cstdio>

#include "nearest_neighbours.hpp"
#include "step_world.hpp"

using namespace quartic;
using example::NearestNeighbours;
using example::StepWorld;

/// E[(f(x) - f*(x))^2] on 2,000 fresh rows; Var f* is close to 1.
double excess_risk(const Fit& fit, const Truth& truth) {
  const Range fresh{0, 2000};
  const Matrix x = truth.x(fresh, {0, truth.candidates()}, Stream(1).child("test"));
  return (fit.predict.score(x) - truth.mean(fresh, Stream(1).child("test"))).squaredNorm() / 2000;
}

Model from_catalogue(const std::string& name) {
  for (const auto& entry : model_catalogue())
    if (entry.name == name) return entry.make({});
  throw InvalidInput(name + " is not in the catalogue");
}

int main() {
  const Truth truth = World(StepWorld{.candidates = 3}).draw(Stream(1).child("truth"));
  const Model mine = NearestNeighbours{.neighbours = 5};
  const Model theirs = from_catalogue("least_squares");
  std::printf("quartic %s\n%6s %20s %20s\n", std::string(version()).c_str(), "n", mine.name().c_str(),
              theirs.name().c_str());
  double last = 1;
  for (const Index n : {20, 200, 2000}) {
    const Range rows{0, n};
    const Data data(truth.x(rows, {0, 3}, Stream(1).child("train")), truth.y(rows, Stream(1).child("train")));
    last = excess_risk(mine.fit(data, Stream(1).child("fit")), truth);
    std::printf("%6td %20.4f %20.4f\n", n, last,
                excess_risk(theirs.fit(data, Stream(1).child("fit")), truth));
  }
  return last < 0.15 ? 0 : 1;  // a local mean finds the step; a line cannot
}
