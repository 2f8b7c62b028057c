#include "core/engine/looks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/features/projection.hpp"
#include "core/library/text.hpp"
#include "core/metadata/pictures.hpp"
#include "core/metadata/services.hpp"

namespace hub::engine {
namespace {

/// While one is on its way from its host, another is seen.
constexpr std::size_t at_once = 2;
/// Milliseconds after which a host that could not be reached is tried again, and how often.
constexpr double pause_after_failure = 60'000;
constexpr std::uint32_t most_failures = 3;

/// What to ask for a work's poster. Always the same size, so that its vector does not depend on where it was shown.
std::optional<metadata::Request> poster_of(const Item& work) {
  const std::string& address = work.poster;
  return address.empty() ? std::nullopt : metadata::picture_request(address, metadata::PictureSize::large);
}

std::string key_in_store(const metadata::Request& request) {
  return request.host + request.path;
}

}  // namespace

Looks::Looks(ModelHost& host, ModelPlace place, PictureModel model, fetching::Queue& queue, fetching::Outside& outside, Calls calls)
    : host_(host),
      queue_(queue),
      outside_(outside),
      calls_(std::move(calls)),
      place_(place),
      offered_(std::move(model)),
      held_(host, place),
      store_(offered_.dimensions()),
      // Vectors of each model are in files of its own.
      files_("looks-" + offered_.hash.substr(0, 8)),
      agreements_(offered_.hash) {
  held_.offer();
}

Looks::~Looks() {
  for (const Job& job : jobs_)
    if (job.ticket != 0) queue_.cancel(job.ticket);
}

void Looks::open(storage::FileSystem* files, bool may_write) {
  unwritten_.clear();
  if (files) files_.open(*files, offered_.hash, store_, may_write);
  agreements_.open(files, may_write);
  sees_all_ = may_write || !files;
  works_changed();
  held_.look();
}

protocol::Looks Looks::state() const {
  protocol::Looks told;
  held_.tell(told);
  told.name = offered_.name;
  told.licence = offered_.licence;
  told.download_bytes = offered_.download_bytes;
  told.memory_bytes = offered_.memory_bytes;
  told.read = read_;
  told.all = all_;
  told.paused = paused_;
  told.chosen = offered_.id;
  told.describes = offered_.most_pieces > 0;
  told.compared = agreements_.read();
  told.comparable = agreements_.all();
  if (held_.here() && (!jobs_.empty() || agreements_.running()) && !started_) told.state = "opening";
  return told;
}

void Looks::drop() {
  for (const Job& job : jobs_)
    if (job.ticket != 0) queue_.cancel(job.ticket);
  jobs_.clear();
  agreements_.drop();
  started_ = sees_now_ = reads_now_ = false;
  stale_ = true;
  typed_id_ = 0;
  if (!held_.here()) pieces_.reset();
}

void Looks::wish(std::string_view wish) {
  switch (held_.wish(wish)) {
    case HeldModel::Wished::nothing: return;
    case HeldModel::Wished::gone: return drop();
    case HeldModel::Wished::use: begin(); break;
    case HeldModel::Wished::told: break;
  }
  calls_.changed();
}

void Looks::pause(bool on) {
  paused_ = on;
  begin();
  calls_.changed();
}

void Looks::choose(bool on) {
  chosen_ = on;
  if (!on) {
    drop();
    type({});
    held_.end();
  }
  begin();
}

void Looks::hide(bool hidden) {
  hidden_ = hidden;
  begin();
}

void Looks::yield(bool on) {
  if (yields_ == on) return;
  yields_ = on;
  begin();
}

void Looks::works_changed() {
  stale_ = true;
  begin();
}

void Looks::plan() {
  stale_ = false;
  agreements_.change();
  queue_of_works_.clear();
  all_ = read_ = 0;
  std::unordered_set<std::uint64_t> counted;
  for (const Works::Ref& work : calls_.works()) {
    auto request = poster_of(*work);
    if (!request) continue;
    const std::uint64_t key = key_of(key_in_store(*request));
    // Several works can have one poster.
    if (without_.contains(key) || !counted.insert(key).second) continue;
    ++all_;
    if (store_.find(key)) {
      ++read_;
    } else if (std::none_of(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.wanted.key == key; })) {
      queue_of_works_.push_back({work, key, std::move(*request)});
    }
  }
  std::reverse(queue_of_works_.begin(), queue_of_works_.end());
}

void Looks::begin() {
  if (!chosen_ || !held_.usable()) return;
  if (stale_) plan();
  const double now = outside_.ticks();
  describe();
  const bool may = sees_all_ && !paused_ && !hidden_ && !yields_;
  if (may && !queue_of_works_.empty() && not_before_ > now) {
    if (jobs_.empty()) outside_.call_in(not_before_ - now);
  } else if (may && !queue_of_works_.empty() && !agreements_.running()) {
    if (jobs_.empty()) make_room(reads_now_);
    while (jobs_.size() < at_once && !queue_of_works_.empty()) {
      Job& job = jobs_.emplace_back();
      job.wanted = std::move(queue_of_works_.back());
      queue_of_works_.pop_back();
      see(job, nullptr);
    }
  }
  compare(may);
  if (jobs_.empty() && typed_id_ == 0 && !agreements_.running()) end_when_idle();
}

void Looks::end_when_idle() {
  if (!started_) return;
  const double now = outside_.ticks();
  if (idle_since_ == 0) idle_since_ = now;
  // What yields makes room at once.
  if (const double left = idle_since_ + idle - now; left > 0 && !yields_) return outside_.call_in(left);
  started_ = sees_now_ = reads_now_ = false;
  idle_since_ = 0;
  held_.end();
}

