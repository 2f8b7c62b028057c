#include "core/engine/stories.hpp"

#include <algorithm>

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
constexpr std::size_t bucket = 16;
/// Of the queue's next works, among which those of about the same length are looked for.
constexpr std::size_t looked_through = 48;

std::string words_of(std::string_view code) {
  if (code == "network") return "The download broke off. What has come is kept, and the next try goes on from there.";
  if (code == "wrong_hash")
    return "A file of the model is not the one that this page expects, so it was thrown away. Try again; if that happens once more, the copy on this page’s host is damaged.";
  if (code == "quota_exceeded") return "This device has no room left for the model. Make some, then try again.";
  if (code == "blocked")
    return "This browser does not let the page keep files, perhaps because the window is private, so the model cannot be had here.";
  if (code == "runtime") return "The model could not be started, perhaps for want of memory. Everything else works without it.";
  return {};
}

}  // namespace

Stories::Stories(TextModelHost& model, fetching::Outside& outside, Calls calls)
    : model_(model), outside_(outside), calls_(std::move(calls)) {}

void Stories::offer(TextModel model) {
  offered_ = std::move(model);
  store_ = features::VectorStore(offered_->dimensions);
  state_ = "absent";
}

void Stories::open(storage::FileSystem* files, bool may_write) {
  if (!offered_) return;
  unwritten_.clear();
  if (files) files_.open(*files, offered_->hash, store_, may_write);
  works_changed();
  model_.look_for_model();
}

protocol::Stories Stories::state() const {
  protocol::Stories told;
  told.state = state_;
  if (!offered_) return told;
  told.name = offered_->name;
  told.licence = offered_->licence;
  told.download_bytes = offered_->download_bytes;
  told.memory_bytes = offered_->memory_bytes;
  told.got_bytes = got_bytes_;
  told.code = code_;
  told.words = words_of(code_);
  told.read = read_;
  told.all = all_;
  told.paused = paused_;
  if (state_ == "here" && running_ && !started_) told.state = "opening";
  return told;
}

