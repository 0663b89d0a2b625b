#!/usr/bin/env bash
# commands.sh BUILD_FOLDER SOURCE_FOLDER: runs the commands that README.md shows in its blocks of kind "sh", line by
# line, as a reader would, in a scratch folder that looks like the checkout. Only git clone and cd are left out, and
# of ./dev only what the README says to type first; the other verbs must exist.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ln -s "$2"/* "$scratch"
rm -f "$scratch/runs" "$scratch/build"
mkdir -p "$scratch/build"
ln -s "$1" "$scratch/build/release"
cd "$scratch"

run=0
while IFS= read -r command; do
  case $command in
    '' | '#'* | 'git clone '* | 'cd '*) continue ;;
    './dev demo'*) ;;
    './dev '*)
      verb=$(cut -d' ' -f2 <<<"$command")
      ./dev help | grep -qE "^  $verb( |\$)" || { echo "README.md: ./dev has no verb $verb"; exit 1; }
      continue
      ;;
  esac
  printf '\n$ %s\n' "$command"
  bash -euo pipefail -c "$command" </dev/null || { echo "README.md: this command fails: $command"; exit 1; }
  run=$((run + 1))
done < <(sed -n '/^```sh$/,/^```$/p' README.md | grep -v '^```' | sed 's/ *# .*//')
printf '\n%d commands of README.md work\n' "$run"
[ "$run" -gt 0 ]
