#pragma once
/// SHA-256 of text that arrives in pieces.
#include <memory>
#include <string>
#include <string_view>

namespace quartic {

class Digest {
 public:
  Digest();
  ~Digest();
  void add(std::string_view bytes);
  /// 64 hexadecimal digits; the digest takes no more bytes afterwards.
  std::string hexadecimal();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256(std::string_view bytes);

}  // namespace quartic
