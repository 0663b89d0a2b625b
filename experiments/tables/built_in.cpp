#include "experiments/tables/built_in.hpp"

#include <cmath>

#include "core/options.hpp"
#include "core/require.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/study/document/document.hpp"

namespace quartic {

namespace {

/// Named columns of a table as numbers, read once.
class Columns {
 public:
  explicit Columns(const CsvTable& table) : table_(table) {}

  Vector positive(const std::string& name) const {
    const Vector values = read_numbers(table_, table_.column(name));
    for (Index row = 0; row < values.size(); ++row)
      require(
          !(values[row] <= 0) && !std::isinf(values[row]),
          table_.file + ":" + std::to_string(table_.lines[static_cast<std::size_t>(row)]) + ": " + name +
              " is " + shortest(values[row]) +
              " (a machine has a positive one). Correct it, or leave the field empty where it is not known.");
    return values;
  }
  Vector optional(const std::string& name) const {
    return table_.has(name) ? positive(name) : Vector::Constant(table_.rows(), Machine::not_known);
  }
  std::string text(const std::string& name, Index row) const {
    return table_.has(name) ? table_.at(row, table_.column(name)) : "";
  }

 private:
  const CsvTable& table_;
};

}  // namespace

std::vector<Machine> read_machines(std::string_view csv, std::string_view file) {
  const CsvTable table = parse_csv(csv, file);
  const Columns columns(table);
  static_cast<void>(table.column("hardware"));
  const Vector year = columns.optional("year"), processors = columns.positive("processors"),
               peak = columns.positive("peak_gflops"), hours = columns.positive("hours"),
               watts = columns.positive("watts"), pue = columns.positive("pue"),
               per_kwh = columns.positive("pounds_co2_per_kwh"), pounds = columns.optional("pounds_co2"),
               dollars = columns.positive("dollars");
  std::vector<Machine> machines;
  for (Index row = 0; row < table.rows(); ++row)
    machines.push_back({.name = columns.text("hardware", row),
                        .year = year[row],
                        .processors = processors[row],
                        .peak_gflops = peak[row],
                        .hours = hours[row],
                        .watts = watts[row],
                        .pue = pue[row],
                        .pounds_per_kwh = per_kwh[row],
                        .pounds = pounds[row],
                        .dollars = dollars[row],
                        .source = columns.text("source", row)});
  return machines;
}

std::vector<Generation> read_generations(std::string_view csv, std::string_view file) {
  const CsvTable table = parse_csv(csv, file);
  const Columns columns(table);
  const std::vector<std::string> kinds = {"general", "specialised"};
  static_cast<void>(table.column("hardware"));
  const Vector year = columns.optional("year"), peak = columns.positive("peak_gflops"),
               watts = columns.optional("watts"), price = columns.optional("price"),
               rent = columns.optional("dollars_per_hour"), pue = columns.optional("pue"),
               per_kwh = columns.optional("pounds_co2_per_kwh");
  std::vector<Generation> generations;
  for (Index row = 0; row < table.rows(); ++row) {
    const std::string kind = columns.text("kind", row);
    const std::string place =
        table.file + ":" + std::to_string(table.lines[static_cast<std::size_t>(row)]) + ": ";
    require(
        kind.empty() || kind == kinds[0] || kind == kinds[1],
        place + "unknown kind \"" + kind + "\" " + detail::choose_among(kind, "kinds of processors", kinds));
    require(!std::isnan(peak[row]),
            place + "peak_gflops is empty (all else follows from it). Give the peak rate.");
    generations.push_back({.name = columns.text("hardware", row),
                           .year = year[row],
                           .specialised = kind == kinds[1],
                           .precision = columns.text("precision", row),
                           .peak_gflops = peak[row],
                           .watts = watts[row],
                           .price = price[row],
                           .dollars_per_hour = rent[row],
                           .pue = pue[row],
                           .pounds_per_kwh = per_kwh[row],
                           .source = columns.text("source", row)});
  }
  return generations;
}

const Machine& machine_named(const std::vector<Machine>& machines, std::string_view name) {
  std::vector<std::string> names;
  for (const Machine& machine : machines) {
    if (name.empty() || machine.name == name) return machine;
    names.push_back(machine.name);
  }
  throw InvalidInput("there is no hardware \"" + std::string(name) + "\" " +
                     detail::choose_among(name, "rows of the table of conversions", names));
}

}  // namespace quartic
