#include "sim/experts/expert.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "sim/experts/lone_effects.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

void require_available(std::string_view what, Index named, Index available) {
  require(named >= 0 && named <= available, "an expert names " + std::to_string(named) + " " +
                                                std::string(what) + " candidates (this world has " +
                                                std::to_string(available) + "). Name from 0 to " +
                                                std::to_string(available) + ".");
}

// So many of the relevant columns, in the order in which a better expert names more of them.
std::vector<Index> order_of_naming(const Expert& expert, const std::vector<Index>& relevant, Index count,
                                   const Stream& stream) {
  if (expert.forgets == Forgets::least_important) return {relevant.begin(), relevant.begin() + count};
  std::vector<Index> order;
  for (const Index k :
       sample_without_replacement(static_cast<Index>(relevant.size()), count, stream.child("correct")))
    order.push_back(relevant[static_cast<std::size_t>(k)]);
  return order;
}

// The fewest of these shares, in their order, that reach the recall.
Index reaching(double recall, const std::vector<double>& shares) {
  constexpr double rounding = 1e-9;
  double sum = 0;
  Index count = 0;
  for (const double share : shares) {
    if (sum >= recall - rounding) break;
    sum += share;
    ++count;
  }
  return count;
}

bool goes_by_signal(const Expert& expert) {
  return expert.recall && expert.weight == Weight::signal;
}

[[noreturn]] void refuse_list(const std::string& list, const std::string& why) {
  throw InvalidInput("columns = \"" + list + "\" " + why + " Write such as \"3 7 12\".", {"columns"});
}

// Of a list, ascending.
std::vector<Index> listed_columns(const std::string& list, Index candidates) {
  std::vector<Index> columns;
  std::string text = list;
  std::replace(text.begin(), text.end(), ',', ' ');
  for (std::size_t first = text.find_first_not_of(' '); first < text.size();) {
    const std::size_t end = std::min(text.find(' ', first), text.size());
    const std::optional<double> number = read_number(text.substr(first, end - first));
    if (!number || *number != std::rint(*number))
      refuse_list(list,
                  "is no list (whole numbers, the columns counted from 0, with blanks or commas between).");
    if (!(*number >= 0 && *number < static_cast<double>(candidates)))
      refuse_list(list, "names column " + shortest(*number) + " (this world has columns 0 to " +
                            std::to_string(candidates - 1) + ").");
    columns.push_back(static_cast<Index>(*number));
    first = text.find_first_not_of(' ', end);
  }
  std::sort(columns.begin(), columns.end());
  if (const auto twice = std::adjacent_find(columns.begin(), columns.end()); twice != columns.end())
    refuse_list(list, "names column " + std::to_string(*twice) + " twice (a model sees it once).");
  return columns;
}

NamedCounts count_listed(const std::vector<Index>& named, std::vector<Index> relevant) {
  std::sort(relevant.begin(), relevant.end());
  const auto correct = std::count_if(named.begin(), named.end(), [&](Index column) {
    return std::binary_search(relevant.begin(), relevant.end(), column);
  });
  return {correct, std::ssize(named) - correct};
}

NamedCounts count_by_recall(const Expert& expert, Index relevant) {
  return {expert.recall ? static_cast<Index>(std::llround(*expert.recall * static_cast<double>(relevant)))
                        : expert.correct,
          expert.wrong};
}

NamedCounts with_wrong(NamedCounts counts, const Expert& expert) {
  if (expert.false_share)
    counts.wrong = static_cast<Index>(
        std::llround(*expert.false_share / (1 - *expert.false_share) * static_cast<double>(counts.correct)));
  return counts;
}

// Of the relevant columns in their order of naming.
Index count_by_signal(const Expert& expert, const Truth& truth, const std::vector<Index>& order) {
  const std::vector<Index> relevant = truth.relevant();
  const std::vector<double> shares = signal_shares(truth);
  std::vector<std::pair<Index, double>> by_column;
  for (std::size_t k = 0; k < relevant.size(); ++k) by_column.emplace_back(relevant[k], shares[k]);
  std::sort(by_column.begin(), by_column.end());
  std::vector<double> ordered;
  for (const Index column : order)
    ordered.push_back(std::lower_bound(by_column.begin(), by_column.end(), std::pair(column, -1.0))->second);
  return reaching(*expert.recall, ordered);
}

