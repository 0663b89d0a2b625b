#pragma once
/// What an expert knows: some of the columns that matter, and some that do not, well or badly read.
#include <optional>
#include <string>
#include <vector>

#include "core/random/stream.hpp"
#include "core/world.hpp"
#include "sim/experts/column_reading.hpp"

namespace quartic {

/// Which relevant candidates an expert leaves out.
enum class Forgets { at_random, least_important };

/// What recall is a share of: the relevant candidates, or the signal that they hold.
enum class Weight { count, signal };

/// An expert names `correct` relevant columns and `wrong` others, or those that are listed. Experts of one replicate nest: one
/// permutation of each kind serves them all, so that a better expert names all that a worse one names, and
/// reads right all that a worse one reads right.
struct Expert {
  Index correct = 0;
  Index wrong = 0;
  Forgets forgets = Forgets::at_random;
  std::optional<double> recall = {};  ///< 0 .. 1, in place of `correct`
  std::optional<double> false_share =
      {};                         ///< 0 <= share < 1 of the named that are wrong, in place of `wrong`
  Weight weight = Weight::count;  ///< of recall
  std::string columns =
      {};  ///< "3 7 12", counted from 0, commas or blanks between: these, whatever matters; in place of all above
  double noise = 0;       ///< of readings, over the standard deviation of the column
  double missing = 0;     ///< probability that a reading is lost
  double wrong_form = 0;  ///< share of the named columns read as thresholds
  double wrong_sign = 0;  ///< share of the named relevant ones believed to act the other way
};

struct NamedCounts {
  Index correct = 0, wrong = 0;
  Index all() const { return correct + wrong; }
};

/// How many columns an expert names of this truth at the most, whatever the permutation: all the same but for
/// weight = "signal" at random. With recall, correct = round(recall relevant), or as many as reach that share
/// of the signal; with false_share, wrong = round(share/(1 - share) correct).
/// Throws InvalidInput for shares of a signal that no columns have (signal_shares), and for a list that is none of
/// this truth's columns, or names one twice.
NamedCounts most_named(const Expert& expert, const Truth& truth);
/// The same at the least.
NamedCounts fewest_named(const Expert& expert, const Truth& truth);

/// The columns the expert names, ascending. `stream` is the replicate's "expert" stream.
/// Throws InvalidInput when the truth has fewer relevant (or other) candidates than the expert names, and as
/// most_named.
std::vector<Index> named_columns(const Expert& expert, const Truth& truth, const Stream& stream);

/// All that an expert tells of one truth.
struct Advice {
  ColumnReading reading;
  /// One a column: 1 or -1, the true sign that the expert's belief forbids its coefficient; 0: any sign may
  /// be. Empty: all of them.
  Vector forbidden = Vector();
};

/// Of the named columns those that come first in the order of child("form") are thresholded, and of the
/// named relevant ones those first in that of child("sign") are believed to act the wrong way: each share is
/// rounded to a count. Readings of training rows draw from expert.child("train"), of fresh ones from
/// expert.child("test"), of rows of source t from expert.child("source").child(t). Throws InvalidInput as named_columns, and where the truth does not know what is
/// needed: variance(column) for noise and thresholds, the risk of rules for signs.
Advice advise(const Expert& expert, const Truth& truth, const Stream& stream);

}  // namespace quartic
