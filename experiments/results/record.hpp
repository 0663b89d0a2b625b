#pragma once
/// One record a fit, and where records go.
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "core/fit.hpp"
#include "experiments/results/settings.hpp"

namespace quartic {

/// One fit of one arm at one size in one replicate of one cell. NaN, and a negative count, = not measured.
struct Record {
  static constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();
  Index cell = 0;
  std::string arm;
  Index n = 0;
  Index replicate = 0;
  FitReport report = {};
  double excess_risk = not_measured;
  double normalised_error = not_measured;  ///< excess risk / Var f*
  double error_se =
      not_measured;  ///< standard error of the normalised error where it was estimated; 0 when exact
  double inference_flops = not_measured;  ///< of one prediction of the fitted rule, where the rule says
  double theory = not_measured;  ///< normalised error that theory expects for this truth, not in records.csv
  /// Of worlds of classes, whatever the threshold of an answer: the area under the curve of true positives
  /// over false ones, the mean of -log P(the class that came), and that of (P(y = 1) - y)^2.
  double auc = not_measured, log_loss = not_measured, brier = not_measured;
};

/// The header lines of records.csv, classes.csv, timings.csv and history.csv, without line ends: the place of a
/// fit, what the sweep sets there, and what was measured.
std::string records_header(const SettingColumns& settings = {});
std::string classes_header(const SettingColumns& settings = {});
std::string timings_header(const SettingColumns& settings = {});
std::string history_header(const SettingColumns& settings = {});

/// The lines of these records, each ended by LF. Numbers are the shortest text that reads back to the same
/// bits; what was not measured (NaN; a negative count) is an empty field.
std::string records_csv(std::span<const Record> records, const SettingColumns& settings = {});
std::string classes_csv(std::span<const Record> records, const SettingColumns& settings = {});
std::string timings_csv(std::span<const Record> records, const SettingColumns& settings = {});
/// One line a point of each history.
std::string history_csv(std::span<const Record> records, const SettingColumns& settings = {});

/// Receives finished records, ordered by cell, arm, n, replicate (study order), one cell at a time.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void write(std::span<const Record> records) = 0;
};

/// For callers who want the cube alone.
struct Nowhere final : RecordSink {
  void write(std::span<const Record>) override {}
};

}  // namespace quartic
