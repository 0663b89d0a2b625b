#include "experiments/findings/judged.hpp"

namespace quartic {

Judged judge(const Study& study, const Cube& cube, std::string_view adaptive) {
  Judged judged{.findings = evaluate_claims(study, cube), .causes = {}, .remedies = {}, .json = {}};
  if (study.causes) judged.causes = evaluate_causes(study, cube);
  if (study.remedies) judged.remedies = evaluate_remedies(study, cube);
  judged.json = findings_json(study, judged.findings,
                              {.causes = judged.causes ? &*judged.causes : nullptr,
                               .remedies = judged.remedies ? &*judged.remedies : nullptr,
                               .adaptive = adaptive});
  return judged;
}

}  // namespace quartic
