/// Last.fm, which has no export of its own: the tables that programs make of its plays. One line is one play of one song.

#include <algorithm>
#include <array>

#include "core/imports/dates.hpp"
#include "core/imports/service.hpp"
#include "core/imports/song_reader.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 12> names{{{"track", Field::title},
                                      {"trackname", Field::title},
                                      {"song", Field::title},
                                      {"artist", Field::creator},
                                      {"artistname", Field::creator},
                                      {"album", Field::album},
                                      {"albumname", Field::album},
                                      {"utctime", Field::other_date},
                                      {"time", Field::date},
                                      {"date", Field::date},
                                      {"timestamp", Field::date},
                                      {"uts", Field::date}}};

constexpr std::array<Field, 4> with_album{Field::creator, Field::album, Field::title, Field::date};

std::string fill(const Record&, Song& song, bool& taken) {
  taken = true;
  song.plays = 1;
  return "Heard, but not rated.";
}

const Listening listening{.name = "Last.fm", .names = names, .fill = fill};

/// Artist, album, title and a time such as "04 May 2020 12:34", without headings.
bool without_headings(const SourceFile& file) {
  if (file.head.size() != with_album.size() || file.has_columns({"artist"})) return false;
  CsvRecord record;
  CsvReader(file.text, file.layout).next(record);
  const std::string& time = record.fields.back();
  return time.find(':') != std::string::npos && read_date(time, DateOrder::day_first).state == DateState::read;
}

Certainty recognise(const SourceFile& file) {
  // One program writes the name of the person behind the heading of the date.
  const bool dated = std::any_of(file.head.begin(), file.head.end(), [](const std::string& heading) {
    return heading == "uts" || heading == "utctime" || heading == "time" || heading == "timestamp" || heading.starts_with("date");
  });
  const bool rated = file.has_columns({"rating"}) || file.has_columns({"score"});
  if (file.has_columns({"artist", "track"}) && dated && !rated) return Certainty::sure;
  return without_headings(file) ? Certainty::likely : Certainty::none;
}

}  // namespace

const Format lastfm{"Last.fm", recognise, [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
                      const bool bare = without_headings(file);
                      return read_songs(listening, std::move(file), bare ? std::span<const Field>(with_album) : std::span<const Field>());
                    }};

}  // namespace hub::imports
