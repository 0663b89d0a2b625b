#include "cli/program.hpp"

int main(int argc, char** argv) {
  return quartic::program(quartic::built_in_catalogues(), argc, argv);
}
