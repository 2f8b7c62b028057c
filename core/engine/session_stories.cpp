#include "core/engine/session_state.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <unordered_set>
#include <utility>

namespace hub::engine {
namespace {

constexpr std::size_t most_similar = 6;            ///< of the same type
constexpr std::size_t most_similar_elsewhere = 4;  ///< of all others together
/// Likeness (Stories::like) below which two works have little more in common than that both are told of; more of it is asked of works of
/// other types, which nobody looked for.
constexpr double least_similar = 0.25;
constexpr double least_similar_elsewhere = 0.35;
/// While works are read, what is like the one that is looked at is told anew after so many.
constexpr std::uint32_t read_at_once = 32;
/// Milliseconds between two trainings with what was read meanwhile, until all is.
constexpr double rest_between_vectors = 60'000;

}  // namespace

std::vector<Works::Ref> Session::State::works_to_read() {
  std::array<std::vector<Works::Ref>, 3> ranks;
  const std::unordered_set<std::string> shown(visible.begin(), visible.end());
  for (const MediaType type : media_types)
    for (Works::Ref& work : works.of_type(type)) {
      const Entry* entry = library().find(work->id);
      const std::size_t rank = entry && entry->rating ? 0 : work->id == inspected || shown.contains(work->id) ? 1 : 2;
      ranks[rank].push_back(std::move(work));
    }
  auto& all = ranks[0];
  for (std::size_t rank = 1; rank < ranks.size(); ++rank) all.insert(all.end(), ranks[rank].begin(), ranks[rank].end());
  return std::move(all);
}

void Session::State::send_stories(std::uint32_t reply) {
  post(stories.state(), {}, reply);
}

void Session::State::stories_changed() {
  share_memory();
  const p::Stories now = stories.state();
  const std::string told = now.state + " " + now.code + (now.paused ? " paused" : "") + (now.older ? " older" : "");
  double progress = 0;
  if (now.download_bytes > 0) progress += static_cast<double>(now.got_bytes) / static_cast<double>(now.download_bytes);
  if (now.all > 0) progress += static_cast<double>(now.read) / now.all;
  const bool whole = now.read == now.all;
  if (told == stories_told && !whole && !stories_pace.due(progress, host.ticks())) return;
  const bool other = told != stories_told;
  stories_told = told;
  post(now);
  // What is like the one that is looked at comes and goes with the model.
  if (other) send_details();
}

void Session::State::stories_read(const std::vector<Works::Ref>& read) {
  const bool others = leave_older_stories();
  keep_vectors();
  if (!stories.uses_older()) vectors_came(others || any_rated(read), others || stories.state().read == stories.state().all);
  if (inspected.empty()) return;
  const bool looked_at = std::any_of(read.begin(), read.end(), [&](const Works::Ref& work) { return work->id == inspected; });
  read_since_told += static_cast<std::uint32_t>(read.size());
  const p::Stories now = stories.state();
  if (!looked_at && now.read < now.all && read_since_told < read_at_once) return;
  read_since_told = 0;
  send_details();
}

void Session::State::use_stories() {
  auto embedders = works.embedders();
  embedders[features::index_of(features::Embedding::text)] = stories.used();
  works.learn_from(std::move(embedders));
}

bool Session::State::leave_older_stories() {
  // In the demo the person's own works are away, which the older model has read and the newer one perhaps not.
  if (demo || !stories.take_over()) return false;
  use_stories();
  stories_changed();
  return true;
}

void Session::State::vectors_came(bool rated, bool all) {
  works.vectors_changed();
  if (!rated && !all) return;
  // While they come one after the other, each training would be of the past at once.
  const double now = host.ticks();
  if (vectors_due == 0) vectors_due = now + rest_between_vectors;
  if (!all && now < vectors_due) return;
  vectors_due = 0;
  for (const MediaType type : media_types)
    if (library().rating_count(type) > 0 && !of_type[index_of(type)].put_back) learn_later[index_of(type)] = true;
  learn_facts();
}

void Session::State::follow_works() {
  if (works_told == works.revision()) return;
  works_told = works.revision();
  stories.works_changed();
  sight.works_changed();
  if (leave_older_stories()) vectors_came(true, true);
}

void Session::State::keep_vectors() {
  double due = std::numeric_limits<double>::infinity();
  for (const auto of : {stories.write_due(), sight.write_due()})
    if (of) due = std::min(due, *of);
  if (std::isinf(due)) return;
  if (const double left = due - host.ticks(); left > 0) return host.call_in(left);
  if (sync_running || models_syncing || answers_syncing || vectors_syncing || storage_state == "failed")
    return host.call_in(Stories::gathered);
  stories.write();
  sight.write();
  vectors_syncing = true;
  files.sync([this](const Expected<void>& done) {
    vectors_syncing = false;
    if (done) {
      stories.files().synced();
      sight.synced();
    } else {
      stories.files().withdraw();
      sight.withdraw();
    }
  });
}

std::vector<p::Similar> Session::State::similar_to(const Works::Ref& work) {
  const auto seen = for_learning(work);
  const auto those = [&](MediaType type, std::size_t most, double least) {
    std::vector<p::Similar> similar;
    for (const auto& [other, likeness] : stories.like(seen, type, most))
      if (static_cast<double>(likeness) >= least)
        similar.push_back({other->id, other->title, other->type, other->year, static_cast<double>(likeness)});
    return similar;
  };
  auto similar = those(work->type, most_similar, least_similar);
  std::vector<p::Similar> elsewhere;
  for (const MediaType type : media_types) {
    if (type == work->type) continue;
    auto more = those(type, most_similar_elsewhere, least_similar_elsewhere);
    elsewhere.insert(elsewhere.end(), more.begin(), more.end());
  }
  std::stable_sort(elsewhere.begin(), elsewhere.end(), [](const p::Similar& a, const p::Similar& b) { return a.likeness > b.likeness; });
  elsewhere.resize(std::min(elsewhere.size(), most_similar_elsewhere));
  similar.insert(similar.end(), elsewhere.begin(), elsewhere.end());
  return similar;
}

void Session::State::handle(const p::WishTextModel& command, Bytes, std::uint32_t) {
  stories.wish(command.wish);
}

void Session::State::handle(const p::PauseStories& command, Bytes, std::uint32_t) {
  stories.pause(command.on);
}

void Session::State::handle(const p::PageHidden& command, Bytes, std::uint32_t) {
  stories.hide(command.hidden);
  sight.hide(command.hidden);
}

void Session::State::share_memory() {
  stories.yield(trainer.busy());
  sight.yield(trainer.busy() || stories.runs());
}

void Session::offer(TextModel model) {
  state_->stories.offer(std::move(model));
  state_->use_stories();
  state_->texts_awaited = true;
}

void Session::bring_stories(Bytes vectors) {
  State& s = *state_;
  const bool waited = std::exchange(s.texts_awaited, false) && s.host.ticks() < s.texts_due;
  const bool any = s.stories.bring(std::move(vectors));
  const bool others = s.leave_older_stories();
  if (!waited && (others || (any && !s.stories.uses_older())))
    s.vectors_came(true, true);
  else
    s.works.vectors_changed();
  s.keep_vectors();
  // What is like the one that is looked at may be known now.
  if (any) s.send_details();
  if (s.busy()) s.host.wake();
}

void Session::model_told(ModelPlace model, ModelNews news) {
  if (model == text_place)
    state_->stories.told(std::move(news));
  else
    state_->sight.told(model, news);
}

void Session::embedded(std::uint32_t id, std::span<const float> states, std::string_view code) {
  state_->stories.embedded(id, states, code);
}

}  // namespace hub::engine
