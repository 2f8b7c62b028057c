#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/boxed.hpp"
#include "core/library/error.hpp"
#include "core/library/event.hpp"
#include "core/library/mostly_default.hpp"

namespace hub {

/// What the library knows of one item: its facts and what the person did with it.
struct Entry {
  SharedItem item;
  Boxed<Rating> rating;
  bool skipped = false;
  bool not_interested = false;
  bool forgotten = false;      ///< the last that was to be said of it was taken away, or all: lists leave it out, its facts stay
  MostlyDefault<Deeds> deeds;  ///< what else the person did with it
  Seldom<Rating> earlier;      ///< what it was rated on other days before, by day
  std::int64_t changed = 0;    ///< time of the last event that counts for it, milliseconds since 1970
};

/// What an event touched, so that views and models refresh no more than they must.
struct Change {
  std::vector<std::string> items;  ///< ids whose facts, rating or state may differ now
  bool ratings = false;            ///< at least one rating differs
  bool songs = false;              ///< at least one song does
  bool settings = false;
};

/// The state that a set of events adds up to. Every replica that holds the same events holds the same state, in whatever order they came.
///
/// - Events count in the order of (time, id).
/// - An event is undone when the last Undone or Redone that names it, in that order, is an Undone; undone events do not count. Undone and
/// Redone
///   cannot themselves be taken back: one that names another of their kind has no effect.
/// - The facts of an item are those of the last counting event that carries any. Where a counting rating has none left (they came with an
/// event that
///   another device has undone), the last event that carries facts lends them, so that no rating disappears.
/// - Facts that are corrected (an ItemAdded that is not the first to bring any) stay with a title, but keep none in the library that
///   nothing else is said of any more.
/// - A rating ends "skipped" and "not interested"; one that was given in the page (Rated, ChangedTogether) also ends the wish for the work.
/// - What imports tell of a work adds up; Marked takes the place of what was told before.
/// - After a Matched, what was said of its title before counts for its work, as if it had been said of that; the rating of the later day
///   counts (without days, that of the later event), the other is among the earlier ones. What is said of the title afterwards is its own.
/// - What imports tell of a song adds up; SongMarked has the last word on whether it is liked.
class Library {
 public:
  Library();
  ~Library();
  Library(Library&&) noexcept;
  Library& operator=(Library&&) noexcept;

  /// An event for something the person does now on `device`: the next count of that device, and a time that is after all others, even where
  /// the clock was set back (a hybrid logical clock, Kulkarni et al. 2014). Not applied yet.
  ///
  /// @param now  milliseconds since 1970-01-01 UTC by this machine's clock.
  Event make(std::string_view device, std::int64_t now, Payload payload) const;

  /// Applies what happens now, on this device or in the tab that writes.
  ///
  /// @return  what changed; an event that was applied before changes nothing. The library is as it was on an Error: "bad_event", "bad_item"
  /// or
  ///          "bad_rating" when check() refuses it, "unknown_item" when a rating names an item of which neither it nor an event before
  ///          brought the facts, "unknown_song" when a mark names a song that is not here, "unknown_event" when an undo names an event that
  ///          is not here.
  Expected<Change> apply(Event event);

  /// Applies events of the past, from the journal, a backup or another device, in any order, each well-formed as by check(). Those that
  /// come before what they rest on (the facts of an item, the event an undo names) are held and count as soon as it comes.
  Change merge(std::vector<Event> events);

  /// @return  the entry, or null when the item has no facts or nothing counts for it. Valid until the next change.
  const Entry* find(std::string_view item_id) const;

  /// Entries in order of first appearance, which is that of the first event that counts for them. Valid until the next change.
  std::vector<const Entry*> entries() const;

  /// Whether the person skipped the item or does not want it, also where the library holds no facts of it (an item of the catalogue).
  bool is_skipped(std::string_view item_id) const;
  bool is_not_interested(std::string_view item_id) const;

  /// How many entries carry a rating, in all and of one type.
  std::size_t rating_count() const;
  std::size_t rating_count(MediaType type) const;

  /// @return  the song, or null where no event that counts tells of it. Valid until the next change.
  const Song* song(std::string_view id) const;
  /// All songs, in the order of their ids. Valid until the next change.
  std::vector<const Song*> songs() const;

  /// Value of a setting, or nothing when it was never set.
  std::optional<std::string> setting(std::string_view key) const;

  /// What the person said last of lines with this key, or null. Valid until the next change.
  const Matched* decision(const std::string& key) const;

  /// What the person said last that led to this item, or null: which work it is, or that it is none that is known. Valid until the next
  /// change.
  const Matched* match_of(std::string_view item_id) const;

  /// The facts that the first event brought which counts and has any, or null: of a title that an import brought, those of its line. Valid
  /// until the next change.
  const Item* first_facts(std::string_view item_id) const;

  /// The lines of imports that were taken for this item, each key once; those known by a decision alone have no title. Looks through all
  /// imports.
  std::vector<Imported::Line> lines_of(std::string_view item_id) const;

  /// All events, in the order in which they were applied.
  const std::vector<Event>& events() const;

  /// Whether the event was applied before.
  bool contains(const EventId& id) const;

  /// The event that Undo would take back, or Redo bring back, for a person on `device`. The device's events are followed in the order of
  /// their counts: each can be undone, the latest first; an undone one can be redone until something new is done. Settings are not undone
  /// this way.
  std::optional<EventId> undo_target(std::string_view device) const;
  std::optional<EventId> redo_target(std::string_view device) const;

  /// What an event did, for a button or a message: "rated Arrival", "imported 412 ratings from IMDb". Empty when the event is not here.
  std::string describe(const EventId& id) const;

  /// The highest counter of `device` so far, 0 when it made no event.
  std::uint64_t last_counter(std::string_view device) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hub
