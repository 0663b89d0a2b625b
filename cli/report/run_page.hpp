#pragma once
/// A run as one page that can be mailed: a report under the ADEMP headings.
///
/// Aims, data-generating mechanisms, estimands, methods, performance measures: what a report of a simulation
/// study should say (Morris, White & Crowther 2019, Statistics in Medicine 38(11)). Averages stand beside
/// their Monte Carlo standard errors.
#include <string>
#include <vector>

#include "cli/report/report.hpp"

namespace quartic {

/// A picture of the page: the text of an .svg, and what it is.
struct PagePicture {
  std::string svg, says;
};

/// Who ran it, as manifest.json has it; "" where nobody knows.
struct PageOrigin {
  std::string version, revision, compiler, cpu, finished, digest;
};

/// The page, in HTML. It holds no script and asks for nothing from elsewhere.
std::string run_page(const ReportInput& input, const std::vector<PagePicture>& pictures,
                     const PageOrigin& origin);

}  // namespace quartic
