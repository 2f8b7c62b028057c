#include "core/library/event_bytes.hpp"

#include <array>
#include <concepts>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace hub {
namespace {

// What each kind of record consists of: said once, for both directions.

template <typename Record, typename... Of>
concept Is = (std::same_as<std::remove_const_t<Record>, Of> || ...);

void each_part(Is<Creator> auto& creator, auto&& with) {
  with(creator.role, creator.name);
}
void each_part(Is<Series> auto& series, auto&& with) {
  with(series.name, series.part);
}
void each_part(Is<CommunityRating> auto& rating, auto&& with) {
  with(rating.source, rating.rating, rating.scale, rating.votes, rating.date);
}
void each_part(Is<FactSource> auto& source, auto&& with) {
  with(source.name, source.retrieved, source.facts);
}
void each_part(Is<Item> auto& item, auto&& with) {
  with(item.id, item.type, item.title, item.original_title, item.year, item.genres, item.creators, item.cast, item.keywords, item.companies,
       item.countries, item.language, item.length, item.ids, item.community, item.synopsis, item.poster, item.provenance, item.retrieved,
       item.sources, item.series, item.awards, item.awards_won, item.nominations);
}
void each_part(Is<Rating> auto& rating, auto&& with) {
  with(rating.value, rating.scale, rating.date, rating.source);
}
void each_part(Is<EventId> auto& id, auto&& with) {
  with(id.device, id.counter);
}
void each_part(Is<Imported::Entry> auto& entry, auto&& with) {
  with(entry.item_id, entry.rating);
}
void each_part(Is<Deeds> auto& deeds, auto&& with) {
  with(deeds.seen, deeds.begun, deeds.dropped, deeds.wished, deeds.owned, deeds.liked, deeds.times, deeds.parts, deeds.hours, deeds.last);
}
void each_part(Is<Imported::Told> auto& told, auto&& with) {
  with(told.item_id, told.deeds);
}
void each_part(Is<Song> auto& song, auto&& with) {
  with(song.id, song.title, song.artists, song.album, song.spotify, song.audio, song.liked, song.disliked, song.plays, song.broken_off,
       song.hours, song.last);
}
void each_part(Is<SongMarked> auto& marked, auto&& with) {
  with(marked.song_id, marked.liked, marked.disliked);
}
void each_part(Is<Marked> auto& marked, auto&& with) {
  with(marked.item_id, marked.deeds, marked.item);
}
void each_part(Is<Imported::Line> auto& line, auto&& with) {
  with(line.key, line.item_id, line.title, line.year, line.maker);
}
void each_part(Is<Matched> auto& matched, auto&& with) {
  with(matched.item, matched.from, matched.lines, matched.refused, matched.none);
}
void each_part(Is<ChangedTogether> auto& together, auto&& with) {
  with(together.deed, together.rating, together.item_ids);
}
void each_part(Is<Rated> auto& rated, auto&& with) {
  with(rated.item_id, rated.rating, rated.item);
}
void each_part(Is<ItemAdded> auto& added, auto&& with) {
  with(added.item);
}
void each_part(Is<Imported> auto& imported, auto&& with) {
  with(imported.source, imported.file, imported.items, imported.ratings, imported.told, imported.songs, imported.lines);
}
void each_part(Is<SettingChanged> auto& setting, auto&& with) {
  with(setting.key, setting.value);
}
void each_part(Is<Unrated, Skipped, NotInterested> auto& of_item, auto&& with) {
  with(of_item.item_id);
}
void each_part(Is<Undone, Redone> auto& of_event, auto&& with) {
  with(of_event.target);
}
void each_part(Is<Event> auto& event, auto&& with) {
  with(event.id, event.time, event.payload);
}

template <typename T>
struct Kind {
  static constexpr bool list = false, optional = false;
};
template <typename T>
struct Kind<std::vector<T>> : Kind<void> {
  static constexpr bool list = true;
};
template <typename T>
struct Kind<Seldom<T>> : Kind<std::vector<T>> {};
template <typename T>
struct Kind<std::optional<T>> : Kind<void> {
  static constexpr bool optional = true;
};
template <typename T>
struct Kind<Compact<T>> : Kind<std::optional<T>> {};

class Packer {
 public:
  std::vector<std::uint8_t> bytes;

  template <typename T>
  void put(const T& value) {
    if constexpr (std::is_same_v<T, Name> || std::is_same_v<T, SeldomText>) {
      put(value.text());
    } else if constexpr (std::is_same_v<T, std::string>) {
      whole(value.size());
      bytes.insert(bytes.end(), value.begin(), value.end());
    } else if constexpr (std::is_same_v<T, double>) {
      std::uint64_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
    } else if constexpr (std::is_enum_v<T>) {
      whole(static_cast<std::uint64_t>(value));
    } else if constexpr (std::is_signed_v<T>) {
      const auto number = static_cast<std::int64_t>(value);
      whole((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
    } else if constexpr (std::is_unsigned_v<T>) {
      whole(value);
    } else if constexpr (Kind<T>::list || std::is_same_v<T, Ids>) {
      whole(value.size());
      for (const auto& element : value) put(element);
    } else if constexpr (Kind<T>::optional) {
      whole(value ? 1u : 0u);
      if (value) put(*value);
    } else if constexpr (std::is_same_v<T, AudioFeatures>) {
      for (const auto& element : value) put(element);
    } else if constexpr (std::is_same_v<T, Ids::value_type>) {
      put(value.first);
      put(value.second);
    } else if constexpr (std::is_same_v<T, SharedItem>) {
      whole(value.pointer() ? 1u : 0u);
      if (value.pointer()) put(*value);
    } else if constexpr (std::is_same_v<T, Payload>) {
      whole(value.index());
      std::visit([&](const auto& alternative) { put(alternative); }, value);
    } else {
      each_part(value, [&](const auto&... parts) { (put(parts), ...); });
    }
  }

 private:
  void whole(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<std::uint8_t>(number | 0x80));
    bytes.push_back(static_cast<std::uint8_t>(number));
  }
};

/// After the first thing that cannot be, nothing more is read: all that follows is empty.
class Unpacker {
 public:
  explicit Unpacker(std::span<const std::uint8_t> bytes) : left_(bytes) {}

