#include "sim/parts/expert.hpp"

#include <algorithm>
#include <string>

#include "core/require.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

void require_available(std::string_view what, Index named, Index available) {
  require(named >= 0 && named <= available, "an expert names " + std::to_string(named) + " " +
                                                std::string(what) + " candidates (this world has " +
                                                std::to_string(available) + "). Name from 0 to " +
                                                std::to_string(available) + ".");
}

std::vector<Index> correct_columns(const Expert& expert, const std::vector<Index>& relevant, Stream stream) {
  const auto count = static_cast<Index>(relevant.size());
  if (expert.forgets == Forgets::least_important)
    return {relevant.begin(), relevant.begin() + expert.correct};
  std::vector<Index> named;
  for (const Index k : sample_without_replacement(count, expert.correct, std::move(stream)))
    named.push_back(relevant[static_cast<std::size_t>(k)]);
  return named;
}

// The column whose rank among the irrelevant ones is `rank`: past every relevant column that has at most that
// many irrelevant ones before it.
Index irrelevant_column(Index rank, const std::vector<Index>& sorted_relevant) {
  std::size_t low = 0, high = sorted_relevant.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (sorted_relevant[middle] - static_cast<Index>(middle) <= rank)
      low = middle + 1;
    else
      high = middle;
  }
  return rank + static_cast<Index>(low);
}

}  // namespace

std::vector<Index> named_columns(const Expert& expert, const Truth& truth, Stream stream) {
  std::vector<Index> relevant = truth.relevant();
  const Index others = truth.candidates() - static_cast<Index>(relevant.size());
  require_available("relevant", expert.correct, static_cast<Index>(relevant.size()));
  require_available("irrelevant", expert.wrong, others);
  std::vector<Index> named = correct_columns(expert, relevant, stream.child("correct"));
  std::sort(relevant.begin(), relevant.end());
  for (const Index rank : sample_without_replacement(others, expert.wrong, stream.child("wrong")))
    named.push_back(irrelevant_column(rank, relevant));
  std::sort(named.begin(), named.end());
  return named;
}

}  // namespace quartic
