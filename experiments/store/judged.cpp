#include "experiments/store/judged.hpp"

namespace quartic {

Judged judge(const Study& study, const Cube& cube, const AdaptiveReport* adaptive) {
  Judged judged{.findings = evaluate_claims(study, cube), .causes = {}, .json = {}};
  if (study.causes) judged.causes = evaluate_causes(study, cube);
  judged.json = findings_json(study, judged.findings, judged.causes ? &*judged.causes : nullptr,
                              adaptive ? adaptive_json(study, *adaptive) : "");
  return judged;
}

}  // namespace quartic
