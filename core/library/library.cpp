#include "core/library/library.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/library/first_inside.hpp"
#include "core/library/limits.hpp"
#include "core/library/number_table.hpp"
#include "core/library/undo_stack.hpp"

namespace hub {
namespace {

using Slot = std::uint32_t;
constexpr std::int32_t nowhere = -1;

/// Where an event speaks of an item: which of its items holds facts, which of its ratings is given, where it tells what else was done.
struct Touch {
  Slot slot = 0;
  std::int32_t facts = nowhere;
  std::int32_t rating = nowhere;
  std::int32_t told = nowhere;
};

/// Where the facts of an item are copied from, so that they are copied again only when they come from elsewhere.
struct Origin {
  Slot slot = 0;
  std::int32_t facts = nowhere;
  bool operator==(const Origin&) const = default;
};

struct ItemState {
  FirstInside<Touch> touches;  ///< in the order of (time, id), unless `unsorted`
  bool unsorted = false;
  bool queued = false;  ///< waits to be computed again
  Entry entry;
  Origin origin;
  Slot first = 0;          ///< first counting event
  std::int32_t place = 0;  ///< and the item's place in it
  bool visible = false;

  /// Whether any event brought facts, counting or not.
  bool has_facts() const {
    return std::any_of(touches.begin(), touches.end(), [](const Touch& touch) { return touch.facts != nowhere; });
  }
};

/// What the events add up to for one item, up to some time.
struct Sum {
  const Rating* rating = nullptr;
  Slot rated = 0;  ///< by which event
  std::vector<Rating> earlier;
  Deeds deeds;
  bool skipped = false;
  bool not_interested = false;
  bool forgotten = false;
  bool touched = false;  ///< at least one event counts
  Slot first = 0;        ///< which is the first of them
  std::int32_t place = 0;
  std::int64_t changed = 0;
  std::optional<Origin> facts;
  std::optional<Origin> any_facts;  ///< also of events that do not count
};

/// Ratings that went from title to title more often than this, each time corrected, stay where they were before.
constexpr int most_moves = 100;

/// Rating::source of those that were given in the page.
constexpr std::string_view rated_here = "here";

struct SongTouch {
  Slot slot = 0;
  std::size_t place = 0;  ///< in the import's songs
};

struct SongState {
  std::vector<SongTouch> touches;
  bool queued = false;
  bool visible = false;
  Song song;
};

struct TargetKey {
  std::uint32_t device = 0;
  std::uint64_t counter = 0;
  bool operator==(const TargetKey&) const = default;
};

struct TargetHash {
  std::size_t operator()(const TargetKey& key) const {
    return std::hash<std::uint64_t>()(key.counter * 0x9e3779b97f4a7c15ULL + key.device);
  }
};

const SharedItem* facts_in(const Payload& payload, std::int32_t place) {
  if (place == nowhere) return nullptr;
  if (const auto* rated = std::get_if<Rated>(&payload)) return rated->item ? &*rated->item : nullptr;
  if (const auto* added = std::get_if<ItemAdded>(&payload)) return &added->item;
  if (const auto* imported = std::get_if<Imported>(&payload)) return &imported->items[static_cast<std::size_t>(place)];
  if (const auto* marked = std::get_if<Marked>(&payload)) return marked->item ? &*marked->item : nullptr;
  if (const auto* matched = std::get_if<Matched>(&payload)) return &matched->item;
  return nullptr;
}

const Rating* rating_in(const Payload& payload, std::int32_t place) {
  if (place == nowhere) return nullptr;
  if (const auto* rated = std::get_if<Rated>(&payload)) return &rated->rating;
  if (const auto* imported = std::get_if<Imported>(&payload)) return &imported->ratings[static_cast<std::size_t>(place)].rating;
  if (const auto* together = std::get_if<ChangedTogether>(&payload)) return together->rating ? &*together->rating : nullptr;
  return nullptr;
}

/// The event that an Undone or Redone names, or null.
const EventId* target_of(const Payload& payload) {
  if (const auto* undone = std::get_if<Undone>(&payload)) return &undone->target;
  if (const auto* redone = std::get_if<Redone>(&payload)) return &redone->target;
  return nullptr;
}

/// Calls visit(item id, place of facts, place of rating, place in what is told) for each mention of an item.
template <typename Visit>
void each_item(const Payload& payload, Visit&& visit) {
  if (const auto* rated = std::get_if<Rated>(&payload)) {
    visit(rated->item_id, rated->item ? 0 : nowhere, 0, nowhere);
  } else if (const auto* unrated = std::get_if<Unrated>(&payload)) {
    visit(unrated->item_id, nowhere, nowhere, nowhere);
  } else if (const auto* added = std::get_if<ItemAdded>(&payload)) {
    visit(added->item->id, 0, nowhere, nowhere);
  } else if (const auto* imported = std::get_if<Imported>(&payload)) {
    for (std::size_t i = 0; i < imported->items.size(); ++i) visit(imported->items[i]->id, static_cast<std::int32_t>(i), nowhere, nowhere);
    for (std::size_t i = 0; i < imported->ratings.size(); ++i)
      visit(imported->ratings[i].item_id, nowhere, static_cast<std::int32_t>(i), nowhere);
    for (std::size_t i = 0; i < imported->told.size(); ++i)
      visit(imported->told[i].item_id, nowhere, nowhere, static_cast<std::int32_t>(i));
  } else if (const auto* skipped = std::get_if<Skipped>(&payload)) {
    visit(skipped->item_id, nowhere, nowhere, nowhere);
  } else if (const auto* unwanted = std::get_if<NotInterested>(&payload)) {
    visit(unwanted->item_id, nowhere, nowhere, nowhere);
  } else if (const auto* marked = std::get_if<Marked>(&payload)) {
    visit(marked->item_id, marked->item ? 0 : nowhere, nowhere, 0);
  } else if (const auto* together = std::get_if<ChangedTogether>(&payload)) {
    for (std::size_t i = 0; i < together->item_ids.size(); ++i)
      visit(together->item_ids[i], nowhere, together->rating ? static_cast<std::int32_t>(i) : nowhere, static_cast<std::int32_t>(i));
  } else if (const auto* matched = std::get_if<Matched>(&payload)) {
    visit(matched->item->id, 0, nowhere, nowhere);
    if (matched->from != matched->item->id) visit(matched->from, nowhere, nowhere, nowhere);
  }
}

/// Calls visit(song id, place in the import) for each mention of a song.
template <typename Visit>
void each_song(const Payload& payload, Visit&& visit) {
  if (const auto* imported = std::get_if<Imported>(&payload)) {
    for (std::size_t i = 0; i < imported->songs.size(); ++i) visit(imported->songs[i].id, i);
  } else if (const auto* marked = std::get_if<SongMarked>(&payload)) {
    visit(marked->song_id, 0);
  }
}

/// Follows the deeds of an item through the events that tell of them.
void follow_deeds(Deeds& deeds, const Payload& payload, std::int32_t place) {
  if (const auto* imported = std::get_if<Imported>(&payload)) {
    if (place != nowhere) add_deeds(deeds, imported->told[static_cast<std::size_t>(place)].deeds);
  } else if (const auto* marked = std::get_if<Marked>(&payload)) {
    deeds = marked->deeds;
  } else if (std::holds_alternative<Rated>(payload)) {
    deeds.wished = false;
  } else if (const auto* together = std::get_if<ChangedTogether>(&payload)) {
    switch (together->deed) {
      case ChangedTogether::Deed::rated:
      case ChangedTogether::Deed::unwished: deeds.wished = false; break;
      case ChangedTogether::Deed::wished: deeds.wished = true; break;
      case ChangedTogether::Deed::seen: deeds.seen = true; break;
      case ChangedTogether::Deed::removed: deeds = {}; break;
      case ChangedTogether::Deed::unrated: break;
    }
  }
}

/// Whether an event takes the person's rating away.
bool ends_rating(const Payload& payload) {
  if (const auto* together = std::get_if<ChangedTogether>(&payload))
    return together->deed == ChangedTogether::Deed::unrated || together->deed == ChangedTogether::Deed::removed;
  return std::holds_alternative<Unrated>(payload);
}

/// Whether an event takes away something that was said of a work besides its rating.
bool ends_deeds(const Payload& payload) {
  if (const auto* together = std::get_if<ChangedTogether>(&payload))
    return together->deed == ChangedTogether::Deed::unwished || together->deed == ChangedTogether::Deed::removed;
  return std::holds_alternative<Marked>(payload);
}

/// Puts `rating`, which no longer counts, among the earlier ones by its day. What was changed on the same day was a correction, and what
/// has no day tells nothing of when; neither is kept.
void keep_earlier(std::vector<Rating>& earlier, const Rating& rating) {
  if (rating.date.empty()) return;
  const auto place = std::lower_bound(earlier.begin(), earlier.end(), rating.date,
                                      [](const Rating& other, const std::string& date) { return other.date < date; });
  if (place != earlier.end() && place->date == rating.date)
    *place = rating;
  else
    earlier.insert(place, rating);
}

}  // namespace

struct Library::State {
  std::vector<Event> events;
  std::vector<bool> counts;  ///< by slot: not undone
  std::map<std::string, std::uint32_t, std::less<>> device_numbers;
  std::vector<UndoStack> devices;
  std::unordered_map<TargetKey, Slot, TargetHash> verdicts;  ///< by the event named: the last Undone or Redone that names it
  NumberTable item_numbers;                                  ///< by id
  std::vector<std::string_view> item_ids;  ///< in the facts that brought them, which no event lets go, else in `other_ids`
  std::deque<std::string> other_ids;
  std::deque<ItemState> items;
  std::map<std::string, std::vector<Slot>, std::less<>> settings;
  std::unordered_map<std::string, std::vector<Slot>> decisions;  ///< Matched by the keys of their lines, in the order of (time, id)
  std::array<std::size_t, media_type_count> ratings{};
  std::int64_t latest = 0;
  std::vector<std::uint32_t> order;  ///< numbers of visible items by first appearance, unless `order_stale`
  bool order_stale = false;
  std::vector<std::uint32_t> queue;
  /// By the number of a title, those of the works that a Matched took it for: what is said of it may count for them.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> leads_to;
  std::map<std::string, SongState, std::less<>> songs;
  std::vector<SongState*> song_queue;

