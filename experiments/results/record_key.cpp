#include "experiments/results/record_key.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/require.hpp"
#include "experiments/platform/digest.hpp"
#include "experiments/study/expert_keys.hpp"

namespace quartic {

namespace {

void append_text(std::string& json, const std::string& text) {
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
  });
  if (plain) {
    json += '"';
    json += text;
    json += '"';
    return;
  }
  const std::string pair = canonical_json({{"", text}});  // {"":"..."}
  json.append(pair, 4, pair.size() - 5);
}

void append_number(std::string& json, double number) {
  if (!std::isfinite(number)) return append_text(json, shortest(number));
  json += shortest(number);
}

// Of one kind, whatever a study wrote: 10 and 1e1 are the same count, 1 and 1.0 the same number.
void append_value(std::string& json, OptionKind kind, const OptionValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return append_text(json, *text);
  if (const auto* flag = std::get_if<bool>(&value)) {
    json += *flag ? "true" : "false";
    return;
  }
  const auto* count = std::get_if<Index>(&value);
  const double number = count ? static_cast<double>(*count) : std::get<double>(value);
  const bool whole = number == std::rint(number) && std::abs(number) < 9e15;
  if (kind == OptionKind::count && (count || whole))
    json += std::to_string(count ? *count : static_cast<Index>(number));
  else
    append_number(json, number);
}

/// One option of a kind: what its place holds unless a study sets it.
struct OptionText {
  std::string name, label, by_default;
  OptionKind kind = OptionKind::number;
};
using KindText = std::vector<OptionText>;  // by name

KindText make_kind_text(std::span<const OptionInfo> options) {
  KindText text;
  for (const OptionInfo& option : options) {
    OptionText one{option.name, "", "", option.kind};
    append_text(one.label, option.name);
    one.label += ':';
    append_value(one.by_default, option.kind, option.default_value);
    text.push_back(std::move(one));
  }
  std::sort(text.begin(), text.end(),
            [](const OptionText& a, const OptionText& b) { return a.name < b.name; });
  return text;
}

// Both are in alphabetical order. What a study sets and the kind does not know is kept: two studies that
// differ have different contents.
void append_options(std::string& json, const KindText& kind, const OptionValues& set) {
  json += '{';
  auto known = kind.begin();
  auto given = set.begin();
  while (known != kind.end() || given != set.end()) {
    if (json.back() != '{') json += ',';
    const bool is_given = given != set.end() && (known == kind.end() || given->first <= known->name);
    const bool is_known = known != kind.end() && (!is_given || given->first == known->name);
    if (is_known)
      json += known->label;
    else
      append_text(json, given->first), json += ':';
    if (is_given)
      append_value(json, is_known ? known->kind : OptionKind::number, given->second);
    else
      json += known->by_default;
    if (is_known) ++known;
    if (is_given) ++given;
  }
  json += '}';
}

void append_expert(std::string& json, const std::optional<Expert>& expert) {
  if (!expert) {
    json += "null";
    return;
  }
  json += canonical_json(expert_values(*expert));
}

// Sixteen hexadecimal digits.
std::uint64_t read_bits(std::string_view digits) {
  std::uint64_t bits = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
  return bits;
}

SeriesKey first_bits(std::string_view bytes) {
  const std::string digest = sha256(bytes);
  const std::string_view digits = digest;
  return {read_bits(digits.substr(0, 16)), read_bits(digits.substr(16, 16))};
}

