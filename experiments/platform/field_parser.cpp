#include "experiments/platform/field_parser.hpp"

#include <csv.h>

#include <new>
#include <utility>

namespace quartic::detail {

struct FieldParser::State {
  csv_parser parser{};
  std::function<void(std::string_view)> field;
  std::function<void()> row;

  static void take_field(void* text, std::size_t size, void* self) {
    static_cast<State*>(self)->field({static_cast<const char*>(text), size});
  }
  static void take_row(int, void* self) { static_cast<State*>(self)->row(); }
};

FieldParser::FieldParser(char delimiter, std::function<void(std::string_view)> field,
                         std::function<void()> row)
    : state_(std::make_unique<State>()) {
  state_->field = std::move(field);
  state_->row = std::move(row);
  if (csv_init(&state_->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  csv_set_delim(&state_->parser, static_cast<unsigned char>(delimiter));
}

FieldParser::~FieldParser() {
  csv_free(&state_->parser);
}

bool FieldParser::feed(std::string_view text) {
  return csv_parse(&state_->parser, text.data(), text.size(), State::take_field, State::take_row,
                   state_.get()) == text.size();
}

bool FieldParser::finish() {
  return csv_fini(&state_->parser, State::take_field, State::take_row, state_.get()) == 0;
}

}  // namespace quartic::detail