  bool before(Slot a, Slot b) const {
    const Event& one = events[a];
    const Event& other = events[b];
    if (one.time != other.time) return one.time < other.time;
    return one.id < other.id;
  }

  std::uint32_t device_number(const std::string& device) {
    const auto [place, made] = device_numbers.try_emplace(device, static_cast<std::uint32_t>(devices.size()));
    if (made) devices.emplace_back();
    return place->second;
  }

  UndoStack* device(std::string_view name) {
    const auto found = device_numbers.find(name);
    return found == device_numbers.end() ? nullptr : &devices[found->second];
  }

  std::optional<Slot> slot_of(const EventId& id) {
    const UndoStack* stack = device(id.device);
    return stack ? stack->slot_of(id.counter) : std::nullopt;
  }

  std::optional<std::uint32_t> number_of(std::string_view id) const {
    return item_numbers.find(key_of(id), [&](std::uint32_t number) { return item_ids[number] == id; });
  }

  const ItemState* item(std::string_view id) const {
    const auto number = number_of(id);
    return number ? &items[*number] : nullptr;
  }

  /// @param facts  of the item, if they are what names it.
  std::uint32_t item_number(std::string_view id, const SharedItem* facts = nullptr) {
    if (const auto known = number_of(id)) return *known;
    const auto number = static_cast<std::uint32_t>(items.size());
    items.emplace_back();
    const bool named = facts != nullptr && facts->pointer() && (*facts)->id == id;
    item_ids.push_back(named ? std::string_view((*facts)->id) : other_ids.emplace_back(id));
    item_numbers.add(number, [&](std::uint32_t one) { return key_of(item_ids[one]); });
    return number;
  }

