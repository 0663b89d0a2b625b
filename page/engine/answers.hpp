#pragma once
/// What the page asks of the engine, as text in and out.
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace quartic::page {

struct Answer {
  std::string json;  ///< {"ok": true, ...}, or {"ok": false, "problems": [{"line": 12 or null, "text": ...}]}
  std::string bytes;  ///< what comes beside it: films
};

/// Told while a study runs.
struct Listener {
  std::function<void(std::string_view json)> progress;  ///< {"done", "total", "share"}
  std::function<void(std::string_view bytes)>
      records;  ///< of a replicate that has ended: see record_bytes.hpp
};

/// The answer to a question {"ask": NAME, ...}; `bytes` are records of the study that it names. A study is {"text",
/// "effort", "overrides": [[key, value]]}; a seed is a text of digits. page/face/protocol.ts lists questions and answers. Never
/// throws: what is refused is told as problems, in the words of the program.
Answer answer(std::string_view question, std::span<const std::string_view> bytes, const Listener& listener);

}  // namespace quartic::page
