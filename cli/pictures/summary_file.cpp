#include "cli/pictures/summary_file.hpp"

#include "cli/terminal/text_file.hpp"
#include "core/require.hpp"
#include "experiments/platform/csv.hpp"

namespace quartic {

namespace {

/// The columns of summary.csv that are numbers, read whole.
class Columns {
 public:
  explicit Columns(const CsvTable& table) : table_(table) {}
  Vector operator[](std::string_view name) const { return read_numbers(table_, table_.column(name)); }
  /// Numbers of a column that older files lack.
  Vector optional(std::string_view name) const {
    return table_.has(name) ? (*this)[name] : Vector::Constant(table_.rows(), SummaryRow::not_measured);
  }
  /// Texts of a column that older files lack.
  std::string text(Index row, std::string_view name) const {
    return table_.has(name) ? table_.at(row, table_.column(name)) : "";
  }

 private:
  const CsvTable& table_;
};

std::vector<SummaryRow> parse_rows(const CsvTable& table) {
  const Columns columns(table);
  const Vector cell = columns["cell"], n = columns["n"], replicates = columns["replicates"],
               mean = columns["mean_error"], se = columns["mean_error_se"],
               geometric = columns["geometric_mean_error"], theory = columns["theory_error"],
               fit = columns["fit_flops"], tuning = columns["tuning_flops"],
               total = columns.optional("total_flops");
  std::vector<SummaryRow> rows;
  for (Index k = 0; k < table.rows(); ++k)
    rows.push_back({.cell = static_cast<Index>(cell[k]),
                    .arm = columns.text(k, "arm"),
                    .n = static_cast<Index>(n[k]),
                    .replicates = static_cast<Index>(replicates[k]),
                    .mean_error = mean[k],
                    .mean_error_se = se[k],
                    .geometric_mean_error = geometric[k],
                    .theory_error = theory[k],
                    .fit_flops = fit[k],
                    .tuning_flops = tuning[k],
                    .marks = columns.text(k, "marks"),
                    .total_flops = total[k]});
  return rows;
}

}  // namespace

std::vector<SummaryRow> read_summary(const std::string& folder) {
  const std::string text = read_run_file(folder, "summary.csv");
  try {
    return parse_rows(parse_csv(text, folder + "/summary.csv"));
  } catch (const InvalidInput& problem) {
    throw InvalidInput(std::string(problem.what()) +
                       " This file is quartic's own: unless you changed it, run the study again.");
  }
}

}  // namespace quartic