  void enqueue(std::uint32_t number) {
    if (std::exchange(items[number].queued, true)) return;
    queue.push_back(number);
    if (leads_to.empty()) return;
    // What is queued has queued all that it leads to.
    for (std::size_t at = queue.size() - 1; at < queue.size(); ++at) {
      const auto found = leads_to.find(queue[at]);
      if (found == leads_to.end()) continue;
      for (const std::uint32_t next : found->second)
        if (!std::exchange(items[next].queued, true)) queue.push_back(next);
    }
  }

  void insert_in_order(std::vector<Slot>& slots, Slot slot) {
    slots.insert(std::upper_bound(slots.begin(), slots.end(), slot, [&](Slot a, Slot b) { return before(a, b); }), slot);
  }

  /// Enters an event that is new here; items that it touches wait in the queue.
  void add(Event&& made, Change& change) {
    const auto slot = static_cast<Slot>(events.size());
    events.push_back(std::move(made));
    const Event& event = events.back();
    latest = std::max(latest, event.time);
    const std::uint32_t number = device_number(event.id.device);
    devices[number].add(event.id.counter, slot);
    const auto verdict = verdicts.find({number, event.id.counter});
    counts.push_back(verdict == verdicts.end() || std::holds_alternative<Redone>(events[verdict->second].payload));

    if (const EventId* target = target_of(event.payload)) {
      judge(*target, slot, change);
    } else if (const auto* setting = std::get_if<SettingChanged>(&event.payload)) {
      insert_in_order(settings[setting->key], slot);
      change.settings = true;
    } else {
      if (const auto* matched = std::get_if<Matched>(&event.payload)) {
        for (const std::string& key : matched->lines) insert_in_order(decisions[key], slot);
        const std::uint32_t from_number = item_number(matched->from);
        const std::uint32_t to_number = item_number(matched->item->id);
        if (from_number != to_number) leads_to[from_number].push_back(to_number);
      }
      each_item(event.payload, [&](const std::string& id, std::int32_t facts, std::int32_t rating, std::int32_t told) {
        touch(id, {slot, facts, rating, told});
      });
      each_song(event.payload, [&](const std::string& id, std::size_t place) {
        SongState& state = songs[id];
        state.touches.push_back({slot, place});
        enqueue(state);
      });
    }
  }

