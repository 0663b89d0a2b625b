#pragma once
/// The options of training, which all networks trained by stochastic gradients have under the same names.
#include <array>

#include "core/options.hpp"
#include "models/flexible/mlp/training.hpp"
#include "models/flexible/mlp/tuning.hpp"

namespace quartic::detail {

/// Their values in one model.
struct TrainingOptions {
  std::string model;  ///< its name, for messages
  std::string optimiser;
  double momentum = 0, beta_2 = 0, clip = 0;
  Index batch = 0, epochs = 0;
  std::string schedule;
  double warm_up = 0, decay_epochs = 0, decay_factor = 0;
  NumberOrWord learning_rate;
  double rate_from = 0, rate_to = 0;
  Index rates = 0;
  std::string tune_at;
  double interpolation = 0, validation = 0;
  Index patience = 0;
  bool history = false;
};
template <class M>
TrainingOptions training_options_of(const M& m) {
  return {m.name(),   m.optimiser, m.momentum,      m.beta_2,       m.clip,          m.batch,     m.epochs,
          m.schedule, m.warm_up,   m.decay_epochs,  m.decay_factor, m.learning_rate, m.rate_from, m.rate_to,
          m.rates,    m.tune_at,   m.interpolation, m.validation,   m.patience,      m.history};
}

/// Rows held out of n by early stopping; 0 where it is off.
Index validation_rows(const TrainingOptions& options, Index n);
/// Rows held out of n when rates are tried.
Index tuning_rows(const TrainingOptions& options, Index n);
RateBracket make_bracket(const TrainingOptions& options);
bool tunes(const TrainingOptions& options);
/// A plan with everything that these options say of fits of n rows: shape, initial weights, loss and penalties
/// are left as they are, and a rate that is tuned.
TrainingPlan plan_training(const TrainingOptions& options, Index n);

/// The place of a word in its list, as the enumerator there. Precondition: require_valid.
template <class Enum, std::size_t size>
Enum named(const std::string& word, const std::array<std::string_view, size>& words) {
  return static_cast<Enum>(std::find(words.begin(), words.end(), word) - words.begin());
}

/// Numbers a weight that a fit holds: itself, its gradient, two moments, and its best value.
inline constexpr double weight_copies = 5;

/// Throws InvalidInput for a bracket or sizes to tune at that are none.
void require_rates(const TrainingOptions& options);
/// Throws InvalidInput where n rows leave too few to train on.
void require_rows(const TrainingOptions& options, Index n);
/// Throws InvalidInput where the loss is not for these labels. for_numbers: losses that are, as the message names
/// them.
void require_labels(const std::string& model, const std::string& loss, std::string_view for_numbers,
                    Task task);
/// Throws InvalidInput for more parameters than any memory holds; `option` says how many there are.
void require_holdable(const std::string& model, const std::string& option, double parameters);

inline constexpr std::array optimiser_words = {
    OptionWord{"sgd", "stochastic gradient descent"}, OptionWord{"momentum", "with a heavy ball"},
    OptionWord{"nesterov", "with Nesterov's momentum"}, OptionWord{"adam", "Kingma & Ba's adaptive rates"},
    OptionWord{"adamw", "adam with decoupled weight decay"}};
inline constexpr std::array schedule_words = {
    OptionWord{"constant", "no decay"}, OptionWord{"cosine", "half a cosine down to zero over all epochs"},
    OptionWord{"inverse_time", "1 / (1 + epoch/decay_epochs)"},
    OptionWord{"step", "times decay_factor every decay_epochs"}};
inline constexpr std::array rate_words = {
    OptionWord{"tuned", "the best of rates from rate_from to rate_to on rows held out"}};

inline constexpr OnlyWith with_memory = {"optimiser", {"momentum", "nesterov", "adam", "adamw"}};
inline constexpr OnlyWith with_adam = {"optimiser", {"adam", "adamw"}};
inline constexpr OnlyWith with_decay = {"schedule", {"inverse_time", "step"}};
inline constexpr OnlyWith with_steps = {"schedule", {"step"}};
inline constexpr OnlyWith stopped_early = {"validation", {}, above(0, "")};
inline constexpr OnlyWith when_tuned = {"learning_rate", {"tuned"}};

/// The rows of a model's table of options for these, from "optimiser" to "history".
template <class M>
inline constexpr std::array training_options = {
    Option<M>{"optimiser", &M::optimiser, "from gradients to steps", optimiser_words},
    Option<M>{"momentum", &M::momentum, "of momentum and nesterov; the first beta of adam", no_words,
              share("the memory of old gradients must fade"), with_memory},
    Option<M>{"beta_2", &M::beta_2, "the second beta of adam", no_words,
              share("the memory of old squares must fade"), with_adam},
    Option<M>{"clip", &M::clip, "longest gradient; 0: any", no_words,
              at_least(0, "it is a length; 0 is any")},
    Option<M>{"batch", &M::batch, "rows a step; 0: 32, or all where there are fewer", no_words,
              at_least(0, "it counts rows; 0 is 32, or all")},
    Option<M>{"epochs", &M::epochs, "how often each row is used, at most", no_words,
              at_least(1, "no row would be used")},
    Option<M>{"schedule", &M::schedule, "how the learning rate falls", schedule_words},
    Option<M>{"warm_up", &M::warm_up, "epochs over which the learning rate rises", no_words,
              at_least(0, "it is a number of epochs, from 0 on")},
    Option<M>{"decay_epochs", &M::decay_epochs, "of the schedules inverse_time and step", no_words,
              above(0, "a rate falls over some epochs"), with_decay},
    Option<M>{"decay_factor", &M::decay_factor, "of the schedule step", no_words,
              above(0, "a rate is positive"), with_steps},
    Option<M>{"learning_rate", &M::learning_rate, "of the first steps, or how to choose it", rate_words,
              above(0, "a rate is positive")},
    Option<M>{"rate_from", &M::rate_from, "smallest rate tried when it is tuned", no_words,
              above(0, "a rate is positive"), when_tuned},
    Option<M>{"rate_to", &M::rate_to, "largest rate tried", no_words, above(0, "a rate is positive"),
              when_tuned},
    Option<M>{"rates", &M::rates, "how many rates are tried", no_words,
              from_to(3, 100, "a parabola has three points, and each rate is a fit"), when_tuned},
    Option<M>{"tune_at", &M::tune_at, "sizes at which to tune, as in \"200,400\"; empty: at each size",
              no_words, Bounds{}, when_tuned},
    Option<M>{"interpolation", &M::interpolation, "training error at which to stop; 0: never", no_words,
              at_least(0, "it is an error; 0 is never")},
    Option<M>{"validation", &M::validation, "share of rows held out for early stopping; 0: none", no_words,
              share("some rows must be left to train on")},
    Option<M>{"patience", &M::patience, "epochs without a better validation error before it stops", no_words,
              at_least(1, "it counts epochs"), stopped_early},
    Option<M>{"history", &M::history, "whether to keep the errors of every epoch"}};

}  // namespace quartic::detail
