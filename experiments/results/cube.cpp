#include "experiments/results/cube.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>
#include <xtensor/xadapt.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include "core/machine/large_pages.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/results/record_columns.hpp"
#include "experiments/results/settings.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Index count_slots(const CubeAxes& axes) {
  return axes.cells * static_cast<Index>(axes.arms.size() * axes.sizes.size()) * axes.replicates;
}

auto as_tensor(const std::vector<double>& values, const CubeAxes& axes) {
  const std::array<std::size_t, 5> shape = {static_cast<std::size_t>(axes.cells), axes.arms.size(),
                                            axes.sizes.size(), static_cast<std::size_t>(axes.replicates),
                                            static_cast<std::size_t>(measure_count)};
  return xt::adapt(values, shape);
}

constexpr auto diverged = static_cast<double>(FitStatus::diverged);

/// What a fit that diverged has as it was when it was stopped: all but what theory expects of its truth.
bool is_of_fit(Measure measure) {
  return measure != Measure::theory && measure != Measure::status;
}

// One measure of one cell, arm x size x replicate, packed: reductions run along contiguous replicates. Nothing of
// fits that diverged.
xt::xtensor<double, 3> slice(const std::vector<double>& values, const CubeAxes& axes, Index cell,
                             Measure measure) {
  const auto of_cell = [&](Measure one) {
    return xt::view(as_tensor(values, axes), cell, xt::all(), xt::all(), xt::all(), static_cast<Index>(one));
  };
  xt::xtensor<double, 3> packed = of_cell(measure);
  if (!is_of_fit(measure)) return packed;
  const xt::xtensor<double, 3> status = of_cell(Measure::status);
  std::transform(packed.begin(), packed.end(), status.begin(), packed.begin(),
                 [](double value, double how) { return how == diverged ? nan : value; });
  return packed;
}

template <class Expression>
Matrix to_matrix(const Expression& expression) {
  const xt::xtensor<double, 2> values = expression;
  return Eigen::Map<const Matrix>(values.data(), static_cast<Index>(values.shape(0)),
                                  static_cast<Index>(values.shape(1)));
}

}  // namespace

Cube::Cube(CubeAxes axes) : axes_(std::move(axes)) {
  assert(axes_.cells >= 0 && axes_.replicates >= 0);
  values_ = detail::filled_in_large_pages<std::vector<double>>(
      static_cast<std::size_t>(count_slots(axes_) * measure_count), nan);
}

Index Cube::arm(std::string_view name) const {
  const auto found = std::find(axes_.arms.begin(), axes_.arms.end(), name);
  if (found == axes_.arms.end())
    throw InvalidInput("no arm is called \"" + std::string(name) + "\" (the study does not define it). " +
                       did_you_mean(name, axes_.arms, "Use the name of an [[arm]]."));
  return found - axes_.arms.begin();
}

Index Cube::size(Index n) const {
  const auto found = std::find(axes_.sizes.begin(), axes_.sizes.end(), n);
  return found == axes_.sizes.end() ? -1 : found - axes_.sizes.begin();
}

Index Cube::largest_size() const {
  Index size = std::ssize(axes_.sizes) - 1;
  const auto is_further = [&] {
    const Index n = axes_.sizes[static_cast<std::size_t>(size)];
    return std::binary_search(axes_.further.begin(), axes_.further.end(), n);
  };
  while (size > 0 && is_further()) --size;
  return size;
}

bool Cube::leaves_out(Slot slot) const {
  const Index n = axes_.sizes[static_cast<std::size_t>(slot.size)];
  if (!std::binary_search(axes_.further.begin(), axes_.further.end(), n)) return false;
  for (slot.replicate = 0; slot.replicate < axes_.replicates; ++slot.replicate)
    if (!std::isnan(at(slot, Measure::status))) return false;
  return true;
}

Index Cube::offset(const Slot& slot, Measure measure) const {
  const Index arms = static_cast<Index>(axes_.arms.size()), sizes = static_cast<Index>(axes_.sizes.size());
  assert(slot.cell >= 0 && slot.cell < axes_.cells && slot.arm >= 0 && slot.arm < arms);
  assert(slot.size >= 0 && slot.size < sizes && slot.replicate >= 0 && slot.replicate < axes_.replicates);
  const Index line = (slot.cell * arms + slot.arm) * sizes + slot.size;
  return (line * axes_.replicates + slot.replicate) * measure_count + static_cast<Index>(measure);
}

void Cube::set(const Slot& slot, Measure measure, double value) {
  values_[static_cast<std::size_t>(offset(slot, measure))] = value;
}

double Cube::at(const Slot& slot, Measure measure) const {
  return values_[static_cast<std::size_t>(offset(slot, measure))];
}

