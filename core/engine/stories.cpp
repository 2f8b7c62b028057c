#include "core/engine/stories.hpp"

#include <algorithm>
#include <cmath>

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

/// Works of a type from which on their mean says what is common to all, and nothing of any one.
constexpr std::size_t least_for_mean = 30;
/// A work whose text says no more than that has a length of its own that is rounding.
constexpr double least_distance = 0.01;
/// Of the works whose vectors are the most alike, how many have their themes compared, and what those count for.
constexpr std::size_t compared = 200;
constexpr double weight_of_themes = 0.5;

/// How close to a description works have to be, by the cosine of their vectors or by its words: what is less than that, or much less than
/// the closest, has at most a word or a mood in common with it (measured on models/catalogue with tests/core/data/descriptions.json).
constexpr float least_cosine = 0.28F;
constexpr float least_of_closest = 0.6F;
constexpr float least_share = 0.25F;
constexpr float least_of_best = 0.5F;
/// One word alone is what a title is looked for by.
constexpr std::uint32_t least_words = 2;

}  // namespace

Stories::Stories(ModelHost& model, fetching::Outside& outside, Calls calls)
    : model_(model), outside_(outside), calls_(std::move(calls)), held_(model, text_place) {}

void Stories::offer(TextModel model) {
  offered_ = std::move(model);
  store_ = features::VectorStore(offered_->dimensions);
  held_.offer();
}

void Stories::open(storage::FileSystem* files, bool may_write) {
  if (!offered_) return;
  unwritten_.clear();
  if (files) files_.open(*files, offered_->hash, store_, may_write);
  reads_all_ = may_write || !files;
  works_changed();
  held_.look();
}

bool Stories::bring(std::vector<std::uint8_t> records) {
  if (!offered_) return false;
  brought_ = std::move(records);
  const std::size_t before = store_.size();
  const std::string head = vectors_head(offered_->hash, offered_->dimensions);
  const bool any = read_records(brought_, head, store_) > head.size();
  if (store_.size() > before) works_changed();
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
  for (OfType& one : of_type_) one.stale = true;
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

void Stories::find_mean(OfType& one) const {
  const std::size_t count = one.rows.size();
  std::vector<double> sum(store_.dimensions());
  if (count >= least_for_mean) {
    std::vector<float> vector(store_.dimensions());
    for (const auto row : one.rows) {
      store_.read(row, vector);
      for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += static_cast<double>(vector[d]) / static_cast<double>(count);
    }
  }
  one.mean.assign(sum.begin(), sum.end());
  double squares = 0;
  for (const double mean : sum) squares += mean * mean;
  one.per_distance = store_.products(features::quantised(one.mean), one.rows);
  for (float& of_row : one.per_distance)
    of_row = static_cast<float>(1 / std::sqrt(std::max(1 + squares - 2 * static_cast<double>(of_row), least_distance)));
}

const Stories::OfType& Stories::of_type(MediaType type) {
  OfType& one = of_type_[index_of(type)];
  if (!one.stale) return one;
  one = OfType();
  one.stale = false;
  const auto all = calls_.works();
  shared_.learn(all);
  // In the order of the rows: going through memory from front to back takes a tenth of the time.
  std::vector<std::pair<features::VectorStore::Row, const Works::Ref*>> found;
  for (const Works::Ref& work : all) {
    if (work->type != type) continue;
    const std::uint64_t key = key_of_story(work);
    if (const auto row = key == 0 ? std::nullopt : store_.find(key)) found.emplace_back(*row, &work);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [row, work] : found) {
    one.rows.push_back(row);
    one.works.push_back(*work);
  }
  find_mean(one);
  return one;
}

std::vector<Stories::Alike> Stories::like(const Works::Ref& work, MediaType type, std::size_t most) {
  if (!offered_) return {};
  const std::string story = features::story_of(*work);
  const auto row = story.empty() ? std::nullopt : store_.find(key_of(story));
  if (!row) return {};
  // What is its own: the rest has nothing of the works of its type.
  std::vector<float> own(store_.dimensions());
  store_.read(*row, own);
  const OfType& beside = of_type(work->type);
  double squares = 0;
  for (std::size_t d = 0; d < own.size(); ++d) {
    own[d] -= beside.mean[d];
    squares += static_cast<double>(own[d]) * static_cast<double>(own[d]);
  }
  const double per_length = 1 / std::sqrt(std::max(squares, least_distance));
  for (float& one : own) one = static_cast<float>(static_cast<double>(one) * per_length);

  const OfType& others = of_type(type);
  double common = 0;
  for (std::size_t d = 0; d < own.size(); ++d) common += static_cast<double>(own[d]) * static_cast<double>(others.mean[d]);
  const auto products = store_.products(features::quantised(own), others.rows);
  std::vector<Alike> alike;
  for (std::size_t place = 0; place < products.size(); ++place)
    if (others.works[place]->id != work->id)
      alike.push_back({others.works[place], (products[place] - static_cast<float>(common)) * others.per_distance[place]});
  const auto closer = [](const Alike& a, const Alike& b) { return a.likeness > b.likeness; };
  // Themes are compared word by word, which is not done for the many that are about something else.
  const auto looked_at = static_cast<std::ptrdiff_t>(std::min(alike.size(), compared));
  std::partial_sort(alike.begin(), alike.begin() + looked_at, alike.end(), closer);
  alike.resize(static_cast<std::size_t>(looked_at));
  for (Alike& one : alike) one.likeness += static_cast<float>(weight_of_themes * shared_.of(*work, *one.work));
  std::stable_sort(alike.begin(), alike.end(), closer);
  alike.resize(std::min(alike.size(), most));
  return alike;
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
  const OfType& one = of_type(type);
  std::vector<Alike> found;
  for (const auto& near : store_.nearest(*typed_vector_, one.rows, most)) {
    if (near.likeness < least_cosine || (!found.empty() && near.likeness < least_of_closest * found.front().likeness)) break;
    found.push_back({one.works[near.place], near.likeness});
  }
  return found;
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
  (void)bring(std::move(brought_));
  unwritten_.clear();
  typed_vector_.reset();
  typed_read_.clear();
  wish("remove");
  works_changed();
}

}  // namespace hub::engine