  void touch(const std::string& id, Touch touch) {
    const std::uint32_t number = item_number(id, facts_in(events[touch.slot].payload, touch.facts));
    ItemState& state = items[number];
    Touch* same = state.touches.empty() || state.touches.back().slot != touch.slot ? nullptr : &state.touches.back();
    if (same && (touch.rating == nowhere || same->rating == nowhere)) {
      // A second mention in one import: facts here, the rating there.
      if (touch.facts != nowhere) same->facts = touch.facts;
      if (touch.rating != nowhere) same->rating = touch.rating;
      if (touch.told != nowhere) same->told = touch.told;
    } else {
      if (!state.touches.empty() && before(touch.slot, state.touches.back().slot)) state.unsorted = true;
      state.touches.push_back(touch);
    }
    enqueue(number);
  }

  /// Takes note of an Undone or Redone, and if it is the last word on its target turns that off or on.
  void judge(const EventId& target, Slot slot, Change& change) {
    const TargetKey key{device_number(target.device), target.counter};
    const auto [verdict, first] = verdicts.try_emplace(key, slot);
    if (!first) {
      if (before(slot, verdict->second)) return;
      verdict->second = slot;
    }
    const std::optional<Slot> judged = devices[key.device].slot_of(target.counter);
    if (!judged) return;  // held until it comes
    const bool now = std::holds_alternative<Redone>(events[slot].payload);
    if (counts[*judged] == now) return;
    counts[*judged] = now;
    if (std::holds_alternative<SettingChanged>(events[*judged].payload)) change.settings = true;
    each_item(events[*judged].payload,
              [&](const std::string& id, std::int32_t, std::int32_t, std::int32_t) { enqueue(number_of(id).value()); });
    each_song(events[*judged].payload, [&](const std::string& id, std::size_t) { enqueue(songs.find(id)->second); });
  }

  /// Computes again what is queued.
  void settle(Change& change) {
    for (std::uint32_t number : queue) {
      compute(number, change);
      change.items.emplace_back(item_ids[number]);
    }
    queue.clear();
    for (SongState* state : song_queue) compute(*state);
    change.songs = change.songs || !song_queue.empty();
    song_queue.clear();
  }

  void enqueue(SongState& state) {
    if (!state.queued) song_queue.push_back(&state);
    state.queued = true;
  }

  void compute(SongState& state) {
    state.queued = false;
    std::stable_sort(state.touches.begin(), state.touches.end(),
                     [&](const SongTouch& a, const SongTouch& b) { return before(a.slot, b.slot); });
    state.visible = false;
    state.song = {};
    const SongMarked* said = nullptr;
    for (const SongTouch& touch : state.touches) {
      if (!counts[touch.slot]) continue;
      const Payload& payload = events[touch.slot].payload;
      if (const auto* imported = std::get_if<Imported>(&payload)) {
        const Song& told = imported->songs[touch.place];
        if (!state.visible) state.song.id = told.id;
        add_song(state.song, told);
        state.visible = true;
      } else {
        said = std::get_if<SongMarked>(&payload);
      }
    }
    if (!said) return;
    state.song.liked = said->liked;
    state.song.disliked = said->disliked;
    state.song.said_here = true;
  }

  std::string title_of_song(const std::string& id) const {
    const auto found = songs.find(id);
    return found != songs.end() && found->second.visible ? found->second.song.title : std::string("a song");
  }

  void put_in_order(ItemState& state) {
    if (!state.unsorted) return;
    // Several of one event stay in its own order.
    std::stable_sort(state.touches.begin(), state.touches.end(), [&](const Touch& a, const Touch& b) { return before(a.slot, b.slot); });
    state.unsorted = false;
  }

  /// The Matched that takes its title away, or null.
  const Matched* leaving(const Touch& touch, std::uint32_t number) const {
    const auto* matched = std::get_if<Matched>(&events[touch.slot].payload);
    return matched && matched->from != matched->item->id && matched->from == item_ids[number] ? matched : nullptr;
  }

  /// Whether the event counts, and is no Matched that another one on the same title follows before anything else is said of that.
  bool stands(Slot slot) {
    if (!counts[slot]) return false;
    const auto* matched = std::get_if<Matched>(&events[slot].payload);
    if (!matched || matched->from == matched->item->id) return true;
    const std::uint32_t number = number_of(matched->from).value();
    ItemState& state = items[number];
    put_in_order(state);
    auto next =
        std::upper_bound(state.touches.begin(), state.touches.end(), slot, [&](Slot a, const Touch& b) { return before(a, b.slot); });
    next = std::find_if(next, state.touches.end(), [&](const Touch& touch) { return counts[touch.slot]; });
    return next == state.touches.end() || !leaving(*next, number);
  }