void Stories::wish(std::string_view wish) {
  if (!offered_) return;
  if (wish == "get" && state_ != "downloading") {
    code_.clear();
    if (state_ == "here") {
      begin();
      calls_.changed();
      return;
    }
    state_ = "downloading";
    model_.get_model();
  } else if (wish == "stop" && state_ == "downloading") {
    model_.stop_getting_model();
    return;
  } else if (wish == "remove") {
    running_.reset();
    started_ = false;
    model_.end_model();
    model_.remove_model();
    return;
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
  for (OfType& one : of_type_) one.stale = true;
  begin();
}

void Stories::order_changed() {
  stale_ = true;
  begin();
}

void Stories::look_at(Works::Ref work) {
  looked_at_.reset();
  if (!work || !offered_) return;
  const std::uint64_t key = key_of_story(work);
  if (key == 0 || store_.find(key)) return;
  looked_at_ = Wanted{std::move(work), key, false};
  begin();
}

std::uint64_t Stories::key_of_story(const Works::Ref& work) {
  if (keys_.size() > most_keys) keys_.clear();
  const auto [place, fresh] = keys_.try_emplace(work, 0);
  if (fresh)
    if (const std::string story = features::story_of(*work); !story.empty()) place->second = key_of(story);
  return place->second;
}

void Stories::plan() {
  stale_ = false;
  queue_.clear();
  all_ = read_ = 0;
  for (const Works::Ref& work : calls_.works()) {
    const std::uint64_t key = key_of_story(work);
    if (key == 0) continue;
    ++all_;
    if (store_.find(key))
      ++read_;
    else
      queue_.push_back({work, key, true});
  }
  std::reverse(queue_.begin(), queue_.end());
}

bool Stories::may_read() const {
  return offered_ && state_ == "here" && code_.empty() && pieces_ && !running_;
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
  if (!queue_.empty() && !paused_ && !hidden_ && !yields_) {
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
  model_.end_model();
}

void Stories::send(Running running) {
  idle_since_ = 0;
  running.id = ++last_id_;
  running_ = std::move(running);
  model_.embed(running_->id, running_->batch);
  if (!started_) calls_.changed();
}

void Stories::told(ModelNews news) {
  got_bytes_ = news.got_bytes;
  switch (news.kind) {
    case ModelNews::Kind::absent:
      state_ = "absent";
      pieces_.reset();
      break;
    case ModelNews::Kind::coming: state_ = "downloading"; break;
    case ModelNews::Kind::here: {
      state_ = "here";
      code_.clear();
      auto pieces = features::WordPiece::read(std::move(news.vocabulary));
      if (!pieces) return fail("wrong_hash");
      pieces_ = std::move(*pieces);
      begin();
      break;
    }
    case ModelNews::Kind::failed: return fail(std::move(news.code));
  }
  calls_.changed();
}

void Stories::fail(std::string code) {
  code_ = std::move(code);
  running_.reset();
  started_ = false;
  stale_ = true;
  // What cannot be run is here all the same.
  if (code_ != "runtime") {
    state_ = "absent";
    pieces_.reset();
  }
  calls_.changed();
}

void Stories::embedded(std::uint32_t id, std::span<const float> states, std::string_view code) {
  if (!running_ || running_->id != id) return;
  if (!code.empty()) {
    model_.end_model();
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
    const bool fresh = !store_.find(wanted.key);
    const auto place = store_.put(wanted.key, vector(row));
    of_type_[index_of(wanted.work->type)].stale = true;
    if (wanted.keep) ++read_;
    if (wanted.keep && fresh) {
      if (unwritten_.empty()) unwritten_since_ = outside_.ticks();
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

bool Stories::vector_of(const Item& work, std::span<float> into) const {
  if (!offered_ || into.size() != offered_->dimensions) return false;
  const std::string story = features::story_of(work);
  const auto row = story.empty() ? std::nullopt : store_.find(key_of(story));
  if (row) store_.read(*row, into);
  return row.has_value();
}

void Stories::rows_of_type(MediaType type) {
  OfType& one = of_type_[index_of(type)];
  if (!one.stale) return;
  one = {false, {}, {}};
  for (const Works::Ref& work : calls_.works()) {
    if (work->type != type) continue;
    const std::uint64_t key = key_of_story(work);
    if (const auto row = key == 0 ? std::nullopt : store_.find(key)) {
      one.rows.push_back(*row);
      one.works.push_back(work);
    }
  }
}

std::vector<Stories::Alike> Stories::nearest(const features::Quantised& vector, MediaType type, std::size_t most, std::string_view except) {
  rows_of_type(type);
  const OfType& one = of_type_[index_of(type)];
  std::vector<Alike> alike;
  for (const auto& near : store_.nearest(vector, one.rows, most + (except.empty() ? 0 : 1)))
    if (one.works[near.place]->id != except && alike.size() < most) alike.push_back({one.works[near.place], near.likeness});
  return alike;
}

std::vector<Stories::Alike> Stories::like(const Works::Ref& work, MediaType type, std::size_t most) {
  if (!offered_ || state_ != "here") return {};
  const std::uint64_t key = key_of_story(work);
  const auto row = key == 0 ? std::nullopt : store_.find(key);
  if (!row) return {};
  const auto values = store_.values(*row);
  return nearest({store_.scale(*row), {values.begin(), values.end()}}, type, most, work->id);
}

void Stories::type(std::string words) {
  if (words == typed_) return;
  typed_ = std::move(words);
  typed_due_ = typed_.empty() || typed_ == typed_read_ ? 0 : outside_.ticks() + rest;
  begin();
}

std::vector<Stories::Alike> Stories::about(std::string_view words, MediaType type, std::size_t most) {
  if (!typed_vector_ || words != typed_read_ || words.empty() || state_ != "here") return {};
  return nearest(*typed_vector_, type, most, {});
}

std::optional<double> Stories::write_due() const {
  if (unwritten_.empty() || !files_.may_write()) return std::nullopt;
  return unwritten_since_ + gathered;
}

void Stories::write() {
  files_.write(store_, std::exchange(unwritten_, {}));
}

void Stories::remove_all() {
  files_.remove_all();
  store_.clear();
  unwritten_.clear();
  typed_vector_.reset();
  typed_read_.clear();
  wish("remove");
  works_changed();
}

}  // namespace hub::engine
