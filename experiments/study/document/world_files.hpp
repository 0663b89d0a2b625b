#pragma once
/// Files that a world of a study reads, by the key `file` of [world], of a case, or of an effort.
#include <string>
#include <string_view>

#include "experiments/study/document/document.hpp"

namespace quartic::detail {

/// "cases.csv#1f3870be274f6c49": a file, and what it must hold, if the text says so.
struct WorldFile {
  std::string path;
  std::string digest;  ///< the first 16 digits of the SHA-256 of its content, or ""
};
WorldFile split_digest(const std::string& text);
/// Of a content; as it stands behind "#".
std::string short_digest(std::string_view content);

/// The document with the files of its worlds relative to the current folder: names in a study are relative to the
/// folder of `study`, the file that the document was read from.
Node with_placed_files(Node document, std::string_view study);
/// The document as a run keeps it: each file that can be read with its whole path and its digest, so that the
/// study is the same from any folder, and is refused once another content stands there. Of files without a
/// digest, in a document that names the world `table`.
Node with_pinned_files(Node document);

/// The most a file may hold.
inline constexpr std::size_t most_file_bytes = std::size_t{1} << 28U;

}  // namespace quartic::detail
