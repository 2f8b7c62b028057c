#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/protocol/protocol.hpp"

namespace hub::protocol {

/// Commands that change the library, from when the person gives them until the engine has answered. An engine that ends takes with it what
/// it has not answered, and nobody knows whether it was carried out: from here the next engine gets it.
class Outbox {
 public:
  struct Entry {
    Command command;
    std::uint32_t id = 0;  ///< it was sent under this one; 0: there was no engine to send it to
    int ends = 0;          ///< how many engines ended while they had it
  };
  /// What the next engine gets, in the order in which it was given.
  struct Resumed {
    std::vector<Entry> again;
    std::size_t given_up = 0;  ///< commands that two engines did not survive: a third is not tried
    std::size_t doubtful = 0;  ///< commands that may have been carried out and must not be a second time (undo, redo)
  };

  /// @param ids  grow. @param ends  of an entry that is sent again.
  void sent(Command command, std::uint32_t id, int ends = 0);
  /// There is no engine at the moment.
  void wait(Command command);
  /// The engine has answered `id`, and so has dealt with all up to it: it takes one after the other.
  void answered(std::uint32_t id);
  void engine_ended();
  /// Takes out what no engine has at the moment.
  ///
  /// @param told_more  the history on disk holds events of this device that the interface had not been told of: some of the commands were
  ///                   carried out.
  Resumed resume(bool told_more);
  void clear() { entries_.clear(); }

  bool empty() const { return entries_.empty(); }

 private:
  std::deque<Entry> entries_;
};

}  // namespace hub::protocol
