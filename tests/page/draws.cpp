/// Prints a digest of what every world draws: natively and in WebAssembly it must be the same text.
#include <iostream>
#include <span>

#include "experiments/platform/digest.hpp"
#include "experiments/study/catalogues.hpp"

namespace {

using namespace quartic;

std::string_view bytes_of(const double* numbers, Index count) {
  return {reinterpret_cast<const char*>(numbers), sizeof(double) * static_cast<std::size_t>(count)};
}

std::string digest_of(const Truth& truth) {
  constexpr Range rows{3, 70};
  const Range columns{0, std::min<Index>(truth.candidates(), 70)};
  const Stream stream(11);
  const Matrix x = truth.x(rows, columns, stream.child("train"));
  const Vector y = truth.y(rows, stream.child("train")), mean = truth.mean(rows, stream.child("train"));
  Digest digest;
  digest.add(bytes_of(x.data(), x.size()));
  digest.add(bytes_of(y.data(), y.size()));
  digest.add(bytes_of(mean.data(), mean.size()));
  for (const Index column : truth.relevant()) digest.add(std::to_string(column) + ",");
  return digest.hexadecimal();
}

}  // namespace

int main() {
  const Catalogues catalogues = built_in_catalogues();
  for (const CatalogueEntry<World>& entry : catalogues.worlds())
    if (entry.name != "table")  // which reads a file
      std::cout << entry.name << " " << digest_of(entry.make({}).draw(Stream(7).child("truth"))) << "\n";
}
