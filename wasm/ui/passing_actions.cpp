#include "wasm/ui/passing_actions.hpp"

#include <string>
#include <utility>

#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/own_keys.hpp"
#include "wasm/ui/views/songs.hpp"
#include "wasm/ui/views/start.hpp"

namespace hub::ui {
namespace {

/// More than can be read is no help in finding one.
constexpr std::size_t most_songs = 60;

void skips(std::vector<Action>& to) {
  if (!views::wall_shown()) return;
  for (const Item& item : client().suggestions()) {
    if (client().rating(item.id)) continue;
    to.push_back({.group = ActionGroup::title,
                  .icon = Icon::close,
                  .name = "Skip " + item.title,
                  .other_words = "another title unknown next",
                  .act = [id = item.id] { client().skip(id); }});
  }
}

void opinions(std::vector<Action>& to) {
  for (const Song* song : views::songs_shown(most_songs)) {
    const std::string id = song->id;
    const bool liked = song->liked && !song->disliked;
    const auto add = [&](Icon icon, std::string name, std::string_view opinion) {
      to.push_back({.group = ActionGroup::title,
                    .icon = icon,
                    .name = std::move(name),
                    .other_words = "song music love heart opinion",
                    .act = [id, opinion] { client().mark_song(id, opinion); }});
    };
    if (!liked) add(Icon::heart, "Like " + song->title, "liked");
    if (!song->disliked) add(Icon::close, "Not for me: " + song->title, "disliked");
    if (liked || song->disliked) add(Icon::undo, "Take back what I said of " + song->title, "neither");
  }
}

void models(std::vector<Action>& to) {
  if (route().view != View::accuracy || client().read_only()) return;
  const protocol::ModelReport* report = client().report();
  if (!report) return;
  for (const protocol::ModelCard& card : report->cards) {
    if (card.in_use) continue;
    to.push_back({.group = ActionGroup::accuracy,
                  .icon = Icon::undo,
                  .name = views::name_of_use(card),
                  .other_words = "earlier model put back restore",
                  .act = [type = report->type, id = card.id] { client().restore_model(type, id); }});
  }
}

void keys(std::vector<Action>& to) {
  if (client().read_only()) return;
  for (const protocol::OwnKey& one : client().network().own_keys) {
    const std::string service = one.service;
    if (one.kept)
      to.push_back({.group = ActionGroup::files,
                    .icon = Icon::trash,
                    .name = "Remove my key for " + one.name,
                    .other_words = "own service api",
                    .act = [service] { client().keep_key(service, {}); }});
    else
      to.push_back({.group = ActionGroup::files,
                    .icon = Icon::lock,
                    .name = "Enter a key of my own for " + one.name,
                    .other_words = "service api",
                    .act = [service] {
                      go(View::data);
                      views::ask_for_key(service);
                    }});
  }
}

void damaged_files(std::vector<Action>& to) {
  for (const std::string& name : client().damaged_files())
    to.push_back({.group = ActionGroup::files,
                  .icon = Icon::download,
                  .name = "Download " + name,
                  .other_words = "damaged part kept aside",
                  .act = [name] { client().fetch_damaged(name); }});
}

}  // namespace

std::vector<Action> passing_actions() {
  std::vector<Action> made;
  if (!client().opened()) return made;
  if (!client().read_only()) {
    skips(made);
    opinions(made);
  }
  models(made);
  keys(made);
  damaged_files(made);
  return made;
}

}  // namespace hub::ui
