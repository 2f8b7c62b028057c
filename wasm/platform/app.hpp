#pragma once

/// What the application gives to the platform: two functions, defined in `wasm/ui/`.
namespace hub::ui {

/// Called once, after Dear ImGui, the fonts and the page's services are ready and before the first frame. Registers
/// `host::on_message`, sets the style, asks the engine for its state.
void start();

/// Draws one frame with Dear ImGui calls, between `ImGui::NewFrame()` and `ImGui::Render()`. Called only when something asked
/// for a frame (see `frame.hpp`): it must not count frames to measure time.
void frame();

}  // namespace hub::ui
