#!/usr/bin/env bash
# deb.sh BUILD_FOLDER: packs the program, looks into the package, and runs the program out of it.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$1"
cpack -G DEB -B "$scratch" >"$scratch/log" || { cat "$scratch/log"; exit 1; }
package=$(ls "$scratch"/quartic_*.deb)

expect() {
  grep -qE "$2" <<<"$3" || { printf 'the package has no %s in:\n%s\n' "$1" "$3"; exit 1; }
}
contents=$(dpkg-deb -c "$package")
expect "program" ' \./usr/bin/quartic$' "$contents"
expect "manual page" ' \./usr/share/man/man1/quartic\.1(\.gz)?$' "$contents"
expect "completion" ' \./usr/share/bash-completion/completions/quartic$' "$contents"
expect "licence" ' \./usr/share/doc/quartic/copyright$' "$contents"
if grep -E '/include/|\.a$' <<<"$contents"; then echo "the package holds files of the libraries"; exit 1; fi
fields=$(dpkg-deb -f "$package")
expect "right name" '^Package: quartic$' "$fields"
for library in libc6 libstdc++6 libtbb12 libfmt9 libpng16-16 libopenblas0-pthread; do
  expect "dependency on $library" "^Depends:.*\b${library//+/\\+}\b" "$fields"
done
dpkg-deb -x "$package" "$scratch/root"
"$scratch/root/usr/bin/quartic" --version
"$scratch/root/usr/bin/quartic" list experiments | grep figure2
