#include <algorithm>
#include <cmath>
#include <utility>

#include "core/engine/looks.hpp"
#include "core/features/story.hpp"

// What a model's tower for texts reads: descriptions that somebody types, and, once all posters were seen, what is written about their
// works.

namespace hub::engine {
namespace {

/// Posters of a type from which on it can be said that some stand out, and by how much they have to: what a model says of a text lies
/// elsewhere than what it says of pictures, so that no cosine by itself says that they fit.
constexpr std::size_t fewest_to_stand_out = 12;
constexpr double spreads_to_stand_out = 1;

}  // namespace

void Looks::type(std::string words) {
  if (words == typed_) return;
  typed_ = std::move(words);
  typed_due_ = typed_.empty() || typed_ == typed_read_ ? 0 : outside_.ticks() + rest;
  begin();
}

void Looks::describe() {
  if (typed_due_ == 0 || typed_id_ != 0 || !pieces_ || store_.size() == 0) return;
  if (const double left = typed_due_ - outside_.ticks(); left > 0) return outside_.call_in(left);
  typed_due_ = 0;
  idle_since_ = 0;
  typed_asked_ = typed_;
  typed_id_ = ++last_id_;
  host_.describe(place_, typed_id_, pieces_->encode(typed_, offered_.most_pieces));
}

void Looks::described(std::uint32_t id, std::span<const float> features, std::string_view code) {
  if (agreements_.runs(id)) return text_read(features, code);
  if (id == 0 || id != typed_id_) return;
  typed_id_ = 0;
  if (!code.empty() || features.size() != offered_.features) {
    held_.end();
    return fail(code.empty() ? "runtime" : std::string(code));
  }
  started_ = true;
  typed_read_ = typed_asked_;
  const auto vector = unit_of(features);
  typed_vector_ = vector ? std::optional(features::quantised(*vector)) : std::nullopt;
  begin();
  if (typed_read_ == typed_ && typed_vector_) calls_.found();
}

std::vector<Looks::Alike> Looks::about(std::string_view words, MediaType type, std::size_t most) {
  if (words.empty() || !typed_vector_ || words != typed_read_) return {};
  std::vector<features::VectorStore::Row> rows;
  std::vector<Works::Ref> works;
  for (Works::Ref& work : calls_.works()) {
    if (work->type != type) continue;
    const auto key = key_of_poster(*work);
    const auto row = key ? store_.find(*key) : std::nullopt;
    if (!row) continue;
    rows.push_back(*row);
    works.push_back(std::move(work));
  }
  if (rows.size() < fewest_to_stand_out) return {};
  const auto products = store_.products(*typed_vector_, rows);
  double sum = 0;
  double squares = 0;
  for (const float one : products) {
    sum += static_cast<double>(one);
    squares += static_cast<double>(one) * static_cast<double>(one);
  }
  const auto count = static_cast<double>(products.size());
  const double mean = sum / count;
  const double spread = std::sqrt(std::max(0.0, squares / count - mean * mean));
  std::vector<Alike> found;
  for (std::size_t i = 0; i < products.size(); ++i)
    if (static_cast<double>(products[i]) > mean + spreads_to_stand_out * spread) found.push_back({works[i], products[i]});
  std::stable_sort(found.begin(), found.end(), [](const Alike& a, const Alike& b) { return a.likeness > b.likeness; });
  if (found.size() > most) found.resize(most);
  return found;
}

void Looks::plan_comparing() {
  std::vector<Agreements::Pair> seen;
  for (Works::Ref& work : calls_.works()) {
    const auto poster = key_of_poster(*work);
    if (poster && store_.find(*poster)) seen.push_back({std::move(work), *poster});
  }
  agreements_.plan(std::move(seen));
}

void Looks::compare(bool may) {
  if (!pieces_ || !queue_of_works_.empty() || !jobs_.empty()) return;
  if (!agreements_.planned()) plan_comparing();
  // Whoever types does not wait behind a text that nobody waits for.
  if (!may || typed_due_ > 0 || typed_id_ != 0) return;
  const auto* next = agreements_.begin(last_id_ + 1);
  if (!next) return;
  make_room(sees_now_);
  reads_now_ = true;
  idle_since_ = 0;
  host_.describe(place_, ++last_id_, pieces_->encode(features::story_of(*next->work), offered_.most_pieces));
  if (!started_) calls_.changed();
}

void Looks::make_room(bool other_tower) {
  if (!other_tower || typed_id_ != 0) return;
  started_ = sees_now_ = reads_now_ = false;
  held_.end();
}

void Looks::text_read(std::span<const float> said, std::string_view code) {
  if (!code.empty() || said.size() != offered_.features) {
    held_.end();
    return fail(code.empty() ? "runtime" : std::string(code));
  }
  started_ = true;
  const Agreements::Pair pair = *agreements_.running();
  const auto text = unit_of(said);
  const auto row = store_.find(pair.poster);
  std::optional<double> cosine;
  if (text && row) {
    // Only the poster's vector was rounded, whose length is not quite 1 for that.
    std::vector<float> poster(store_.dimensions());
    store_.read(*row, poster);
    double product = 0;
    double squares = 0;
    for (std::size_t i = 0; i < poster.size(); ++i) {
      product += static_cast<double>(poster[i]) * static_cast<double>((*text)[i]);
      squares += static_cast<double>(poster[i]) * static_cast<double>(poster[i]);
    }
    cosine = product / std::sqrt(squares);
  }
  agreements_.end(cosine, outside_.ticks());
  begin();
  calls_.compared({pair.work});
  calls_.changed();
}

std::optional<double> Looks::agreement(const Item& work) const {
  if (agreements_.empty()) return std::nullopt;
  const auto poster = key_of_poster(work);
  return poster ? agreements_.of(work, *poster) : std::nullopt;
}

}  // namespace hub::engine
