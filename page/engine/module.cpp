/// The doorway to JavaScript: page/engine/doorway.js calls it.
#include <emscripten.h>

#include "page/engine/answers.hpp"

// NOLINTBEGIN: macros of emscripten
EM_JS(void, tell_progress, (const char* json, std::size_t size), { Module["told"](json, size); });
EM_JS(void, tell_records, (const char* bytes, std::size_t size), { Module["sent"](bytes, size); });
// NOLINTEND

namespace quartic::page {

namespace {

/// Texts side by side: `sizes` says where each ends.
std::vector<std::string_view> part(const char* bytes, const std::size_t* sizes, std::size_t count) {
  std::vector<std::string_view> parts;
  for (std::size_t k = 0; k < count; ++k) {
    parts.emplace_back(bytes, sizes[k]);
    bytes += sizes[k];
  }
  return parts;
}

Answer last;  // until the next question

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void quartic_ask(const char* question, std::size_t size, const char* bytes,
                                      const std::size_t* sizes, std::size_t count) {
  const Listener listener{.progress = [](std::string_view json) { tell_progress(json.data(), json.size()); },
                          .records = [](std::string_view sent) { tell_records(sent.data(), sent.size()); }};
  last = answer({question, size}, part(bytes, sizes, count), listener);
}
EMSCRIPTEN_KEEPALIVE const char* quartic_json() {
  return last.json.data();
}
EMSCRIPTEN_KEEPALIVE std::size_t quartic_json_size() {
  return last.json.size();
}
EMSCRIPTEN_KEEPALIVE const char* quartic_bytes() {
  return last.bytes.data();
}
EMSCRIPTEN_KEEPALIVE std::size_t quartic_bytes_size() {
  return last.bytes.size();
}

}  // extern "C"

}  // namespace quartic::page
