#include "laws/curves/law.hpp"

#include <cmath>

#include "laws/statistics/root.hpp"

namespace quartic {
namespace {

/// What falls as a power: x, x - x0 or x / ln x; NaN where the law is not defined.
double base(const Law& law, double x) {
  if (law.form == LawForm::logarithm) return x > 1 ? x / std::log(x) : nan;
  return x > law.offset ? x - law.offset : nan;
}

bool breaks(const Law& law) {
  return law.form == LawForm::broken || law.form == LawForm::floor_broken;
}

/// y(x) - e.
double above_floor(const Law& law, double x) {
  const double plain = law.scale * std::pow(base(law, x), -law.exponent);
  return breaks(law) ? plain * std::pow(1 + x / law.break_size, law.exponent - law.exponent_beyond) : plain;
}

}  // namespace

std::string_view to_string(LawForm form) {
  return word_for(law_forms, form);
}

std::optional<LawForm> over_a_floor(LawForm form) {
  switch (form) {
    case LawForm::power:
      return LawForm::floor;
    case LawForm::offset:
      return LawForm::floor_offset;
    case LawForm::broken:
      return LawForm::floor_broken;
    case LawForm::logarithm:
      return std::nullopt;
    default:
      return form;
  }
}

Index free_parameters(LawForm form) {
  switch (form) {
    case LawForm::power:
    case LawForm::logarithm:
      return 2;
    case LawForm::floor:
    case LawForm::offset:
      return 3;
    case LawForm::floor_offset:
    case LawForm::broken:
      return 4;
    case LawForm::floor_broken:
      break;
  }
  return 5;
}

double Law::at(double x) const {
  return floor + above_floor(*this, x);
}

double Law::size_at(double y) const {
  if (!(y > floor) || !(exponent > 0)) return nan;
  const double reach = std::pow(scale / (y - floor), 1 / exponent);
  if (form == LawForm::logarithm || breaks(*this)) {
    const auto gap = [&](double t) { return std::log(at(std::exp(t)) / y); };
    const double lowest = form == LawForm::logarithm ? 1 + 1e-9 : std::log(reach) - 700 / exponent;
    return std::exp(find_root(gap, std::max(lowest, -600.), 600., 1e-13));
  }
  return offset + reach;
}

}  // namespace quartic
