#include "core/protocol/outbox.hpp"

#include <utility>
#include <variant>

namespace hub::protocol {
namespace {

constexpr int most_ends = 2;

/// Whether a second time does something else than the first. The others state how things are to be.
bool is_a_step(const Command& command) {
  return std::holds_alternative<Undo>(command) || std::holds_alternative<Redo>(command);
}

}  // namespace

void Outbox::sent(Command command, std::uint32_t id, int ends) {
  entries_.push_back({std::move(command), id, ends});
}

void Outbox::wait(Command command) {
  entries_.push_back({std::move(command), 0, 0});
}

void Outbox::answered(std::uint32_t id) {
  while (!entries_.empty() && entries_.front().id != 0 && entries_.front().id <= id) entries_.pop_front();
}

void Outbox::engine_ended() {
  for (Entry& entry : entries_) {
    if (entry.id == 0) continue;
    ++entry.ends;
    entry.id = 0;
  }
}

Outbox::Resumed Outbox::resume(bool told_more) {
  Resumed resumed;
  std::deque<Entry> with_the_engine;
  for (Entry& entry : entries_) {
    if (entry.id != 0)
      with_the_engine.push_back(std::move(entry));
    else if (entry.ends >= most_ends)
      ++resumed.given_up;
    else if (entry.ends > 0 && told_more && is_a_step(entry.command))
      ++resumed.doubtful;
    else
      resumed.again.push_back(std::move(entry));
  }
  entries_ = std::move(with_the_engine);
  return resumed;
}

}  // namespace hub::protocol