std::vector<Index> correct_columns(const Expert& expert, const Truth& truth, const Stream& stream) {
  const std::vector<Index> relevant = truth.relevant();
  const auto all = static_cast<Index>(relevant.size());
  if (goes_by_signal(expert)) {
    std::vector<Index> order = order_of_naming(expert, relevant, all, stream);
    order.resize(static_cast<std::size_t>(count_by_signal(expert, truth, order)));
    return order;
  }
  const Index count = count_by_recall(expert, all).correct;
  require_available("relevant", count, all);
  return order_of_naming(expert, relevant, count, stream);
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

// Those of these columns that come first in an order of all candidates: round(share size) of them.
std::vector<Index> first_in_order(std::vector<Index> columns, double share, const Stream& order) {
  std::vector<std::pair<double, Index>> ranked;
  for (const Index column : columns)
    ranked.emplace_back(order.child(static_cast<std::uint64_t>(column)).uniform(), column);
  std::sort(ranked.begin(), ranked.end());
  ranked.resize(static_cast<std::size_t>(std::llround(share * static_cast<double>(columns.size()))));
  columns.clear();
  for (const auto& one : ranked) columns.push_back(one.second);
  std::sort(columns.begin(), columns.end());
  return columns;
}

std::vector<bool> thresholded_columns(const Expert& expert, const std::vector<Index>& named,
                                      const Stream& stream) {
  const std::vector<Index> chosen = first_in_order(named, expert.wrong_form, stream.child("form"));
  std::vector<bool> thresholded;
  for (const Index column : chosen.empty() ? std::vector<Index>{} : named)
    thresholded.push_back(std::binary_search(chosen.begin(), chosen.end(), column));
  return thresholded;
}

Vector deviations_of(const std::vector<Index>& columns, const Truth& truth) {
  Vector deviations(std::ssize(columns));
  for (Index k = 0; k < deviations.size(); ++k) {
    const std::optional<double> variance = truth.variance(columns[static_cast<std::size_t>(k)]);
    if (!variance) return {};
    deviations[k] = std::sqrt(*variance);
  }
  return deviations;
}

ColumnReading make_reading(const Expert& expert, const Truth& truth, std::vector<Index> named,
                           const Stream& stream) {
  ColumnReading reading{.noise = expert.noise,
                        .missing = expert.missing,
                        .thresholded = thresholded_columns(expert, named, stream)};
  if (!reading.is_plain()) reading.deviations = deviations_of(named, truth);
  const bool needs_deviations = reading.noise > 0 || !reading.thresholded.empty();
  require(
      !needs_deviations || reading.deviations.size() == std::ssize(named),
      "noise or wrong_form is above 0 (this world does not know how much its columns vary). Leave them at "
      "0, or let its truths have variance(column).",
      {"noise", "wrong_form"});
  reading.columns = std::move(named);
  return reading;
}

Vector forbidden_signs(const Expert& expert, const Truth& truth, const std::vector<Index>& named,
                       const Stream& stream) {
  std::vector<Index> relevant = truth.relevant(), right;
  std::sort(relevant.begin(), relevant.end());
  std::set_intersection(named.begin(), named.end(), relevant.begin(), relevant.end(),
                        std::back_inserter(right));
  const std::vector<Index> chosen = first_in_order(std::move(right), expert.wrong_sign, stream.child("sign"));
  if (chosen.empty()) return {};
  Vector signs = Vector::Zero(std::ssize(named));
  for (const Index column : chosen)
    signs[std::lower_bound(named.begin(), named.end(), column) - named.begin()] = effect_sign(truth, column);
  return signs;
}

// `order`: that in which shares of the signal come where chance decides.
template <class Order>
NamedCounts named_in_order(const Expert& expert, const Truth& truth, Order order) {
  if (!expert.columns.empty())
    return count_listed(listed_columns(expert.columns, truth.candidates()), truth.relevant());
  if (!goes_by_signal(expert))
    return with_wrong(count_by_recall(expert, std::ssize(truth.relevant())), expert);
  std::vector<double> shares = signal_shares(truth);
  if (expert.forgets == Forgets::at_random) std::sort(shares.begin(), shares.end(), order);
  return with_wrong({reaching(*expert.recall, shares), expert.wrong}, expert);
}

}  // namespace

NamedCounts most_named(const Expert& expert, const Truth& truth) {
  return named_in_order(expert, truth, std::less<>());
}

NamedCounts fewest_named(const Expert& expert, const Truth& truth) {
  return named_in_order(expert, truth, std::greater<>());
}

std::vector<Index> named_columns(const Expert& expert, const Truth& truth, const Stream& stream) {
  if (!expert.columns.empty()) return listed_columns(expert.columns, truth.candidates());
  std::vector<Index> relevant = truth.relevant();
  const Index others = truth.candidates() - static_cast<Index>(relevant.size());
  std::vector<Index> named = correct_columns(expert, truth, stream);
  const Index wrong = with_wrong({std::ssize(named), expert.wrong}, expert).wrong;
  require_available("irrelevant", wrong, others);
  std::sort(relevant.begin(), relevant.end());
  for (const Index rank : sample_without_replacement(others, wrong, stream.child("wrong")))
    named.push_back(irrelevant_column(rank, relevant));
  std::sort(named.begin(), named.end());
  return named;
}

Advice advise(const Expert& expert, const Truth& truth, const Stream& stream) {
  ColumnReading reading = make_reading(expert, truth, named_columns(expert, truth, stream), stream);
  Vector forbidden = forbidden_signs(expert, truth, reading.columns, stream);
  return {std::move(reading), std::move(forbidden)};
}

}  // namespace quartic
