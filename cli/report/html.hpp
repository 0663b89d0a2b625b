#pragma once
/// HTML out of anybody's text.
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

/// The one way into a page: the text as its reader should see it, whatever it says. What would be markup is
/// escaped, and what steers is shown by its number (core/visible_text.hpp).
std::string html_text(std::string_view text);

/// An element of text: <h2>...</h2>.
std::string html_element(std::string_view tag, std::string_view text);
/// A table; the first column is left, the others right. Cells are texts.
std::string html_table(const std::vector<std::string>& header,
                       const std::vector<std::vector<std::string>>& rows);
/// The <svg> of a file that gnuplot wrote, without what stands before it; "" where there is none.
std::string inline_svg(std::string_view file);
/// A whole page around a body. It asks for nothing from elsewhere, and forbids a browser to.
std::string html_page(std::string_view title, std::string_view body);

}  // namespace quartic