  /// @param until  only what is before that event, or all.
  Sum sum_of(std::uint32_t number, std::optional<Slot> until, int moves = 0) {
    ItemState& state = items[number];
    put_in_order(state);
    auto end = state.touches.end();
    if (until) end = std::lower_bound(state.touches.begin(), end, *until, [&](const Touch& a, Slot b) { return before(a.slot, b); });
    // What was said before it went over to another work was said of that one.
    auto begin = end;
    while (begin != state.touches.begin() && !(leaving(*std::prev(begin), number) && stands(std::prev(begin)->slot))) --begin;
    Sum sum;
    for (auto touch = state.touches.begin(); touch != begin; ++touch)
      if (touch->facts != nowhere) sum.any_facts = Origin{touch->slot, touch->facts};
    for (auto touch = begin; touch != end; ++touch) add_touch(sum, *touch, number, moves);
    if (sum.rating) std::erase_if(sum.earlier, [&](const Rating& other) { return other.date == sum.rating->date; });
    return sum;
  }

  void add_touch(Sum& sum, const Touch& touch, std::uint32_t number, int moves) {
    const Payload& payload = events[touch.slot].payload;
    const bool known = sum.any_facts.has_value();
    if (touch.facts != nowhere) sum.any_facts = Origin{touch.slot, touch.facts};
    if (!stands(touch.slot)) return;
    if (touch.facts != nowhere) sum.facts = Origin{touch.slot, touch.facts};
    // Facts that came later say nothing of a title that all else has left.
    if (!sum.touched && known && std::holds_alternative<ItemAdded>(payload)) return;
    if (const auto* matched = std::get_if<Matched>(&payload)) {
      if (matched->item->id != item_ids[number]) return;
      if (matched->from != matched->item->id && moves < most_moves)
        add_moved(sum, sum_of(number_of(matched->from).value(), touch.slot, moves + 1));
      // Where all that it spoke of was taken back, it speaks of nothing.
      if (!sum.touched) return;
    }
    if (!sum.touched) {
      sum.first = touch.slot;
      sum.place = touch.rating != nowhere ? touch.rating : touch.told != nowhere ? touch.told : touch.facts;
      sum.touched = true;
    }
    sum.changed = events[touch.slot].time;
    follow_deeds(sum.deeds, payload, touch.told);
    if (const Rating* given = rating_in(payload, touch.rating)) {
      if (sum.rating && sum.rating->date != given->date) keep_earlier(sum.earlier, *sum.rating);
      sum.rating = given;
      sum.rated = touch.slot;
      sum.skipped = sum.not_interested = false;
    } else if (ends_rating(payload)) {
      sum.rating = nullptr;
      sum.earlier.clear();
    } else if (std::holds_alternative<Skipped>(payload)) {
      sum.skipped = true;
    } else if (std::holds_alternative<NotInterested>(payload)) {
      sum.not_interested = true;
    }
    sum.forgotten = ends_deeds(payload) && !sum.rating && !sum.deeds.any();
  }

  /// Whether the rating of `sum` was given after that of `other`: by its day, else by the event.
  bool is_later(const Sum& sum, const Sum& other) const {
    const std::string& day = sum.rating->date;
    const std::string& others = other.rating->date;
    return day.empty() || others.empty() || day == others ? before(other.rated, sum.rated) : day > others;
  }

  /// What was said of a title that turned out to be this work counts for it, as if it had been said of it.
  void add_moved(Sum& sum, Sum moved) const {
    if (!moved.touched) return;
    if (!sum.touched) {
      sum.touched = true;
      sum.first = moved.first;
      sum.place = moved.place;
    }
    for (const Rating& rating : moved.earlier) keep_earlier(sum.earlier, rating);
    if (moved.rating) {
      if (!moved.deeds.wished && moved.rating->source == rated_here) sum.deeds.wished = false;
      if (sum.rating && !is_later(moved, sum)) {
        if (moved.rating->date != sum.rating->date) keep_earlier(sum.earlier, *moved.rating);
      } else {
        if (sum.rating && sum.rating->date != moved.rating->date) keep_earlier(sum.earlier, *sum.rating);
        sum.rating = moved.rating;
        sum.rated = moved.rated;
      }
    }
    add_deeds(sum.deeds, moved.deeds);
    sum.skipped = !sum.rating && (sum.skipped || moved.skipped);
    sum.not_interested = !sum.rating && (sum.not_interested || moved.not_interested);
  }

