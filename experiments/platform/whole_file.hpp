#pragma once
/// A file that is written beside its final name and appears whole or not at all.
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace quartic::detail {

/// "<target>.partial" until put_in_place(). The destructor removes what was not put in place. Every call
/// throws a Refusal that names the file, the system's reason and the remedy: InvalidInput where the file may
/// not be made, MachineFailure afterwards, and where the machine has run out of something. Buffers 256 kB.
class PartialFile {
 public:
  /// Locks the partial file, so that two runs cannot write into one folder. `option` chose it, and is named
  /// in messages; "" where none did.
  explicit PartialFile(std::filesystem::path target, std::string option = "--out");
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile();

  void append(std::string_view bytes);
  /// Gives back, piece by piece, all that was appended.
  void read_back(const std::function<void(std::string_view)>& take);
  /// Everything is on the disk afterwards.
  void complete();
  /// Renames; complete() comes first.
  void put_in_place();

 private:
  void flush();
  void write_out(std::string_view bytes);
  [[noreturn]] void fail(std::string_view action, int reason) const;

  std::filesystem::path target_, partial_;
  std::string option_;
  std::string buffer_;
  int descriptor_ = -1;
  bool placed_ = false;
};

/// Completes all of them, then removes `stale` files of the folder, then renames all of them, in this order:
/// what `stale` names is there only in a folder whose files belong together.
void put_in_place(const std::vector<PartialFile*>& files, const std::filesystem::path& folder,
                  std::initializer_list<const char*> stale = {});

/// The suffix of files that are being written.
inline constexpr std::string_view partial_suffix = ".partial";

}  // namespace quartic::detail
