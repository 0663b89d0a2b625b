#pragma once
/// The fits of one group of rows, each by its own way of reading them.
#include <functional>

#include "experiments/tables/fit_rows.hpp"
#include "laws/statistics/row_units.hpp"

namespace quartic::detail {

Interval scaled(const Interval& interval, double factor);

/// The rows that were read, as points.
void keep_points(const Vector& x, const Vector& errors, TableFit& fit);

/// What must be said of rows over these sizes.
void add_warnings(const FitRows& rows, const Vector& x, TableFit& fit);

/// What rows a table leaves out together: those of a cluster, of a replicate, or each for itself.
RowUnits units_of(const FitRows& rows);

/// Whether plain rows have a straight line: for itself, or before other laws.
bool is_line_asked(const LawsAsked& laws);

/// Plain rows: a straight line, or laws that are not.
TableFit fit_plain(const FitRows& rows, Quantity quantity, const FitQuestion& question,
                   Performance performance);

/// Models of several sizes: the law in two causes.
TableFit fit_sizes(const FitRows& rows, const FitQuestion& question, Performance performance);

/// A number of a law, such as its break.
using NumberOfLaw = std::function<double(const Law&)>;

/// Where a broken law breaks and what is beyond, by the intervals that `interval_of` gives of its numbers;
/// `growth` is the exponent of k per 1/slope.
void tell_break(double growth, const std::function<Interval(const NumberOfLaw&)>& interval_of, TableFit& fit);

}  // namespace quartic::detail