  void compute(std::uint32_t number, Change& change) {
    ItemState& state = items[number];
    state.queued = false;
    const bool was_visible = state.visible;
    const Slot old_first = state.first;
    const std::int32_t old_place = state.place;
    const Boxed<Rating> old_rating = was_visible ? std::move(state.entry.rating) : Boxed<Rating>();
    if (was_visible && old_rating) --ratings[index_of(state.entry.item->type)];

    Sum sum = sum_of(number, std::nullopt);
    if (!sum.facts && sum.rating) sum.facts = sum.any_facts;
    Entry& entry = state.entry;
    entry.rating = sum.rating ? Boxed<Rating>(*sum.rating) : Boxed<Rating>();
    entry.earlier = std::move(sum.earlier);
    entry.deeds = std::move(sum.deeds);
    entry.skipped = sum.skipped;
    entry.not_interested = sum.not_interested;
    entry.forgotten = sum.forgotten;
    if (sum.touched) {
      state.first = sum.first;
      state.place = sum.place;
      entry.changed = sum.changed;
    }
    const std::optional<Origin>& facts = sum.facts;
    state.visible = facts && sum.touched;
    if (state.visible && state.origin != *facts) {
      entry.item = *facts_in(events[facts->slot].payload, facts->facts);
      state.origin = *facts;
    }
    if (state.visible && entry.rating) ++ratings[index_of(entry.item->type)];
    if (state.visible ? old_rating != entry.rating : old_rating.has_value()) change.ratings = true;
    note_order(number, was_visible, old_first != state.first || old_place != state.place);
  }

  /// Keeps `order` where that is cheap: the usual new entry comes last.
  void note_order(std::uint32_t number, bool was_visible, bool moved) {
    const ItemState& state = items[number];
    if (was_visible == state.visible && !(state.visible && moved)) return;
    if (order_stale) return;
    if (!was_visible && (order.empty() || appears_before(order.back(), number)))
      order.push_back(number);
    else
      order_stale = true;
  }

  bool appears_before(std::uint32_t a, std::uint32_t b) const {
    const ItemState& one = items[a];
    const ItemState& other = items[b];
    if (one.first != other.first) return before(one.first, other.first);
    if (one.place != other.place) return one.place < other.place;
    return item_ids[a] < item_ids[b];
  }

  void put_in_order() {
    if (!order_stale) return;
    order.clear();
    for (std::uint32_t number = 0; number < items.size(); ++number)
      if (items[number].visible) order.push_back(number);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return appears_before(a, b); });
    order_stale = false;
  }

  /// What a person calls an item, by whatever facts there are.
  std::string title_of(std::string_view id) const {
    const ItemState* state = item(id);
    if (state && state->visible) return state->entry.item->title;
    if (state) {
      for (auto touch = state->touches.rbegin(); touch != state->touches.rend(); ++touch)
        if (const SharedItem* facts = facts_in(events[touch->slot].payload, touch->facts)) return (*facts)->title;
    }
    const auto type = media_type_from(id.substr(0, id.find('/')));
    return type ? (*type == MediaType::album ? "an " : "a ") + std::string(noun_of(*type, false)) : "an item";
  }

  std::string words(const Event& event) {
    const Payload& payload = event.payload;
    if (const auto* rated = std::get_if<Rated>(&payload)) return "rated " + title_of(rated->item_id);
    if (const auto* unrated = std::get_if<Unrated>(&payload)) return "cleared the rating of " + title_of(unrated->item_id);
    if (const auto* added = std::get_if<ItemAdded>(&payload)) {
      const ItemState* state = item(added->item->id);
      const auto is_this = [&](const Touch& touch) { return &events[touch.slot] == &event; };
      const auto brings_facts = [](const Touch& touch) { return touch.facts != nowhere; };
      const auto end = std::find_if(state->touches.begin(), state->touches.end(), is_this);
      const bool known = std::any_of(state->touches.begin(), end, brings_facts);
      return (known ? "corrected the details of " : "added ") + added->item->title;
    }
    if (const auto* imported = std::get_if<Imported>(&payload)) return "imported " + imported->words();
    if (const auto* skipped = std::get_if<Skipped>(&payload)) return "skipped " + title_of(skipped->item_id);
    if (const auto* unwanted = std::get_if<NotInterested>(&payload)) return "marked " + title_of(unwanted->item_id) + " as not interesting";
    if (const auto* marked = std::get_if<Marked>(&payload)) return "changed what is marked of " + title_of(marked->item_id);
    if (const auto* together = std::get_if<ChangedTogether>(&payload)) return together->words();
    if (const auto* song = std::get_if<SongMarked>(&payload)) {
      const std::string title = title_of_song(song->song_id);
      return song->liked ? "liked " + title : song->disliked ? "disliked " + title : "took back what was said of " + title;
    }
    if (const auto* matched = std::get_if<Matched>(&payload)) {
      if (matched->none) return "said that " + matched->item->title + " is none of the works that are known";
      return "said which work " + matched->item->title + " is";
    }
    if (std::holds_alternative<SettingChanged>(payload)) return "changed a setting";
    const std::optional<Slot> target = slot_of(*target_of(payload));
    const bool names_a_deed = target && !target_of(events[*target].payload);
    const std::string what = names_a_deed ? words(events[*target]) : "something that is not here";
    return (std::holds_alternative<Undone>(payload) ? "took back: " : "did again: ") + what;
  }
};

