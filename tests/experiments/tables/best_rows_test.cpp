#include "experiments/tables/best_rows.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/thrown_message.hpp"

namespace quartic::best_rows_test {
namespace {

using detail::best_of_sizes;
using detail::FitRows;
using detail::lower_envelope;

TEST(BestRows, HaveTheLeastErrorOfTheirSize) {
  FitRows rows{.errors = Vector{{0.4, 0.3, 0.3, 0.2, 0.1}}, .data = Vector{{1, 1, 1, 2, 2}}};
  EXPECT_EQ(best_of_sizes(rows), (std::vector<Index>{1, 4}));
  rows.replicates = {"a", "a", "b", "a", "b"};
  EXPECT_EQ(best_of_sizes(rows), (std::vector<Index>{1, 2, 3, 4})) << "each replicate is tuned by itself";
  rows.replicates.clear();
  rows.parameters = Vector{{1, 1, 9, 1, 9}};
  EXPECT_EQ(best_of_sizes(rows), (std::vector<Index>{1, 2, 3, 4})) << "so is each size of models";
}

TEST(BestRows, OfTheEnvelopeHaveNoneBelowThatCostsNoMore) {
  const FitRows rows{.errors = Vector{{0.4, 0.5, 0.3, 0.35, 0.3, 0.1}},
                     .compute = Vector{{1, 1, 3, 2, 5, 4}}};
  EXPECT_EQ(lower_envelope(rows), (std::vector<Index>{0, 2, 3, 5}));
  const FitRows by_size{.errors = rows.errors, .data = rows.compute};
  EXPECT_EQ(lower_envelope(by_size), lower_envelope(rows));
}

/// Four rates of learning at every size; the best lies on 3/n.
std::string tuned() {
  std::string text = "n,rate,flops,error\n";
  for (int k = 0; k < 6; ++k)
    for (int rate = 0; rate < 4; ++rate)
      text += fmt::format("{},{},{},{}\n", 100 << k, rate, (100L << k) * (100 << k),
                          3. / (100 << k) * (1 + std::abs(rate - k % 4)));
  return text;
}

TEST(BestRows, AreReadWhereAskedFor) {
  for (const Best best : {Best::size, Best::envelope}) {
    const TableFits fits = fit_table(parse_csv(tuned(), "t.csv"), {.best = best});
    EXPECT_NEAR(fits.fits.at(0).value.estimate, 1, 1e-9);
    EXPECT_NEAR(fits.fits.at(1).value.estimate, 2, 1e-9) << "with the computing of the best";
    EXPECT_EQ(fits.fits.at(0).rows, 6);
    EXPECT_TRUE(fits.fits.at(0).note.starts_with("Of 24 rows")) << fits.fits.at(0).note;
  }
  EXPECT_EQ(fit_table(parse_csv(tuned(), "t.csv"), {}).fits.at(0).rows, 24);
}

TEST(BestRows, OfNamedReplicatesAreAveraged) {
  std::string text = "n,seed,rate,error\n";
  for (int k = 0; k < 5; ++k)
    for (int seed = 0; seed < 4; ++seed)
      for (int rate = 0; rate < 3; ++rate)
        text += fmt::format("{},{},{},{}\n", 100 << k, seed, rate,
                            3. / (100 << k) * (1 + 0.01 * seed) * (1 + std::abs(rate - 1)));
  const TableFits fits =
      fit_table(parse_csv(text, "t.csv"), {.replicate = "seed", .best = Best::size, .laws = LawForm::power});
  EXPECT_EQ(fits.fits.at(0).rows, 20);
  EXPECT_EQ(fits.fits.at(0).replicates, 4);
  EXPECT_NEAR(fits.fits.at(0).value.estimate, 1, 1e-6);
}

TEST(BestRows, OfTheEnvelopeTellNothingOfTwoCauses) {
  EXPECT_NE(support::thrown_message([] {
              (void)fit_table(parse_csv("N,D,loss\n1,2,.3\n2,2,.2\n", "t.csv"),
                              {.two_causes = true, .best = Best::envelope});
            }).find("--best size"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::best_rows_test
