#pragma once
/// What pictures of a run are drawn from.
#include <string>
#include <vector>

#include "cli/pictures/found.hpp"
#include "cli/pictures/run_about.hpp"
#include "cli/pictures/summary_file.hpp"
#include "experiments/study/catalogues.hpp"

namespace quartic {

struct RunView {
  std::vector<SummaryRow> rows;
  RunAbout about;
  std::vector<FoundNumber> found;
};

/// The files of a folder. Throws InvalidInput for a folder that is no run's.
RunView read_run_view(const std::string& folder);

/// Exponents of the arms of these rows, read off the records over the sizes of the first claim that is about
/// one, else over all. Throws InvalidInput where the folder has no store.
std::vector<FoundNumber> measure_exponents(const std::string& folder, const Catalogues& catalogues,
                                           const std::vector<SummaryRow>& rows, LawKind law,
                                           Expense over = Expense::computing);

/// Beside the findings, the exponents of data and computing, where rules have uses also in total, of arms of which no
/// finding tells one, or a plateau; nothing where the folder has no store.
void add_exponents(RunView& view, const std::string& folder, const Catalogues& catalogues);

}  // namespace quartic
