#include "experiments/platform/provenance.hpp"

#include <nlohmann/json.hpp>

#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine.hpp"
#include "models/linear/blas.hpp"

namespace quartic {

std::string provenance_json() {
  const nlohmann::ordered_json json{
      {"program",
       {{"name", "quartic"},
        {"version", version()},
        {"git_revision", git_revision()},
        {"compiler", compiler()},
        {"flags", compiler_flags()}}},
      {"machine",
       {{"cpu", cpu_model()}, {"instruction_set", instruction_set()}, {"blas", blas_description()}}},
      {"finished", now_in_utc()}};
  return json.dump();
}

}  // namespace quartic
