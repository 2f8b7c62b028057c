#include "wasm/ui/views/song_index.hpp"

#include <algorithm>

#include "core/library/search.hpp"
#include "wasm/ui/client.hpp"

namespace hub::ui::views {

bool SongIndex::is_of(const Row& row, SongChoice choice) {
  switch (choice) {
    case SongChoice::might_like: return !row.song->liked && !row.song->disliked;
    case SongChoice::liked: return row.song->liked && !row.song->disliked;
    case SongChoice::not_for_you: return row.song->disliked;
    case SongChoice::all: return true;
  }
  return true;
}

void SongIndex::update(const SongQuery& query) {
  const Client& hub = client();
  const bool stale = seen_library_ != hub.library_revision() || seen_songs_ != hub.songs_revision();
  if (!stale && query == query_) return;
  seen_library_ = hub.library_revision();
  seen_songs_ = hub.songs_revision();
  query_ = query;
  if (stale) read();
  choose();
}

void SongIndex::read() {
  const Client& hub = client();
  rows_.clear();
  by_choice_.fill(0);
  has_stars_ = false;
  for (const Song* song : hub.library().songs()) {
    Row& row = rows_.emplace_back();
    row.song = song;
    row.key = key_of(song->id);
    if (const auto known = hub.song_chance(row.key)) {
      row.chance = known->chance;
      row.stars = known->stars;
      has_stars_ = has_stars_ || known->stars > 0;
    }
    for (std::size_t i = 0; i < by_choice_.size(); ++i) by_choice_[i] += is_of(row, static_cast<SongChoice>(i));
  }
}

/// What is equal stays in the order of titles, which is that of the ids.
bool SongIndex::before(const Row& a, const Row& b) const {
  const Row& one = query_.descending ? b : a;
  const Row& other = query_.descending ? a : b;
  const auto artist = [](const Row& row) {
    return row.song->artists.empty() ? std::string_view() : std::string_view(row.song->artists[0]);
  };
  switch (query_.column) {
    case SongColumn::chance:
      // What is not known stands at the end whichever way the order goes.
      if ((a.chance < 0) != (b.chance < 0)) return b.chance < 0;
      return one.chance < other.chance;
    case SongColumn::title: return one.song->id < other.song->id;
    case SongColumn::artist: return artist(one) < artist(other);
  }
  return false;
}

void SongIndex::choose() {
  std::vector<std::string> parts;
  const std::string text = normalised_text(query_.find);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    parts.push_back(" " + text.substr(from, to - from));
    from = to + 1;
  }
  shown_.clear();
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    if (!is_of(rows_[i], query_.choice)) continue;
    const auto has = [&, words = " " + rows_[i].song->id](const std::string& part) { return words.find(part) != std::string::npos; };
    if (parts.empty() || std::all_of(parts.begin(), parts.end(), has)) shown_.push_back(i);
  }
  std::stable_sort(shown_.begin(), shown_.end(), [&](std::uint32_t a, std::uint32_t b) { return before(rows_[a], rows_[b]); });
}

}  // namespace hub::ui::views
