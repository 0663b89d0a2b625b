#pragma once
/// Intervals of what a law in two causes tells, by leaving out replicates or rows.
#include <vector>

#include "laws/frontiers/two_causes.hpp"
#include "laws/statistics/average.hpp"
#include "laws/statistics/interval.hpp"
#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/row_units.hpp"

namespace quartic {

/// The law of all points, and of those without some, for intervals of whatever it tells: Student t, by a
/// jackknife of its numbers as they are, of scales of their logarithms. Ends are NaN for fewer than two
/// replicates or units, and where a number is not told, with some left out or none.
class TwoCauseJackknife {
 public:
  struct Sample {
    TwoCauseFit fit;
    PairCost cost = {};
  };
  /// The first sample is the whole.
  TwoCauseJackknife(std::vector<Sample> samples, const JackknifeOptions& options);

  const TwoCauseFit& fit() const { return samples_.front().fit; }
  const PairCost& cost() const { return samples_.front().cost; }
  Interval of(double TwoCauseLaw::*number) const;
  Interval of(double TwoCauseFrontier::*number) const;

 private:
  std::vector<Sample> samples_;
  JackknifeOptions options_;
};

/// Measurements over pairs of sizes: errors replicates x pairs, row r the same replicate at all; NaN =
/// missing.
struct TwoCauseTable {
  Vector first, second;
  Matrix errors;
};

/// Over whole replicates: fits of the averages, unbiased and weighted by laws/statistics/weights.hpp, in
/// every resample anew. replicates + 1 fits.
TwoCauseJackknife jackknife_replicates(const TwoCauseTable& table, Average average = Average::mean,
                                       double confidence = 0.95);

/// Rows of a table, which all count alike, what each cost, and which of them are left out together. Where
/// there is a cost, its powers are fitted to log cost by least squares, in every resample anew; else it is n
/// p.
struct TwoCauseRows {
  Vector first, second, values;
  Vector cost = {};  ///< may be empty
  RowUnits units;
};

/// How rows are read.
struct TwoCauseRowOptions {
  TwoCauseOptions fit = {};
  double confidence = 0.95;
};

/// Over units of rows. Single rows have five degrees of freedom less than there are; under Huber's loss they
/// are dealt into twenty units, because the jackknife of nearly least absolute residuals needs many rows left
/// out (Efron 1979; Shao & Wu 1989). A fit for each unit, and one more.
TwoCauseJackknife jackknife_rows(const TwoCauseRows& rows, const TwoCauseRowOptions& options = {});

}  // namespace quartic
