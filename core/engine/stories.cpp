#include "core/engine/stories.hpp"

#include <algorithm>
#include <utility>

#include "core/engine/vector_records.hpp"
#include "core/features/story.hpp"
#include "core/library/text.hpp"

namespace hub::engine {
namespace {

/// Works whose texts were hashed are forgotten with all others, once there are so many.
constexpr std::size_t most_keys = 100'000;
/// Of a batch, so that nobody who types waits for long: padding included.
constexpr std::size_t most_pieces_at_once = 256;
constexpr std::size_t most_rows = 8;
/// Texts of about the same length go together, that little of the work is done on padding.
constexpr std::size_t bucket = 8;
/// Of the queue's next works, among which those of about the same length are looked for.
constexpr std::size_t looked_through = 48;

/// How close to a description works have to be by its words: what is less than that, or much less than the closest, has at most a word in
/// common with it (measured on models/catalogue with tests/core/data/descriptions.json).
constexpr float least_share = 0.25F;
constexpr float least_of_best = 0.5F;
/// One word alone is what a title is looked for by.
constexpr std::uint32_t least_words = 2;

}  // namespace

Stories::Stories(ModelHost& model, fetching::Outside& outside, Calls calls)
    : model_(model), outside_(outside), calls_(std::move(calls)), held_(model, text_place), older_([this] { return keyed_works(); }) {}

void Stories::offer(TextModel model) {
  offered_ = std::move(model);
  own_ = std::make_shared<StorySpace>(offered_->hash, offered_->dimensions, [this] { return keyed_works(); });
  held_.offer();
}

void Stories::open(storage::FileSystem* files, bool may_write) {
  if (!offered_) return;
  unwritten_.clear();
  brought_rows_.clear();
  own_->store().clear();
  older_.open(files, *own_, may_write);
  if (files) files_.open(*files, offered_->hash, own_->store(), may_write, older_.head());
  reads_all_ = may_write || !files;
  (void)bring(std::move(brought_));
  works_changed();
  held_.look();
}

bool Stories::bring(std::vector<std::uint8_t> records) {
  if (!offered_) return false;
  brought_ = std::move(records);
  features::VectorStore& store = own_->store();
  const std::size_t before = store.size();
  const std::string head = vectors_head(offered_->hash, offered_->dimensions);
  const bool any = read_records(brought_, head, store) > head.size();
  gather();
  for (std::size_t row = before; row < store.size(); ++row) brought_rows_.push_back(static_cast<features::VectorStore::Row>(row));
  if (store.size() > before) works_changed();
  return any;
}

protocol::Stories Stories::state() const {
  protocol::Stories told;
  held_.tell(told);
  if (!offered_) return told;
  told.name = offered_->name;
  told.licence = offered_->licence;
  told.download_bytes = offered_->download_bytes;
  told.memory_bytes = offered_->memory_bytes;
  told.read = read_;
  told.all = all_;
  told.paused = paused_;
  told.older = uses_older();
  if (held_.here() && running_ && !started_) told.state = "opening";
  return told;
}

void Stories::drop() {
  pieces_.reset();
  running_.reset();
  started_ = false;
}

void Stories::wish(std::string_view wish) {
  if (!offered_) return;
  switch (held_.wish(wish)) {
    case HeldModel::Wished::nothing: return;
    case HeldModel::Wished::gone: return drop();
    case HeldModel::Wished::use: begin(); break;
    case HeldModel::Wished::told: break;
  }
  calls_.changed();
}

void Stories::pause(bool on) {
  paused_ = on;
  begin();
  calls_.changed();
}

void Stories::hide(bool hidden) {
  hidden_ = hidden;
  begin();
}

void Stories::yield(bool on) {
  if (yields_ == on) return;
  yields_ = on;
  if (!on) begin();
}

void Stories::works_changed() {
  stale_ = true;
  if (own_) own_->changed();
  older_.works_changed();
  for (WordsOfType& one : words_of_type_) one.stale = true;
  begin();
}

void Stories::order_changed() {
  stale_ = true;
  begin();
}

void Stories::look_at(Works::Ref work) {
  looked_at_.reset();
  if (!work || !offered_) return;
  const std::string story = features::story_of(*work);
  const std::uint64_t key = story.empty() ? 0 : key_of(story);
  if (key == 0 || own_->has(key)) return;
  looked_at_ = Wanted{std::move(work), key, false};
  begin();
}

std::vector<KeyedWork> Stories::keyed_works() {
  if (keys_.size() > most_keys) keys_.clear();
  auto works = calls_.works();
  std::vector<KeyedWork> all;
  all.reserve(works.size());
  for (Works::Ref& work : works) {
    const auto [place, fresh] = keys_.try_emplace(work, 0);
    if (fresh)
      if (const std::string story = features::story_of(*work); !story.empty()) place->second = key_of(story);
    all.push_back({std::move(work), place->second});
  }
  return all;
}

void Stories::plan() {
  stale_ = false;
  queue_.clear();
  all_ = read_ = 0;
  for (const auto& [work, key] : keyed_works()) {
    if (key == 0) continue;
    ++all_;
    if (own_->has(key))
      ++read_;
    else
      queue_.push_back({work, key, true});
  }
  std::reverse(queue_.begin(), queue_.end());
}

bool Stories::may_read() const {
  return offered_ && held_.usable() && pieces_ && !running_;
}

void Stories::add_row(TextBatch& batch, std::vector<std::int32_t> pieces) const {
  batch.counts.push_back(static_cast<std::uint32_t>(pieces.size()));
  const std::size_t length = std::max(batch.length, pieces.size());
  if (length > batch.length) {
    // The rows before become as long.
    std::vector<std::int32_t> wider;
    for (std::size_t row = 0; row + 1 < batch.counts.size(); ++row) {
      const auto from = batch.pieces.begin() + static_cast<std::ptrdiff_t>(row * batch.length);
      wider.insert(wider.end(), from, from + static_cast<std::ptrdiff_t>(batch.length));
      wider.resize((row + 1) * length);
    }
    batch.pieces = std::move(wider);
    batch.length = length;
  }
  batch.pieces.insert(batch.pieces.end(), pieces.begin(), pieces.end());
  batch.pieces.resize(batch.counts.size() * batch.length);
}

void Stories::begin() {
  if (!may_read()) return;
  if (stale_) plan();
  const double now = outside_.ticks();
  if (typed_due_ > 0) {
    if (typed_due_ > now) {
      outside_.call_in(typed_due_ - now);
    } else {
      typed_due_ = 0;
      Running running;
      running.typed = typed_;
      add_row(running.batch, pieces_->encode(typed_, offered_->most_pieces));
      return send(std::move(running));
    }
  }
  Running running;
  if (looked_at_ && !hidden_) {
    const Wanted wanted = *std::exchange(looked_at_, std::nullopt);
    add_row(running.batch, pieces_->encode(features::story_of(*wanted.work), offered_->most_pieces));
    running.works.push_back(wanted);
    return send(std::move(running));
  }
  if (!queue_.empty() && reads_all_ && !paused_ && !hidden_ && !yields_) {
    const std::size_t last = queue_.size() - 1;
    std::size_t longest = 0;
    for (std::size_t back = 0; back <= std::min(last, looked_through); ++back) {
      const std::size_t at = last - back;
      auto pieces = pieces_->encode(features::story_of(*queue_[at].work), offered_->most_pieces);
      const std::size_t rounded = (pieces.size() + bucket - 1) / bucket;
      if (running.works.empty()) longest = rounded;
      if (rounded != longest) continue;
      if (!running.works.empty() && (running.works.size() + 1) * rounded * bucket > most_pieces_at_once) break;
      add_row(running.batch, std::move(pieces));
      running.works.push_back(queue_[at]);
      queue_[at].work.reset();
      if (running.works.size() == most_rows) break;
    }
    std::erase_if(queue_, [](const Wanted& wanted) { return !wanted.work; });
    return send(std::move(running));
  }
  if (!started_) return;
  if (idle_since_ == 0) idle_since_ = now;
  if (const double left = idle_since_ + idle - now; left > 0) return outside_.call_in(left);
  started_ = false;
  held_.end();
}

void Stories::send(Running running) {
  idle_since_ = 0;
  running.id = ++last_id_;
  running_ = std::move(running);
  model_.embed(running_->id, running_->batch);
  if (!started_) calls_.changed();
}

void Stories::told(ModelNews news) {
  held_.told(news);
  if (news.kind == ModelNews::Kind::failed) return fail(std::move(news.code));
  if (news.kind == ModelNews::Kind::absent) drop();
  if (news.kind == ModelNews::Kind::here) {
    auto pieces = features::WordPiece::read(std::move(news.vocabulary));
    if (!pieces) return fail("wrong_hash");
    pieces_ = std::move(*pieces);
    begin();
  }
  calls_.changed();
}

void Stories::fail(std::string code) {
  held_.fail(std::move(code));
  running_.reset();
  started_ = false;
  stale_ = true;
  if (!held_.here()) pieces_.reset();
  calls_.changed();
}

void Stories::embedded(std::uint32_t id, std::span<const float> states, std::string_view code) {
  if (!running_ || running_->id != id) return;
  if (!code.empty()) {
    held_.end();
    return fail(std::string(code));
  }
  const Running running = std::move(*std::exchange(running_, std::nullopt));
  started_ = true;
  const std::size_t row_size = running.batch.length * offered_->dimensions;
  if (states.size() != running.batch.counts.size() * row_size) return fail("runtime");
  const auto vector = [&](std::size_t row) {
    return features::quantised(
        features::mean_vector(states.subspan(row * row_size, row_size), running.batch.counts[row], offered_->dimensions));
  };
  if (running.typed) {
    typed_read_ = *running.typed;
    typed_vector_ = vector(0);
    if (typed_read_ == typed_) calls_.found();
  }
  std::vector<Works::Ref> read;
  for (std::size_t row = 0; row < running.works.size(); ++row) {
    const Wanted& wanted = running.works[row];
    const bool fresh = !own_->has(wanted.key);
    const auto place = own_->store().put(wanted.key, vector(row));
    own_->changed(wanted.work->type);
    if (wanted.keep) ++read_;
    if (wanted.keep && fresh) {
      gather();
      unwritten_.push_back(place);
    }
    read.push_back(wanted.work);
  }
  begin();
  if (!read.empty()) calls_.read(read);
  calls_.changed();
}

void Stories::run() {
  begin();
}

bool Stories::take_over() {
  if (!uses_older() || !older_.superseded_by(*own_)) return false;
  gather();
  older_.leave();
  return true;
}

std::vector<Stories::Alike> Stories::like(const Works::Ref& work, MediaType type, std::size_t most) {
  if (!offered_) return {};
  // What the older model has not read is compared by the newer one, with what that has read.
  const auto older = older_.space();
  return (older && older->has(*work) ? older : own_)->like(*work, type, most);
}

void Stories::type(std::string words) {
  if (words == typed_) return;
  typed_ = std::move(words);
  typed_due_ = typed_.empty() || typed_ == typed_read_ ? 0 : outside_.ticks() + rest;
  begin();
}

std::vector<Stories::Alike> Stories::about(std::string_view words, MediaType type, std::size_t most) {
  if (words.empty()) return {};
  if (!held_.here()) return words == typed_ ? by_words(words, type, most) : std::vector<Alike>();
  if (!typed_vector_ || words != typed_read_) return {};
  return own_->near(*typed_vector_, type, most);
}

std::vector<Stories::Alike> Stories::by_words(std::string_view words, MediaType type, std::size_t most) {
  WordsOfType& one = words_of_type_[index_of(type)];
  if (one.stale) {
    one = WordsOfType();
    one.stale = false;
    for (const Works::Ref& work : calls_.works()) {
      // Of what nothing is told no description can be.
      if (work->type != type || (work->synopsis.empty() && work->keywords.empty())) continue;
      one.words.add(*work);
      one.works.push_back(work);
    }
  }
  std::vector<Alike> found;
  float best = 0;
  for (const auto& [place, score, share, having] : one.words.search(words, most)) {
    best = std::max(best, score);
    if (having >= least_words && share >= least_share && score >= least_of_best * best) found.push_back({one.works[place], share});
  }
  return found;
}

bool Stories::keeps_brought() const {
  // It must not push out what cannot be had again without the model.
  return !brought_rows_.empty() && files_.size() + unwritten_.size() > 0 &&
         files_.size() + brought_rows_.size() <= VectorFiles::most_vectors;
}

void Stories::gather() {
  if (!write_due()) unwritten_since_ = outside_.ticks();
}

std::optional<double> Stories::write_due() const {
  if (!files_.may_write() || (unwritten_.empty() && !keeps_brought() && !older_.has_files_to_go())) return std::nullopt;
  return unwritten_since_ + gathered;
}

void Stories::write() {
  if (!own_) return;
  auto rows = keeps_brought() ? std::exchange(brought_rows_, {}) : std::vector<features::VectorStore::Row>();
  rows.insert(rows.end(), unwritten_.begin(), unwritten_.end());
  unwritten_.clear();
  files_.write(own_->store(), rows);
  // Together with what takes their place.
  if (older_.has_files_to_go()) older_.remove_all();
}

void Stories::remove_all() {
  files_.remove_all();
  older_.remove_all();
  if (own_) own_->store().clear();
  brought_rows_.clear();
  unwritten_.clear();
  (void)bring(std::move(brought_));
  typed_vector_.reset();
  typed_read_.clear();
  wish("remove");
  works_changed();
}

}  // namespace hub::engine
