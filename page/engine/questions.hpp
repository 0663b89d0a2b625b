#pragma once
/// The questions, one function each.
#include <nlohmann/json.hpp>

#include "experiments/study/study.hpp"
#include "page/engine/answers.hpp"

namespace quartic::page {

using Json = nlohmann::ordered_json;

struct Question {
  const Json& asked;
  std::span<const std::string_view> bytes;
  const Listener& listener;
};

/// The study that is asked about, read and validated. Throws InvalidInput.
Study read_study(const Json& asked);
/// A seed, which JSON's numbers do not hold. Throws InvalidInput.
std::uint64_t read_seed(const Json& seed);

Answer about(const Question& question);
Answer study_text(const Question& question);
Answer seed_of_name(const Question& question);
Answer check(const Question& question);
Answer run_shard(const Question& question);
Answer judge(const Question& question);
Answer export_run(const Question& question);
Answer films(const Question& question);
Answer bill(const Question& question);
Answer recorded(const Question& question);

/// {"ok": true} with what it holds. What is not finite becomes null.
Answer told(Json json, std::string bytes = "");

}  // namespace quartic::page
