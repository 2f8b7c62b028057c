#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/errand.hpp"
#include "core/fetching/queue.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// What the services know of one work: asked for by the ids that are known of it, and then by those that the answers name.
class WorkLookup {
 public:
  /// @param work     as far as it is known; its id stays.
  /// @param may_ask  which services may be asked for it.
  /// @param date     today, ISO 8601: when facts are retrieved.
  /// @param changed  more is known, or nothing more will be; whoever is told calls go_on() later, not from within.
  WorkLookup(fetching::Queue& queue, Item work, fetching::Urgency urgency, std::function<bool(metadata::Service)> may_ask, std::string date,
             std::function<void()> changed);

  const Item& work() const { return work_; }

  /// Nothing is taken of works that have one of these ids: it is none of them. @param ids  as Matched::refused.
  void refuse(std::vector<std::string> ids) { refused_ = std::move(ids); }

  /// Asks those that know the work by an id that is known by now, and that were not asked yet.
  void go_on();
  /// Asks who knows the work by its id at IMDb, where it has one.
  void find_by_imdb();
  /// Asks for its title. What comes is no part of the work before it is told by same_as().
  void search();
  /// Works that search() has brought by now, each once.
  std::vector<Item> found() const;
  /// One of those is the work.
  void same_as(Item found);

  /// The work with what came of it by now.
  Item whole() const;
  bool ended() const;
  std::vector<protocol::AskedService> asked() const;

 private:
  using Errands = std::vector<std::unique_ptr<Errand>>;

  bool within_reach(const metadata::Inquiry& inquiry) const;

  fetching::Queue& queue_;
  Item work_;
  fetching::Urgency urgency_;
  std::function<bool(metadata::Service)> may_ask_;
  std::string date_;
  std::function<void()> changed_;
  std::vector<metadata::Service> begun_;
  Errands details_;
  Errands searches_;
  std::vector<Item> same_;
  std::vector<std::string> refused_;
};

/// Whether the work is one of those that the person said it is not. @param refused  as Matched::refused.
bool is_refused(const Item& work, const std::vector<std::string>& refused);

/// Whether the first request of an inquiry goes to a host that this page reaches.
bool within_reach(const metadata::Inquiry& inquiry, const fetching::Addresses& addresses);

/// How questions to services fared, for the interface.
std::vector<protocol::AskedService> told_of(const std::vector<std::unique_ptr<Errand>>& errands);

}  // namespace hub::engine
