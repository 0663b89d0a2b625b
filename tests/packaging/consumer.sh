#!/usr/bin/env bash
# consumer.sh BUILD_FOLDER SOURCE_FOLDER: installs the libraries into a scratch prefix, and builds and runs projects
# that know nothing but find_package(quartic): `mine`, whose files and commands are the code blocks of
# docs/adding-a-world.md and docs/adding-a-model.md, and tests/consumer, which calls the libraries alone. They compile for
# this very CPU, as users do: the libraries must agree with them on how Eigen aligns memory. (-Wno-maybe-uninitialized:
# the AVX-512 header of g++ 12 trips over itself.)
set -euo pipefail
build=$1
source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME=$scratch CMAKE_GENERATOR=Ninja
export CXXFLAGS="-march=native -Wall -Wextra -Wno-maybe-uninitialized"  # -Werror would fail probes of cmake

expect() {  # what, pattern, text
  grep -qE -- "$2" <<<"$3" || { printf 'there is no %s in:\n%s\n' "$1" "$3"; exit 1; }
}
take() {  # the blocks of a page, into the project
  awk -v folder="$scratch/mine" -f "$source/tests/packaging/code_blocks.awk" "$source/docs/$1.md"
}
follow() {  # the commands of a block
  bash -euo pipefail "$scratch/mine/$1.sh"
}

take adding-a-world
mkdir -p "$scratch/quartic/build"
ln -s "$build" "$scratch/quartic/build/release"
(cd "$scratch/quartic" && follow install >/dev/null)

cd "$scratch/mine"
follow build
said=$(follow try)
printf '%s\n' "$said"
expect "world" '^step$' "$said"
expect "verdict" 'supported' "$said"
ls results/error_by_data.svg results/findings.json
expect "other word for quartic" '^mine run EXPERIMENT' "$(build/mine run --help)"
expect "option of the world" 'world\.noise=' "$(build/mine completion bash)"
expect "name of the world" "\\bstep\\b" "$(build/mine completion bash)"
expect "completion of mine" '^complete -F _mine mine$' "$(build/mine completion bash)"
expect "world in the schema" '"step"' "$(build/mine schema)"
expect "option of the world" 'standard deviation of the label noise' "$(build/mine show step)"
expect "refusal" 'Did you mean "noise"' "$(build/mine run step.toml --set world.nose=1 2>&1 || true)"

# A run that is stopped goes on to the bytes of one that was not.
build/mine run step.toml --set replicates=400 --quiet --out whole
build/mine run step.toml --set replicates=400 --quiet --threads 1 --out stopped &
until [ -e stopped/run.sqlite ]; do sleep 0.05; done
kill -TERM $! 2>/dev/null || true  # it may have ended
wait $! || echo "stopped with exit status $?"
build/mine resume stopped --quiet
cmp whole/records.csv stopped/records.csv
cmp whole/findings.json stopped/findings.json
build/mine verify stopped --sample 5%
build/mine replay results --cell "$(build/mine export results --format jsonl >/dev/null && sed -n '1s/.*"key":"\([^"]*\)".*/\1/p' results/records.jsonl)" | tail -1

take adding-a-model
follow build
said=$(follow try)
printf '%s\n' "$said"
expect "model" '^nearest_neighbours$' "$said"
expect "verdict" 'supported' "$said"

cmake -S "$source/tests/consumer" -B "$scratch/consumer" -DCMAKE_BUILD_TYPE=Release -DPAGES="$scratch/mine" \
  -DCMAKE_PREFIX_PATH="$scratch/quartic"
cmake --build "$scratch/consumer"
"$scratch/consumer/learning_curve"
