#include "sim/parts/noise.hpp"

#include <array>
#include <cmath>
#include <string>

#include "core/random/normal.hpp"
#include "core/require.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/form.hpp"
#include "sim/parts/rows.hpp"

namespace quartic {

namespace {

Form parse_tails(std::string_view text) {
  const std::array<FormRule, 2> rules = {{{"gaussian", {}, "gaussian"}, {"student", {"df"}, "student(3)"}}};
  Form form = parse_form("tails", text, rules);
  if (form.word == "student")
    require(form.arguments[0] > 2 && form.arguments[0] <= 1e6,
            "tails = \"" + std::string(text) +
                "\" (with 2 degrees of freedom or fewer the variance is infinite and no noise level "
                "can be set; above a million write \"gaussian\"). Write for example \"student(3)\".",
            {"tails"});
  return form;
}

}  // namespace

void require_tails(std::string_view text) {
  parse_tails(text);
}

Noise::Noise(std::string_view tails, double deviation) : deviation_(deviation) {
  const Form form = parse_tails(tails);
  if (form.word == "student") degrees_ = form.arguments[0];
}

double Noise::draw(Stream stream) const {
  if (degrees_ == 0) return deviation_ * stream.normal();
  const double minus_two_log_u = detail::minus_two_log(stream());
  const double cosine = detail::cos_sin(stream()).cos;
  // The factor df of t and the one of its deviation cancel.
  const double radius = std::sqrt((degrees_ - 2) * detail::exponential_minus_one(minus_two_log_u / degrees_));
  return deviation_ * (radius * cosine);
}

Vector Noise::of_rows(Range rows, const Stream& train) const {
  Vector noise(rows.count);
  for (Index i = 0; i < rows.count; ++i) noise[i] = draw(row_stream(train, rows.first + i).child("noise"));
  return noise;
}

}  // namespace quartic
