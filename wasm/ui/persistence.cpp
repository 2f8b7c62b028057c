#include "wasm/ui/persistence.hpp"

#include <utility>

#include "wasm/platform/host.hpp"
#include "wasm/ui/client.hpp"

namespace hub::ui::persistence {

namespace {
struct State {
  bool held = false;
  bool asked = false;
  std::optional<bool> answer;
};
State& state() {
  static State instance;
  return instance;
}
}  // namespace

void keep_asking() {
  State& s = state();
  if (s.asked || !client().opened() || client().demo() || client().library().rating_count() == 0) return;
  s.asked = true;
  host::persist_storage([](bool granted) { state().answer = granted; });
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
