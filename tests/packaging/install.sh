#!/usr/bin/env bash
# install.sh BUILD_FOLDER SOURCE_FOLDER: what ./dev demo builds is all that cmake --install wants, which a build folder
# of its own tells without compiling anything; and what is installed works.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
targets=$(sed -n 's/^demo_targets="\(.*\)"$/\1/p' "$2/dev")
cmake -S "$2" -B "$scratch/build" -G Ninja -DQUARTIC_TESTS=OFF >/dev/null
made=$(ninja -C "$scratch/build" -t graph $targets | sed -n 's/.*label="\([^"]*\)".*/\1/p')
wanted=$(find "$scratch/build" -name cmake_install.cmake -exec grep -hoE 'FILES "[^"]+"' {} + |
  sed -n "s|FILES \"$scratch/build/\(.*\)\"|\1|p" | sort -u)
[ -n "$wanted" ]
while read -r file; do
  [ -e "$scratch/build/$file" ] || grep -qxF -- "$file" <<<"$made" || { echo "$targets do not make $file"; exit 1; }
done <<<"$wanted"
cmake --install "$1" --prefix "$scratch/prefix" >/dev/null
"$scratch/prefix/bin/quartic" --version
test -s "$scratch/prefix/share/man/man1/quartic.1"
