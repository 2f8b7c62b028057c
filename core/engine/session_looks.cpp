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
  post(sight.state(), {}, reply);
}

void Session::State::looks_changed() {
  if (std::string_view(model_of_posters) != sight.model()) {
    model_of_posters = sight.model();
    vectors_came(true, true);
  }
  const p::Looks now = sight.state();
  const std::string told = now.chosen + now.used + now.state + " " + now.code + (now.paused ? " paused " : " ") + std::to_string(now.all) +
                           " " + std::to_string(now.comparable);
  double progress = 0;
  if (now.download_bytes > 0) progress += static_cast<double>(now.got_bytes) / static_cast<double>(now.download_bytes);
  if (now.all > 0) progress += static_cast<double>(now.read) / now.all;
  if (now.comparable > 0) progress += static_cast<double>(now.compared) / now.comparable;
  const bool whole = now.read == now.all && now.compared == now.comparable;
  if (told == looks_told && !whole && !looks_pace.due(progress, host.ticks())) return;
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
  vectors_came(any_rated(seen), sight.complete());
}

void Session::State::looks_compared(const std::vector<Works::Ref>& compared) {
  keep_vectors();
  vectors_came(any_rated(compared), sight.compared());
}

void Session::State::handle(const p::WishPictureModel& command, Bytes, std::uint32_t) {
  sight.wish(command.wish);
}

void Session::State::handle(const p::ChoosePictureModel& command, Bytes, std::uint32_t) {
  sight.choose(command.model);
}

void Session::State::handle(const p::PauseLooks& command, Bytes, std::uint32_t) {
  sight.pause(command.on);
}

void Session::offer(std::vector<PictureModel> models) {
  if (models.empty()) return;
  State& s = *state_;
  s.sight.offer(std::move(models));
  s.model_of_posters = s.sight.model();
  auto embedders = s.works.embedders();
  // Without owner: both are the session's.
  embedders[features::index_of(features::Embedding::poster)] =
      std::shared_ptr<const features::WorkVectors>(std::shared_ptr<void>(), &s.sight);
  embedders.agreement = std::shared_ptr<const features::WorkNumbers>(std::shared_ptr<void>(), &s.sight);
  s.works.learn_from(std::move(embedders));
}

void Session::seen(ModelPlace model, std::uint32_t id, Seen what, std::span<const float> features, std::string_view code) {
  state_->sight.seen(model, id, what, features, code);
}

void Session::described(ModelPlace model, std::uint32_t id, std::span<const float> features, std::string_view code) {
  state_->sight.described(model, id, features, code);
}

}  // namespace hub::engine
