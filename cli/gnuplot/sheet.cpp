#include "cli/gnuplot/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

#include "cli/gnuplot/script.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

constexpr std::array<const char*, colours> palette = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                      "#E69F00", "#56B4E9", "#444444"};
constexpr std::array markers = {7, 5, 9, 13, 11, 15, 4, 6, 8, 10, 12, 14};

// Pixels. A letter is as wide as those of a long word are on average.
constexpr double left_margin = 170, bottom_margin = 104;
constexpr double name_letter = 13, number_letter = 10.5, name_line = 30, number_line = 24;
constexpr double title_letter = 13.5, title_line = 36, small_letter = 9.6, small_line = 24;
constexpr std::size_t longest_name = 44;

/// Of a plot; those of many panels are smaller, so that their letters are not when the sheet is seen whole.
struct PlotSize {
  double width, height;
};
constexpr PlotSize size_alone = {780, 560}, size_among_others = {600, 430};

/// In letters of the mean width: capitals are wider than small ones, and some are half as wide again.
double letters_in(const std::string& text) {
  auto letters = static_cast<double>(display_width(text));
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') letters += 0.2;
    if (std::string_view("@%~MW").find(c) != std::string_view::npos) letters += 0.5;
  }
  return letters;
}

/// What a label takes above and below the height of its name.
constexpr double label_above = name_line / 2;
double label_below(const EndLabel& label) {
  return name_line / 2 + (label.number.empty() ? 0 : number_line);
}

std::vector<std::string> lines_of(const std::string& text, double width, double letter) {
  std::vector<std::string> lines;
  if (text.empty()) return lines;
  std::istringstream in(wrapped(text, static_cast<std::size_t>(width / letter)));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Where everything stands.
struct Layout {
  std::size_t columns, rows;
  double label_width, plot_width, plot, panel_top;
  std::vector<std::string> title, source, caption;

  double panel_width() const { return left_margin + plot_width + label_width; }
  double panel_height() const { return panel_top + plot + bottom_margin; }
  double width() const { return static_cast<double>(columns) * panel_width(); }
  double head() const {
    return 16 + title_line * static_cast<double>(title.size()) +
           small_line * static_cast<double>(source.size());
  }
  double foot() const { return 14 + small_line * static_cast<double>(caption.size()); }
  double height() const { return head() + static_cast<double>(rows) * panel_height() + foot(); }
  /// As fractions of the picture, from its lower left corner.
  double x(double pixels) const { return pixels / width(); }
  double y(double pixels) const { return 1 - pixels / height(); }
};

Layout make_layout(const Sheet& sheet) {
  Layout layout{};
  layout.columns = sheet.panels.size() == 1 ? 1 : 2;
  layout.rows = (sheet.panels.size() + layout.columns - 1) / layout.columns;
  const PlotSize size = layout.columns == 1 ? size_alone : size_among_others;
  layout.plot_width = size.width;
  layout.plot = size.height;
  layout.panel_top = 24;
  layout.label_width = 40;
  for (const Panel& panel : sheet.panels) {
    double needed = 0;
    for (const EndLabel& label : panel.labels) {
      layout.label_width =
          std::max({layout.label_width, 70 + name_letter * letters_in(shortened(label.name, longest_name)),
                    70 + number_letter * letters_in(label.number)});
      needed += label_above + label_below(label);
    }
    layout.plot = std::max(layout.plot, needed + 10);
  }
  for (const Panel& panel : sheet.panels) {
    const double lines =
        static_cast<double>(lines_of(panel.title, layout.panel_width(), 1.2 * small_letter).size());
    layout.panel_top = std::max(layout.panel_top, 30 + small_line * lines);
  }
  layout.title = lines_of(sheet.title, layout.width() - 60, title_letter);
  layout.source = lines_of(sheet.source, layout.width() - 60, 1.2 * small_letter);
  layout.caption = lines_of(sheet.caption, layout.width() - 60, small_letter);
  return layout;
}

/// Text at the left edge, a label a line.
class Lines {
 public:
  Lines(const Layout& layout, int first_tag) : layout_(layout), tag_(first_tag) {}
  void add(const std::vector<std::string>& lines, double left, double top, double step, const char* style) {
    for (const std::string& line : lines) {
      text_ += fmt::format("  set label {} {} at screen {:.5f},{:.5f} left noenhanced {}\n", tag_++,
                           gnuplot_string(line), layout_.x(left), layout_.y(top + step / 2), style);
      top += step;
    }
  }
  const std::string& text() const { return text_; }

 private:
  const Layout& layout_;
  int tag_;
  std::string text_;
};

std::string frame(const Sheet& sheet, const Layout& layout, std::size_t k) {
  const double left = layout.panel_width() * static_cast<double>(k % layout.columns);
  const std::size_t row = k / layout.columns;
  const double top = layout.head() + layout.panel_height() * static_cast<double>(row);
  Lines title(layout, 2000);
  title.add(lines_of(sheet.panels[k].title, layout.panel_width(), 1.2 * small_letter), left + 30, top + 14,
            small_line, "font \",15\" textcolor rgb \"#222222\"");
  return fmt::format(
             "  set lmargin at screen {:.5f}; set rmargin at screen {:.5f}\n"
             "  set tmargin at screen {:.5f}; set bmargin at screen {:.5f}\n",
             layout.x(left + left_margin), layout.x(left + left_margin + layout.plot_width),
             layout.y(top + layout.panel_top), layout.y(top + layout.panel_top + layout.plot)) +
         title.text();
}

std::string labels_script(const std::vector<EndLabel>& labels, double pixels) {
  std::string out;
  int tag = 1;
  for (const EndLabel& label : spread(labels, pixels)) {
    const char* colour = colour_of(label.style);
    out += fmt::format(
        "  set label {} '' at graph 1.025,{:.4f} point pt {} ps 1.4 lc rgb \"{}\"\n"
        "  set label {} {} at graph 1.045,{:.4f} left noenhanced textcolor rgb \"{}\"\n",
        tag, label.height, marker_of(label.style), colour, tag + 1,
        gnuplot_string(shortened(label.name, longest_name)), label.height, colour);
    if (!label.number.empty())
      out +=
          fmt::format("  set label {} '{}' at graph 1.045,{:.4f} left font \",13\" textcolor rgb \"{}\"\n",
                      tag + 2, label.number, label.height - (name_line + number_line) / 2 / pixels, colour);
    tag += 3;
  }
  return out;
}

}  // namespace

