#!/usr/bin/env bash
# own_data.sh BUILD_FOLDER SOURCE_FOLDER: types what docs/guide.md shows of data of one's own, in a scratch folder.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
awk -v folder="$scratch" -f "$2/tests/packaging/code_blocks.awk" "$2/docs/guide.md"
cd "$scratch"
export PATH="$1:$PATH"
bash -euo pipefail cases.sh
[ "$(wc -l <patients.csv)" -eq 301 ]
bash -euo pipefail run.sh | tee report
grep -q supported report

echo '301,50,0.5,70,80,' >>patients.csv # a value is missing, and the file is another one
for command in 'check own.toml' 'run own.toml --out runs/again' 'resume runs/own'; do
  # shellcheck disable=SC2086
  if quartic $command >/dev/null 2>refusal; then echo "quartic $command takes a changed table"; exit 1; else status=$?; fi
  [ "$status" -eq 2 ] || { echo "quartic $command: exit status $status"; exit 1; }
  cat refusal
  grep -q 'patients.csv' refusal
done
