#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/fetching/queue.hpp"
#include "core/metadata/inquiry.hpp"

namespace hub::engine {

/// One question to one service, with the requests that it takes put into the queue. When it goes, what is still under way for it is
/// stopped.
class Errand {
 public:
  /// @param purpose  for the ledger. @param changed  called whenever more is known, or nothing more will be; never from within here.
  Errand(fetching::Queue& queue, metadata::Service service, metadata::Inquiry inquiry, fetching::Urgency urgency, std::string purpose,
         std::function<void()> changed);
  ~Errand();
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;

  metadata::Service service() const { return service_; }
  /// What is known by now.
  std::vector<Item> items() const { return inquiry_.items(); }
  bool ended() const { return out_.empty(); }
  /// Why it brought nothing; of one that is not ended, or that went well, nothing.
  const std::optional<Error>& error() const { return error_; }

 private:
  void send();
  void take(const metadata::Request& request, const Expected<fetching::Answer>& answer);

  fetching::Queue& queue_;
  metadata::Service service_;
  metadata::Inquiry inquiry_;
  fetching::Urgency urgency_;
  std::string purpose_;
  std::function<void()> changed_;
  std::vector<std::pair<metadata::Request, std::uint32_t>> out_;  ///< with their tickets
  std::optional<Error> error_;
};

}  // namespace hub::engine
