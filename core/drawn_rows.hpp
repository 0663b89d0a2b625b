#pragma once
/// A truth is a table of rows without end: any block of it is a pure function of the truth, a stream and the
/// indices. What it can do, and what it may know of itself.
#include <concepts>
#include <optional>
#include <span>
#include <vector>

#include "core/facts.hpp"
#include "core/fit.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// One drawn truth. Row i draws from children of stream.child(i) only: "x" (column j is counter j), "noise",
/// and what a covariance adds (see the world), so that a block never depends on which other blocks were
/// drawn.
template <class T>
concept DrawsRows = requires(const T& truth, Range range, std::span<const Index> columns, Stream stream) {
  { truth.candidates() } -> std::same_as<Index>;
  { truth.relevant() } -> std::convertible_to<std::vector<Index>>;
  { truth.facts() } -> std::convertible_to<Facts>;
  { truth.x(range, range, std::move(stream)) } -> std::same_as<Matrix>;
  { truth.columns(range, columns, std::move(stream)) } -> std::same_as<Matrix>;
  { truth.y(range, std::move(stream)) } -> std::same_as<Vector>;
  { truth.mean(range, std::move(stream)) } -> std::same_as<Vector>;
};
/// A number, or an std::optional of one: what holds another truth may learn only when it runs what that one knows.
template <class T>
concept HasExactRisk = requires(const T& truth, const LinearRule& rule) {
  { truth.excess_risk(rule) } -> std::convertible_to<std::optional<double>>;
};
/// Likewise.
template <class T>
concept HasVariances = requires(const T& truth, Index column) {
  { truth.variance(column) } -> std::convertible_to<std::optional<double>>;
};
template <class T>
concept HasNormalLaw = requires(const T& truth) {
  { truth.normal_law() } -> std::same_as<std::optional<NormalLaw>>;
};
/// How many rows there are, where they do not go on without end. Likewise.
template <class T>
concept HasRows = requires(const T& truth) {
  { truth.rows() } -> std::convertible_to<std::optional<Index>>;
};

}  // namespace quartic
