#include "sim/catalogue.hpp"

#include "core/catalogue_entry.hpp"
#include "sim/worlds/additive.hpp"
#include "sim/worlds/interactions.hpp"
#include "sim/worlds/multi_index.hpp"
#include "sim/worlds/power_law.hpp"
#include "sim/worlds/related.hpp"
#include "sim/worlds/rules.hpp"
#include "sim/worlds/shifted.hpp"
#include "sim/worlds/shifted_classes.hpp"
#include "sim/worlds/smooth.hpp"
#include "sim/worlds/sparse_classes.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "sim/worlds/teacher.hpp"
#include "sim/worlds/test_shift.hpp"
#include "sim/worlds/xray.hpp"
#include "sim/worlds/xray_image.hpp"

namespace quartic {

namespace {

template <class W>
CatalogueEntry<World> shifted_entry(std::string summary) {
  return catalogue_entry<World, W>(std::move(summary));
}

template <class W>
CatalogueEntry<World> entry(std::string summary) {
  return with_test_shift(catalogue_entry<World, W>(std::move(summary)));
}

}  // namespace

const std::vector<CatalogueEntry<World>>& world_catalogue() {
  static const std::vector<CatalogueEntry<World>> entries = {
      entry<SparseLinear>("y = x'beta + noise over very many candidate columns of which a few matter"),
      entry<Smooth>(
          "a smooth function by its coefficients: infinitely many columns that all matter, each less "
          "than the one before"),
      entry<PowerLawWorld>("a spectrum and a target that fall by two powers, the model of scaling laws"),
      entry<Teacher>("a two-layer network of the relevant columns teaches"),
      entry<MultiIndex>("a function of a few directions in the space of the relevant columns"),
      entry<Interactions>("columns that matter together: sums of products, or of ANDs, of relevant columns"),
      entry<Additive>("sums of functions of one relevant column each, of any smoothness"),
      entry<Logistic>("yes or no: the log odds are linear in a few of very many candidate columns"),
      entry<Probit>(
          "yes or no: a linear score of a few of very many candidate columns, and normal noise, cross a "
          "threshold"),
      entry<Xray>(
          "patients and a diagnosis: findings of five kinds that go together by place, of which a few matter, "
          "alone and by rules of two"),
      entry<XrayImage>("the patients of xray as pixels: chest films that are drawn from their findings"),
      entry<Rules>(
          "yes or no by rules over findings that are there or not, the home ground of expert systems"),
      shifted_entry<Shifted>(
          "a sparse linear world whose test cases are recorded otherwise: turned, moved, noisy, or other cases"),
      shifted_entry<ShiftedClasses>(
          "the logistic world, judged where classes are more or less frequent, or cases are recorded otherwise"),
      entry<Related>(
          "a sparse linear target of few rows, and related tasks of many from which one may learn first")};
  return entries;
}

}  // namespace quartic
