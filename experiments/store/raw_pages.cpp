#include "experiments/store/raw_pages.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <optional>

namespace quartic::detail {

namespace {

constexpr std::size_t page_bytes = store_page_bytes, file_header = 100, log_header = 32, frame_header = 24;
constexpr unsigned char leaf_with_ids = 0x0d, inside_with_ids = 0x05;
constexpr unsigned char leaf_without_ids = 0x0a, inside_without_ids = 0x02;

std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// Reads numbers from a place on, and never beyond the end.
class ByteReader {
 public:
  ByteReader(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  std::size_t at() const { return at_; }
  /// SQLite's varint: seven bits a byte, the ninth byte whole.
  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (int i = 0; i < 9 && at_ < bytes_.size(); ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      if (i == 8) return value << 8 | byte;
      value = value << 7 | (byte & 0x7fU);
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

std::optional<std::size_t> bytes_of_type(std::uint64_t type) {
  constexpr std::array<std::size_t, 10> sizes = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
  if (type < sizes.size()) return sizes[type];
  if (type < 12 || type > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  return (type - 12) / 2;
}

RawRow::Value value_of_type(std::uint64_t type, std::string_view bytes) {
  if (type == 0) return {};
  if (type == 7) return std::bit_cast<double>(big_endian(bytes, 0, 8));
  if (type == 8 || type == 9) return static_cast<Index>(type - 8);
  if (type >= 12) return std::string(bytes);
  const auto unused = static_cast<int>(64 - 8 * bytes.size());  // arithmetic shifts carry the sign
  return static_cast<Index>(big_endian(bytes, 0, bytes.size()) << unused) >> unused;
}

std::optional<std::vector<RawRow::Value>> values_of(std::string_view payload) {
  ByteReader header(payload, 0);
  const auto header_bytes = header.varint();
  if (!header_bytes || *header_bytes > payload.size()) return std::nullopt;
  std::vector<RawRow::Value> values;
  std::size_t at = *header_bytes;
  while (header.at() < *header_bytes) {
    const auto type = header.varint();
    const auto bytes = type ? bytes_of_type(*type) : std::nullopt;
    if (!bytes || *bytes > payload.size() - at) return std::nullopt;
    values.push_back(value_of_type(*type, payload.substr(at, *bytes)));
    at += *bytes;
  }
  return values;
}

// How many of a payload's bytes lie in the page of its cell.
std::size_t bytes_in_page(std::size_t payload, bool with_ids) {
  const std::size_t most = with_ids ? page_bytes - 35 : (page_bytes - 12) * 64 / 255 - 23;
  const std::size_t least = (page_bytes - 12) * 32 / 255 - 23;
  if (payload <= most) return payload;
  const std::size_t fitting = least + (payload - least) % (page_bytes - 4);
  return fitting <= most ? fitting : least;
}

}  // namespace

bool RawRow::is_null(int column) const {
  return std::holds_alternative<std::monostate>(at(column));
}

Index RawRow::integer(int column) const {
  const auto* number = std::get_if<Index>(&at(column));
  return number ? *number : 0;
}

double RawRow::real(int column) const {
  if (const auto* number = std::get_if<double>(&at(column))) return *number;
  if (const auto* number = std::get_if<Index>(&at(column))) return static_cast<double>(*number);
  return std::numeric_limits<double>::quiet_NaN();
}

std::string_view RawRow::text(int column) const {
  const auto* text = std::get_if<std::string>(&at(column));
  return text ? std::string_view(*text) : std::string_view();
}

RawPages::RawPages(std::string file, std::string log) : file_(std::move(file)), log_(std::move(log)) {
  const std::string_view bytes = file_;
  for (std::size_t at = 0; at + page_bytes <= bytes.size(); at += page_bytes) {
    const std::string_view page = bytes.substr(at, page_bytes);
    images_.emplace_back(page, at == 0 ? file_header : 0);
    latest_[static_cast<std::uint32_t>(at / page_bytes + 1)] = page;
  }
  add_log();
}

// Frames of an earlier round of the log have other salts: their pages are old, their rows may still be good.
void RawPages::add_log() {
  const std::string_view bytes = log_;
  if (bytes.size() < log_header) return;
  const std::uint64_t salts = big_endian(bytes, 16, 8);
  for (std::size_t at = log_header; at + frame_header + page_bytes <= bytes.size();
       at += frame_header + page_bytes) {
    const auto number = static_cast<std::uint32_t>(big_endian(bytes, at, 4));
    const std::string_view page = bytes.substr(at + frame_header, page_bytes);
    images_.emplace_back(page, number == 1 ? file_header : 0);
    if (big_endian(bytes, at + 8, 8) == salts) latest_[number] = page;
  }
}

bool RawPages::whole_payload(std::string& payload, std::size_t size, std::uint32_t next) const {
  while (payload.size() < size) {
    const auto page = latest_.find(next);
    if (page == latest_.end()) return false;
    next = static_cast<std::uint32_t>(big_endian(page->second, 0, 4));
    payload += page->second.substr(4, std::min(size - payload.size(), page_bytes - 4));
  }
  return true;
}

bool RawPages::read_cell(std::string_view page, std::size_t at, Kind kind, const Found& found) const {
  const bool with_ids = kind == Kind::rows_with_ids;
  ByteReader reader(page, at + (kind == Kind::rows_without_ids_inside ? 4 : 0));
  const auto size = reader.varint();
  const auto id = with_ids ? reader.varint() : std::optional<std::uint64_t>(0);
  if (!size || !id || *size > file_.size() + log_.size()) return false;
  const std::size_t here = bytes_in_page(*size, with_ids);
  const std::size_t link = here < *size ? 4 : 0;
  if (reader.at() + here + link > page.size()) return false;
  std::string payload(page.substr(reader.at(), here));
  const auto next = static_cast<std::uint32_t>(big_endian(page, reader.at() + here, link));
  if (!whole_payload(payload, *size, next)) return false;
  auto values = values_of(payload);
  return values && found(RawRow(static_cast<Index>(*id), std::move(*values)));
}

bool RawPages::scan(std::string_view page, std::size_t header, Kind kind, const Found& found) const {
  const auto cells = big_endian(page, header + 3, 2);
  const std::size_t pointers = header + (kind == Kind::rows_without_ids_inside ? 12 : 8);
  bool any = false;
  for (std::size_t i = 0; i < cells && pointers + 2 * i + 2 <= page.size(); ++i)
    any |= read_cell(page, big_endian(page, pointers + 2 * i, 2), kind, found);
  return any;
}

// The byte that says what a page holds may itself be damaged: pages of no known kind are tried as all kinds.
void RawPages::rows_with_ids(const Found& found) const {
  for (const auto& [page, header] : images_) {
    const auto kind = static_cast<unsigned char>(page[header]);
    if (kind != leaf_without_ids && kind != inside_without_ids)
      scan(page, header, Kind::rows_with_ids, found);
  }
}

void RawPages::rows_without_ids(const Found& found) const {
  for (const auto& [page, header] : images_) {
    const auto kind = static_cast<unsigned char>(page[header]);
    if (kind == leaf_with_ids || kind == inside_with_ids) continue;
    if (!scan(page, header, Kind::rows_without_ids, found))
      scan(page, header, Kind::rows_without_ids_inside, found);
  }
}

}  // namespace quartic::detail
