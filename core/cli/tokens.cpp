#include "core/cli/tokens.hpp"

#include <charconv>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/features/byte_pairs.hpp"
#include "core/features/wordpiece.hpp"
#include "core/imports/unpack.hpp"
#include "core/library/json.hpp"

namespace hub::cli {
namespace {

constexpr const char* usage = "Usage: hub tokens FILE [--clip] [--max N] [--vocabulary FILE]\n";

struct Options {
  std::string file;
  std::string vocabulary;
  std::size_t most = SIZE_MAX;
  bool clip = false;
};

std::optional<Options> options_from(std::span<const std::string_view> arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto word = arguments[i];
    if (word == "--max" || word == "--vocabulary") {
      if (++i == arguments.size()) return std::nullopt;
      const auto value = arguments[i];
      if (word == "--vocabulary") {
        options.vocabulary = value;
        continue;
      }
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), options.most);
      // Two are always there.
      if (error != std::errc() || end != value.data() + value.size() || options.most < 2) return std::nullopt;
    } else if (word == "--clip") {
      options.clip = true;
    } else if ((word.starts_with("-") && word != "-") || !options.file.empty()) {
      return std::nullopt;
    } else {
      options.file = word;
    }
  }
  if (options.file.empty() || options.vocabulary.empty()) return std::nullopt;
  return options;
}

using Encode = std::function<std::vector<std::int32_t>(const std::string& text, std::size_t most)>;

/// CLIP's list comes packed, and may be given so.
Expected<Encode> clip_from(std::string list) {
  const imports::ByteSpan packed(reinterpret_cast<const std::uint8_t*>(list.data()), list.size());
  if (imports::is_gzip(packed)) {
    const auto unpacked = imports::gunzipped("The vocabulary", packed);
    if (!unpacked) return tl::unexpected(unpacked.error());
    list.assign(unpacked->begin(), unpacked->end());
  }
  auto pieces = features::BytePairs::read(list);
  if (!pieces) return tl::unexpected(pieces.error());
  return [pieces = std::move(*pieces)](const std::string& text, std::size_t most) { return pieces.encode(text, most); };
}

Expected<Encode> encode_from(std::string vocabulary, bool clip) {
  if (clip) return clip_from(std::move(vocabulary));
  auto pieces = features::WordPiece::read(std::move(vocabulary));
  if (!pieces) return tl::unexpected(pieces.error());
  return [pieces = std::move(*pieces)](const std::string& text, std::size_t most) { return pieces.encode(text, most); };
}

}  // namespace

int tokens_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings) {
  const auto options = options_from(arguments);
  if (!options) {
    warnings << usage;
    return 2;
  }
  std::ifstream vocabulary(options->vocabulary, std::ios::binary);
  if (!vocabulary) {
    warnings << "The vocabulary " << options->vocabulary << " cannot be opened.\n";
    return 1;
  }
  const auto encode = encode_from({std::istreambuf_iterator<char>(vocabulary), {}}, options->clip);
  if (!encode) {
    warnings << encode.error().message << '\n';
    return 1;
  }
  std::ifstream file;
  if (options->file != "-") file.open(options->file, std::ios::binary);
  std::istream& lines = options->file == "-" ? std::cin : file;
  if (!lines) {
    warnings << "The file " << options->file << " cannot be opened.\n";
    return 1;
  }
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const auto json = parse_json(line);
    const auto text = json && json->is_object() ? json->find("text") : Json::const_iterator();
    if (!json || !json->is_object() || text == json->end() || !text->is_string()) {
      warnings << "line " << number << ": expected an object like {\"text\": \"…\"} in UTF-8.\n";
      return 1;
    }
    out << "{\"ids\":[";
    const char* between = "";
    for (const auto id : (*encode)(text->get_ref<const std::string&>(), options->most)) {
      out << between << id;
      between = ",";
    }
    out << "]}\n";
  }
  out.flush();
  return out ? 0 : 1;
}

}  // namespace hub::cli
