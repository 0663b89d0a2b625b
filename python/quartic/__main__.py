"""python -m quartic: the program."""

import sys

from ._native import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