std::string shortened(const std::string& text, std::size_t letters) {
  std::string out;
  std::size_t taken = 0;
  const bool whole = display_width(text) <= letters;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
    if (!whole && begins && ++taken == letters) break;
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  if (whole) return out;
  return out + "\u2026";
}

const char* colour_of(std::size_t style) {
  return palette[style % palette.size()];
}

int marker_of(std::size_t style) {
  return markers[style % markers.size()];
}

std::vector<EndLabel> spread(std::vector<EndLabel> labels, double pixels) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](const EndLabel& a, const EndLabel& b) { return a.height < b.height; });
  double floor = 0;
  for (EndLabel& label : labels) {
    label.height = std::max(label.height, floor + label_below(label) / pixels);
    floor = label.height + label_above / pixels;
  }
  double ceiling = 1;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    label->height = std::min(label->height, ceiling - label_above / pixels);
    ceiling = label->height - label_below(*label) / pixels;
  }
  return labels;
}

std::string sheet_script(const Sheet& sheet) {
  const Layout layout = make_layout(sheet);
  Lines lines(layout, 1000);
  lines.add(layout.title, 30, 12, title_line, "font \",19\" textcolor rgb \"#111111\"");
  lines.add(layout.source, 30, 12 + title_line * static_cast<double>(layout.title.size()), small_line,
            "font \",15\" textcolor rgb \"#555555\"");
  lines.add(layout.caption, 30, layout.height() - layout.foot(), small_line,
            "font \",13\" textcolor rgb \"#555555\"");
  std::string panels;
  for (std::size_t k = 0; k < sheet.panels.size(); ++k)
    panels += frame(sheet, layout, k) + labels_script(sheet.panels[k].labels, layout.plot) +
              sheet.panels[k].drawing + "  unset label; unset arrow; unset object\n";
  return gnuplot_script({.name = sheet.name,
                         .data = sheet.data,
                         .settings = sheet.settings,
                         .size = fmt::format("{:.0f},{:.0f}", layout.width(), layout.height()),
                         .drawing = "  set multiplot\n" + lines.text() + panels + "  unset multiplot\n"});
}

}  // namespace quartic