std::optional<std::vector<float>> Looks::unit_of(std::span<const float> said) const {
  std::vector<float> vector(said.begin(), said.end());
  if (vector.size() != store_.dimensions()) vector = features::projected(vector);
  double squares = 0;
  for (const float number : vector) squares += static_cast<double>(number) * static_cast<double>(number);
  if (!(squares > 0) || !std::isfinite(squares)) return std::nullopt;
  const auto scale = static_cast<float>(1 / std::sqrt(squares));
  for (float& number : vector) number *= scale;
  return vector;
}

void Looks::see(Job& job, const std::string* bytes) {
  idle_since_ = 0;
  job.ticket = 0;
  job.id = ++last_id_;
  host_.see(place_, job.id, key_in_store(job.wanted.request), metadata::info(job.wanted.request.service).cache_days, bytes);
  if (!started_) calls_.changed();
}

void Looks::fetch(Job& job) {
  job.id = 0;
  job.ticket =
      queue_.ask(job.wanted.request, fetching::Urgency::background, "Poster of “" + job.wanted.work->title + "”, for the picture model",
                 [this, key = job.wanted.key](const auto& answer) { arrived(key, answer); });
}

void Looks::arrived(std::uint64_t key, const Expected<fetching::Answer>& answer) {
  const auto job = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& one) { return one.wanted.key == key; });
  if (job == jobs_.end()) return;
  job->ticket = 0;
  constexpr int first_bad = 300;
  constexpr int first_of_server = 500;
  if (answer && answer->status < first_bad) return see(*job, &answer->body);
  if (answer && answer->status < first_of_server) return end_without(job);
  // Refused to pages, or not to be reached now: which of both, no browser tells. But where nobody can be asked, that says nothing of this
  // one.
  const bool offline = !answer && answer.error().code == "offline";
  if (!offline && ++failed_[key] >= most_failures) return end_without(job);
  not_before_ = outside_.ticks() + pause_after_failure;
  queue_of_works_.insert(queue_of_works_.begin(), std::move(job->wanted));
  jobs_.erase(job);
  begin();
}

void Looks::end_without(Jobs::iterator job) {
  without_.insert(job->wanted.key);
  if (all_ > 0) --all_;
  jobs_.erase(job);
  begin();
  calls_.changed();
}

void Looks::fail(std::string code) {
  held_.fail(std::move(code));
  drop();
  calls_.changed();
}

void Looks::told(const ModelNews& news) {
  held_.told(news);
  if (news.kind == ModelNews::Kind::failed || news.kind == ModelNews::Kind::absent) drop();
  if (news.kind == ModelNews::Kind::here) {
    if (offered_.most_pieces > 0) {
      auto pieces = features::BytePairs::read(news.vocabulary);
      if (!pieces) return fail("wrong_hash");
      pieces_ = std::move(*pieces);
    }
    begin();
  }
  calls_.changed();
}

void Looks::seen(std::uint32_t id, Seen what, std::span<const float> features, std::string_view code) {
  const auto job = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& one) { return one.id == id && id != 0; });
  if (job == jobs_.end()) return;
  if (!code.empty()) {
    held_.end();
    return fail(std::string(code));
  }
  if (what == Seen::not_kept) return fetch(*job);
  started_ = sees_now_ = true;
  if (what == Seen::none) return end_without(job);
  if (features.size() != offered_.features) {
    held_.end();
    return fail("runtime");
  }
  const auto vector = unit_of(features);
  if (!vector) return end_without(job);
  const bool fresh = !store_.find(job->wanted.key);
  const auto row = store_.put(job->wanted.key, features::quantised(*vector));
  if (fresh) {
    if (unwritten_.empty()) unwritten_since_ = outside_.ticks();
    unwritten_.push_back(row);
  }
  ++read_;
  agreements_.change();
  const Works::Ref work = job->wanted.work;
  jobs_.erase(job);
  begin();
  calls_.seen({work});
  calls_.changed();
}

void Looks::run() {
  begin();
}

std::optional<std::uint64_t> Looks::key_of_poster(const Item& work) {
  const auto request = poster_of(work);
  return request ? std::optional<std::uint64_t>(key_of(key_in_store(*request))) : std::nullopt;
}

bool Looks::of(const Item& work, std::span<float> into) const {
  if (into.size() != store_.dimensions()) return false;
  const auto key = key_of_poster(work);
  const auto row = key ? store_.find(*key) : std::nullopt;
  if (row) store_.read(*row, into);
  return row.has_value();
}

std::optional<double> Looks::write_due() const {
  auto since = agreements_.unwritten_since();
  if (!unwritten_.empty() && files_.may_write()) since = std::min(since.value_or(unwritten_since_), unwritten_since_);
  return since ? std::optional(*since + gathered) : std::nullopt;
}

void Looks::write() {
  files_.write(store_, std::exchange(unwritten_, {}));
  agreements_.write();
}

void Looks::synced() {
  files_.synced();
  agreements_.files().synced();
}

void Looks::withdraw() {
  files_.withdraw();
  agreements_.files().withdraw();
}

void Looks::remove_all() {
  files_.remove_all();
  agreements_.remove_all();
  store_.clear();
  unwritten_.clear();
  without_.clear();
  failed_.clear();
  wish("remove");
  works_changed();
}

}  // namespace hub::engine
