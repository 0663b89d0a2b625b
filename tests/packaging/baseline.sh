#!/usr/bin/env bash
# baseline.sh BUILD_FOLDER: what is compiled for newer instruction sets must stay behind the choice at run time. An
# object file full of AVX may define no weak symbol: the linker could pick that copy of a shared inline function for
# everyone, and the program would die on a processor without AVX.
set -euo pipefail
found=0
while read -r object; do
  found=$((found + 1))
  weak=$(nm -C --defined-only "$object" | grep -E ' [WVu] ' || true)
  [ -z "$weak" ] || { printf '%s defines weak symbols:\n%s\n' "$object" "$weak"; exit 1; }
done < <(find "$1" -path '*/quartic_*.dir/*' -name '*_avx*.o')
echo "$found object files are compiled for newer instruction sets"
[ "$found" -gt 0 ]
