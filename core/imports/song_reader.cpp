#include "core/imports/song_reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/imports/dates.hpp"
#include "core/imports/item_ids.hpp"
#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"
#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub::imports {
namespace {

constexpr double heard_milliseconds = 30'000;

class SongReader final : public Reader {
 public:
  SongReader(const Listening& listening, SourceFile&& file, std::span<const Field> order)
      : listening_(listening),
        text_(std::move(file.text)),
        order_(order.begin(), order.end()),
        source_(is_json(text_) ? json_source(text_, listening.names) : table_source(text_, file.layout, listening.names, order_)) {
    parsed_.source = listening.name;
    parsed_.notes = std::move(file.notes);
  }

  bool step(std::size_t records) override {
    for (std::size_t i = 0; i < records && !done_; ++i) {
      done_ = !source_->next(record_);
      if (done_) break;
      ++parsed_.lines;
      kept_ = false;
      std::string reason = record_.problem.empty() ? read_record() : std::move(record_.problem);
      parsed_.skipped.push_back({record_.line, std::move(reason), 0, kept_});
    }
    return !done_;
  }

  double progress() const override {
    return text_.empty() || done_ ? 1.0 : static_cast<double>(source_->position()) / static_cast<double>(text_.size());
  }

  Parsed take() override { return std::move(parsed_); }

 private:
  static bool is_json(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  }

  std::string read_record() {
    Song song;
    song.line = record_.line;
    song.title = clean_text(record_[Field::title], most_title_bytes);
    song.artist = clean_text(record_[Field::creator], most_name_bytes);
    song.album = clean_text(record_[Field::album], most_title_bytes);
    song.last = day(record_[Field::date]);
    if (const auto length = read_decimal(record_[Field::milliseconds])) song.hours = *length / 3'600'000;
    if (listening_.kept_album && listening_.kept_album(record_) && !song.album.empty()) keep_album(song);
    song.audio = audio_of(record_);
    bool taken = false;
    std::string reason = listening_.fill(record_, song, taken);
    if (!taken) return reason;
    if (song.title.empty()) return "There is no title here.";
    kept_ = true;
    add(std::move(song));
    return reason;
  }

  void keep_album(const Song& song) {
    Mention mention;
    mention.line = record_.line;
    mention.facts.liked = true;
    Item& item = mention.item;
    item.type = MediaType::album;
    item.title = song.album;
    if (!song.artist.empty()) item.creators.push_back({"artist", song.artist});
    item.provenance = std::string(listening_.name) + " export";
    item.id = id_of(item);
    item = cleaned(std::move(item));
    if (!check(item)) return;
    kept_ = true;
    if (albums_.insert(item.id).second) parsed_.mentions.push_back(std::move(mention));
  }

  static AudioFeatures audio_of(const Record& record) {
    AudioFeatures audio;
    for (std::size_t i = 0; i < audio.size(); ++i) {
      const std::string& written = record[audio_field(static_cast<Audio>(i))];
      if (!written.empty()) audio[i] = read_audio(static_cast<Audio>(i), written);
    }
    return audio;
  }

  static std::string day(const std::string& written) {
    const bool digits = written.size() > 8 && written.find_first_not_of("0123456789") == std::string::npos;
    return digits ? day_of_time(std::strtoll(written.c_str(), nullptr, 10)) : read_date(written, DateOrder::day_first).iso;
  }

  void add(Song song) {
    const auto [found, fresh] = known_.try_emplace(song.title + '\n' + song.artist, parsed_.songs.size());
    if (fresh) return parsed_.songs.push_back(std::move(song));
    add_listening(parsed_.songs[found->second], std::move(song));
  }

  const Listening& listening_;
  std::string text_;
  std::vector<Field> order_;
  std::unique_ptr<Source> source_;
  Record record_;
  std::unordered_map<std::string, std::size_t> known_;
  std::unordered_set<std::string> albums_;
  Parsed parsed_;
  bool kept_ = false;  ///< something of the line at hand is
  bool done_ = false;
};

}  // namespace

std::string count_play(Song& song, double milliseconds) {
  if (milliseconds < heard_milliseconds) {
    song.broken_off = 1;
    return "Heard for less than half a minute, and not rated.";
  }
  song.plays = 1;
  return "Heard, but not rated.";
}

void add_listening(Song& song, Song other) {
  if (song.album.empty()) song.album = std::move(other.album);
  if (song.spotify.empty()) song.spotify = std::move(other.spotify);
  song.liked |= other.liked;
  song.disliked |= other.disliked;
  song.plays += other.plays;
  song.broken_off += other.broken_off;
  song.hours += other.hours;
  song.last = std::max(song.last, other.last);
  for (std::size_t i = 0; i < song.audio.size(); ++i)
    if (!song.audio[i]) song.audio[i] = other.audio[i];
}

std::optional<double> read_audio(Audio audio, std::string_view written) {
  if (audio == Audio::mode) {
    const std::string word = comparable(written);
    if (word == "major") return 1;
    if (word == "minor") return 0;
  }
  const bool below_zero = written.starts_with('-');
  const auto number = read_decimal(below_zero ? written.substr(1) : written);
  if (!number) return std::nullopt;
  // No pitch was found; of all that is measured only loudness is below 0.
  if (below_zero && audio != Audio::loudness) return std::nullopt;
  return below_zero ? -*number : *number;
}

std::vector<std::string> artists_in(std::string_view written) {
  std::vector<std::string> artists;
  for (std::size_t from = 0; from <= written.size();) {
    std::size_t to = from;
    // “Tyler, The Creator” is one; a list has no space behind its commas.
    const auto parts = [&](std::size_t at) {
      return written[at] == ';' || written[at] == '|' || (written[at] == ',' && at + 1 < written.size() && written[at + 1] != ' ');
    };
    while (to < written.size() && !parts(to)) ++to;
    if (const std::string_view name = trimmed(written.substr(from, to - from)); !name.empty()) artists.emplace_back(name);
    from = to + 1;
  }
  return artists;
}

std::unique_ptr<Reader> read_songs(const Listening& listening, SourceFile&& file, std::span<const Field> order) {
  return std::make_unique<SongReader>(listening, std::move(file), order);
}

}  // namespace hub::imports
