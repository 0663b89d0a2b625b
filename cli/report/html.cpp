#include "cli/report/html.hpp"

#include "core/visible_text.hpp"

namespace quartic {

namespace {

constexpr std::string_view style = R"(
body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #ccc; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid #e4e4e4; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; } .wide { overflow-x: auto; }
pre { white-space: pre-wrap; background: #f6f6f6; padding: .8rem; font-size: .85rem; }
figure { margin: 1.5rem 0; } svg { width: 100%; height: auto; }
@media print { body { max-width: none; } pre { white-space: pre-wrap; } }
)";

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : visible_text(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string html_element(std::string_view tag, std::string_view text) {
  const std::string name(tag);
  return "<" + name + ">" + html_text(text) + "</" + name + ">\n";
}

std::string html_table(const std::vector<std::string>& header,
                       const std::vector<std::vector<std::string>>& rows) {
  const auto line = [](std::string_view tag, const std::vector<std::string>& cells) {
    std::string out = "<tr>";
    for (const std::string& cell : cells) {
      out += html_element(tag, cell);
      out.pop_back();
    }
    return out + "</tr>\n";
  };
  std::string out = "<div class=\"wide\"><table>\n" + line("th", header);
  for (const auto& row : rows) out += line("td", row);
  return out + "</table></div>\n";
}

std::string inline_svg(std::string_view file) {
  const std::size_t begin = file.find("<svg"), end = file.rfind("</svg>");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return "";
  return std::string(file.substr(begin, end + 6 - begin));
}

std::string html_page(std::string_view title, std::string_view body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n" +
         html_element("title", title) + "<style>" + std::string(style) + "</style>\n</head>\n<body>\n" +
         std::string(body) + "</body>\n</html>\n";
}

}  // namespace quartic
