#pragma once
/// The smallest piece of parallel work: one model on some sizes of one replicate.
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiments/engine/sample.hpp"
#include "experiments/results/record.hpp"

namespace quartic::detail {

struct FitItem {
  Index arm = 0;
  Model model;
  std::vector<Index> sizes;
  std::shared_ptr<const ColumnReading> view;  ///< what an expert names and reads; null: every candidate
  std::optional<Data> named;                  ///< these columns, where rows are held; else the sample's whole
  ArmTheoryPoint point;
};

struct Fitted {
  Index arm = 0, n = 0;
  std::optional<Rule> rule;  ///< none where the fit failed with an exception
  FitReport report;
  std::optional<Risk> risk;                       ///< none where it needs fresh rows: judge() fills it in
  std::optional<ClassMeasures> classes = {};      ///< likewise, of classes
  double inference_flops = Record::not_measured;  ///< of a prediction, where the rule says
  double theory = Record::not_measured;  ///< also where it throws; then the message of the report says so
};

/// Whether all is known that a record tells of its errors: of classes every rule meets fresh rows, which tell more
/// of it than an exact error does.
bool is_judged(const Fitted& fit, Task task);

/// Whether the sizes of a model are one item. A path a size shares nothing; rows on demand come once for all.
bool shares_sizes(const Study& study, const ArmSpec& arm, const Model& model);

/// The items of one arm at these sizes. Throws what the arm's formulas and its expert throw.
std::vector<FitItem> make_items(const WorldReplicate& replicate, Index arm, std::span<const Index> sizes,
                                const Sample& sample);

/// One Fitted a size. An exception, or memory that runs out, fails the size it belongs to and no other.
std::vector<Fitted> fit(const WorldReplicate& replicate, const FitItem& item, const Sample& sample);

/// Estimates the risks that have no closed form, and of classes all that records tell beside, on fresh rows that
/// all these fits share; a failure there fails the fit it belongs to and no other.
void judge(const WorldReplicate& replicate, std::span<Fitted> fits, const Truths& truths);

/// A failed fit at each size. (Its place in the study is added where records leave the engine.)
std::vector<Fitted> failures(Index arm, std::span<const Index> sizes, const std::string& message);

/// The report of such a fit.
FitReport failure_report(const std::string& message);

/// What the exception in flight says.
std::string message_in_flight();

}  // namespace quartic::detail
