#include "core/engine/session_state.hpp"

namespace hub::engine {

void Session::State::handle(const p::ShowPosters& command, Bytes, std::uint32_t) {
  posters.wish(command.wanted);
}

void Session::pictured(std::uint32_t id, Pictured what, int width, int height, Bytes rgba) {
  state_->posters.pictured(id, what, width, height, std::move(rgba));
}

}  // namespace hub::engine
