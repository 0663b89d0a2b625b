#include "models/flexible/mlp/mlp.hpp"

#include <algorithm>

#include "models/flexible/mlp/basic_options.hpp"

namespace quartic {

namespace {

using detail::TrainingPlan;

using detail::network_model;

Fit fit_alone(const Mlp& mlp, const Data& data, Stream stream, const Checkpoints* checkpoints) {
  require_valid(mlp);
  mlp.require_data(data.rows(), data.columns(), data.task());
  return detail::fit_network(network_model(mlp), data, std::move(stream), checkpoints);
}

}  // namespace

Fit Mlp::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream), nullptr);
}

Fit Mlp::fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const {
  return fit_alone(*this, data, std::move(stream), &checkpoints);
}

std::vector<Fit> Mlp::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  for (const Index n : prefixes.sizes) require_data(n, prefixes.data.columns(), prefixes.data.task());
  return detail::fit_network_prefixes(network_model(*this), prefixes, std::move(stream));
}

void Mlp::require_data(Index n, Index p, Task task) const {
  detail::require_fit(*this, n, p, task);
}

double Mlp::working_bytes(Index n, Index p) const {
  const TrainingPlan plan = detail::make_training_plan(*this, n, p);
  const double weights = detail::count_parameters(*this, p);
  double units = 0;
  for (const Index hidden : plan.shape.hidden) units += static_cast<double>(hidden);
  constexpr Index judged_at_once = 256;
  constexpr double copies = detail::weight_copies + 1;  // a gradient for the certificate, then the rule
  const auto rows = static_cast<double>(std::max(plan.batch, judged_at_once));
  const double batch_numbers = rows * (static_cast<double>(p) + 3 * units);
  return sizeof(float) * (static_cast<double>(n) * static_cast<double>(p) + copies * weights + batch_numbers);
}

double Mlp::checkpoint_bytes(Index, Index p) const {
  constexpr double saved = 4;  // weights, two moments, the best weights
  return saved * sizeof(float) * detail::count_parameters(*this, p);
}

double Mlp::fit_flops(Index n, Index p) const {
  return detail::network_fit_flops(detail::make_training_plan(*this, n, p), n);
}

}  // namespace quartic
