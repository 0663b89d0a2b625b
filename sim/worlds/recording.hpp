#pragma once
/// How cases are recorded where rules are judged: not as they were where rules were trained.
#include <array>
#include <string_view>
#include <vector>

#include "core/options.hpp"
#include "core/random/stream.hpp"
#include "core/truth.hpp"
#include "core/types.hpp"
#include "sim/parts/pool.hpp"

namespace quartic {

inline constexpr std::array shift_words = {
    OptionWord{"none", "tested as trained"},
    OptionWord{"rotation", "another pose: column k of each half block turns into column k of the other half"},
    OptionWord{"permutation", "another pose: a share of the blocks have their columns in another order"},
    OptionWord{"rebuilt", "a test set made anew: every column's mean has moved, and noise is added"},
    OptionWord{"scale", "other cases: columns vary more, or less, and the answer goes with them"}};

struct Shift {
  std::string_view kind;
  double strength = 0;  ///< s, 0 to 1
  Index block = 1;      ///< columns that are turned, or put in another order, among themselves
};

/// Column j of a recorded case x is
///     own_j x_j + other_j x_partner(j) + moved_j + blur e_j,    e_j ~ N(0, 1) anew for each column and case.
struct Recording {
  Vector own, other;
  std::vector<Index> partner;
  Vector moved;
  double blur = 0;

  /// T'b: b'(recorded x) = (T'b)'x + b'moved + blur b'e. O(candidates).
  Vector on_cases(const Vector& b) const;
};

/// By kind, with the numbers of the truth stream `stream`, which do not depend on s (a larger s moves the same way,
/// and farther):
///     rotation      columns k and k + h of each block, h half its columns, turn by the angle whose sine is s; the last
///                   column of a block of odd size stays
///     permutation   the blocks whose uniform (child "blocks") is below s, each by a random order (child of its number)
///     rebuilt       moved = s m with m ~ N(0, 1) a column (child "means"), and blur = s
///     scale         own_j = 2^s or 2^-s, at random (child "scales")
/// Precondition: the kind is one of shift_words, block >= 1.
Recording draw_recording(const Shift& shift, Index candidates, const Stream& stream);

/// Columns of these cases as they are recorded; the blur of row i is that of its stream "blur".
Matrix recorded_columns(const Truth& cases, const Recording& recording, Range rows,
                        std::span<const Index> columns, Stream stream);

/// Cases under a test law: as they are in `cases`, recorded as `recording` says, and their score u = target'x.
struct RecordedCases {
  Truth cases;
  PoolTruth score;  ///< of the training law; `target` stands beside score.columns
  Recording recording;
  std::vector<double> target;

  Matrix columns(Range rows, std::span<const Index> columns, Stream stream) const;
  /// u, each sum in the order of the columns: the same bits on every processor.
  Vector scores(Range rows, Stream stream) const;
  /// One a candidate.
  Vector dense_target() const;
};

/// With target = beta, but of "scale" T'beta.
RecordedCases draw_recorded(const Shift& shift, Truth cases, PoolTruth score, const Stream& stream);

/// The columns of a range, as a list.
std::vector<Index> all_of(Range columns);

/// The truth `trained` with `judge` as its tested().
Truth with_tested(Truth trained, Truth judge);

}  // namespace quartic
