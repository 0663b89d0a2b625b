#include "cli/description.hpp"
#include "cli/pictures.hpp"
#include "cli/verbs.hpp"

namespace quartic {

int plot_folder(const std::string& folder, const Console& console) {
  for (const std::string& picture : draw_pictures(folder)) console.out << picture << "\n";
  return exit_status::done;
}

}  // namespace quartic
