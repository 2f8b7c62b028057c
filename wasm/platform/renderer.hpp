#pragma once

#include "imgui.h"

/// Draws Dear ImGui's lists with WebGL 2.
///
/// Unlike ImGui's own OpenGL renderer it asks the context nothing: reading state back makes the browser wait until everything drawn before
/// has finished, which cost most of a frame's time. The context is ours alone, so there is no state of others to keep.
namespace hub::renderer {

/// Makes the context on the canvas `#surface`. False if the browser cannot.
bool create();

/// Draws a frame over `background`; uploads the textures that changed. Does nothing while the context is lost.
void draw(ImDrawData& data, ImVec4 background);

/// The browser has taken the graphics away, and given them back: everything is made anew with the next frame.
void lose();
void restore();

}  // namespace hub::renderer
