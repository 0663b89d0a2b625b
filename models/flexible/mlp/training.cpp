#include "models/flexible/mlp/training.hpp"

#include <algorithm>

#include "models/flexible/mlp/trainer.hpp"

namespace quartic::detail {

template <class Real>
double relative_error(const TrainingPlan& plan, std::span<const Real> parameters,
                      const LabelledRows<Real>& rows, const LabelledRows<Real>& reference) {
  Network<Real> network(plan.shape, std::min(pass_rows, rows.x.count));
  return mean_error<Real>(plan.loss, network, parameters, rows) /
         error_of_constant<Real>(plan.loss, view_labels(reference));
}

template <class Real>
TrainingState<Real> first_state(const TrainingPlan& plan, const LabelledRows<Real>& rows, Stream stream,
                                std::vector<Real> parameters) {
  return Trainer<Real>(plan, rows, std::move(stream)).begin(std::move(parameters));
}

template <class Real>
Trained<Real> train(const TrainingPlan& plan, const LabelledRows<Real>& rows, Stream stream,
                    Progress<Real> progress) {
  Trainer<Real> trainer(plan, rows, std::move(stream), std::move(progress.kept));
  TrainingState<Real> state =
      progress.state ? std::move(*progress.state) : trainer.begin(std::move(progress.parameters));
  while (trainer.goes_on(state)) {
    trainer.run_epoch(state);
    if (progress.save) progress.save(state);
  }
  return trainer.finished(std::move(state));
}

template double relative_error(const TrainingPlan&, std::span<const float>, const LabelledRows<float>&,
                               const LabelledRows<float>&);
template double relative_error(const TrainingPlan&, std::span<const double>, const LabelledRows<double>&,
                               const LabelledRows<double>&);
template TrainingState<float> first_state(const TrainingPlan&, const LabelledRows<float>&, Stream,
                                          std::vector<float>);
template TrainingState<double> first_state(const TrainingPlan&, const LabelledRows<double>&, Stream,
                                           std::vector<double>);
template Trained<float> train(const TrainingPlan&, const LabelledRows<float>&, Stream, Progress<float>);
template Trained<double> train(const TrainingPlan&, const LabelledRows<double>&, Stream, Progress<double>);

}  // namespace quartic::detail
