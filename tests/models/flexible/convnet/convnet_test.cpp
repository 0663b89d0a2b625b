#include "models/flexible/convnet/convnet.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "tests/support/class_problem.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::convnet_test {
namespace {

using support::thrown_message;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool same_fit(const Fit& a, const Fit& b, const Data& data) {
  return same_report(a, b) && a.predict.score(data.dense()) == b.predict.score(data.dense()) &&
         a.report.iterations == b.report.iterations && a.report.history.size() == b.report.history.size();
}

ConvNet quick() {
  return {.channels = 3, .batch = 10, .epochs = 6};
}

// The pixels of a bump of height 2.5 and of width 1.5 about this place of a picture.
constexpr Index side = 32;
Vector bump(double v, double h) {
  Vector pixels(side * side);
  for (Index k = 0; k < side * side; ++k) {
    const Index line = k / side;
    const double dy = static_cast<double>(line) - v, dx = static_cast<double>(k % side) - h;
    pixels(k) = 2.5 * std::exp(-(dy * dy + dx * dx) / (2 * 1.5 * 1.5));
  }
  return pixels;
}

// Noise of deviation 1 in every pixel, and in one of two pictures a bump, three pixels or more from the edge: class 1.
constexpr double edge = 3, last = static_cast<double>(side) - 4;
Data bumps(Index rows, std::uint64_t seed) {
  Matrix x = gaussian_matrix(rows, side * side, Stream(seed).child("x"));
  Vector y(rows);
  Stream places = Stream(seed).child("places");
  for (Index i = 0; i < rows; ++i) {
    y(i) = places.uniform() < 0.5 ? 1 : 0;
    const double v = edge + places.uniform() * (last - edge), h = edge + places.uniform() * (last - edge);
    if (y(i) > 0) x.row(i) += bump(v, h).transpose();
  }
  return classes_of(std::move(x), std::move(y));
}

double share_wrong(const Fit& fit, const Data& data) {
  const Vector score = fit.predict.score(Matrix(data.dense()));
  return ((score.array() > 0).cast<double>() - data.y().array()).abs().mean();
}

// Were every bump the mean of all, the best rule by pixels, which weights them as that mean does, would err on
// Phi(-d/2) of all pictures, d the length of the mean.
double error_by_pixels() {
  Vector mean = Vector::Zero(side * side);
  constexpr Index steps = 50;
  const auto at = [&](Index step) {
    return edge + (last - edge) * (static_cast<double>(step) + 0.5) / steps;
  };
  for (Index v = 0; v < steps; ++v)
    for (Index h = 0; h < steps; ++h) mean += bump(at(v), at(h));
  return std::erfc(mean.norm() / (steps * steps) / 2 / std::sqrt(2.0)) / 2;
}

// No rule by pixels gets there from 1000 pictures of 1024 pixels; the network errs on less than half of it.
TEST(ConvNet, FindsABumpWhereverItIs) {
  const double by_pixels = error_by_pixels();
  EXPECT_NEAR(by_pixels, 0.255, 0.01);
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Data train = bumps(1000, seed), fresh = bumps(2000, seed + 100);
    const ConvNet net{.channels = 4, .loss = "logistic", .epochs = 15, .learning_rate = 0.005};
    const double error = share_wrong(fit(net, train), fresh);
    const double of_line = share_wrong(fit(LogisticRegression{.penalty = 0.1}, train), fresh);
    const auto standard_error = [](double share) { return std::sqrt(share * (1 - share) / 2000); };
    EXPECT_LT(error + 5 * standard_error(error), by_pixels / 2) << seed;
    EXPECT_GT(of_line + 5 * standard_error(of_line), by_pixels) << seed;
  }
}

