#include "cli/films/contact_sheet.hpp"

#include <gtest/gtest.h>

namespace quartic::contact_sheet_test {
namespace {

Patient patient(Index number, Index side, double grey) {
  return {Matrix::Constant(side, side, grey), number, number % 2 == 0, 0.25};
}

TEST(ContactSheet, FilmsStandInRowsFromLeftToRight) {
  std::vector<Patient> patients;
  for (Index k = 0; k < 12; ++k) patients.push_back(patient(k + 1, 100, (static_cast<double>(k) + 4) / 20));
  const GreyImage sheet = contact_sheet(patients);
  EXPECT_EQ(sheet.cols(), 6 + 4 * 106);
  EXPECT_EQ(sheet.rows(), 6 + 3 * (106 + 18 + 3));
  EXPECT_EQ(sheet(6, 6), 51);                        // the first film, 0.2
  EXPECT_EQ(sheet(6 + 127 + 99, 6 + 2 * 106), 128);  // the seventh: row 2, column 3
  EXPECT_EQ(sheet(0, 0), sheet(5, 200));             // the margin
}

TEST(ContactSheet, SmallFilmsAreEnlarged) {
  Patient one = patient(1, 32, 0);
  one.film(3, 5) = 1;
  const GreyImage sheet = contact_sheet({one});
  EXPECT_EQ(sheet.cols(), 6 + 96 + 6);
  EXPECT_EQ(sheet.block(6, 6, 96, 96).cast<double>().sum(), 9 * 255);
  EXPECT_EQ(sheet(6 + 3 * 3 + 1, 6 + 3 * 5 + 1), 255);
}

TEST(ContactSheet, CaptionsDifferWithWhatTheySay) {
  Patient sick = patient(2, 96, 0), healthy = sick, surer = sick;
  healthy.sick = false;
  surer.chance = 0.9;
  EXPECT_NE(contact_sheet({sick}), contact_sheet({healthy}));
  EXPECT_NE(contact_sheet({sick}), contact_sheet({surer}));
}

TEST(ContactSheet, GreysBeyondTheEndsAreHeld) {
  EXPECT_EQ(contact_sheet({patient(1, 96, 1.2)})(20, 20), 255);
  EXPECT_EQ(contact_sheet({patient(1, 96, -0.2)})(20, 20), 0);
}

}  // namespace
}  // namespace quartic::contact_sheet_test
