#!/usr/bin/env bash
# consumer.sh BUILD_FOLDER SOURCE_FOLDER: installs the libraries into a scratch prefix, and builds and runs a project
# that knows nothing but find_package(quartic). It compiles for this very CPU, as users do: the libraries must agree
# with it on how Eigen aligns memory. (-Wno-maybe-uninitialized: the AVX-512 header of g++ 12 trips over itself.)
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$1" --prefix "$scratch/prefix" --component library >/dev/null
cmake -S "$2/tests/consumer" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_CXX_FLAGS="-O1 -march=native -Wall -Wextra -Werror -Wno-maybe-uninitialized"
cmake --build "$scratch/build"
"$scratch/build/learning_curve"
