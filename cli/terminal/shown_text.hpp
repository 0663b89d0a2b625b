#pragma once
/// The one way to the terminal. What is printed may be anybody's: titles, names, folders, cells of tables.
#include <streambuf>
#include <string>
#include <string_view>

namespace quartic {

/// Begins a mark of ours in a text: the next letter says which. UTF-8 has no such byte.
inline constexpr char mark_of_ours = '\xff';

/// What each mark tells a terminal: "" for a letter that is none.
std::string_view escape_of(char letter);

/// Takes text for a stream, and lets through what a terminal may see: that of core/visible_text.hpp, and
/// where `colour` is on the escapes of our own marks. Hands on whole lines, and the rest when it is
/// flushed.
class ShownText final : public std::streambuf {
 public:
  ShownText(std::streambuf& target, bool colour) : target_(target), colour_(colour) {}

  /// Hands on bytes as they are, after what waits.
  void put_raw(std::string_view bytes);

 private:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override;
  int_type overflow(int_type c) override;
  int sync() override;
  bool hand_on(std::string_view text);

  std::streambuf& target_;
  bool colour_;
  std::string waiting_;
};

}  // namespace quartic
