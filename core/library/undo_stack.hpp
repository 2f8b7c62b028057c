#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/library/event.hpp"

namespace hub {

/// Keys of settings that change predictions begin so, "predictor.film". They are undone like ratings; how the page looks is not.
inline constexpr std::string_view predictor_settings = "predictor.";

/// What one device did, and what of it can be undone and redone there. Events are named by their slots in the library.
///
/// The two stacks are a function of the device's events in the order of their counts, so they are the same however the events came. They
/// are made when asked for: while a history is read nobody asks.
class UndoStack {
 public:
  /// Takes note of an event of this device. Its counter must be new here.
  void add(std::uint64_t counter, std::uint32_t slot);

  std::optional<std::uint32_t> slot_of(std::uint64_t counter) const;
  std::uint64_t last_counter() const { return last_counter_; }

  /// Slots that can be undone, or redone, the one whose turn it is last.
  ///
  /// @param events  of the library, by slot.
  const std::vector<std::uint32_t>& undoable(const std::vector<Event>& events);
  const std::vector<std::uint32_t>& redoable(const std::vector<Event>& events);

 private:
  void follow(const std::vector<Event>& events);

  struct Made {
    std::uint64_t counter;
    std::uint32_t slot;
  };
  std::vector<Made> made_;
  std::unordered_map<std::uint64_t, std::uint32_t> slots_;
  std::uint64_t last_counter_ = 0;
  std::size_t followed_ = 0;  ///< how many of made_ the stacks hold
  std::vector<std::uint32_t> undoable_;
  std::vector<std::uint32_t> redoable_;
};

}  // namespace hub
