#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/library/deeds.hpp"
#include "core/library/item.hpp"
#include "core/library/rating.hpp"
#include "core/library/song.hpp"

namespace hub {

/// Names an event for ever and in every replica: the device that made it and a count on that device. Two devices never make the same one,
/// so histories merge by taking the union.
struct EventId {
  std::string device;         ///< 16 hexadecimal digits, drawn at random when storage is first opened
  std::uint64_t counter = 0;  ///< 1, 2, … on that device
  /// By device, then counter. The return type is written out because std::string has no <=> of its own in libc++ 13.
  std::strong_ordering operator<=>(const EventId&) const = default;
  bool operator==(const EventId&) const = default;
};

/// A rating given or changed. Carries the facts of the item when the library did not hold it yet, so that it can be read without the
/// catalogue.
struct Rated {
  std::string item_id;
  Rating rating;
  std::optional<SharedItem> item;
  bool operator==(const Rated&) const = default;
};

struct Unrated {
  std::string item_id;
  bool operator==(const Unrated&) const = default;
};

/// An item entered, or its facts corrected: replaces the facts the library holds.
struct ItemAdded {
  SharedItem item;
  bool operator==(const ItemAdded&) const = default;
};

/// One import: all of it happens, and is undone, at once.
struct Imported {
  std::string source;             ///< "IMDb", …
  std::string file;               ///< name of the file as the person had it
  std::vector<SharedItem> items;  ///< facts of items new to the library
  struct Entry {
    std::string item_id;
    Rating rating;
    bool operator==(const Entry&) const = default;
  };
  /// Of several of one work, which stand beside each other, the last one counts; the others are those it was given before.
  std::vector<Entry> ratings;
  struct Told {
    std::string item_id;
    Deeds deeds;
    bool operator==(const Told&) const = default;
  };
  std::vector<Told> told{};   ///< what it says of works besides ratings; is added to what is known of them
  std::vector<Song> songs{};  ///< each once; added to what is known of them
  /// A line that was taken for a work which its own words do not name: by title, year and makers, or as the person had said of it.
  struct Line {
    std::string key;      ///< the item id that its words and ids give (imports::id_of): the same words give the same in every file
    std::string item_id;  ///< of the work
    std::string title;    ///< as the file has it
    std::optional<int> year;
    std::string maker;  ///< or empty
    bool operator==(const Line&) const = default;
  };
  std::vector<Line> lines{};
  bool operator==(const Imported&) const = default;

  std::size_t rated_works() const;  ///< how many works `ratings` are of
  /// What was imported: "412 ratings and 25 more titles from IMDb", "317 songs from Spotify".
  std::string words() const;
};

/// What the person says, in the page, that they did with a work or mean to do: takes the place of all that was known of that before.
struct Marked {
  std::string item_id;
  Deeds deeds;
  std::optional<SharedItem> item;  ///< its facts, when the library did not hold it yet
  bool operator==(const Marked&) const = default;
};

/// What the person says, in the page, of a song: takes the place of what was told of liking it, and of what imports tell from then on.
struct SongMarked {
  std::string song_id;
  bool liked = false;
  bool disliked = false;
  bool operator==(const SongMarked&) const = default;
};

/// What is done with many works at once, in the page: all of it happens, and is undone, at once.
struct ChangedTogether {
  enum class Deed : std::uint8_t {
    rated,     ///< as by Rated, each with `rating`
    unrated,   ///< as by Unrated
    wished,    ///< put on the wish list
    unwished,  ///< taken off it
    seen,      ///< known: seen, read, heard or played
    removed    ///< nothing is to be said of them any more: lists leave them out, their facts stay
  };
  static constexpr std::size_t deed_count = 6;

  Deed deed = Deed::rated;
  std::optional<Rating> rating;  ///< with Deed::rated, and with no other
  std::vector<std::string> item_ids;
  bool operator==(const ChangedTogether&) const = default;

  /// What was done: "rated 32 titles 4.0", "removed 1 title from the library".
  std::string words() const;
  /// The same for a message: "32 titles rated 4.0", "1 title removed from your library".
  std::string message() const;
};

/// The word for a deed in messages and in the written form of events.
const char* name_of(ChangedTogether::Deed deed);
std::optional<ChangedTogether::Deed> together_deed_from(std::string_view name);

/// What the person says of which work a title is that an import, a service or they themselves took for another, or left open. All that was
/// said of the title before goes over to the work: beside what is said of that already, the rating of the later day counts. The same lines
/// of later imports are that work. Of several that follow each other on one title the last one counts.
struct Matched {
  SharedItem item;                     ///< the work; with `none`, the title as its line has it, without the facts of any work
  std::string from;                    ///< the title it was said of; the work itself where only its facts were wrong
  std::vector<std::string> lines{};    ///< keys of the lines it holds for (Imported::Line::key)
  std::vector<std::string> refused{};  ///< works that it is not: their item ids, and ids of services as "imdb:tt0044121"
  bool none = false;                   ///< it is none of the works that are known
  bool operator==(const Matched&) const = default;
};

/// “Do not ask me now”: the item is left out of what is offered for rating.
struct Skipped {
  std::string item_id;
  bool operator==(const Skipped&) const = default;
};

/// “I do not want this”: the item is left out of everything that is suggested.
struct NotInterested {
  std::string item_id;
  bool operator==(const NotInterested&) const = default;
};

struct SettingChanged {
  std::string key;
  std::string value;
  bool operator==(const SettingChanged&) const = default;
};

/// Takes an earlier event back. Undoing an undo is Redone.
struct Undone {
  EventId target;
  bool operator==(const Undone&) const = default;
};

struct Redone {
  EventId target;
  bool operator==(const Redone&) const = default;
};

using Payload = std::variant<Rated, Unrated, ItemAdded, Imported, Skipped, NotInterested, SettingChanged, Undone, Redone, Marked,
                             SongMarked, ChangedTogether, Matched>;

/// One thing a person did. The journal is a sequence of these, and the library is what they add up to.
struct Event {
  EventId id;
  std::int64_t time = 0;  ///< milliseconds since 1970-01-01 UTC
  Payload payload;
  bool operator==(const Event&) const = default;
};

}  // namespace hub