Library::Library() : state_(std::make_unique<State>()) {}
Library::~Library() = default;
Library::Library(Library&&) noexcept = default;
Library& Library::operator=(Library&&) noexcept = default;

Event Library::make(std::string_view device, std::int64_t now, Payload payload) const {
  // Behind an event at the end of all time, as a strange backup may hold, the count alone keeps the order.
  const std::int64_t time = state_->events.empty() ? now : std::max(now, std::min(state_->latest + 1, latest_time));
  return {{std::string(device), last_counter(device) + 1}, time, std::move(payload)};
}

Expected<Change> Library::apply(Event event) {
  if (auto fine = check(event); !fine) return tl::unexpected(std::move(fine.error()));
  Change change;
  if (contains(event.id)) return change;
  if (const EventId* target = target_of(event.payload); target && !state_->slot_of(*target))
    return failure("unknown_event", "What was to be undone or redone is not in the library. Nothing was changed.");

  const auto has_facts = [&](std::string_view id) {
    const ItemState* known = state_->item(id);
    return known && known->has_facts();
  };
  const auto unknown_item = [&](const std::string& id) {
    return failure("unknown_item", "The library does not know the item " + id + " that was to be rated. Nothing was changed.");
  };
  if (const auto* rated = std::get_if<Rated>(&event.payload)) {
    if (!rated->item && !has_facts(rated->item_id)) return unknown_item(rated->item_id);
  } else if (const auto* imported = std::get_if<Imported>(&event.payload)) {
    std::vector<std::string_view> brought;
    for (const SharedItem& item : imported->items) brought.push_back(item->id);
    std::sort(brought.begin(), brought.end());
    const auto unknown = [&](const std::string& id) { return !std::binary_search(brought.begin(), brought.end(), id) && !has_facts(id); };
    for (const Imported::Entry& entry : imported->ratings)
      if (unknown(entry.item_id)) return unknown_item(entry.item_id);
    for (const Imported::Told& told : imported->told)
      if (unknown(told.item_id)) return unknown_item(told.item_id);
  } else if (const auto* marked = std::get_if<Marked>(&event.payload)) {
    if (!marked->item && !has_facts(marked->item_id)) return unknown_item(marked->item_id);
  } else if (const auto* together = std::get_if<ChangedTogether>(&event.payload)) {
    for (const std::string& id : together->item_ids)
      if (!has_facts(id)) return unknown_item(id);
  } else if (const auto* matched = std::get_if<Matched>(&event.payload)) {
    if (!has_facts(matched->from)) return unknown_item(matched->from);
  } else if (const auto* of_song = std::get_if<SongMarked>(&event.payload)) {
    if (!song(of_song->song_id)) return failure("unknown_song", "The library does not know that song. Nothing was changed.");
  }
  state_->add(std::move(event), change);
  state_->settle(change);
  return change;
}

Change Library::merge(std::vector<Event> events) {
  Change change;
  for (Event& event : events)
    if (!contains(event.id)) state_->add(std::move(event), change);
  state_->settle(change);
  return change;
}

const Entry* Library::find(std::string_view item_id) const {
  const ItemState* state = state_->item(item_id);
  return state && state->visible ? &state->entry : nullptr;
}

std::vector<const Entry*> Library::entries() const {
  state_->put_in_order();
  std::vector<const Entry*> entries;
  entries.reserve(state_->order.size());
  for (std::uint32_t number : state_->order) entries.push_back(&state_->items[number].entry);
  return entries;
}

bool Library::is_skipped(std::string_view item_id) const {
  const ItemState* state = state_->item(item_id);
  return state && state->entry.skipped;
}

bool Library::is_not_interested(std::string_view item_id) const {
  const ItemState* state = state_->item(item_id);
  return state && state->entry.not_interested;
}

std::size_t Library::rating_count() const {
  std::size_t count = 0;
  for (std::size_t of_type : state_->ratings) count += of_type;
  return count;
}

std::size_t Library::rating_count(MediaType type) const {
  return state_->ratings[index_of(type)];
}

