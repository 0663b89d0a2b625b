#!/usr/bin/env bash
# The pictures of docs/pictures are of these studies, drawn by this code; every one of them is shown on its page.
# pictures.sh BUILD SOURCE
set -euo pipefail
cd "$2"
./dev pictures --check
for picture in docs/pictures/*.svg; do
  grep -q "$(basename "$picture")" docs/pictures/README.md ||
    { echo "$picture stands on no page: docs/pictures/README.md shows every picture"; exit 1; }
done
