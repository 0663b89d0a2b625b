#include "sim/parts/covariance.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/support/dense_covariance.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::covariance_test {
namespace {

constexpr Index d = 60;

struct Case {
  std::string text;
  Matrix Sigma;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {{"isotropic", support::isotropic(d)},
                                        {"ar1(0.9)", support::autoregressive(d, 0.9)},
                                        {"ar1(-0.5)", support::autoregressive(d, -0.5)},
                                        {"ar1(0)", support::isotropic(d)},
                                        {"blocks(7, 0.6)", support::blocks(d, 7, 0.6)},
                                        {"blocks(100, 0.2)", support::blocks(d, 100, 0.2)},
                                        {"blocks(1, 0.5)", support::isotropic(d)},
                                        {"spectrum(1.5)", support::spectrum(d, 1.5)}};
  return all;
}

std::vector<double> filled(const Covariance& law, Index first, Index count) {
  std::vector<double> x(static_cast<std::size_t>(count));
  std::visit([&](const auto& covariance) { covariance.fill(Stream(5), first, x); }, law);
  return x;
}

double form(const Covariance& law, const auto& v) {
  return std::visit([&](const auto& covariance) { return covariance.quadratic_form(v); }, law);
}

TEST(Covariance, AnyRangeOfColumnsIsThatOfTheWholeRow) {
  for (const Case& c : cases()) {
    const Covariance law = make_covariance(c.text, d);
    const std::vector<double> whole = filled(law, 0, d);
    for (Index first : {0, 1, 6, 7, 13, 59, 60})
      for (Index count : {0, 1, 2, 8, 40}) {
        if (first + count > d) continue;
        EXPECT_EQ(filled(law, first, count),
                  std::vector<double>(whole.begin() + first, whole.begin() + first + count))
            << c.text;
      }
  }
}

TEST(Covariance, PickedColumnsAreThoseOfTheWholeRow) {
  for (const Case& c : cases()) {
    const Covariance law = make_covariance(c.text, d);
    const std::vector<double> whole = filled(law, 0, d);
    const std::vector<std::vector<Index>> lists = {{},      {0},       {59},
                                                   {59, 0}, {3, 3, 2}, {4, 5, 6, 7, 8, 9, 10, 20}};
    for (const std::vector<Index>& list : lists) {
      std::vector<double> picked(list.size()), expected;
      for (Index j : list) expected.push_back(whole[static_cast<std::size_t>(j)]);
      std::visit([&](const auto& covariance) { covariance.pick(Stream(5), list, picked); }, law);
      EXPECT_EQ(picked, expected) << c.text;
    }
  }
}

TEST(Covariance, QuadraticFormsAndVariancesMatchTheMatrix) {
  Stream random(6);
  for (const Case& c : cases()) {
    const Covariance law = make_covariance(c.text, d);
    Vector v(d);
    random.fill_normal({v.data(), static_cast<std::size_t>(d)});
    EXPECT_NEAR(form(law, v) / (v.transpose() * c.Sigma * v).value(), 1, 1e-12) << c.text;

    SparseVector sparse{{0, 3, 4, 20, 59}, {1, -2, 0.5, 3, 1}};
    Vector dense = Vector::Zero(d);
    for (std::size_t k = 0; k < 5; ++k) dense[sparse.columns[k]] = sparse.values[k];
    EXPECT_NEAR(form(law, sparse), (dense.transpose() * c.Sigma * dense).value(), 1e-12) << c.text;
    EXPECT_NEAR(form(law, dense), form(law, sparse), 1e-12) << c.text;
    for (Index j = 0; j < d; ++j)
      EXPECT_NEAR(std::visit([&](const auto& covariance) { return covariance.variance(j); }, law),
                  c.Sigma(j, j), 1e-14);
  }
}

TEST(Covariance, FarColumnsOfAnAutoregressionAreIndependent) {
  const SparseVector v{{0, 500'000'000}, {1, 2}};
  EXPECT_EQ(form(Autoregressive{0.5}, v), 5);
}

TEST(Covariance, LargerPoolsKeepTheirFirstColumns) {
  for (const Case& c : cases())
    EXPECT_EQ(filled(make_covariance(c.text, d), 0, d), filled(make_covariance(c.text, 2 * d), 0, d))
        << c.text;
}

TEST(Covariance, RefusesWhatIsNoCovariance) {
  const std::map<std::string, std::string> problems = {
      {"ar1(1)", "between -1 and 1"},           {"ar1(-1.5)", "between -1 and 1"},
      {"blocks(2.5, 0.5)", "whole number"},     {"blocks(0, 0.5)", "whole number"},
      {"blocks(2, -0.1)", "from 0 to below 1"}, {"blocks(2, 1)", "from 0 to below 1"},
      {"spectrum(-1)", "from 0 to 20"},         {"isotropc", "Did you mean \"isotropic\"?"}};
  for (const auto& [text, problem] : problems) {
    const std::string message = support::thrown_message([&kind = text] { require_covariance(kind); });
    EXPECT_EQ(message.find("covariance = \"" + text + "\" ("), 0) << message;
    EXPECT_NE(message.find(problem), std::string::npos) << message;
    EXPECT_EQ(message, support::thrown_message([&kind = text] { make_covariance(kind, 5); }));
  }
}

}  // namespace
}  // namespace quartic::covariance_test
