#pragma once
/// Bytes in words: powers of 1024 everywhere, written KiB, MiB, GiB, TiB and PiB.
#include <string>
#include <string_view>

namespace quartic {

/// "1.5 GiB", "640 MiB", "12 KiB", "17 bytes".
std::string bytes_text(double bytes);

/// "4G", "512M", "1.5 GiB" or "1000000" as bytes. K, KB and KiB all mean 1,024 bytes, and so on up to T;
/// letters may be small. Throws InvalidInput otherwise; `option` names it there.
double parse_bytes(std::string_view text, std::string_view option);

}  // namespace quartic
