#include "wasm/ui/persistence.hpp"

#include <string_view>
#include <utility>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/ui/client.hpp"

namespace hub::ui::persistence {

namespace {

constexpr std::size_t something_to_lose = 5;  ///< ratings
constexpr std::string_view setting_put_off = "persistence";

struct State {
  bool held = false;
  bool looked = false;  ///< whether the browser has promised before
  bool asked = false;
  bool put_off = false;
  std::optional<bool> answer;
};
State& state() {
  static State instance = [] {
    State begun;
    begun.put_off = !host::setting(setting_put_off).empty();
    return begun;
  }();
  return instance;
}

/// @param granted  nothing where the browser cannot be asked
void take(std::optional<bool> granted) {
  State& s = state();
  s.answer = granted.value_or(false);
  s.asked = s.asked || !granted;
  frame::request();
}

}  // namespace

bool offered() {
  State& s = state();
  if (!client().opened() || client().demo() || client().read_only() || client().storage().state == "memory") return false;
  const std::size_t ratings = client().library().rating_count();
  if (ratings == 0) return false;
  if (!std::exchange(s.looked, true)) host::persist_storage(false, take);
  return ratings >= something_to_lose && s.answer == false && !s.asked && !s.put_off;
}

void ask() {
  State& s = state();
  s.asked = true;
  s.answer.reset();
  host::persist_storage(true, [](std::optional<bool> granted) {
    take(granted);
    client().toasts().push_back(granted.value_or(false)
                                    ? Toast{"The browser has promised to keep your ratings.", false, false}
                                    : Toast{"The browser promises nothing. Download a backup now and then.", false, false});
  });
}

void put_off() {
  state().put_off = true;
  host::set_setting(setting_put_off, "put off");
}

void hold() {
  State& s = state();
  const bool unsaved = client().unsaved();
  if (unsaved != std::exchange(s.held, unsaved)) host::hold_unload(unsaved);
}

std::optional<bool> promised() {
  return state().answer;
}

}  // namespace hub::ui::persistence
