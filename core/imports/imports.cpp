#include "core/imports/imports.hpp"

#include <algorithm>
#include <utility>

#include "core/imports/archive.hpp"
#include "core/imports/encoding.hpp"
#include "core/imports/format.hpp"
#include "core/imports/unpack.hpp"
#include "core/imports/words.hpp"
#include "core/imports/zip.hpp"
#include "core/library/text.hpp"

namespace hub::imports {

const std::string_view what_is_read =
    "This page reads the exports of IMDb, Letterboxd, Goodreads, The StoryGraph, RateYourMusic, MyAnimeList, AniList, Kitsu, Trakt, TMDB, "
    "Criticker, TV Time, Netflix, Spotify, Last.fm, Steam, GOG, Grouvee, HowLongToBeat, Yamtrack, Ryot and MediaTracker, as they come or in a "
    "zip archive.";

const std::string_view no_text_in_recordings = "This is a picture or a recording, from which ratings cannot be read.";

const std::string_view how_to_export_from_imdb =
    "On IMDb, open Your ratings, choose Export, and when it is ready bring that file here (it is usually called ratings.csv).";

namespace {

constexpr std::size_t columns_shown = 6;
constexpr std::size_t head_bytes = 4096;  ///< that tell a file without text from one with it

tl::unexpected<Error> unknown(std::string_view seen) {
  return failure("unknown_format",
                 std::string(seen) + " Nothing was changed. " + std::string(what_is_read) + " " + std::string(how_to_export_from_imdb));
}

/// What a file is that holds no text, by its first bytes; empty for all others.
std::string_view kind_without_text(ByteSpan bytes) {
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), head_bytes));
  if (head.starts_with("7z\xBC\xAF\x27\x1C") || head.starts_with("Rar!") || head.starts_with("BZh") ||
      head.starts_with("\xFD"
                       "7zXZ"))
    return "This is an archive of a kind that this page does not open. Please unpack it and bring the files in it, or a zip archive.";
  if (head.substr(std::min<std::size_t>(head.size(), 257)).starts_with("ustar"))
    return "This is an archive of the kind tar, which this page does not open. Please unpack it and bring the files in it, or a zip archive.";
  if (head.starts_with("%PDF-")) return "This is a PDF document, from which ratings cannot be read.";
  if (head.starts_with("\x89PNG") || head.starts_with("\xFF\xD8\xFF") || head.starts_with("GIF8") || head.starts_with("RIFF"))
    return no_text_in_recordings;
  if (head.starts_with("\xD0\xCF\x11\xE0")) return "This is an old office document. Please save the table as CSV first.";
  return {};
}

/// Whether it reads as something else than text: more than a tenth of its beginning are control characters.
bool is_binary(std::string_view text) {
  const std::string_view head = text.substr(0, 4096);
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  return static_cast<std::size_t>(odd) * 10 > head.size();
}

tl::unexpected<Error> describe_unknown(const SourceFile& file, const std::vector<std::string>& first) {
  const std::string_view start = trimmed(std::string_view(file.text).substr(0, 4096));
  if (is_binary(file.text)) return unknown("This file does not hold text that can be read.");
  if (start.starts_with("<!DOCTYPE html") || start.starts_with("<!doctype html") || start.starts_with("<html"))
    return unknown("This is a web page and not an export. Perhaps it was saved before the export was ready, or while you were signed out.");
  if (start.starts_with("<")) return unknown("This is an XML file of a kind that this page does not know.");
  if (start.starts_with("{") || start.starts_with("[")) return unknown("This is a JSON file of a kind that this page does not know.");
  if (first.size() < 2)
    return unknown("This is a text without columns, beginning with " + quoted(start.substr(0, start.find('\n')), 60) + ".");
  std::string columns;
  for (std::size_t i = 0; i < first.size() && i < columns_shown; ++i) columns += (i ? ", " : "") + quoted(first[i], 40);
  if (first.size() > columns_shown) columns += " and " + std::to_string(first.size() - columns_shown) + " more";
  return unknown("This is a table whose kind is not known; its first line is " + columns + ".");
}

}  // namespace

Expected<std::unique_ptr<Reader>> open(std::string_view name, std::unique_ptr<const ByteSource> source) {
  if (source->size() == 0) return failure("empty_file", "This file is empty. Nothing was changed. Please export it once more.");
  const auto head = source->read(0, head_bytes);
  if (!head) return tl::unexpected(head.error());
  if (is_zip(*head)) return open_archive(std::move(source));
  std::string shown = clean_text(std::string(name), 200);
  if (const std::string_view kind = kind_without_text(*head); !kind.empty()) return unknown(kind);
  if (source->size() > most_unpacked_bytes)
    return failure("too_large", "This file is larger than an export is. It was not read, and nothing was changed.");
  auto bytes = source->read(0, source->size());
  if (!bytes) return tl::unexpected(std::move(bytes.error()));
  source.reset();
  if (is_gzip(*bytes)) {
    auto unpacked = gunzipped(shown, *bytes);
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
    bytes = std::move(*unpacked);
    shown = without_gz(std::move(shown));
    if (bytes->empty())
      return failure("empty_file", "There is nothing in this packed file. Nothing was changed. Please export it once more.");
    if (is_zip(*bytes)) return open_archive(std::make_unique<HeldBytes>(std::move(*bytes)));
  }
  return open_plain(std::move(shown), std::move(*bytes));
}

Expected<std::unique_ptr<Reader>> open(std::string_view name, std::vector<std::uint8_t> bytes) {
  return open(name, std::make_unique<HeldBytes>(std::move(bytes)));
}

Expected<std::unique_ptr<Reader>> open_plain(std::string name, std::vector<std::uint8_t> bytes) {
  if (const std::string_view kind = kind_without_text(bytes); !kind.empty()) return unknown(kind);

  SourceFile file;
  file.name = std::move(name);
  {
    DecodedText decoded = decode_text(bytes);
    file.notes = decoded.notes();
    file.text = std::move(decoded.text);
  }
  bytes = {};
  if (trimmed(std::string_view(file.text).substr(0, 4096)).empty() && file.text.find_first_not_of(" \t\r\n") == std::string::npos)
    return failure("empty_file", "This file has nothing but empty lines in it. Nothing was changed. Please export it once more.");

  file.layout = detect_layout(file.text);
  CsvRecord first;
  CsvReader(file.text, file.layout).next(first);
  for (const std::string& field : first.fields) file.head.push_back(comparable(field));

  const Format* best = nullptr;
  Certainty certainty = Certainty::none;
  const auto ask = [&](const Format& format) {
    if (certainty == Certainty::sure) return;
    if (const Certainty answer = format.recognise(file); answer > certainty) {
      certainty = answer;
      best = &format;
    }
  };
  for (const Format* format : formats()) ask(*format);
  if (!best) return describe_unknown(file, first.fields);
  return best->open(std::move(file));
}

Expected<Parsed> parse(std::string_view name, std::vector<std::uint8_t> bytes) {
  auto reader = open(name, std::move(bytes));
  if (!reader) return tl::unexpected(std::move(reader.error()));
  while ((*reader)->step(4096)) {
  }
  return (*reader)->take();
}

}  // namespace hub::imports
