#pragma once
/// Which columns of a table hold errors and computing, and in what they count.
///
/// A column that nobody names is looked for under the usual names, in whatever case and with a unit behind it or
/// none: "Val Loss" is val_loss, and "Tokens (B)" tokens.
/// Errors of data held out come before those of training: val_loss before loss.
#include <initializer_list>
#include <string>
#include <string_view>

#include "experiments/platform/csv.hpp"

namespace quartic {

/// How a column tells errors.
struct ErrorColumn {
  std::string name;       ///< "": a usual one
  bool accuracy = false;  ///< it holds accuracies: error = 1 - accuracy
  bool percent = false;   ///< it counts per cent, without a sign
  std::string note = {};  ///< how its numbers were read, where its name says otherwise
};

/// The column asked for, which must be there, or the first of the usual ones that is, and not what is taken for
/// something else; else "".
std::string find_column(const CsvTable& table, const std::string& asked,
                        std::initializer_list<std::string_view> usual, std::string_view taken = "");
/// Of sizes of the data, of models, of computing; "" where there is none.
std::string find_data(const CsvTable& table, const std::string& asked, std::string_view taken = "");
std::string find_parameters(const CsvTable& table, const std::string& asked);
std::string find_computing(const CsvTable& table, const std::string& asked);
/// Of errors, with its name; a name such as "error (%)" says that it counts per cent, unless all its numbers lie below 1.
/// Throws InvalidInput
/// where there is none, or where per cent were asked for and signs of percent stand there.
ErrorColumn find_errors(const CsvTable& table, ErrorColumn asked);
/// The errors that its numbers tell.
Vector errors_from(const Vector& numbers, const ErrorColumn& column);

/// Operations in one unit of a column of this name: 1e9 for "gflop" and "Compute (GFLOPs)", 8.64e19 for
/// "pflop_s_days"; 1 where it names none.
double unit_in_name(std::string_view column);

/// Throws InvalidInput where this error, given by `option`, can hardly be meant in the unit of these: it is 1
/// or more and they are shares, or they look like per cent and it lies below a hundredth of the least of
/// them.
void require_same_unit(std::string_view option, double error, const CsvTable& table, const Vector& errors);

}  // namespace quartic
