#include "core/cli/file_bytes.hpp"

#include <fstream>
#include <iostream>

namespace hub::cli {
namespace {

std::optional<std::vector<std::uint8_t>> bytes_of(std::istream& stream) {
  std::vector<std::uint8_t> bytes;
  char piece[65536];
  while (stream.read(piece, sizeof piece) || stream.gcount() > 0) bytes.insert(bytes.end(), piece, piece + stream.gcount());
  if (stream.bad()) return std::nullopt;
  return bytes;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> bytes_of_file(const std::string& name) {
  if (name == "-") return bytes_of(std::cin);
  std::ifstream stream(name, std::ios::binary);
  if (!stream) return std::nullopt;
  return bytes_of(stream);
}

}  // namespace hub::cli
