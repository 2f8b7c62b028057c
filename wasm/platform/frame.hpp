#pragma once

#include <cstdint>

/// When frames are drawn. Nothing is drawn unless it was asked for: an idle page runs no requestAnimationFrame and no timer.
///
/// Every input event, message of the engine, change of size, theme or network asks for frames by itself. A view calls these
/// functions only for what the platform cannot know: its animations, and clocks.
namespace hub::frame {

/// Time since the page was opened, in seconds, the same for the whole of one frame. Runs on while nothing is drawn.
double now();

/// Seconds since the frame before, at most 0.05 so that an animation that starts after an idle hour does not jump.
float delta();

/// Asks for `frames` frames from now on (at least; 1 or more).
void request(int frames = 2);

/// Draws every display refresh until `time` (as `now()` counts). The latest time asked for wins.
void animate_until(double time);

/// Asks for one frame at `time` or shortly after, without drawing until then (one timer of the browser): toasts that leave,
/// “3 minutes ago”. The earliest time asked for wins; ask again in each frame while it is wanted.
void wake_at(double time);

/// An animated number that follows its target, 0 jumps when the person prefers reduced motion. Keeps frames coming while it moves.
/// @param id        any identifier that is stable from frame to frame (`ImGui::GetID("…")`).
/// @param target    where it goes; the first call for an id starts there.
/// @param seconds   time of the whole way, 0.06 to 0.4.
/// @return          the value to draw now, eased out (cubic).
float ease(std::uint32_t id, float target, float seconds = 0.16F);

/// Frames drawn since the start; `window.mediaHub.frames()` in the page.
std::uint64_t count();

}  // namespace hub::frame
