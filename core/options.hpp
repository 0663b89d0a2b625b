#pragma once
/// One table of pointers to members describes the options of a world or model; from it come parsing, --set,
/// help, defaults, fingerprints and the manifest:
///
///     constexpr std::array table = {
///         Option<SparseLinear>{"noise", &SparseLinear::noise, "standard deviation of the label noise",
///                              no_words, at_least(0, "a standard deviation is not negative")}};
#include <algorithm>
#include <array>
#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/option_info.hpp"

namespace quartic {

template <class T>
struct Option {
  std::string_view name;
  std::variant<bool T::*, Index T::*, double T::*, std::string T::*, NumberOrWord T::*> member;
  std::string_view help;
  std::span<const OptionWord> words = {};
  Bounds bounds = {};       ///< of the number, or of the count
  OnlyWith only_with = {};  ///< a study that sets an option which matters nowhere is refused
  OnPath on_path = OnPath::as_in_a_fit;
};

/// Two tables as one.
template <class T, std::size_t M, std::size_t N>
constexpr std::array<Option<T>, M + N> joined(const std::array<Option<T>, M>& a,
                                              const std::array<Option<T>, N>& b) {
  std::array<Option<T>, M + N> all{};
  std::copy(b.begin(), b.end(), std::copy(a.begin(), a.end(), all.begin()));
  return all;
}

namespace detail {
OptionKind find_kind(std::size_t member_index);
OptionValue to_value(const NumberOrWord& value);
template <class M>
OptionValue to_value(const M& value) {
  return OptionValue(value);
}
void assign(bool& to, const OptionInfo& option, const OptionValue& value);
void assign(Index& to, const OptionInfo& option, const OptionValue& value);
void assign(double& to, const OptionInfo& option, const OptionValue& value);
void assign(std::string& to, const OptionInfo& option, const OptionValue& value);
void assign(NumberOrWord& to, const OptionInfo& option, const OptionValue& value);
[[noreturn]] void unknown_option(std::string_view name, std::span<const std::string> known);

/// What a value is checked against.
struct Allowed {
  std::string_view name;
  std::span<const OptionWord> words;
  const Bounds& bounds;
};
inline void require_allowed(bool, const Allowed&) {}
void require_allowed(Index count, const Allowed& allowed);
void require_allowed(double number, const Allowed& allowed);
/// Of words with arguments, "ar1(rho)", the world itself reads the text.
void require_allowed(const std::string& word, const Allowed& allowed);
void require_allowed(const NumberOrWord& value, const Allowed& allowed);
}  // namespace detail

/// The current values of all options, by name.
template <class T>
OptionValues collect_values(const T& object, std::span<const Option<T>> options) {
  OptionValues values;
  for (const Option<T>& option : options)
    std::visit([&](auto member) { values.emplace(option.name, detail::to_value(object.*member)); },
               option.member);
  return values;
}

template <class T>
std::string fingerprint_of(const T& object, std::span<const Option<T>> options) {
  return canonical_json(collect_values(object, options));
}

/// Names, kinds, defaults and help of all options.
template <class T>
std::vector<OptionInfo> describe(std::span<const Option<T>> options) {
  const T defaults{};
  const OptionValues values = collect_values(defaults, options);
  std::vector<OptionInfo> infos;
  for (const Option<T>& option : options)
    infos.push_back({std::string(option.name),
                     detail::find_kind(option.member.index()),
                     values.find(option.name)->second,
                     std::string(option.help),
                     {option.words.begin(), option.words.end()},
                     option.bounds,
                     option.only_with,
                     option.on_path});
  return infos;
}

/// A struct that knows which of its options, each allowed, cannot stand together: throws InvalidInput.
template <class T>
concept HasRules = requires(const T& object) {
  { object.require_consistent() } -> std::same_as<void>;
};

/// Throws InvalidInput, with the option at fault, for the first number or word that the table T::options() of
/// the object's options does not allow, and for options that cannot stand together.
template <class T>
void require_valid(const T& object) {
  for (const Option<T>& option : T::options())
    std::visit(
        [&](auto member) {
          detail::require_allowed(object.*member, {option.name, option.words, option.bounds});
        },
        option.member);
  if constexpr (HasRules<T>) object.require_consistent();
}

/// A T with these values in place of its defaults. Throws InvalidInput for unknown names and wrong kinds.
template <class T>
T with_options(std::span<const Option<T>> options, const OptionValues& values) {
  T object{};
  const std::vector<OptionInfo> infos = describe(options);
  std::vector<std::string> names;
  for (const OptionInfo& info : infos) names.push_back(info.name);
  for (const auto& given : values) {
    const auto k =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), given.first) - names.begin());
    if (k == names.size()) detail::unknown_option(given.first, names);
    std::visit([&](auto member) { detail::assign(object.*member, infos[k], given.second); },
               options[k].member);
  }
  return object;
}

}  // namespace quartic