// All of the text, as a whole number that is not negative.
std::optional<Index> whole_number(std::string_view text) {
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

constexpr std::size_t key_digits = 32, fewest_digits = 6;

bool is_part_of_key(std::string_view text) {
  return text.size() >= fewest_digits && text.size() <= key_digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

struct SeriesKeys::Kinds {
  std::map<std::string, KindText, std::less<>> worlds, models;

  template <class Entries>
  static std::map<std::string, KindText, std::less<>> of(const Entries& entries) {
    std::map<std::string, KindText, std::less<>> kinds;
    for (const auto& entry : entries) kinds.emplace(entry.name, make_kind_text(entry.options));
    return kinds;
  }

  static void append(std::string& json, const Choice& choice,
                     const std::map<std::string, KindText, std::less<>>& kinds) {
    const auto kind = kinds.find(choice.kind);
    require(kind != kinds.end(),
            "'" + choice.kind + "' is unknown (the catalogue has no such kind). See `quartic list`.");
    json += "{\"kind\":";
    append_text(json, choice.kind);
    json += ",\"options\":";
    append_options(json, kind->second, choice.options);
    json += '}';
  }
};

std::string to_string(const SeriesKey& key) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(key_digits, '0');
  for (std::size_t i = 0; i < 16; ++i) {
    text[15 - i] = digits[key.high >> (4 * i) & 15];
    text[31 - i] = digits[key.low >> (4 * i) & 15];
  }
  return text;
}

SeriesKey make_series_key(std::string_view content) {
  return first_bits(content);
}

std::string to_string(const RecordName& name) {
  return name.series + "/" + std::to_string(name.n) + "/" + std::to_string(name.replicate);
}

RecordName parse_record_name(std::string_view text) {
  const std::size_t first = text.find('/'), second = text.rfind('/');
  if (first != second && is_part_of_key(text.substr(0, first))) {
    const auto n = whole_number(text.substr(first + 1, second - first - 1));
    const auto replicate = whole_number(text.substr(second + 1));
    if (n && replicate) return {std::string(text.substr(0, first)), *n, *replicate};
  }
  throw InvalidInput("\"" + std::string(text) +
                     "\" names no record (its name is KEY/n/replicate, with at least 6 hexadecimal digits of "
                     "the key). Write one such as 3fa94c21b0e70d5c9be1c9b52aa01f37/400/12.");
}

SeriesKeys::SeriesKeys(const Study& study)
    : head_("{\"arm\":"),
      tail_(",\"format\":1,\"seed\":" + std::to_string(study.seed) + ",\"storage\":\"" +
            std::string(to_string(study.storage)) + "\",\"theory\":["),
      truth_(study.truth_seed ? "],\"truth_seed\":" + std::to_string(*study.truth_seed) : "]"),
      kinds_(std::make_shared<const Kinds>(
          Kinds{Kinds::of(study.catalogues.worlds()), Kinds::of(study.catalogues.models())})) {
  for (const TheoryLine& line : study.theory) {
    std::string& curves = theory_[line.arm];
    if (!curves.empty()) curves += ',';
    append_text(curves, line.curve);
  }
}

std::string SeriesKeys::content(const Cell& cell, const ArmSpec& arm) const {
  std::string json;
  json.reserve(1024);
  json += head_;
  json += "{\"expert\":";
  append_expert(json, arm.expert);
  json += ",\"model\":";
  Kinds::append(json, arm.model, kinds_->models);
  json += ",\"name\":";
  append_text(json, arm.name);
  json += arm.select_oracle ? ",\"select\":\"oracle\"}" : ",\"select\":null}";
  json += tail_;
  if (const auto curves = theory_.find(arm.name); curves != theory_.end()) json += curves->second;
  json += truth_;
  json += ",\"world\":";
  Kinds::append(json, cell.world, kinds_->worlds);
  json += '}';
  return json;
}

std::uint64_t SeriesKeys::task_hash(const Cell& cell) const {
  std::string json = tail_;
  Kinds::append(json, cell.world, kinds_->worlds);
  return first_bits(json).high;
}

Index find_shard(std::uint64_t task_hash, Index replicate, Index count) {
  const auto parts = static_cast<std::uint64_t>(count);
  return static_cast<Index>((task_hash % parts + static_cast<std::uint64_t>(replicate) % parts) % parts) + 1;
}

}  // namespace quartic
