#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/engine/errand.hpp"
#include "core/engine/work_lookup.hpp"
#include "core/fetching/queue.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// Titles beyond the catalogue: what a person types is asked of the services of its type, and what they open is asked for in full. Each
/// answer is told as it comes; one work is one item, whoever found it.
///
/// Nothing is asked but what was typed or opened, and nothing else of the person's is in any request.
class Lookup {
 public:
  /// Milliseconds without a key pressed before the services are asked: what is half typed is nobody's business.
  static constexpr double rest = 220;
  /// Shorter words are not asked for: they would find anything.
  static constexpr std::size_t least_letters = 2;

  struct Calls {
    std::function<void()> found;                         ///< more of the search is known
    std::function<void(const std::string& id)> details;  ///< more of the opened work is known
    std::function<void()> ledger;                        ///< a request began or ended
  };

  /// @param outside  must outlive this.
  Lookup(fetching::Outside& outside, Calls calls);

  void reach(fetching::Addresses addresses) { queue_.reach(std::move(addresses)); }
  /// Those that may be asked, with their notices.
  std::vector<protocol::Attribution> services() const;
  /// Of those, the names of the ones that are asked by the page's proxy.
  std::vector<std::string> by_proxy() const;

  /// Takes the place of the search before, whose requests are stopped.
  void search(MediaType type, std::string_view words);
  void end_search();
  /// Works that the last search brought by now, each once, the best first. Where a service did not answer, also those that earlier searches
  /// found.
  std::vector<Item> found() const;
  /// Those asked by the last search, and how each fared.
  std::vector<protocol::AskedService> asked() const;

  /// Asks for all that the services know of a work they found, or of which only an id is known.
  ///
  /// @param refused  what the person said that it is not, as Matched::refused.
  void open(const Item& work, std::vector<std::string> refused = {});
  void end_open();
  /// The opened work with what came of it by now.
  Item opened() const;
  std::string_view opened_id() const { return opened_ ? std::string_view(opened_->work().id) : std::string_view(); }
  std::vector<protocol::AskedService> asked_of_opened() const;

  void stay_offline(bool on);
  bool stays_offline() const { return queue_.stays_offline(); }

  void arrived(std::uint32_t id, fetching::Arrival arrival);
  /// Time has passed.
  void run();

  /// For what is asked beside searches and details, at the same pace and in the same list of requests.
  fetching::Queue& queue() { return queue_; }
  const fetching::Ledger& ledger() const { return ledger_; }
  fetching::AnswerCache& cache() { return cache_; }

 private:
  using Errands = std::vector<std::unique_ptr<Errand>>;

  void begin_search();
  /// Works of the type that earlier searches found, as far as their answers are kept, that the words fit.
  std::vector<Item> remembered(MediaType type, std::string_view words) const;
  void tell();

  fetching::Outside& outside_;
  Calls calls_;
  fetching::Ledger ledger_;
  fetching::AnswerCache cache_;
  fetching::Queue queue_;
  std::uint64_t told_ = 0;  ///< revision of the ledger

  struct Search {
    MediaType type;
    std::string words;
    double due;  ///< ticks
    bool begun;
    std::vector<std::pair<metadata::Service, metadata::Inquiry>> planned;  ///< until it has begun
    Errands errands;
    std::optional<std::vector<Item>> remembered;  ///< where a service did not answer
    std::vector<const Errand*> order;             ///< in which they brought their first works
  };
  std::optional<Search> search_;
  bool found_more_ = false;

  std::optional<WorkLookup> opened_;
  bool know_more_ = false;
};

/// Whether the words are enough to ask for.
bool may_ask_for(std::string_view words);

/// Sources of an item's facts that are to be named, with their page of the work.
std::vector<protocol::Attribution> attributions(const Item& item);

}  // namespace hub::engine
