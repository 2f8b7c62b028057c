#include "core/library/undo_stack.hpp"

#include <algorithm>

namespace hub {
namespace {

/// Takes the last `slot` off a stack. @return whether it was there.
bool take(std::vector<std::uint32_t>& stack, std::uint32_t slot) {
  const auto found = std::find(stack.rbegin(), stack.rend(), slot);
  if (found == stack.rend()) return false;
  stack.erase(std::next(found).base());
  return true;
}

}  // namespace

void UndoStack::add(std::uint64_t counter, std::uint32_t slot) {
  if (counter < last_counter_) followed_ = 0;  // out of order: the stacks are made anew
  made_.push_back({counter, slot});
  slots_.emplace(counter, slot);
  last_counter_ = std::max(last_counter_, counter);
}

std::optional<std::uint32_t> UndoStack::slot_of(std::uint64_t counter) const {
  const auto found = slots_.find(counter);
  if (found == slots_.end()) return std::nullopt;
  return found->second;
}

const std::vector<std::uint32_t>& UndoStack::undoable(const std::vector<Event>& events) {
  follow(events);
  return undoable_;
}

const std::vector<std::uint32_t>& UndoStack::redoable(const std::vector<Event>& events) {
  follow(events);
  return redoable_;
}

void UndoStack::follow(const std::vector<Event>& events) {
  if (followed_ == 0) {
    undoable_.clear();
    redoable_.clear();
    std::sort(made_.begin(), made_.end(), [](const Made& a, const Made& b) { return a.counter < b.counter; });
  }
  for (; followed_ < made_.size(); ++followed_) {
    const std::uint32_t slot = made_[followed_].slot;
    const Event& event = events[slot];
    const auto own = [&](const EventId& target) { return target.device == event.id.device ? slot_of(target.counter) : std::nullopt; };
    if (const auto* undone = std::get_if<Undone>(&event.payload)) {
      const auto target = own(undone->target);
      if (target && take(undoable_, *target)) redoable_.push_back(*target);
    } else if (const auto* redone = std::get_if<Redone>(&event.payload)) {
      const auto target = own(redone->target);
      if (target && take(redoable_, *target)) undoable_.push_back(*target);
    } else if (const auto* setting = std::get_if<SettingChanged>(&event.payload);
               !setting || setting->key.starts_with(predictor_settings)) {
      undoable_.push_back(slot);
      redoable_.clear();
    }
  }
}

}  // namespace hub
