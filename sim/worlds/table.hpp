#pragma once
/// Cases that somebody has, in place of a truth: how well models do on those of them that are kept back.
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/options.hpp"
#include "core/world.hpp"

namespace quartic {

/// What stands in a file, read by whoever may read files (experiments/study/table_file.hpp).
struct TableCases {
  Task task = Task::regression;
  std::vector<std::string> columns;  ///< names, one a column of x
  Matrix x;                          ///< cases x columns, all finite; no column is the same everywhere
  Vector y;                          ///< numbers, or classes 0 and 1
};

/// Options of the world `table`. A name of its file may end in "#" and the first 16 digits of its SHA-256.
struct TableOptions {
  std::string file;
  std::string target;                      ///< the column that is y
  std::string ignore;                      ///< names of columns that are left out, with commas between them
  std::string relevant;                    ///< what an expert may name, most important first
  Index decoys = 0;                        ///< candidates that are made up, behind those of the file
  std::string decoy_kind = "independent";  ///< or "permuted"
  double held_out = 0.3;                   ///< share of the cases by which rules are judged

  static std::span<const Option<TableOptions>> options();
  std::string name() const { return "table"; }
  /// Throws InvalidInput where the file or the target is not named, or a relevant column twice.
  void require_consistent() const;
};

/// The names in a text such as "age, bmi"; in quotes a name may have commas: "age, \"dose, mg\"".
std::vector<std::string> listed_names(const std::string& text);

/// A truth is one order of the cases, at random (truth stream "order"): the first rows() of them, round((1 - held_out)
/// N), are trained on, and its tested() are the others; of classes each has its share in both. Columns, and y where it
/// is a number, are in units of the training cases: less their mean there, over their standard deviation there (1 where
/// that is 0).
/// The training cases of a smaller size are the first of those of a larger one.
///
/// mean() is y itself: nobody knows f*. So errors hold what no rule can tell, and facts of errors are those of
/// the held-out cases: signal their Var y (normalised error = 1 - R^2); of classes bayes_error 0 and
/// constant_error the smaller share. Also: candidates, relevant, cases (that are trained on), prevalence.
///
/// Decoys: "independent" standard normals (row stream "x", at the candidate's position), or "permuted": decoy k is
/// column k mod p with its cases in another order (truth stream "decoys", child k), those that are trained on and the
/// others each among themselves. O(cases) each time that it is asked for.
class TableWorld {
 public:
  /// Throws InvalidInput for options that these cases do not allow: columns that are not there, a part without
  /// two cases, a class with one.
  TableWorld(TableOptions options, TableCases cases);

  std::string name() const { return "table"; }
  Task task() const { return cases_->task; }
  std::string fingerprint() const;
  /// Throws InvalidInput where y, a number, is the same in all held-out cases.
  Truth draw(Stream truth) const;

 private:
  TableOptions options_;
  std::shared_ptr<const TableCases> cases_;
  std::vector<Index> relevant_;
};
static_assert(Drawable<TableWorld>);

}  // namespace quartic
