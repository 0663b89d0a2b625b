#pragma once
/// Which forms of law a learning curve may follow, as far as it can tell, and the exponent by each.
#include <functional>
#include <optional>
#include <vector>

#include "laws/curves/law.hpp"
#include "laws/statistics/interval.hpp"
#include "laws/statistics/verdict.hpp"

namespace quartic {

/// One form, and what the data say of it.
struct Reading {
  LawForm form = LawForm::power;
  Interval value = {};    ///< the exponent by this form
  double p = 1;           ///< of data as far off as these, if this form held
  bool excluded = false;  ///< p is below 5 %
};

/// What a measurement says of one form.
struct FormReader {
  std::function<double(LawForm)> p;        ///< laws/curves/contradiction.hpp
  std::function<double(LawForm)> squares;  ///< about the fit
  std::function<Interval(LawForm, double confidence)> slope;
};

struct ReadingOptions {
  bool has_floor = false;  ///< one is held: then power and offset are read, both over it
  double confidence = 0.95;
  double root = 2;  ///< the exponent is root/slope
};

/// The law taken, then the others: of power, floor and offset each is excluded if its p is below 5 %. The law
/// taken is the power law where it stands, else of floor and offset the one that stands with the least squares,
/// else floor_offset, in which all of them are nested.
///
/// An offset beside a power law that stands moves the exponent to one side or the other, and there the power law
/// bounds it: one bound is to be found, and its interval has confidence 2 c - 1. A floor has c: where the power law
/// still stands, the floor found is often too small.
///
/// Where the error surely does not fall, the power law alone: its exponent is infinite.
std::vector<Reading> read_forms(const FormReader& reader, const ReadingOptions& options);

/// Those that are not excluded, as "the offset law".
std::vector<NamedInterval> standing(const std::vector<Reading>& readings);

/// From the least to the largest end of all readings that are not excluded, about the estimate of the first.
/// NaN ends where one of them has no interval.
Interval whichever_law(const std::vector<Reading>& readings);

/// That, or the first interval where they differ by no more than a tenth of its width: what is quoted.
Interval headline(const std::vector<Reading>& readings);

/// root/slope, ends exchanged; infinite where the slope is not above 0.
Interval exponent_of(const Interval& slope, double root);

}  // namespace quartic
