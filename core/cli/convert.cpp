#include "core/cli/convert.hpp"

#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "core/library/json.hpp"

namespace hub::cli {
namespace {

std::optional<std::vector<std::uint8_t>> bytes_of(std::istream& stream) {
  std::vector<std::uint8_t> bytes;
  char piece[65536];
  while (stream.read(piece, sizeof piece) || stream.gcount() > 0) bytes.insert(bytes.end(), piece, piece + stream.gcount());
  if (stream.bad()) return std::nullopt;
  return bytes;
}

std::optional<std::vector<std::uint8_t>> bytes_of_file(const std::string& name) {
  if (name == "-") return bytes_of(std::cin);
  std::ifstream stream(name, std::ios::binary);
  if (!stream) return std::nullopt;
  return bytes_of(stream);
}

}  // namespace

std::string json_line(const imports::Row& row) {
  const Json rating = to_json(row.rating);
  Json json{{"type", name_of(row.item.type)},
            {"title", row.item.title},
            {"rating", rating["value"]},
            {"scale", rating["scale"]},
            {"line", row.line}};
  if (row.item.year) json["year"] = *row.item.year;
  if (!row.item.ids.empty()) json["ids"] = row.item.ids;
  if (!row.rating.date.empty()) json["date"] = row.rating.date;
  return json_text(json);
}

int convert_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings) {
  if (arguments.size() != 1 || (arguments[0].starts_with("-") && arguments[0] != "-")) {
    warnings << "Usage: hub convert FILE\n";
    return 2;
  }
  const std::string name(arguments[0]);
  auto bytes = bytes_of_file(name);
  if (!bytes) {
    warnings << "The file " << name << " cannot be opened.\n";
    return 1;
  }
  const auto parsed = imports::parse(name, std::move(*bytes));
  if (!parsed) {
    warnings << parsed.error().message << '\n';
    return 1;
  }
  for (const imports::Row& row : parsed->rows) out << json_line(row) << '\n';
  out.flush();
  for (const std::string& note : parsed->notes) warnings << "note: " << note << '\n';
  for (const imports::SkippedLine& skipped : parsed->skipped) warnings << "line " << skipped.line << ": " << skipped.reason << '\n';
  return out ? 0 : 1;
}

}  // namespace hub::cli
