#pragma once
/// The keys of an expert, written once: readers, help, schema, documentation, sweeps, records and manifests
/// all go by this table.
#include <string>
#include <vector>

#include "core/options.hpp"
#include "experiments/study/keys.hpp"
#include "sim/experts/expert.hpp"

namespace quartic {

namespace detail {

struct ExpertKey {
  Key key;
  OptionInfo option;  ///< as the options of models are described; its default is what readers show as example
  /// The value of an expert for which the study sets this key, or need not; nothing where it holds no such
  /// value: what another key says in its place, and what is left at its default.
  std::optional<OptionValue> (*get)(const Expert&);
  void (*set)(Expert&, const OptionValue&);  ///< precondition: a value of the option's kind
};

const std::vector<ExpertKey>& expert_table();
/// What an expert takes, as a catalogue lists the options of a model.
const std::vector<OptionInfo>& expert_options();

/// Sets the value of one key.
void set_key(Expert& expert, std::string_view key, const OptionValue& value);

}  // namespace detail

/// All that makes the expert what it is: what it names, what it forgets, and what is not at its default.
OptionValues expert_values(const Expert& expert);

/// "9 right, 1 wrong", "recall 0.9, false 0.1, noise 0.2": for people.
std::string describe_expert(const Expert& expert);

}  // namespace quartic
