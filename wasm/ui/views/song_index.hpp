#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/library.hpp"

namespace hub::ui::views {

enum class SongColumn : std::uint8_t { chance, title, artist };

/// Which songs are shown.
enum class SongChoice : std::uint8_t { might_like, liked, not_for_you, all };
inline constexpr std::size_t song_choice_count = 4;

struct SongQuery {
  std::string find;
  SongChoice choice = SongChoice::might_like;
  SongColumn column = SongColumn::chance;
  bool descending = true;
  bool operator==(const SongQuery&) const = default;
};

/// The library's songs in the order and selection that are asked for, kept until the library, the chances or the question change.
class SongIndex {
 public:
  struct Row {
    const Song* song = nullptr;
    std::uint64_t key = 0;  ///< key_of the song's id
    float chance = -1;      ///< 0 … 1; below 0: not known
    float stars = 0;        ///< 0: none
  };

  /// Call once a frame, before anything else. Rows are valid until the next frame.
  void update(const SongQuery& query);

  std::size_t size() const { return shown_.size(); }
  const Row& row(std::size_t index) const { return rows_[shown_[index]]; }
  std::size_t all() const { return rows_.size(); }
  std::size_t of_choice(SongChoice choice) const { return by_choice_[static_cast<std::size_t>(choice)]; }
  bool has_stars() const { return has_stars_; }

 private:
  void read();
  void choose();
  static bool is_of(const Row& row, SongChoice choice);
  bool before(const Row& a, const Row& b) const;

  std::uint64_t seen_library_ = 0;
  std::uint64_t seen_songs_ = 0;
  SongQuery query_;
  std::vector<Row> rows_;             ///< in the order of their ids
  std::vector<std::uint32_t> shown_;  ///< the ones selected, in order
  std::array<std::size_t, song_choice_count> by_choice_{};
  bool has_stars_ = false;
};

}  // namespace hub::ui::views
