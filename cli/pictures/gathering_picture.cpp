#include "cli/pictures/gathering_picture.hpp"

#include <fmt/format.h>

#include <optional>

#include "cli/gnuplot/script.hpp"
#include "cli/gnuplot/sheet.hpp"
#include "cli/gnuplot/tics.hpp"
#include "cli/pictures/curves.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

/// The averages of one arm in the first cell.
Curve curve_of(const Study& study, const Cube& cube, Index arm) {
  const Matrix mean = cube.mean(0, Measure::normalised_error),
               error = cube.standard_error(0, Measure::normalised_error),
               count = cube.count(0, Measure::normalised_error);
  Curve curve{.cell = 0, .arm = cube.axes().arms[static_cast<std::size_t>(arm)], .rows = {}};
  for (Index size = 0; size < std::ssize(study.sizes); ++size)
    curve.rows.push_back({.arm = curve.arm,
                          .n = study.sizes[static_cast<std::size_t>(size)],
                          .replicates = static_cast<Index>(count(arm, size)),
                          .mean_error = mean(arm, size),
                          .mean_error_se = error(arm, size)});
  return curve;
}

/// One arm: all replicates together, and each group's; of an arm of the groups' own nothing together.
struct ArmCurves {
  std::string name;
  std::optional<Curve> together;
  std::vector<Curve> groups;
};

struct Picture {
  std::vector<ArmCurves> arms;
  Extent n, error;
};

Picture make_picture(std::span<const GroupRun> groups, const Gathering& gathering) {
  const Study& study = groups.front().study;
  Picture picture;
  std::vector<SummaryRow> rows;
  const Index arms = std::ssize(gathering.cube.axes().arms);
  for (Index arm = 0; arm < arms; ++arm) {
    ArmCurves curves{
        .name = gathering.cube.axes().arms[static_cast<std::size_t>(arm)], .together = {}, .groups = {}};
    for (const GroupRun& group : groups) curves.groups.push_back(curve_of(study, group.cube, arm));
    if (!gathering.is_own(curves.name)) curves.together = curve_of(study, gathering.cube, arm);
    for (const Curve& curve : curves.together ? std::vector{*curves.together} : curves.groups)
      rows.insert(rows.end(), curve.rows.begin(), curve.rows.end());
    picture.arms.push_back(std::move(curves));
  }
  const Extents extents = find_extents(rows);
  picture.n = extents.n.widened(0.03);
  picture.error = shown_errors(extents.error);
  return picture;
}

/// One index of gnuplot's for each arm together, where it is, then one for each of its groups.
std::string data_text(std::span<const GroupRun> groups, const Picture& picture) {
  const auto lines = [](const std::string& name, const Curve& curve) {
    std::string out = "# " + gnuplot_field(name) + "\n# n mean low high\n";
    for (const SummaryRow& row : curve.rows) {
      const MeanInterval interval = mean_interval(row);
      out += fmt::format("{} {} {} {}\n", row.n,
                         gnuplot_number(drawable(row) ? row.mean_error : SummaryRow::not_measured),
                         gnuplot_number(interval.low), gnuplot_number(interval.high));
    }
    return out + "\n\n";
  };
  std::string out;
  for (const ArmCurves& arm : picture.arms) {
    if (arm.together) out += lines(arm.name + ", all together", *arm.together);
    for (std::size_t group = 0; group < groups.size(); ++group)
      out += lines(arm.name + ", " + groups[group].name, arm.groups[group]);
  }
  return out;
}

/// Groups first, so that nothing hides the mean of all.
std::string plot_command(const Picture& picture) {
  std::string thin, thick;
  std::size_t index = 0;
  for (std::size_t style = 0; style < picture.arms.size(); ++style) {
    const std::string colour = colour_of(style);
    const ArmCurves& arm = picture.arms[style];
    if (arm.together)
      thick += fmt::format(
          "    \"gathered.dat\" index {0} using 1:3:4 with filledcurves fc rgb \"{1}\" fs transparent solid 0.2 "
          "noborder, \\\n    \"gathered.dat\" index {0} using 1:2 with linespoints lw 4 ps 1.2 pt {2} lc rgb "
          "\"{1}\", \\\n",
          index++, colour, marker_of(style));
    const std::string line =
        arm.together ? "lines lw 1 lc rgb \"#80" + colour.substr(1) + "\""
                     : fmt::format("linespoints lw 2.5 pt {} lc rgb \"{}\"", marker_of(style), colour);
    for (std::size_t group = 0; group < arm.groups.size(); ++group)
      thin += fmt::format("    \"gathered.dat\" index {} using 1:2 with {}, \\\n", index++, line);
  }
  return "  plot \\\n" + thin + thick + "    1 with lines lw 1.5 dt 3 lc rgb \"#888888\"\n";
}

/// The arm's name beside its thick line; of an arm of the groups' own each group's beside its line.
std::vector<EndLabel> make_labels(std::span<const GroupRun> groups, const Picture& picture) {
  std::vector<EndLabel> labels;
  for (std::size_t style = 0; style < picture.arms.size(); ++style) {
    const ArmCurves& arm = picture.arms[style];
    if (arm.together) {
      labels.push_back({style, arm.name, "", end_height(*arm.together, picture.error)});
      continue;
    }
    for (std::size_t group = 0; group < groups.size(); ++group)
      labels.push_back(
          {style, arm.name + ", " + groups[group].name, "", end_height(arm.groups[group], picture.error)});
  }
  return labels;
}

Panel make_panel(std::span<const GroupRun> groups, const Picture& picture) {
  const Study& study = groups.front().study;
  Panel panel{.title = "", .labels = make_labels(groups, picture), .drawing = ""};
  panel.drawing = "  set xlabel " + gnuplot_string(study.observations) + " noenhanced offset 0,-0.4\n" +
                  fmt::format("  set xrange [{:.6g}:{:.6g}]\n  set yrange [{:.6g}:{:.6g}]\n", picture.n.low,
                              picture.n.high, picture.error.low, picture.error.high) +
                  tics_command('x', logarithmic_tics(picture.n.low, picture.n.high), TicText::whole) +
                  tics_command('y', logarithmic_tics(picture.error.low, picture.error.high), TicText::plain) +
                  plot_command(picture);
  return panel;
}

std::string caption(std::span<const GroupRun> groups, const Gathering& gathering) {
  std::string text = fmt::format(
      "Thin lines: the means of {} groups. Thick lines: the mean over the replicates of all, up to {} of an arm; "
      "bands: 95 % interval of that mean.",
      groups.size(), with_thousands(gathering.cube.axes().replicates));
  if (!gathering.own_arms.empty())
    text += " Lines with the names of groups: not the same in all of them, and not put together.";
  if (gathering.cube.axes().cells > 1)
    text += fmt::format(" The first of {} cells of the sweep.", with_thousands(gathering.cube.axes().cells));
  return text;
}

}  // namespace

std::vector<PictureFile> gathering_pictures(std::span<const GroupRun> groups, const Gathering& gathering) {
  const Study& study = groups.front().study;
  const Picture picture = make_picture(groups, gathering);
  const std::string effort = study.effort.empty() ? "" : ", effort " + study.effort;
  const Sheet sheet{.name = "gathered",
                    .data = "gathered.dat",
                    .title = raised(study.title),
                    .source = "error by " + study.observations + " (" + study.name + effort + ")",
                    .caption = caption(groups, gathering),
                    .settings = picture_part("errors"),
                    .panels = {make_panel(groups, picture)}};
  return {{"gathered.dat", data_text(groups, picture)}, {"gathered.gp", sheet_script(sheet)}};
}

}  // namespace quartic
