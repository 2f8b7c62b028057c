#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/fetching/addresses.hpp"
#include "core/fetching/allowance.hpp"
#include "core/fetching/answer_cache.hpp"
#include "core/fetching/ledger.hpp"
#include "core/fetching/outside.hpp"

namespace hub::fetching {

/// Who waits for an answer; the first goes first.
enum class Urgency : std::uint8_t {
  typed,      ///< somebody who is typing
  opened,     ///< somebody who looks at a work
  shown,      ///< a picture that is on the screen
  background  ///< nobody
};

/// An answer of a service, or the cache's copy of one.
struct Answer {
  int status = 0;  ///< of HTTP, never 0
  std::string body;
  bool from_cache = false;
};

/// Requests on their way out, each service at its own pace (ServiceInfo::pause, at_once). Equal requests share one answer. What failed is
/// tried again after a pause that grows, and that is at least as long as the service asked for; what takes too long is stopped. Whoever
/// asks is answered later, never before ask() returns.
///
/// Pictures lie at hosts of their own and have a pace of their own, so that they are in no search's way; the cache does not hold them.
class Queue {
 public:
  static constexpr double limit = 12'000;                ///< milliseconds from the request to the end of its answer
  static constexpr std::int64_t fresh_for = 86'400'000;  ///< an answer of the cache that is younger needs no request

  /// @return Error "offline" (the switch, or the device), "unreachable", "timeout", "too_large", "busy" or "no_way", with a sentence.
  using Done = std::function<void(const Expected<Answer>&)>;

  /// All must outlive the queue.
  Queue(Outside& outside, AnswerCache& cache, Ledger& ledger);

  void reach(Addresses addresses) { addresses_ = std::move(addresses); }
  const Addresses& addresses() const { return addresses_; }
  /// @see Addresses::own_key
  void own_key(metadata::Service service, std::string key) { addresses_.own_key(service, std::move(key)); }

  /// @param purpose  for the ledger, in words.
  /// @return         what cancel() takes; never 0.
  std::uint32_t ask(const metadata::Request& request, Urgency urgency, std::string purpose, Done done);

  /// `done` is not called any more. A request that nobody else waits for is stopped.
  void cancel(std::uint32_t ticket);

  /// The switch: stops everything that is under way and lets nothing out; the cache still answers.
  void stay_offline(bool on);
  bool stays_offline() const { return stay_offline_; }

  /// What Outside::fetch brought.
  void arrived(std::uint32_t id, Arrival arrival);
  /// Time has passed (Outside::call_in).
  void run();

  /// Requests that are out at this moment, of one service or of all.
  std::size_t out(std::optional<metadata::Service> service = std::nullopt) const;

 private:
  struct Waiting {
    std::uint32_t ticket;
    Done done;
  };
  struct Job {
    metadata::Request request;
    Urgency urgency;
    std::string purpose;
    std::vector<Waiting> waiting;
    std::uint32_t id = 0;     ///< of the request that is out; 0: none is
    std::uint32_t entry = 0;  ///< in the ledger
    double not_before = 0;    ///< ticks
    double deadline = 0;      ///< ticks
    int failed = 0;           ///< how often
  };
  using Jobs = std::list<Job>;

  Allowance& allowance(const metadata::Request& request);
  /// How long until the service may be asked this.
  double wait(const metadata::Request& request, double now);
  /// Whether as many of its kind are out as may be.
  bool full(const metadata::Request& request) const;
  void send(Job& job, double now);
  /// For the ledger: who is asked.
  std::string host_of(const metadata::Request& request) const;
  bool start_one(double now);
  bool deliver_one(double now);
  void failed(Jobs::iterator job, const Error& error, std::optional<double> retry_after);
  /// Answers all who wait for it with what the cache still has, or with the error.
  void give_up(Jobs::iterator job, const Error& error);
  void finish(Jobs::iterator job, const Expected<Answer>& answer);
  void set_alarm(double now);

  Outside& outside_;
  AnswerCache& cache_;
  Ledger& ledger_;
  Addresses addresses_;
  std::vector<Allowance> allowances_;  ///< by service; then of its pictures
  Jobs jobs_;
  bool stay_offline_ = false;
  std::uint32_t last_ticket_ = 0;
  std::uint32_t last_id_ = 0;
};

}  // namespace hub::fetching
