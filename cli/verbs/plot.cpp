#include "cli/help/description.hpp"
#include "cli/pictures/pictures.hpp"
#include "cli/pictures/table_picture.hpp"
#include "cli/verbs/verbs.hpp"

namespace quartic {

int plot_folder(const std::string& folder, const Console& console) {
  const auto draw = holds_table_run(folder) ? draw_table_picture : draw_pictures;
  for (const std::string& picture : draw(folder)) console.out << picture << "\n";
  return exit_status::done;
}

}  // namespace quartic
