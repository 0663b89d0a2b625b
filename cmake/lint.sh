#!/usr/bin/env bash
# ./dev lint: layout, left-overs, sizes and clang-tidy over every source of the project. Reports everything, then fails.
# Arguments: only sources whose path begins with one of them. clang-tidy runs again only for a file
# whose text, headers or rules changed (stamps in build/tidy/stamps).
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export stamps=$PWD/build/tidy/stamps
failures=0

# check WHAT OUTPUT: fails when OUTPUT is not empty.
check() {
  if [ -n "$2" ]; then
    printf '%s\n%s\n' "lint: $1" "$2" >&2
    failures=$((failures + 1))
  fi
}

mapfile -t files < <(git -c safe.directory="$PWD" ls-files -co --exclude-standard | while read -r f; do [ -f "$f" ] && echo "$f"; done)
mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep -E '\.(cpp|hpp)$')
[ $# = 0 ] || mapfile -t sources < <(for path in "$@"; do printf '%s\n' "${sources[@]}" | grep -F -- "$path"; done | sort -u)
mapfile -t headers < <(printf '%s\n' "${sources[@]}" | grep -E '\.hpp$')
mapfile -t units < <(printf '%s\n' "${sources[@]}" | grep -E '\.cpp$')

check "these files are not laid out by clang-format (run clang-format -i)" \
  "$(clang-format --dry-run -Werror "${sources[@]}" 2>&1 | grep -oE '^[^:]+:[0-9]+' | sort -u -t: -k1,1)"
mark='TO''DO|FIX''ME|XX''X|HA''CK'
check "left-over marks" "$(grep -nE "\b($mark)\b" "${files[@]}")"
check "headers over 200 lines" "$(wc -l "${headers[@]}" | awk '$1 > 200 && $2 != "total"')"
check "trailing blanks" "$(grep -nE '[[:blank:]]+$' "${sources[@]}" dev cmake/*)"

# The hash of everything that clang-tidy's answer for one unit depends on: its own text, its headers, its rules.
key() {
  { g++ -std=c++20 -MM -I. -Itests -I/usr/include/eigen3 "$1" 2>/dev/null | tr ' ' '\n' | grep -E '\.[ch]pp$' | grep -v '^/' | sort -u
    echo .clang-tidy
    [ -e "${1%%/*}/.clang-tidy" ] && echo "${1%%/*}/.clang-tidy"; } | xargs sha256sum | sha256sum | cut -c1-64
}
tidy() {
  local stamp
  stamp=$stamps/$(key "$1")
  [ -e "$stamp" ] && return 0
  if report=$(clang-tidy -p build/tidy --quiet "$1" 2>/dev/null); then touch "$stamp"; else echo "$report"; return 1; fi
}
export -f key tidy
mkdir -p "$stamps"
cmake --preset tidy >build/log-configure-tidy || { cat build/log-configure-tidy; exit 1; }
check "clang-tidy" "$(printf '%s\n' "${units[@]}" | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'tidy {}' || echo "(see above)")"

[ $failures = 0 ] && echo "lint: ${#sources[@]} sources, nothing to say"
[ $failures = 0 ]
