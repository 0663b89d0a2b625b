#!/usr/bin/env bash
# ./dev lint: layout, left-overs, sizes and clang-tidy over every source of the project. Reports everything, then fails.
# Arguments: only sources whose path begins with one of them. clang-tidy runs again only for units
# whose text, headers or rules changed: stamps of what was sound are kept for all checkouts, as ccache keeps objects,
# and a month after they last served.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export stamps=${XDG_CACHE_HOME:-$HOME/.cache}/quartic/tidy groups=$PWD/build/tidy/groups
failures=0
exec </dev/null  # what is asked about no files at all waits for none

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
[ ${#sources[@]} -gt 0 ] || { echo "lint: no source has $* in its path" >&2; exit 1; }
mapfile -t headers < <(printf '%s\n' "${sources[@]}" | grep -E '\.hpp$')
# clang-tidy reads all units of the product; those of tests and benchmarks where it was asked for them, or where this
# checkout, its branch or a commit of the day before its last changed them. (A file that only moved did not change.)
# Not the consumer, which includes what its test extracts from the documents, nor what includes emscripten's headers.
changed() {
  local git=(git -c safe.directory="$PWD") since
  since=$(($("${git[@]}" log -1 --format=%ct) - 86400))
  "${git[@]}" log --since="@$since" -M --diff-filter=AM --format= --name-only
  "${git[@]}" diff --name-only HEAD
  "${git[@]}" ls-files -o --exclude-standard
  "${git[@]}" diff -M --diff-filter=AM --name-only origin/HEAD... 2>/dev/null || true
}
mapfile -t units < <(printf '%s\n' "${sources[@]}" | grep -E '\.cpp$' | grep -vE '^(tests/consumer/|page/engine/module.cpp)')
[ $# != 0 ] || mapfile -t units < <(printf '%s\n' "${units[@]}" | grep -vE '^(tests|bench)/'
  printf '%s\n' "${units[@]}" | grep -E '^(tests|bench)/' | grep -xF -f <(changed))

check "these files are not laid out by clang-format (run clang-format -i)" \
  "$(clang-format --dry-run -Werror "${sources[@]}" 2>&1 | grep -oE '^[^:]+:[0-9]+' | sort -u -t: -k1,1)"
mark='TO''DO|FIX''ME|XX''X|HA''CK'
check "left-over marks" "$(grep -nE "\b($mark)\b" "${files[@]}")"
check "headers over 200 lines" "$(wc -l "${headers[@]}" | awk '$1 > 200 && $2 != "total"')"
check "trailing blanks" "$(grep -nE '[[:blank:]]+$' "${sources[@]}" dev cmake/*)"
mapfile -t documents < <(printf '%s\n' "${files[@]}" | grep -E '\.md$')
check "prose of documents over 120 columns (tables, code and lines of one word may be longer)" \
  "$(awk '/^ *```/ { code = !code } FNR == 1 { code = 0 } !code && length > 120 && / / && !/^ *\|/ && !/^    / { print FILENAME ":" FNR }' "${documents[@]}")"

# Most of clang-tidy's time goes to headers, so units are read in groups, each as one translation unit.
# tidy UNIT... says what it finds in a group; one that does not compile as one is read in halves. The options suit the
# units of every target; every model and world has an option_table, which gets another name in each. The stamp's name is
# the hash of all that the answer depends on.
export options="-std=c++20 -I. -I./tests -isystem /usr/include/eigen3 -DEIGEN_DONT_PARALLELIZE -DEIGEN_MAX_ALIGN_BYTES=64
  -DQUARTIC_SOURCE_DIR=\"\" -DQUARTIC_LIBRARIES=\"\""
options+=" $(/usr/bin/python3-config --includes 2>/dev/null | sed 's/-I/-isystem /g')"  # of the bindings
[ "$(uname -m)" != x86_64 ] || options+=" -mavx512f -mavx512dq -mavx512vl -mavx512bw -mfma"
export filter='/(core|sim|models|laws|experiments|cli|python|page|bench|tests)/[a-z_0-9/]*\.[ch]pp$'
tidy() {
  local group read_files stamp report status
  group=$groups/$(sha256sum <<<"$*" | cut -c1-16).cpp
  printf '#define option_table option_table_@\n#include "%s"\n#undef option_table\n' "$@" | awk '{ sub(/@/, NR) } 1' >"$group"
  read_files=$(g++ -MM $options "$group") || { echo "the includes of $* cannot be followed"; return 1; }
  stamp=$stamps/$({ { tr ' ' '\n' <<<"$read_files" | grep -E '\.[ch]pp$' | grep -v '^/' | sort -u
    printf '%s\n' .clang-tidy cmake/lint.sh; } | xargs sha256sum; clang-tidy --version; } | sha256sum | cut -c1-64)
  [ -e "$stamp" ] && touch "$stamp" && return 0
  if report=$(clang-tidy --config-file=.clang-tidy --header-filter="$filter" --quiet "$group" -- $options -Wno-everything 2>/dev/null); then
    touch "$stamp"
  elif [ $# -gt 1 ] && grep -q 'clang-diagnostic-error' <<<"$report"; then
    status=0
    tidy "${@:1:$(($# / 2))}" || status=1
    tidy "${@:$(($# / 2 + 1))}" || status=1
    return $status
  else
    echo "$report"
    return 1
  fi
}
export -f tidy
mkdir -p "$stamps" "$groups"
find "$stamps" -type f -mtime +30 -delete
check "clang-tidy" "$(awk -v most=30 -v renamed=option_table -f cmake/source_groups.awk "${units[@]}" | sort -n |
  awk '{ printf "%s%s", (NR == 1 ? "" : $1 == group ? " " : "\n"), $2; group = $1 } END { print "" }' |
  xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'tidy {}' || echo "(see above)")"

[ $failures = 0 ] && echo "lint: ${#sources[@]} sources, nothing to say (clang-tidy read ${#units[@]} units)"
[ $failures = 0 ]