double Cube::error(const Slot& slot, Measure measure) const {
  return at(slot, Measure::status) == diverged ? nan : at(slot, measure);
}

Matrix Cube::measure(Index cell, Index arm, Measure measure) const {
  assert(cell >= 0 && cell < axes_.cells && arm >= 0 && arm < static_cast<Index>(axes_.arms.size()));
  return to_matrix(xt::transpose(
      xt::view(as_tensor(values_, axes_), cell, arm, xt::all(), xt::all(), static_cast<Index>(measure))));
}

Matrix Cube::mean(Index cell, Measure measure) const {
  return to_matrix(xt::nanmean(slice(values_, axes_, cell, measure), {2}));
}

Matrix Cube::count(Index cell, Measure measure) const {
  const xt::xtensor<double, 3> values = slice(values_, axes_, cell, measure);
  return to_matrix(xt::cast<double>(xt::count_nonnan(values, {2})));
}

Index Cube::count(Index arm, FitStatus status) const {
  Index fits = 0;
  Slot slot{.arm = arm};
  for (slot.cell = 0; slot.cell < axes_.cells; ++slot.cell)
    for (slot.size = 0; slot.size < static_cast<Index>(axes_.sizes.size()); ++slot.size)
      for (slot.replicate = 0; slot.replicate < axes_.replicates; ++slot.replicate)
        fits += at(slot, Measure::status) == static_cast<double>(status);
  return fits;
}

Index Cube::count(FitStatus status) const {
  Index sum = 0;
  for (std::size_t arm = 0; arm < axes_.arms.size(); ++arm) sum += count(static_cast<Index>(arm), status);
  return sum;
}

Matrix Cube::standard_error(Index cell, Measure measure) const {
  const xt::xtensor<double, 3> values = slice(values_, axes_, cell, measure);
  const xt::xtensor<double, 2> counts = xt::cast<double>(xt::count_nonnan(values, {2}));
  const xt::xtensor<double, 2> means = xt::nanmean(values, {2});
  const xt::xtensor<double, 3> deviations = values - xt::view(means, xt::all(), xt::all(), xt::newaxis());
  const xt::xtensor<double, 2> squares = xt::nansum(xt::square(deviations), {2});
  // One replicate gives 0 / 0 and none 0 / -0: both are NaN, as they should be.
  const xt::xtensor<double, 2> variances = squares / ((counts - 1.0) * counts);
  return to_matrix(xt::sqrt(variances));
}

Matrix Cube::geometric_mean(Index cell, Measure measure) const {
  const xt::xtensor<double, 3> logarithms = xt::log(slice(values_, axes_, cell, measure));
  const xt::xtensor<double, 2> means = xt::nanmean(logarithms, {2});
  return to_matrix(xt::exp(means));
}

// Version 1.0 of https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: blanks at the end of
// the header let the numbers begin at a multiple of 64 bytes.
void Cube::write_npy(std::ostream& out) const {
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + std::to_string(axes_.cells);
  for (const std::size_t length :
       {axes_.arms.size(), axes_.sizes.size(), static_cast<std::size_t>(axes_.replicates),
        static_cast<std::size_t>(measure_count)})
    header += ", " + std::to_string(length);
  header += "), }";
  constexpr std::size_t preamble = 10;  // the ten bytes before it
  header.append(64 - (preamble + header.size() + 1) % 64, ' ') += '\n';
  out.write("\x93NUMPY\x01\x00", 8);
  out.put(static_cast<char>(header.size() % 256)).put(static_cast<char>(header.size() / 256));
  out << header;
  out.write(reinterpret_cast<const char*>(values_.data()),
            static_cast<std::streamsize>(values_.size() * sizeof(double)));
}

std::string Cube::labels_json(const CellGrid& cells) const {
  const auto positions = [](Index count) {
    std::vector<Index> labels(static_cast<std::size_t>(count));
    for (Index i = 0; i < count; ++i) labels[static_cast<std::size_t>(i)] = i;
    return labels;
  };
  Json json;
  json["schema_version"] = 1;
  json["axes"] = {"cell", "arm", "n", "replicate", "measure"};
  json["cell"] = positions(axes_.cells);
  if (!cells.axes().empty()) json["settings"] = Json::parse(settings_by_cell_json(cells));
  json["arm"] = axes_.arms;
  json["n"] = axes_.sizes;
  json["replicate"] = positions(axes_.replicates);
  json["measure"] = measure_names;
  json["status"] = {"converged", "iteration_limit", "diverged", "separated", "failed"};
  return json.dump(1) + "\n";
}

double Cube::bytes(const CubeAxes& axes) {
  return static_cast<double>(axes.cells) * static_cast<double>(axes.arms.size() * axes.sizes.size()) *
         static_cast<double>(axes.replicates) * static_cast<double>(measure_count) * sizeof(double);
}

}  // namespace quartic
