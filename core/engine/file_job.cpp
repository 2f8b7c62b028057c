#include "core/engine/file_job.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/exports/table.hpp"
#include "core/imports/song_reader.hpp"
#include "core/library/limits.hpp"

namespace hub::engine {
namespace {

constexpr std::string_view backup_key = "\"media_hub_backup\"";
constexpr std::uint64_t backup_head_bytes = 200;
constexpr std::uint64_t backup_piece = 256 * 1024;
constexpr std::size_t records_a_slice = 500;
constexpr std::size_t lines_shown = 200;
constexpr std::string_view waiting_words = "Waiting for review: it could be a work that is known, but not surely.";

/// "8 / 10", "4.5 / 5", "liked": as the person gave it.
std::string in_words(const Rating& rating) {
  if (rating.scale == RatingScale::like) return rating.value > 0 ? "liked" : "disliked";
  char text[32];
  std::snprintf(text, sizeof text, "%g / %g", rating.value, highest_of(rating.scale));
  return text;
}

std::string file_of(const imports::Parsed& parsed, std::uint32_t file) {
  return file < parsed.files.size() ? parsed.files[file] : std::string();
}

enum class Effect { added, changed, unchanged };

/// Whether the file's rating is of a day before that of `rating`, which then goes on to count.
bool is_earlier(const imports::Row& row, const Rating& rating) {
  return !row.rating.date.empty() && row.rating.date < rating.date;
}

/// The date and source are part of what was said only where a rating is new: the same value again is no change.
Effect effect_of(const imports::Row& row, const Entry* entry) {
  if (!entry || !entry->rating) return Effect::added;
  if (is_earlier(row, *entry->rating)) return Effect::unchanged;
  return entry->rating->value == row.rating.value && entry->rating->scale == row.rating.scale ? Effect::unchanged : Effect::changed;
}

/// What the library would know of a work's deeds after the import, if that is more than it knows.
std::optional<Deeds> told_anew(const Deeds& facts, const Entry* entry) {
  if (!facts.any()) return std::nullopt;
  Deeds told = cleaned(facts);
  if (!entry) return told;
  Deeds sum = entry->deeds;
  add_deeds(sum, told);
  return sum == entry->deeds ? std::nullopt : std::optional(std::move(told));
}

/// Ratings of earlier days that the library does not hold yet.
std::vector<Rating> earlier_anew(const imports::Row& row, const Entry* entry) {
  const bool rated = entry && entry->rating;
  std::vector<Rating> all = row.earlier;
  if (rated && is_earlier(row, *entry->rating) && row.rating.normalised() != entry->rating->normalised()) all.push_back(row.rating);
  std::erase_if(all, [&](const Rating& rating) {
    const auto known = [&](const Rating& other) { return other.date == rating.date; };
    return rated && (known(*entry->rating) || std::any_of(entry->earlier.begin(), entry->earlier.end(), known));
  });
  return all;
}

/// "on your wish list · owned"
std::string in_words(const Deeds& deeds) {
  std::string words;
  const auto add = [&](bool is, std::string_view word) {
    if (is) words += (words.empty() ? "" : " · ") + std::string(word);
  };
  add(deeds.wished, "on your wish list");
  add(deeds.seen, "seen");
  add(deeds.begun, "begun");
  add(deeds.dropped, "given up");
  add(deeds.owned, "owned");
  add(deeds.liked, "liked");
  if (words.empty() && deeds.any()) words = "seen";
  return words;
}

/// What a file tells of songs, each once, with where it first does.
struct ToldSong {
  Song song;
  std::size_t line = 0;
  std::uint32_t file = 0;
};

std::vector<ToldSong> songs_of(const imports::Parsed& parsed) {
  std::vector<ToldSong> songs;
  std::unordered_map<std::string, std::size_t> places;
  for (const imports::Song& read : parsed.songs) {
    Song song;
    song.title = read.title;
    song.artists = imports::artists_in(read.artist);
    song.album = read.album;
    song.spotify = read.spotify;
    song.audio = read.audio;
    song.liked = read.liked;
    song.disliked = read.disliked;
    song.plays = read.plays;
    song.broken_off = read.broken_off;
    song.hours = read.hours;
    song.last = read.last;
    song = cleaned(std::move(song));
    song.id = song_id(song.title, song.artists.empty() ? std::string_view() : std::string_view(song.artists.front()));
    const auto [found, fresh] = places.try_emplace(song.id, songs.size());
    if (fresh)
      songs.push_back({std::move(song), read.line, read.file});
    else
      add_song(songs[found->second].song, song);
  }
  return songs;
}

/// Whether the library knows less of the song.
bool is_anew(const Song& song, const Library& library) {
  const Song* known = library.song(song.id);
  if (!known) return true;
  Song sum = *known;
  add_song(sum, song);
  return !(sum == *known);
}

std::string in_words(const Song& song) {
  return song.liked ? "liked" : song.disliked ? "hidden" : "heard";
}

void count(protocol::ImportPreview& preview, const Deeds& deeds) {
  preview.seen += deeds.seen;
  preview.begun += deeds.begun;
  preview.dropped += deeds.dropped;
  preview.wished += deeds.wished;
  preview.owned += deeds.owned;
  preview.liked += deeds.liked;
  preview.again += deeds.times > 1;
}

}  // namespace

Expected<FileJob> FileJob::start(std::uint32_t id, std::string name, std::unique_ptr<const imports::ByteSource> file) {
  FileJob job;
  job.id_ = id;
  job.name_ = std::move(name);
  // A backup is told by its first line alone; whether it is whole is its reader's business.
  const auto bytes = file->read(0, backup_head_bytes);
  if (!bytes) return tl::unexpected(bytes.error());
  const std::string_view head(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  if (head.substr(0, head.find('\n')).find(backup_key) != std::string_view::npos) {
    job.backup_file_ = std::move(file);
    job.backup_reader_ = std::make_unique<storage::BackupReader>();
    return job;
  }
  auto reader = imports::open(job.name_, std::move(file));
  if (!reader) return tl::unexpected(reader.error());
  job.reader_ = std::move(*reader);
  return job;
}

double FileJob::progress() const {
  if (reader_) return reader_->progress();
  return static_cast<double>(taken_) / static_cast<double>(backup_file_->size());
}

Expected<bool> FileJob::step() {
  if (reader_) {
    if (reader_->step(records_a_slice)) return true;
    parsed = reader_->take();
    return false;
  }
  if (taken_ < backup_file_->size()) {
    const auto piece = backup_file_->read(taken_, backup_piece);
    if (!piece) return tl::unexpected(piece.error());
    const auto good = backup_reader_->take({reinterpret_cast<const char*>(piece->data()), piece->size()});
    if (!good) return tl::unexpected(good.error());
    taken_ += piece->size();
    // A file that has become shorter since it was chosen.
    if (piece->empty()) return tl::unexpected(imports::unreadable());
    return true;
  }
  auto events = backup_reader_->finish();
  if (!events) return tl::unexpected(events.error());
  backup = std::move(*events);
  return false;
}

protocol::ImportPreview preview_of(const imports::Parsed& parsed, const imports::MatchResult& matched, const std::string& file,
                                   const Library& library) {
  protocol::ImportPreview preview;
  preview.file = file;
  preview.source = parsed.source;
  preview.ratings = static_cast<std::uint32_t>(parsed.rows.size());
  const auto kept = [](const imports::SkippedLine& line) { return line.kept; };
  preview.skipped = static_cast<std::uint32_t>(parsed.skipped.size() -
                                               static_cast<std::size_t>(std::count_if(parsed.skipped.begin(), parsed.skipped.end(), kept)));
  preview.by_type.assign(media_type_count, 0);
  preview.notes = parsed.notes;
  preview.to_review = static_cast<std::uint32_t>(matched.open.size());
  for (const imports::Row& row : parsed.rows) {
    ++preview.by_type[index_of(row.item.type)];
    const Entry* entry = library.find(row.item.id);
    count(preview, row.facts);
    preview.earlier += !row.earlier.empty();
    const Effect effect = effect_of(row, entry);
    if (effect == Effect::unchanged) {
      ++preview.unchanged;
      const bool earlier = !earlier_anew(row, entry).empty();
      if (!earlier && !told_anew(row.facts, entry)) continue;
      ++preview.told_anew;
      if (preview.changes.size() < lines_shown)
        preview.changes.push_back(
            {row.line, row.item.title, earlier ? "an earlier rating" : in_words(row.facts), file_of(parsed, row.file)});
      continue;
    }
    ++(effect == Effect::added ? preview.added : preview.changed);
    if (preview.changes.size() < lines_shown) {
      const std::string before = effect == Effect::changed ? in_words(*entry->rating) + " becomes " : "";
      preview.changes.push_back({row.line, row.item.title, before + in_words(row.rating), file_of(parsed, row.file)});
    }
  }
  for (const imports::Mention& mention : parsed.mentions) {
    ++preview.by_type[index_of(mention.item.type)];
    count(preview, mention.facts);
    if (!told_anew(mention.facts, library.find(mention.item.id))) continue;
    ++preview.told_anew;
    if (preview.changes.size() < lines_shown)
      preview.changes.push_back({mention.line, mention.item.title, in_words(mention.facts), file_of(parsed, mention.file)});
  }
  for (const ToldSong& told : songs_of(parsed)) {
    ++preview.songs;
    preview.songs_liked += told.song.liked;
    preview.songs_disliked += told.song.disliked;
    preview.songs_with_sound += told.song.has_audio();
    if (!is_anew(told.song, library)) continue;
    ++preview.songs_anew;
    if (preview.changes.size() < lines_shown) {
      const std::string by = told.song.artists.empty() ? "" : " · " + told.song.artists.front();
      preview.changes.push_back({told.line, told.song.title + by, in_words(told.song), file_of(parsed, told.file)});
    }
  }
  for (const imports::SkippedLine& line : parsed.skipped)
    if (!line.kept && preview.skips.size() < lines_shown) preview.skips.push_back({line.line, {}, line.reason, file_of(parsed, line.file)});
  return preview;
}

std::string report_of(const imports::Parsed& parsed, const imports::MatchResult& matched, const Library& library) {
  struct Line {
    std::uint32_t file;
    std::size_t line;
    std::array<std::string, 6> words;  ///< title, year, type, rating, what happens, why
  };
  std::vector<Line> lines;
  lines.reserve(parsed.rows.size() + parsed.skipped.size());
  for (const imports::Row& row : parsed.rows) {
    const Entry* entry = library.find(row.item.id);
    const Effect effect = effect_of(row, entry);
    std::string happens = effect == Effect::added     ? "Rating added"
                          : effect == Effect::changed ? "Rating changed"
                                                      : "Already in your library";
    std::string why = effect == Effect::changed ? "It was " + in_words(*entry->rating) + "." : "";
    if (effect == Effect::unchanged && is_earlier(row, *entry->rating)) {
      happens = earlier_anew(row, entry).empty() ? happens : "Kept as an earlier rating";
      why = "You rated it again later.";
    }
    const bool waits = std::binary_search(matched.open.begin(), matched.open.end(), row.item.id);
    if (waits) why += (why.empty() ? "" : " ") + std::string(waiting_words);
    if (const auto told = told_anew(row.facts, entry)) why += (why.empty() ? "" : " ") + ("Also: " + in_words(*told) + ".");
    lines.push_back({row.file,
                     row.line,
                     {row.item.title, row.item.year ? std::to_string(*row.item.year) : "", std::string(noun_of(row.item.type, false)),
                      in_words(row.rating), std::move(happens), std::move(why)}});
  }
  const auto waits = [&](const imports::SkippedLine& line) {
    return std::any_of(parsed.mentions.begin(), parsed.mentions.end(), [&](const imports::Mention& mention) {
      return mention.line == line.line && mention.file == line.file &&
             std::binary_search(matched.open.begin(), matched.open.end(), mention.item.id);
    });
  };
  const bool any_wait = !matched.open.empty();
  for (const imports::SkippedLine& line : parsed.skipped) {
    std::string why = line.reason;
    if (any_wait && line.kept && waits(line)) why += " " + std::string(waiting_words);
    lines.push_back({line.file, line.line, {"", "", "", "", line.kept ? "Kept without a rating" : "Skipped", std::move(why)}});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.file != b.file ? a.file < b.file : a.line < b.line; });
  exports::Table table("File,Line,Title,Year,Type,Rating,What happens,Why");
  for (const Line& line : lines) {
    const auto& [title, year, type, rating, happens, why] = line.words;
    table.line({file_of(parsed, line.file), std::to_string(line.line), title, year, type, rating, happens, why});
  }
  return table.take();
}

Imported batch_of(const imports::Parsed& parsed, const imports::MatchResult& matched, const std::string& file, const Library& library) {
  Imported batch;
  batch.source = parsed.source;
  batch.file = file;
  std::unordered_set<std::string_view> carried;
  // Facts of a work that is here already come too, where the file knows more than the library.
  const auto carry = [&](const Item& item, const Entry* entry) {
    Item facts = entry ? merged(*entry->item, item) : item;
    if ((!entry || !(facts == *entry->item)) && carried.insert(item.id).second) batch.items.push_back(std::move(facts));
  };
  /// Whether there was anything to tell.
  const auto tell = [&](const Item& item, const Deeds& facts, const Entry* entry) {
    auto told = told_anew(facts, entry);
    if (told) batch.told.push_back({item.id, *told});
    return told.has_value();
  };
  for (const imports::Row& row : parsed.rows) {
    const Entry* entry = library.find(row.item.id);
    const std::vector<Rating> earlier = earlier_anew(row, entry);
    const bool fresh = effect_of(row, entry) != Effect::unchanged;
    for (const Rating& rating : earlier) batch.ratings.push_back({row.item.id, rating});
    // The one that counts comes last.
    if (fresh || !earlier.empty()) batch.ratings.push_back({row.item.id, fresh ? row.rating : *entry->rating});
    if (tell(row.item, row.facts, entry) || fresh || !earlier.empty()) carry(row.item, entry);
  }
  for (const imports::Mention& mention : parsed.mentions) {
    const Entry* entry = library.find(mention.item.id);
    if (tell(mention.item, mention.facts, entry)) carry(mention.item, entry);
  }
  for (ToldSong& told : songs_of(parsed))
    if (is_anew(told.song, library)) batch.songs.push_back(std::move(told.song));
  // Which lines were taken for what, for where the person finds that one was not.
  std::unordered_set<std::string_view> spoken_of;
  for (const Imported::Entry& entry : batch.ratings) spoken_of.insert(entry.item_id);
  for (const Imported::Told& told : batch.told) spoken_of.insert(told.item_id);
  for (const Imported::Line& line : matched.taken)
    if (spoken_of.contains(line.item_id)) batch.lines.push_back(cleaned(line));
  return batch;
}

}  // namespace hub::engine
