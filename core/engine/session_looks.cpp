#include "core/engine/session_state.hpp"

#include <algorithm>

#include "core/metadata/merge.hpp"

namespace hub::engine {

std::vector<Works::Ref> Session::State::works_to_see() {
  std::vector<Works::Ref> all;
  for (Works::Ref& work : works_to_read()) {
    if (work->poster.empty()) continue;
    if (metadata::may(source_of(*work, Fact::poster).name, metadata::Use::learn)) all.push_back(std::move(work));
  }
  return all;
}

void Session::State::send_looks(std::uint32_t reply) {
  post(looks.state(), {}, reply);
}

void Session::State::looks_changed() {
  const p::Looks now = looks.state();
  const std::string told = now.state + " " + now.code + (now.paused ? " paused " : " ") + std::to_string(now.all);
  double progress = 0;
  if (now.download_bytes > 0) progress += static_cast<double>(now.got_bytes) / static_cast<double>(now.download_bytes);
  if (now.all > 0) progress += static_cast<double>(now.read) / now.all;
  if (told == looks_told && now.read != now.all && !looks_pace.due(progress, host.ticks())) return;
  looks_told = told;
  post(now);
}

bool Session::State::any_rated(const std::vector<Works::Ref>& some) {
  return std::any_of(some.begin(), some.end(), [&](const Works::Ref& work) {
    const Entry* entry = library().find(work->id);
    return entry && entry->rating;
  });
}

void Session::State::looks_seen(const std::vector<Works::Ref>& seen) {
  keep_vectors();
  vectors_came(any_rated(seen), looks.state().read == looks.state().all);
}

void Session::State::handle(const p::WishPictureModel& command, Bytes, std::uint32_t) {
  looks.wish(command.wish);
}

void Session::State::handle(const p::PauseLooks& command, Bytes, std::uint32_t) {
  looks.pause(command.on);
}

void Session::offer(PictureModel model) {
  State& s = *state_;
  s.looks.offer(std::move(model));
  auto embedders = s.works.embedders();
  // Without owner: both are the session's.
  embedders[features::index_of(features::Embedding::poster)] =
      std::shared_ptr<const features::WorkVectors>(std::shared_ptr<void>(), &s.looks);
  s.works.learn_from(std::move(embedders));
}

void Session::seen(std::uint32_t id, Seen what, std::span<const float> features, std::string_view code) {
  state_->looks.seen(id, what, features, code);
}

}  // namespace hub::engine