TEST(ConvNet, IsBilledByItsFormula) {
  const Data data = gaussian_problem(47, 36, 6);
  for (const Index epochs : {1, 3})
    for (const Index batch : {0, 1, 10})
      for (const double validation : {0.0, 0.3})
        for (const char* optimiser : {"sgd", "adam"}) {
          const ConvNet net{.channels = 2,
                            .optimiser = optimiser,
                            .batch = batch,
                            .epochs = epochs,
                            .validation = validation};
          EXPECT_EQ(fit(net, data).report.cost.fit_flops, net.fit_flops(47, 36));
        }
}

// 1024 pixels by 18, forward and for the weights; 256 by 18 4 8 and thrice; 18 flops a feature, for one row.
TEST(ConvNet, CostsWhatItsConvolutionsCost) {
  const double pictures = 1000, forward = 1024 * 18 * 4 + 256 * 18 * 4 * 8;
  const double both = 2 * 1024 * 18 * 4 + 3 * 256 * 18 * 4 * 8;
  const ConvNet net{.channels = 4, .epochs = 2};
  EXPECT_GT(both, 2 * forward);
  EXPECT_NEAR(net.fit_flops(1000, 1024) / (2 * pictures * both), 1, 0.03);
}

TEST(ConvNet, DoublesItsChannelsFromBlockToBlock) {
  const Fit fitted = fit(ConvNet{.layers = 3, .channels = 2, .epochs = 1}, gaussian_problem(10, 64, 1));
  EXPECT_EQ(fitted.report.parameters, (9 * 2 + 2) + (9 * 2 * 4 + 4) + (9 * 4 * 8 + 8) + (8 + 1));
}

TEST(ConvNet, FitsASizeAsItFitsItAlone) {
  const Data data = gaussian_problem(60, 25, 7);
  ConvNet net = quick();
  net.learning_rate = "tuned";
  net.tune_at = "20";
  net.validation = 0.2;
  const std::vector<Index> sizes = {15, 30, 60};
  const std::vector<Fit> curve = net.fit_prefixes({data, sizes}, Stream(5));
  for (std::size_t k = 0; k < sizes.size(); ++k)
    EXPECT_TRUE(
        same_fit(curve[k],
                 net.fit(data.prefix(sizes[k]), Stream(5).child(static_cast<std::uint64_t>(sizes[k]))), data))
        << sizes[k];
}

// A place that keeps the text saved last and is lost power after so many saves.
struct Killed {};
struct Disk {
  std::optional<std::string> text;
  int saves_left = 1000;
  Checkpoints checkpoints() {
    return {[this] { return text; },
            [this](std::string saved) {
              text = std::move(saved);
              if (--saves_left == 0) throw Killed{};
            },
            0};
  }
};

TEST(ConvNet, GoesOnFromACheckpointWithTheSameBits) {
  const Data data = gaussian_problem(50, 36, 10);
  ConvNet net = quick();
  net.learning_rate = "tuned";
  net.history = true;
  const auto draws = [] { return Stream(2).child("fit"); };
  for (const double validation : {0.0, 0.2}) {
    net.validation = validation;
    Disk quiet;
    const Fit whole = net.fit_resuming(data, draws(), quiet.checkpoints());
    EXPECT_TRUE(same_fit(net.fit(data, draws()), whole, data));
    const int saves = 1000 - quiet.saves_left;
    for (const int first : {1, 6, 7, 8, 20, saves - 3}) {
      Disk disk{.saves_left = first};
      EXPECT_THROW(net.fit_resuming(data, draws(), disk.checkpoints()), Killed);
      disk.saves_left = 1000;
      EXPECT_TRUE(same_fit(Model(net).fit_resuming(data, draws(), disk.checkpoints()), whole, data)) << first;
      EXPECT_EQ(disk.saves_left, 1000 - (saves - first)) << first << ": what was saved was not done again";
    }
  }
}

TEST(ConvNet, CountsTheMemoryOfTheTextItSaves) {
  const ConvNet net{.channels = 16, .epochs = 2, .validation = 0.2};
  const Data data = gaussian_problem(40, 64, 1);
  Disk disk;
  net.fit_resuming(data, Stream(1), disk.checkpoints());
  EXPECT_NEAR(static_cast<double>(disk.text->size()) / net.checkpoint_bytes(40, 64), 1, 0.02);
}

