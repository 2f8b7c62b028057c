#include "core/fetching/queue.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/fetching/back_off.hpp"
#include "core/library/json.hpp"
#include "core/metadata/answer.hpp"
#include "core/metadata/pictures.hpp"

namespace hub::fetching {
namespace {

using metadata::info;
using metadata::Service;

/// How often a request is made at the most, by urgency: who types has typed on before a third answer could come.
constexpr std::array<int, 4> most_tries{2, 3, 1, 5};
/// Milliseconds that the answer is waited for when the service asks to be left alone, by urgency.
constexpr std::array<double, 4> patience{4'000, 10'000, 4'000, std::numeric_limits<double>::infinity()};
/// Of pictures: seconds between two on average, and how many at once.
constexpr double picture_pause = 0.05;
constexpr unsigned pictures_at_once = 4;

bool is_picture(const metadata::Request& request) {
  return request.ask == metadata::Ask::picture;
}

std::size_t most_bytes(const metadata::Request& request) {
  return is_picture(request) ? metadata::most_picture_bytes : metadata::most_answer_bytes;
}

std::string name_of(Service service) {
  return std::string(info(service).name);
}

Error offline(bool by_switch) {
  return {"offline", by_switch ? "“Stay offline” is on." : "This device is offline."};
}

/// As web/proxy/README.md has it.
bool says_no_key(const std::string& body) {
  const auto answer = parse_json(body);
  return answer && answer->is_object() && answer->value("error", Json()) == "no_key";
}

Error busy(Service service) {
  return {"busy", name_of(service) + " is asked too much just now."};
}

}  // namespace

Queue::Queue(Outside& outside, AnswerCache& cache, Ledger& ledger) : outside_(outside), cache_(cache), ledger_(ledger) {
  allowances_.reserve(2 * metadata::service_count);
  for (const auto& service : metadata::services()) allowances_.emplace_back(service.pause * 1000, service.at_once);
  for (std::size_t i = 0; i < metadata::service_count; ++i) allowances_.emplace_back(picture_pause * 1000, 4 * pictures_at_once);
}

Allowance& Queue::allowance(const metadata::Request& request) {
  return allowances_[static_cast<std::size_t>(request.service) + (is_picture(request) ? metadata::service_count : 0)];
}

double Queue::wait(const metadata::Request& request, double now) {
  const Allowance& its = allowance(request);
  return addresses_.unpaced(request) ? its.held(now) : its.wait(now);
}

bool Queue::full(const metadata::Request& request) const {
  const auto out = std::count_if(jobs_.begin(), jobs_.end(), [&](const Job& job) {
    return job.id != 0 && job.request.service == request.service && is_picture(job.request) == is_picture(request);
  });
  return static_cast<unsigned>(out) >= (is_picture(request) ? pictures_at_once : info(request.service).at_once);
}

std::uint32_t Queue::ask(const metadata::Request& request, Urgency urgency, std::string purpose, Done done) {
  Waiting waiting{++last_ticket_, std::move(done)};
  const auto same = std::find_if(jobs_.begin(), jobs_.end(),
                                 [&](const Job& job) { return job.request.host == request.host && job.request.path == request.path; });
  if (same != jobs_.end()) {
    same->urgency = std::min(same->urgency, urgency);
    same->waiting.push_back(std::move(waiting));
  } else {
    Job& job = jobs_.emplace_back();
    job.request = request;
    job.urgency = urgency;
    job.purpose = std::move(purpose);
    job.waiting.push_back(std::move(waiting));
  }
  outside_.call_in(0);
  return last_ticket_;
}

void Queue::cancel(std::uint32_t ticket) {
  for (auto job = jobs_.begin(); job != jobs_.end(); ++job) {
    if (std::erase_if(job->waiting, [&](const Waiting& one) { return one.ticket == ticket; }) == 0) continue;
    if (!job->waiting.empty()) return;
    if (job->id != 0) {
      outside_.stop(job->id);
      ledger_.end(job->entry, Outcome::stopped, 0);
    }
    jobs_.erase(job);
    // Another may go in its place.
    outside_.call_in(0);
    return;
  }
}

void Queue::stay_offline(bool on) {
  stay_offline_ = on;
  for (Job& job : jobs_) {
    if (!on || job.id == 0) continue;
    outside_.stop(job.id);
    ledger_.end(job.entry, Outcome::stopped, 0);
    job.id = 0;
  }
  outside_.call_in(0);
}

std::size_t Queue::out(std::optional<Service> service) const {
  return static_cast<std::size_t>(std::count_if(
      jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.id != 0 && (!service || job.request.service == *service); }));
}

void Queue::finish(Jobs::iterator job, const Expected<Answer>& answer) {
  // Whoever is answered may ask and cancel at once.
  Jobs done;
  done.splice(done.end(), jobs_, job);
  for (const Waiting& one : done.front().waiting) one.done(answer);
}

void Queue::give_up(Jobs::iterator job, const Error& error) {
  if (const auto* kept = cache_.find(job->request, outside_.now())) {
    ledger_.end(ledger_.begin(outside_.now(), job->request.host, job->purpose), Outcome::from_cache, kept->body.size());
    return finish(job, Answer{200, kept->body, true});
  }
  finish(job, tl::unexpected(error));
}

void Queue::failed(Jobs::iterator job, const Error& error, std::optional<double> retry_after) {
  const double now = outside_.ticks();
  const auto urgency = static_cast<std::size_t>(job->urgency);
  job->id = 0;
  ++job->failed;
  double pause = back_off(job->failed, outside_.random());
  if (retry_after) {
    pause = std::max(pause, *retry_after * 1000);
    allowance(job->request).hold(now + *retry_after * 1000);
  }
  if (job->failed >= most_tries[urgency] || pause > patience[urgency]) return give_up(job, error);
  job->not_before = now + pause;
}

std::string Queue::host_of(const metadata::Request& request) const {
  return addresses_.by_proxy(request) ? addresses_.proxy_host() + " for " + request.host : request.host;
}

void Queue::send(Job& job, double now) {
  const auto address = addresses_.of(job.request);
  allowance(job.request).take(now);
  job.id = ++last_id_;
  job.deadline = now + limit;
  job.entry = ledger_.begin(outside_.now(), host_of(job.request), job.purpose);
  outside_.fetch(job.id, *address, most_bytes(job.request), is_picture(job.request));
}

/// What needs no request, or can have none. @return whether there was one.
bool Queue::deliver_one(double now) {
  for (auto job = jobs_.begin(); job != jobs_.end(); ++job) {
    if (job->id != 0) {
      if (now < job->deadline) continue;
      outside_.stop(job->id);
      ledger_.end(job->entry, Outcome::failed, 0);
      const Error error{"timeout", name_of(job->request.service) + " took too long."};
      // Nobody sits through it twice.
      if (job->urgency == Urgency::background)
        failed(job, error, std::nullopt);
      else
        give_up(job, error);
      return true;
    }
    const std::int64_t time = outside_.now();
    if (const auto* kept = cache_.find(job->request, time); kept && time - kept->at < fresh_for) {
      give_up(job, {});
      return true;
    }
    if (stay_offline_ || !outside_.online()) {
      give_up(job, offline(stay_offline_));
      return true;
    }
    if (const auto address = addresses_.of(job->request); !address) {
      give_up(job, address.error());
      return true;
    }
    if (allowance(job->request).held(now) > patience[static_cast<std::size_t>(job->urgency)]) {
      give_up(job, busy(job->request.service));
      return true;
    }
  }
  return false;
}

bool Queue::start_one(double now) {
  Job* next = nullptr;
  for (Job& job : jobs_) {
    if (job.id != 0 || job.not_before > now || (next && next->urgency <= job.urgency)) continue;
    if (!full(job.request) && wait(job.request, now) <= 0) next = &job;
  }
  if (!next) return false;
  send(*next, now);
  return true;
}

void Queue::run() {
  const double now = outside_.ticks();
  while (deliver_one(now)) {
  }
  while (start_one(now)) {
  }
  set_alarm(now);
}

void Queue::set_alarm(double now) {
  double next = std::numeric_limits<double>::infinity();
  for (const Job& job : jobs_) {
    if (job.id != 0)
      next = std::min(next, job.deadline);
    else if (!full(job.request))
      next = std::min(next, std::max(job.not_before, now + wait(job.request, now)));
  }
  if (next < std::numeric_limits<double>::infinity()) outside_.call_in(std::max(next - now, 1.0));
}

void Queue::arrived(std::uint32_t id, Arrival arrival) {
  const auto job = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& one) { return one.id == id && id != 0; });
  if (job == jobs_.end()) return;
  const Service service = job->request.service;
  const std::uint64_t bytes = arrival.body.size();
  const bool fine = arrival.status >= 200 && arrival.status < 300 && !arrival.too_large && bytes <= most_bytes(job->request);
  ledger_.end(job->entry, fine || (arrival.status >= 400 && arrival.status < 500) ? Outcome::answered : Outcome::failed, bytes);
  if (fine) {
    if (!is_picture(job->request)) cache_.put(job->request, outside_.now(), arrival.body);
    finish(job, Answer{arrival.status, std::move(arrival.body), false});
  } else if (arrival.too_large || bytes > most_bytes(job->request)) {
    give_up(job, {"too_large", name_of(service) + " answered with more than can be taken in."});
  } else if (arrival.status == 404 && addresses_.by_proxy(job->request) && says_no_key(arrival.body)) {
    addresses_.proxy_lacks(service);
    give_up(job, {"no_way", "This page’s proxy has no key for " + name_of(service) + "."});
  } else if (arrival.status == 429 || arrival.status == 503) {
    failed(job, busy(service), arrival.retry_after);
  } else if (arrival.status == 0 || arrival.status >= 500) {
    failed(job, {"unreachable", name_of(service) + " did not answer."}, arrival.retry_after);
  } else {
    finish(job, Answer{arrival.status, std::move(arrival.body), false});
  }
  run();
}

}  // namespace hub::fetching
