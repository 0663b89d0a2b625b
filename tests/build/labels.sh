#!/usr/bin/env bash
# labels.sh BUILD_FOLDER: every test has a time limit and two labels, its kind and its layer.
set -euo pipefail
cd "$1"
ctest --show-only=json-v1 | awk '
  /^  "tests" :/ { reading = 1 }
  !reading { next }
  /^      "name" :/ { name = $0; limit = labels = 0 }
  /"name" : "TIMEOUT"/ { limit = 1 }
  /"name" : "LABELS"/ { inside = 1; next }
  inside && /^ *\]/ { inside = 0 }
  inside && /^ *"[a-z]+",?$/ { ++labels }
  /^    }/ {
    ++tests
    if (!limit || labels != 2) { print name " " labels " labels, " (limit ? "a" : "no") " time limit"; ++wrong }
  }
  END { print tests + 0 " tests, " wrong + 0 " of them without a time limit or a label"; exit wrong || !tests }'
