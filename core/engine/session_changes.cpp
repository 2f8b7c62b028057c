#include "core/engine/session_state.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/engine/date.hpp"
#include "core/metadata/merge.hpp"

namespace hub::engine {
namespace {

/// Changes of more ratings than that at once (imports) wait for the training, which is then the shorter way.
constexpr std::size_t most_followed_at_once = 4;
/// Milliseconds from such a change to the training. What moved at once is drawn and written meanwhile: where there are few cores, both
/// would have to share one with the training. Someone who tries star after star is not trained for in between.
constexpr double rest_before_training = 100;
/// Of what nobody waits for is learnt a fifth of the time: so many times as long as it took, it rests.
constexpr double rest_after_learning = 4;

}  // namespace

void Session::State::follow_change(const Change& change) {
  auto stale = works.update(library(), change.items);
  add_sources(change.items);
  follow_works();
  const auto lacks = [&](const std::string& id) {
    const auto work = works.find(id);
    return !work || lacks_facts(*work);
  };
  review_changed(change.items);
  if (matching && !library().find(matching->item_id)) matching.reset();
  if (matching) send_matches();
  // What has its facts is no matter for it, as with nearly all that is rated here.
  if (change.items.size() > most_followed_at_once || std::any_of(change.items.begin(), change.items.end(), lacks)) {
    fill.works_changed();
    filling_changed();
  }
  std::array<bool, media_type_count> rated{};
  if (change.ratings) {
    rated = stale;
    if (change.items.size() <= most_followed_at_once) {
      bool moved = false;
      for (const std::string& id : change.items) moved = trainer.follow(library(), works, id) || moved;
      if (moved) send_visible();
      training_due = host.ticks() + rest_before_training;
      host.call_in(rest_before_training);
    }
    for (const MediaType type : media_types) stale[index_of(type)] = stale[index_of(type)] || library().rating_count(type) > 0;
    for (const std::string& id : change.items)
      if (const auto item = works.find(id)) rated[index_of(item->type)] = stale[index_of(item->type)] = true;
  }
  for (const MediaType type : media_types) {
    OfType& one = of_type[index_of(type)];
    if (rated[index_of(type)]) {
      one.put_back = false;
      one.card.clear();
      end_search_of_changed(type);
    }
    if (change.settings && trainer.settings_differ(type, library())) {
      stale[index_of(type)] = true;
      one.put_back = false;
      one.search.reset();
    }
    if (!stale[index_of(type)] || one.put_back) continue;
    one.to_keep.reset();
    learn_later[index_of(type)] = facts_come && !rated[index_of(type)];
    if (!learn_later[index_of(type)]) trainer.mark_stale(type);
  }
  learn_facts();
  if (change.songs) songs_changed();
  // Their stars go as the ratings of music do.
  if (watching_songs && rated[index_of(MediaType::album)]) send_songs(true);
  // What was being worked out is of the past; it begins anew with the newer model.
  if (reporting && trainer.pending(*inspected_model)) reporting.reset();
  if (!inspected.empty()) send_details();
  send_training();
  training_pace.restart(host.ticks());
  host.wake();
}

bool Session::State::commit(std::vector<Payload> payloads, std::uint32_t reply, const std::string& maker) {
  if (!demo && mode == StorageMode::read_only) {
    fail(reply, "read_only", "Another tab of this page is open and keeps your ratings. Make changes there, or close it to go on here.");
    return false;
  }
  std::vector<Event> events;
  Change whole;
  for (Payload& payload : payloads) {
    // Later than all that is here, also on a clock that was set back: what a person says last is what counts.
    Event event = library().make(maker, host.now(), std::move(payload));
    auto change = library().apply(event);
    if (!change) {
      fail(reply, change.error().code, change.error().message);
      break;
    }
    whole.items.insert(whole.items.end(), change->items.begin(), change->items.end());
    whole.ratings = whole.ratings || change->ratings;
    whole.settings = whole.settings || change->settings;
    whole.songs = whole.songs || change->songs;
    events.push_back(std::move(event));
  }
  if (events.empty()) return false;
  if (!demo) {
    restored.reset();
    keep(events);
  }
  training_waits = training_waits || (sync_running && whole.items.size() > most_followed_at_once);
  post(p::EventsAdded{events, true});
  follow_change(whole);
  return events.size() == payloads.size();
}

bool Session::State::may_change(std::uint32_t reply) {
  if (demo) {
    fail(reply, "demo", "This is the demo. Leave it first: your own library is untouched behind it.");
    return false;
  }
  if (mode == StorageMode::read_only) {
    fail(reply, "read_only", "Another tab of this page is open and keeps your ratings. Make changes there, or close it to go on here.");
    return false;
  }
  return true;
}

void Session::State::learn_facts() {
  const auto waits = [](bool later) { return later; };
  if (trainer.busy() || std::none_of(learn_later.begin(), learn_later.end(), waits)) return;
  if (const double left = learn_due - host.ticks(); left > 0) return host.call_in(left);
  learn_began = host.ticks();
  for (const MediaType type : media_types)
    if (std::exchange(learn_later[index_of(type)], false)) trainer.mark_stale(type);
  send_training();
  training_pace.restart(host.ticks());
  host.wake();
}

void Session::State::step_training() {
  const bool was_pending = trainer.busy();
  auto refreshed = trainer.step(library(), works, trainer_calls);
  if (!refreshed) {
    const auto state = trainer.state();
    double progress = 0;
    for (const auto& type : state) progress += type.pending ? type.progress : 1;
    if (was_pending && training_pace.due(progress, host.ticks())) send_training();
    return;
  }
  training_pace.restart(host.ticks());
  if (refreshed->was_trained) {
    OfType& one = of_type[index_of(refreshed->type)];
    one.card.clear();
    if (may_keep_models() && trainer.model(refreshed->type).rating_count() > 0)
      one.to_keep = Trained{refreshed->data, refreshed->milliseconds};
  }
  send_predictions(refreshed->type, refreshed->items, refreshed->predictions);
  predict_found(refreshed->type);
  if (const auto item = works.find(inspected); item && item->type == refreshed->type) send_details();
  if (inspected_model == refreshed->type) begin_report();
  send_training();
  if (trainer.busy()) return;
  if (const double began = std::exchange(learn_began, 0); began > 0)
    learn_due = host.ticks() + rest_after_learning * (host.ticks() - began);
  learn_facts();
}

void Session::State::handle(const p::Rate& command, Bytes, std::uint32_t reply) {
  const auto item = works.find(command.item_id);
  if (!item) return fail(reply, "unknown_item", "This title is not known here any more. Search for it again.");
  if (!is_valid(command.stars, RatingScale::half_stars))
    return fail(reply, "bad_rating", "A rating is between half a star and five stars, in halves.");
  Rated rated{command.item_id, {command.stars, RatingScale::half_stars, date_of(host.now()), "here"}, {}};
  if (!library().find(command.item_id)) rated.item = metadata::allowed(*in_full(item->id), metadata::Use::keep);
  trainer.prefer(item->type);
  commit({std::move(rated)}, reply);
}

void Session::State::handle(const p::ClearRating& command, Bytes, std::uint32_t reply) {
  const Entry* entry = library().find(command.item_id);
  if (!entry || !entry->rating) return;
  commit({Unrated{command.item_id}}, reply);
}

void Session::State::handle(const p::Mark& command, Bytes, std::uint32_t reply) {
  const auto item = works.find(command.item_id);
  if (!item) return fail(reply, "unknown_item", "This title is not known here any more. Search for it again.");
  static constexpr std::array<std::pair<std::string_view, bool Deeds::*>, 6> marks{{{"seen", &Deeds::seen},
                                                                                    {"begun", &Deeds::begun},
                                                                                    {"dropped", &Deeds::dropped},
                                                                                    {"wished", &Deeds::wished},
                                                                                    {"owned", &Deeds::owned},
                                                                                    {"liked", &Deeds::liked}}};
  const auto mark = std::find_if(marks.begin(), marks.end(), [&](const auto& one) { return one.first == command.mark; });
  if (mark == marks.end()) return fail(reply, "unknown_mark", "There is no such mark. Nothing was changed.");
  const Entry* entry = library().find(command.item_id);
  Marked marked{command.item_id, entry ? entry->deeds : Deeds(), std::nullopt};
  if (marked.deeds.*(mark->second) == command.on) return;
  marked.deeds.*(mark->second) = command.on;
  // How often and when goes with what it counted.
  if (!marked.deeds.seen && !marked.deeds.begun && !marked.deeds.dropped) {
    marked.deeds.times = marked.deeds.parts = 0;
    marked.deeds.hours = 0;
    marked.deeds.last.clear();
  }
  if (!entry) marked.item = metadata::allowed(*in_full(item->id), metadata::Use::keep);
  commit({std::move(marked)}, reply);
}

void Session::State::handle(const p::ChangeTogether& command, Bytes, std::uint32_t reply) {
  using Deed = ChangedTogether::Deed;
  const auto deed = together_deed_from(command.deed);
  if (!deed) return fail(reply, "unknown_deed", "That cannot be done with several titles at once. Nothing was changed.");
  if (*deed == Deed::rated && !is_valid(command.stars, RatingScale::half_stars))
    return fail(reply, "bad_rating", "A rating is between half a star and five stars, in halves.");
  ChangedTogether together{*deed, std::nullopt, {}};
  if (*deed == Deed::rated) together.rating = Rating{command.stars, RatingScale::half_stars, date_of(host.now()), "here"};
  const auto would_change = [&](const Entry& entry) {
    switch (*deed) {
      case Deed::rated: return !entry.rating || entry.rating->normalised() != command.stars || entry.deeds->wished;
      case Deed::unrated: return entry.rating.has_value();
      case Deed::wished: return !entry.deeds->wished;
      case Deed::unwished: return entry.deeds->wished;
      case Deed::seen: return !entry.deeds->seen;
      case Deed::removed: return !entry.forgotten;
    }
    return false;
  };
  std::unordered_set<std::string_view> known;
  for (const std::string& id : command.item_ids) {
    const Entry* entry = library().find(id);
    if (entry && known.insert(id).second && would_change(*entry)) together.item_ids.push_back(id);
  }
  if (together.item_ids.empty()) return post(p::Notice{"Nothing to change: they are so already.", false}, {}, reply);
  std::string message = together.message();
  if (const std::size_t rest = known.size() - together.item_ids.size(); rest > 0)
    message += "; " + std::to_string(rest) + (rest == 1 ? " was so already" : " were so already");
  if (commit({std::move(together)}, reply)) post(p::Notice{message, true});
}

template <typename Kind>
void Session::State::mark(const std::string& item_id, std::string_view words, std::uint32_t reply) {
  const auto item = works.find(item_id);
  if (!item) return fail(reply, "unknown_item", "This title is not known here any more.");
  std::vector<Payload> payloads;
  if (!library().find(item_id)) payloads.push_back(ItemAdded{metadata::allowed(*in_full(item_id), metadata::Use::keep)});
  payloads.push_back(Kind{item_id});
  const std::string title = item->title;
  // Another title stands in its place at once: which one has gone has to be said.
  if (commit(std::move(payloads), reply)) post(p::Notice{std::string(words) + title, true});
}

void Session::State::handle(const p::Skip& command, Bytes, std::uint32_t reply) {
  mark<Skipped>(command.item_id, "Skipped ", reply);
}

void Session::State::handle(const p::Dismiss& command, Bytes, std::uint32_t reply) {
  mark<NotInterested>(command.item_id, "Left out of what is suggested: ", reply);
}

void Session::State::handle(const p::Undo&, Bytes, std::uint32_t reply) {
  if (restored && !demo && !restored->undone) return exchange_restored(reply);
  const auto target = library().undo_target(device);
  if (!target) return fail(reply, "nothing_to_undo", "There is nothing to undo.");
  const std::string what = library().describe(*target);
  if (commit({Undone{*target}}, reply)) post(p::Notice{"Undone: " + what, false});
}

void Session::State::handle(const p::Redo&, Bytes, std::uint32_t reply) {
  if (restored && !demo && restored->undone) return exchange_restored(reply);
  const auto target = library().redo_target(device);
  if (!target) return fail(reply, "nothing_to_redo", "There is nothing to redo.");
  const std::string what = library().describe(*target);
  if (commit({Redone{*target}}, reply)) post(p::Notice{"Done again: " + what, true});
}

void Session::State::exchange_restored(std::uint32_t reply) {
  if (!may_change(reply)) return;
  if (restored->deletion && restored->undone) return delete_everything(false, reply);
  for (const auto& [service, key] : restored->keys)
    if (own_keys.of(service).empty()) keep_key(service, key);
  if (!std::exchange(restored->keys, {}).empty()) send_network();
  restored->undone = !restored->undone;
  replace_history(std::exchange(restored->other, own.events()), true);
  post(p::Notice{(restored->undone ? "Undone: " : "Done again: ") + restored->what, !restored->undone}, {}, reply);
}

}  // namespace hub::engine
