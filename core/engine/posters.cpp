#include "core/engine/posters.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/metadata/pictures.hpp"

namespace hub::engine {
namespace {

using metadata::PictureSize;
using protocol::WantedPoster;

/// Pixels that a picture is made to fit, by size: a list's row at three device pixels to one, a cover of 160 at two.
constexpr std::array<std::pair<int, int>, 2> boxes{{{128, 192}, {320, 480}}};

PictureSize size_of(const WantedPoster& wanted) {
  return wanted.large ? PictureSize::large : PictureSize::small;
}

protocol::Poster answer_to(const WantedPoster& wanted) {
  protocol::Poster poster;
  poster.address = wanted.address;
  poster.large = wanted.large;
  return poster;
}

}  // namespace

Posters::Posters(fetching::Queue& queue, Pictures& pictures, Tell tell) : queue_(queue), pictures_(pictures), tell_(std::move(tell)) {}

Posters::~Posters() {
  for (const Job& job : jobs_)
    if (job.ticket != 0) queue_.cancel(job.ticket);
}

void Posters::wish(const std::vector<WantedPoster>& wanted) {
  for (auto job = jobs_.begin(); job != jobs_.end();) {
    const bool still = std::find(wanted.begin(), wanted.end(), job->wanted) != wanted.end();
    // What is being decoded is done in a moment, and told.
    if (still || job->ticket == 0) {
      ++job;
      continue;
    }
    queue_.cancel(job->ticket);
    job = jobs_.erase(job);
  }
  for (const WantedPoster& one : wanted) {
    if (std::any_of(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.wanted == one; })) continue;
    Job& job = jobs_.emplace_back();
    job.wanted = one;
    // An address at a host that nobody knows has no picture; Pictures is asked all the same, which answers later.
    if (auto request = metadata::picture_request(one.address, size_of(one))) job.request = std::move(*request);
    show(job, nullptr);
  }
}

void Posters::show(Job& job, const std::string* bytes) {
  Pictures::Wish wish;
  wish.key = job.request.host + job.request.path;
  std::tie(wish.width, wish.height) = boxes[job.wanted.large ? 1 : 0];
  wish.most_days = metadata::info(job.request.service).cache_days;
  job.ticket = 0;
  job.id = ++last_id_;
  pictures_.show(job.id, wish, bytes);
}

void Posters::fetch(Job& job) {
  job.id = 0;
  job.ticket = queue_.ask(job.request, fetching::Urgency::shown, "Picture of “" + job.wanted.title + "”",
                          [this, wanted = job.wanted](const auto& answer) { arrived(wanted, answer); });
}

void Posters::arrived(const WantedPoster& wanted, const Expected<fetching::Answer>& answer) {
  const auto job = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& one) { return one.wanted == wanted; });
  if (job == jobs_.end()) return;
  job->ticket = 0;
  constexpr int gone = 410;
  constexpr int not_found = 404;
  const std::string nothing;
  if (answer && answer->status >= 200 && answer->status < 300)
    show(*job, &answer->body);
  else if (answer && (answer->status == not_found || answer->status == gone))
    show(*job, &nothing);
  else {
    protocol::Poster poster = answer_to(wanted);
    poster.later = true;
    end(job, std::move(poster));
  }
}

void Posters::pictured(std::uint32_t id, Pictured what, int width, int height, storage::Bytes rgba) {
  const auto job = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& one) { return one.id == id && id != 0; });
  if (job == jobs_.end()) return;
  if (what == Pictured::not_kept && !job->request.host.empty()) return fetch(*job);
  protocol::Poster poster = answer_to(job->wanted);
  const bool whole =
      width > 0 && height > 0 && rgba.size() == std::size_t{4} * static_cast<unsigned>(width) * static_cast<unsigned>(height);
  if (what != Pictured::picture || !whole) return end(job, std::move(poster));
  poster.width = static_cast<std::uint32_t>(width);
  poster.height = static_cast<std::uint32_t>(height);
  end(job, std::move(poster), std::move(rgba));
}

void Posters::end(Jobs::iterator job, protocol::Poster poster, storage::Bytes rgba) {
  jobs_.erase(job);
  tell_(std::move(poster), std::move(rgba));
}

}  // namespace hub::engine