const Song* Library::song(std::string_view id) const {
  const auto found = state_->songs.find(id);
  return found != state_->songs.end() && found->second.visible ? &found->second.song : nullptr;
}

std::vector<const Song*> Library::songs() const {
  std::vector<const Song*> songs;
  songs.reserve(state_->songs.size());
  for (const auto& [id, state] : state_->songs)
    if (state.visible) songs.push_back(&state.song);
  return songs;
}

std::optional<std::string> Library::setting(std::string_view key) const {
  const auto found = state_->settings.find(key);
  if (found == state_->settings.end()) return std::nullopt;
  for (auto slot = found->second.rbegin(); slot != found->second.rend(); ++slot)
    if (state_->counts[*slot]) return std::get<SettingChanged>(state_->events[*slot].payload).value;
  return std::nullopt;
}

const Matched* Library::decision(const std::string& key) const {
  const auto found = state_->decisions.find(key);
  if (found == state_->decisions.end()) return nullptr;
  for (auto slot = found->second.rbegin(); slot != found->second.rend(); ++slot)
    if (state_->counts[*slot]) return &std::get<Matched>(state_->events[*slot].payload);
  return nullptr;
}

const Matched* Library::match_of(std::string_view item_id) const {
  const ItemState* state = state_->item(item_id);
  if (!state) return nullptr;
  for (auto touch = state->touches.rbegin(); touch != state->touches.rend(); ++touch) {
    const auto* matched = std::get_if<Matched>(&state_->events[touch->slot].payload);
    if (matched && matched->item->id == item_id && state_->stands(touch->slot)) return matched;
  }
  return nullptr;
}

const Item* Library::first_facts(std::string_view item_id) const {
  const ItemState* state = state_->item(item_id);
  if (!state) return nullptr;
  for (const Touch& touch : state->touches)
    if (state_->counts[touch.slot])
      if (const SharedItem* facts = facts_in(state_->events[touch.slot].payload, touch.facts)) return &**facts;
  return nullptr;
}

std::vector<Imported::Line> Library::lines_of(std::string_view item_id) const {
  const ItemState* state = state_->item(item_id);
  if (!state) return {};
  std::vector<std::string> decided;
  for (const Touch& touch : state->touches) {
    const auto* matched = std::get_if<Matched>(&state_->events[touch.slot].payload);
    if (matched && matched->item->id == item_id && state_->stands(touch.slot))
      decided.insert(decided.end(), matched->lines.begin(), matched->lines.end());
  }
  std::vector<Imported::Line> lines;
  const auto add = [&](const Imported::Line& line) {
    const auto same = [&](const Imported::Line& other) { return other.key == line.key; };
    if (std::none_of(lines.begin(), lines.end(), same)) lines.push_back(line);
  };
  for (Slot slot = 0; slot < state_->events.size(); ++slot) {
    const auto* imported = state_->counts[slot] ? std::get_if<Imported>(&state_->events[slot].payload) : nullptr;
    if (!imported) continue;
    for (const Imported::Line& line : imported->lines)
      if (line.item_id == item_id || std::find(decided.begin(), decided.end(), line.key) != decided.end()) add(line);
  }
  for (const std::string& key : decided) add({key, std::string(item_id), {}, {}, {}});
  return lines;
}

const std::vector<Event>& Library::events() const {
  return state_->events;
}

bool Library::contains(const EventId& id) const {
  return state_->slot_of(id).has_value();
}

std::optional<EventId> Library::undo_target(std::string_view device) const {
  UndoStack* stack = state_->device(device);
  if (!stack) return std::nullopt;
  const std::vector<Slot>& slots = stack->undoable(state_->events);
  // What another device has undone already is passed over.
  const auto found = std::find_if(slots.rbegin(), slots.rend(), [&](Slot slot) { return state_->counts[slot]; });
  if (found == slots.rend()) return std::nullopt;
  return state_->events[*found].id;
}

std::optional<EventId> Library::redo_target(std::string_view device) const {
  UndoStack* stack = state_->device(device);
  if (!stack) return std::nullopt;
  const std::vector<Slot>& slots = stack->redoable(state_->events);
  const auto found = std::find_if(slots.rbegin(), slots.rend(), [&](Slot slot) { return !state_->counts[slot]; });
  if (found == slots.rend()) return std::nullopt;
  return state_->events[*found].id;
}

std::string Library::describe(const EventId& id) const {
  const std::optional<Slot> slot = state_->slot_of(id);
  return slot ? state_->words(state_->events[*slot]) : std::string();
}

std::uint64_t Library::last_counter(std::string_view device) const {
  const UndoStack* stack = state_->device(device);
  return stack ? stack->last_counter() : 0;
}

}  // namespace hub