TEST(ConvNet, CountsTheMemoryOfPicturesAndRows) {
  const ConvNet net{.channels = 8};
  const double bytes = net.working_bytes(1000, 1024);
  EXPECT_GT(bytes, 4 * 1000 * 1024.0 + 256 * 4 * 9 * 1024.0 / 4) << "256 pictures are judged at once";
  EXPECT_LT(bytes, 4 * 1000 * 1024.0 + 256 * 4 * 9 * 1024.0);
}

TEST(ConvNet, HasAFingerprintOfItsOptions) {
  EXPECT_NE(ConvNet{.channels = 4}.fingerprint(), ConvNet{}.fingerprint());
  EXPECT_TRUE(contains(ConvNet{}.fingerprint(), "\"channels\":8"));
}

TEST(ConvNet, RefusesOptionsItCannotUse) {
  const std::vector<std::pair<ConvNet, std::string>> refusals = {
      {{.layers = 0}, "layers = 0 (each halves the side of the picture). Give a whole number from 1 to 4."},
      {{.layers = 5}, "layers = 5"},
      {{.channels = 0}, "channels = 0 (they double from layer to layer)."},
      {{.initial_scale = -1}, "initial_scale = -1"},
      {{.loss = "huber"}, "(it understands squared, logistic). Write one of these."},
      {{.weight_decay = -1}, "weight_decay = -1"},
      {{.optimiser = "lion"}, "optimiser = \"lion\""},
      {{.rate_from = 1, .rate_to = 0.5}, "rate_to = 0.5"},
      {{.tune_at = "400,200"}, "not a list of ascending sizes"}};
  for (const auto& [net, says] : refusals) {
    const std::string message = thrown_message([&model = net] { require_valid(model); });
    EXPECT_TRUE(contains(message, says)) << says << "\n" << message;
  }
}

TEST(ConvNet, RefusesDataItCannotServe) {
  const auto message = [](const ConvNet& net, const Data& data) {
    return thrown_message([&] { static_cast<void>(net.fit(data, Stream(1))); });
  };
  EXPECT_TRUE(
      contains(message({}, gaussian_problem(20, 50, 1)),
               "convnet was given 50 columns (they are the pixels of a square picture, and this is no square "
               "number). Give it 64, a picture of 8 x 8."));
  EXPECT_TRUE(contains(message({}, gaussian_problem(20, 5, 1)), "Give it 16, a picture of 4 x 4."));
  EXPECT_TRUE(contains(
      message({.layers = 3}, gaussian_problem(20, 36, 1)),
      "the layers of convnet are 3 but a picture of 36 columns has a side of 6 (each layer halves it, "
      "and nothing would be left). Set layers to fewer, or give 64 columns or more."));
  EXPECT_TRUE(contains(message({}, gaussian_problem(20, 36, 1).prefix(0)), "no rows"));
  EXPECT_TRUE(contains(message({}, data_of(Matrix(3, 0), Vector(3))), "columns"));
  EXPECT_TRUE(contains(message({.loss = "logistic"}, gaussian_problem(20, 36, 1)),
                       "the loss of convnet is \"logistic\" and the labels are numbers"));
  EXPECT_TRUE(contains(message({}, as_classes(gaussian_problem(20, 36, 1))), "Use loss = \"logistic\"."));
  EXPECT_TRUE(contains(message({.batch = 32}, gaussian_problem(20, 36, 1)),
                       "the batch of convnet is 32 but n is 20"));
  EXPECT_NO_THROW(ConvNet{}.require_data(20, 49, Task::regression));
  EXPECT_NO_THROW((ConvNet{.loss = "logistic"}.require_data(20, 49, Task::classification)));
}

}  // namespace
}  // namespace quartic::convnet_test