  bool good() const { return good_; }
  bool at_end() const { return left_.empty(); }

  template <typename T>
  void take(T& value) {
    if constexpr (std::is_same_v<T, Name> || std::is_same_v<T, SeldomText>) {
      const std::size_t size = count();
      value = std::string_view(reinterpret_cast<const char*>(left_.data()), size);
      left_ = left_.subspan(size);
    } else if constexpr (std::is_same_v<T, std::string>) {
      const std::size_t size = count();
      value.assign(reinterpret_cast<const char*>(left_.data()), size);
      left_ = left_.subspan(size);
    } else if constexpr (std::is_same_v<T, double>) {
      if (left_.size() < 8) return fail();
      std::uint64_t bits = 0;
      for (unsigned i = 0; i < 8; ++i) bits |= static_cast<std::uint64_t>(left_[i]) << (8 * i);
      std::memcpy(&value, &bits, sizeof value);
      left_ = left_.subspan(8);
    } else if constexpr (std::is_same_v<T, MediaType>) {
      value = static_cast<MediaType>(below(media_type_count));
    } else if constexpr (std::is_same_v<T, RatingScale>) {
      value = static_cast<RatingScale>(below(static_cast<std::uint64_t>(RatingScale::like) + 1));
    } else if constexpr (std::is_same_v<T, ChangedTogether::Deed>) {
      value = static_cast<ChangedTogether::Deed>(below(ChangedTogether::deed_count));
    } else if constexpr (std::is_signed_v<T>) {
      const std::uint64_t zigzag = whole();
      value = static_cast<T>(static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1)));
    } else if constexpr (std::is_unsigned_v<T>) {
      value = static_cast<T>(whole());
    } else if constexpr (std::is_same_v<T, Ids>) {
      for (std::size_t entries = count(); entries > 0 && good_; --entries) {
        Ids::value_type entry;
        take(entry.first);
        take(entry.second);
        value.try_emplace(entry.first, std::move(entry.second));
      }
    } else if constexpr (Kind<T>::list) {
      for (std::size_t entries = count(); entries > 0 && good_; --entries) take(value.emplace_back());
    } else if constexpr (Kind<T>::optional) {
      if (below(2) == 1) take(value.emplace());
    } else if constexpr (std::is_same_v<T, AudioFeatures>) {
      for (auto& element : value) take(element);
    } else if constexpr (std::is_same_v<T, SharedItem>) {
      if (below(2) == 0) return;
      Item item;
      take(item);
      value = std::move(item);
    } else if constexpr (std::is_same_v<T, Payload>) {
      alternative<0>(below(std::variant_size_v<Payload>), value);
    } else {
      each_part(value, [&](auto&... parts) { (take(parts), ...); });
    }
  }

 private:
  void fail() {
    good_ = false;
    left_ = {};
  }

  std::uint64_t whole() {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < left_.size() && i < 10; ++i) {
      number |= static_cast<std::uint64_t>(left_[i] & 0x7f) << (7 * i);
      if (left_[i] & 0x80) continue;
      left_ = left_.subspan(i + 1);
      return number;
    }
    fail();
    return 0;
  }

  std::uint64_t below(std::uint64_t limit) {
    const std::uint64_t number = whole();
    if (number < limit) return number;
    fail();
    return 0;
  }

  /// Of things that take a byte at least.
  std::size_t count() {
    const std::uint64_t number = whole();
    if (number <= left_.size()) return static_cast<std::size_t>(number);
    fail();
    return 0;
  }

  template <std::size_t Index>
  void alternative(std::uint64_t index, Payload& payload) {
    if constexpr (Index < std::variant_size_v<Payload>) {
      if (index == Index) return take(payload.emplace<Index>());
      alternative<Index + 1>(index, payload);
    }
  }

  std::span<const std::uint8_t> left_;
  bool good_ = true;
};

}  // namespace

std::vector<std::uint8_t> event_bytes(std::span<const Event> events) {
  Packer packer;
  for (const Event& event : events) packer.put(event);
  return std::move(packer.bytes);
}

Expected<std::vector<Event>> events_from_bytes(std::span<const std::uint8_t> bytes) {
  Unpacker unpacker(bytes);
  std::vector<Event> events;
  while (!unpacker.at_end()) unpacker.take(events.emplace_back());
  if (!unpacker.good()) return failure("bad_event", "Entries of the history did not arrive whole.");
  return events;
}

}  // namespace hub
