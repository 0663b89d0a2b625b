#include "python/bindings/arrow.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/fit.hpp"
#include "experiments/results/settings.hpp"

// The three structs of the interface, by their published layout.
extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace quartic::python {

namespace {

constexpr std::int64_t nullable = 2;  // ARROW_FLAG_NULLABLE

/// Bits, the least of a byte first: which rows have a value. Empty: all.
struct Validity {
  std::vector<std::uint8_t> bits;
  std::int64_t nulls = 0;
};
template <class HasValue>
Validity validity(std::size_t rows, const HasValue& has_value) {
  Validity result{std::vector<std::uint8_t>((rows + 7) / 8, 0), 0};
  for (std::size_t row = 0; row < rows; ++row)
    if (has_value(row))
      result.bits[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
    else
      ++result.nulls;
  if (result.nulls == 0) result.bits.clear();
  return result;
}

/// Texts one after another, and where each begins.
struct Texts {
  std::vector<std::int32_t> offsets = {0};
  std::string bytes;
  void add(std::string_view text) {
    bytes += text;
    offsets.push_back(static_cast<std::int32_t>(bytes.size()));
  }
};

/// One column as Arrow has it: where its numbers are, or what they are where they had to be made.
struct Column {
  std::string name, format;
  const void* numbers = nullptr;  ///< of the table, or of `made`; of a column of texts none
  Validity valid = {};
  std::vector<double> made = {};
  Texts texts = {};  ///< of a column of texts, or the names of a dictionary
  bool is_dictionary = false;
};

/// All columns of a table, immutable; exported structs share it.
struct Export {
  std::shared_ptr<const RecordTable> table;
  std::deque<Column> columns;  // columns stay where they are

  std::int64_t rows() const { return static_cast<std::int64_t>(table->rows()); }
};
using ExportPointer = std::shared_ptr<const Export>;

void add_whole(Export& to, const std::string& name, const std::vector<std::int64_t>& values) {
  to.columns.push_back({.name = name, .format = "l", .numbers = values.data()});
}

void add_measured(Export& to, const RecordTable::Counts& counts) {
  const std::vector<std::int64_t>& values = counts.values;
  to.columns.push_back({.name = counts.name,
                        .format = "l",
                        .numbers = values.data(),
                        .valid = validity(values.size(), [&](std::size_t row) { return values[row] >= 0; })});
}

void add_measured(Export& to, const RecordTable::Numbers& numbers) {
  const std::vector<double>& values = numbers.values;
  to.columns.push_back(
      {.name = numbers.name,
       .format = "g",
       .numbers = values.data(),
       .valid = validity(values.size(), [&](std::size_t row) { return !std::isnan(values[row]); })});
}

template <class Names>
void add_dictionary(Export& to, const std::string& name, const std::vector<std::int32_t>& positions,
                    const Names& names) {
  Column column{.name = name, .format = "i", .numbers = positions.data(), .is_dictionary = true};
  for (const auto& one : names) column.texts.add(one);
  to.columns.push_back(std::move(column));
}

using Json = nlohmann::ordered_json;

/// What each record's cell has of a setting, by cell: numbers where all are, else texts.
void add_setting(Export& to, const std::string& key, const Json& values) {
  const std::vector<std::int64_t>& cell = to.table->cell();
  Column column{.name = key, .format = "g"};
  const bool numeric = std::all_of(values.begin(), values.end(),
                                   [](const Json& value) { return value.is_number() || value.is_null(); });
  for (const std::int64_t id : cell) {
    const Json& value = values[static_cast<std::size_t>(id)];
    if (numeric)
      column.made.push_back(value.is_null() ? nan : value.get<double>());
    else
      column.texts.add(value.is_string() ? value.get<std::string>() : value.dump());
  }
  if (!numeric) column.format = "u";
  column.numbers = column.made.data();
  column.valid = validity(
      cell.size(), [&](std::size_t row) { return !values[static_cast<std::size_t>(cell[row])].is_null(); });
  to.columns.push_back(std::move(column));
}

void add_settings(Export& to, const CellGrid& cells) {
  const Json settings = Json::parse(settings_by_cell_json(cells));
  for (const auto& setting : settings.items()) add_setting(to, setting.key(), setting.value());
}

std::vector<std::string> status_names() {
  std::vector<std::string> names;
  for (int status = 0; status <= static_cast<int>(FitStatus::failed); ++status)
    names.emplace_back(to_string(static_cast<FitStatus>(status)));
  return names;
}

ExportPointer make_export(std::shared_ptr<const RecordTable> table, const CellGrid& cells) {
  auto made = std::make_shared<Export>();
  made->table = std::move(table);
  const RecordTable& records = *made->table;
  add_whole(*made, "cell", records.cell());
  add_dictionary(*made, "arm", records.arm(), records.arms());
  add_whole(*made, "n", records.n());
  add_whole(*made, "replicate", records.replicate());
  add_settings(*made, cells);
  add_dictionary(*made, "status", records.status(), status_names());
  records.for_each_measured([&](const auto& measured) { add_measured(*made, measured); });
  Column messages{.name = "message", .format = "u"};
  for (const std::string& message : records.message()) messages.texts.add(message);
  made->columns.push_back(std::move(messages));
  return made;
}

/// What exported structs of one kind, schemas or arrays, point to. Each struct that was handed out shares it: consumers
/// may move a child out of its parent and release them in any order.
template <class Node>
struct Holder {
  ExportPointer table;
  std::deque<Node> nodes = {};
  std::deque<std::vector<const void*>> buffers = {};
  std::vector<Node*> children = {};
};
template <class Node>
using HolderPointer = std::shared_ptr<Holder<Node>>;

template <class Node>
void release_node(Node* node) {
  for (std::int64_t k = 0; k < node->n_children; ++k)
    if (node->children[k]->release) node->children[k]->release(node->children[k]);
  if (node->dictionary && node->dictionary->release) node->dictionary->release(node->dictionary);
  node->release = nullptr;
  delete static_cast<HolderPointer<Node>*>(node->private_data);  // the node may go with it
}

ArrowSchema schema_node(const HolderPointer<ArrowSchema>& holder, const char* format, const char* name,
                        std::int64_t flags) {
  return {format,
          name,
          nullptr,
          flags,
          0,
          nullptr,
          nullptr,
          release_node<ArrowSchema>,
          new HolderPointer<ArrowSchema>(holder)};
}

void export_schema(const ExportPointer& table, ArrowSchema* out) {
  const auto holder = std::make_shared<Holder<ArrowSchema>>(Holder<ArrowSchema>{table});
  const auto keep = [&](const ArrowSchema& node) {
    holder->nodes.push_back(node);
    return &holder->nodes.back();
  };
  for (const Column& column : table->columns) {
    ArrowSchema* child = keep(schema_node(holder, column.format.c_str(), column.name.c_str(), nullable));
    if (column.is_dictionary) child->dictionary = keep(schema_node(holder, "u", "", 0));
    holder->children.push_back(child);
  }
  *out = schema_node(holder, "+s", "", 0);
  out->n_children = std::ssize(holder->children);
  out->children = holder->children.data();
}

struct Contents {
  std::int64_t length = 0, nulls = 0;
  std::vector<const void*> buffers;
};

ArrowArray array_node(const HolderPointer<ArrowArray>& holder, Contents contents) {
  holder->buffers.push_back(std::move(contents.buffers));
  std::vector<const void*>& buffers = holder->buffers.back();
  return {contents.length,
          contents.nulls,
          0,
          std::ssize(buffers),
          0,
          buffers.data(),
          nullptr,
          nullptr,
          release_node<ArrowArray>,
          new HolderPointer<ArrowArray>(holder)};
}

ArrowArray* keep_column(const HolderPointer<ArrowArray>& holder, const Column& column) {
  const auto keep = [&](Contents contents) {
    holder->nodes.push_back(array_node(holder, std::move(contents)));
    return &holder->nodes.back();
  };
  const std::int64_t rows = holder->table->rows();
  const void* valid = column.valid.bits.empty() ? nullptr : column.valid.bits.data();
  const void *offsets = column.texts.offsets.data(), *bytes = column.texts.bytes.data();
  if (column.format == "u") return keep({rows, column.valid.nulls, {valid, offsets, bytes}});
  ArrowArray* array = keep({rows, column.valid.nulls, {valid, column.numbers}});
  if (column.is_dictionary)
    array->dictionary = keep({std::ssize(column.texts.offsets) - 1, 0, {nullptr, offsets, bytes}});
  return array;
}

void export_array(const ExportPointer& table, ArrowArray* out) {
  const auto holder = std::make_shared<Holder<ArrowArray>>(Holder<ArrowArray>{table});
  for (const Column& column : table->columns) holder->children.push_back(keep_column(holder, column));
  *out = array_node(holder, {table->rows(), 0, {nullptr}});
  out->n_children = std::ssize(holder->children);
  out->children = holder->children.data();
}

struct StreamHolder {
  ExportPointer table;
  bool given = false;
};

StreamHolder& holder_of(ArrowArrayStream* stream) {
  return *static_cast<StreamHolder*>(stream->private_data);
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  export_schema(holder_of(stream).table, out);
  return 0;
}
int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  StreamHolder& holder = holder_of(stream);
  if (holder.given)
    *out = {};  // the end: released
  else
    export_array(holder.table, out);
  holder.given = true;
  return 0;
}
const char* get_last_error(ArrowArrayStream*) {
  return nullptr;
}
void release_stream(ArrowArrayStream* stream) {
  delete &holder_of(stream);
  stream->release = nullptr;
}

void delete_stream(PyObject* capsule) {
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream->release) stream->release(stream);
  delete stream;
}

}  // namespace

pybind11::capsule arrow_stream(std::shared_ptr<const RecordTable> table, const CellGrid& cells) {
  auto* stream = new ArrowArrayStream{get_schema, get_next, get_last_error, release_stream,
                                      new StreamHolder{make_export(std::move(table), cells)}};
  return pybind11::reinterpret_steal<pybind11::capsule>(
      PyCapsule_New(stream, "arrow_array_stream", delete_stream));
}

}  // namespace quartic::python
