#include "experiments/platform/field_parser.hpp"

#include <utility>

namespace quartic::detail {

namespace {

enum class Place { before, plain, quoted, after_quote };

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

struct FieldParser::State {
  char delimiter;
  std::function<void(std::string_view)> field;
  std::function<void()> row;
  Place place = Place::before;
  std::string text = {};
  bool in_row = false;  // something of a row has been seen

  void end_field() {
    if (place == Place::plain) text.resize(text.find_last_not_of(" \t") + 1);
    field(text);
    text.clear();
    place = Place::before;
  }
  void end_row() {
    if (in_row) {
      end_field();
      row();
    }
    in_row = false;
  }
  // False for a quote where none can stand.
  bool take(char c) {
    if (place == Place::quoted) {
      if (c == '"')
        place = Place::after_quote;
      else
        text += c;
      return true;
    }
    if (c == '\n' || c == '\r') {
      end_row();
      return true;
    }
    if (is_blank(c) && c != delimiter && place != Place::plain) return true;
    in_row = true;
    if (c == delimiter) {
      end_field();
      return true;
    }
    return take_letter(c);
  }
  bool take_letter(char c) {
    if (c != '"') {
      if (place == Place::after_quote) return false;
      place = Place::plain;
      text += c;
      return true;
    }
    if (place == Place::plain) return false;
    if (place == Place::after_quote) text += c;  // a doubled one
    place = Place::quoted;
    return true;
  }
};

FieldParser::FieldParser(char delimiter, std::function<void(std::string_view)> field,
                         std::function<void()> row)
    : state_(std::make_unique<State>(State{delimiter, std::move(field), std::move(row)})) {}

FieldParser::~FieldParser() = default;

bool FieldParser::feed(std::string_view text) {
  for (const char c : text)
    if (!state_->take(c)) return false;
  return true;
}

bool FieldParser::finish() {
  if (state_->place == Place::quoted) return false;
  state_->end_row();
  return true;
}

}  // namespace quartic::detail
