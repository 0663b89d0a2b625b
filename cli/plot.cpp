#include "cli/description.hpp"
#include "cli/pictures.hpp"
#include "cli/table_picture.hpp"
#include "cli/verbs.hpp"

namespace quartic {

int plot_folder(const std::string& folder, const Console& console) {
  const auto draw = holds_table_run(folder) ? draw_table_picture : draw_pictures;
  for (const std::string& picture : draw(folder)) console.out << picture << "\n";
  return exit_status::done;
}

}  // namespace quartic
