#pragma once
/// The records of a run, column by column.
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "experiments/results/record_columns.hpp"
#include "experiments/study/cells.hpp"

namespace quartic::python {

/// One entry a fit in every column, in study order: the columns of records.csv, classes.csv and timings.csv. Kinds of
/// numbers have their columns in the order of record_columns.
class RecordTable final : public RecordSink {
 public:
  /// The arms and the cells that records will name.
  RecordTable(std::vector<std::string> arms, const CellGrid& cells);

  void write(std::span<const Record> records) override;

  std::size_t rows() const { return cell_.size(); }
  const std::vector<std::string>& arms() const { return arms_; }
  const std::vector<std::int64_t>& cell() const { return cell_; }
  const std::vector<std::int32_t>& arm() const { return arm_; }  ///< position in arms()
  const std::vector<std::int64_t>& n() const { return n_; }
  const std::vector<std::int64_t>& replicate() const { return replicate_; }
  const std::vector<std::int32_t>& status() const { return status_; }  ///< FitStatus as a number
  const std::vector<std::string>& message() const { return message_; }

  struct Numbers {
    std::string name;
    std::vector<double> values;
  };
  struct Counts {
    std::string name;
    std::vector<std::int64_t> values;
  };
  /// visit(Numbers) and visit(Counts) for each such column, in the order of records.csv.
  template <class Visit>
  void for_each_measured(const Visit& visit) const {
    auto numbers = numbers_.begin();
    auto counts = counts_.begin();
    const Record none;
    for_each_column(none, [&]<class T>(const auto&, const T&) {
      if constexpr (std::same_as<T, double>)
        visit(*numbers++);
      else if constexpr (std::same_as<T, Index>)
        visit(*counts++);
    });
  }
  /// Whether a record has a measure of classes.
  bool has_classes() const { return has_classes_; }

  /// The records of rows first to last - 1.
  std::vector<Record> records(std::size_t first, std::size_t last) const;
  /// The bytes of records.csv.
  std::string records_csv() const;

 private:
  void keep(const Record& record);
  Record record_at(std::size_t row) const;

  std::vector<std::string> arms_;
  SettingColumns settings_;
  std::vector<std::int64_t> cell_, n_, replicate_;
  std::vector<std::int32_t> arm_, status_;
  std::vector<std::string> message_;
  std::vector<Numbers> numbers_;
  std::vector<Counts> counts_;
  std::map<std::size_t, std::vector<TrainingPoint>> histories_;  // of rows that have one
  bool has_classes_ = false;
};

}  // namespace quartic::python
