#pragma once

#include "imgui.h"

#include "core/library/item.hpp"
#include "core/protocol/protocol.hpp"
#include "wasm/platform/host.hpp"

/// Pictures of works as textures. What is drawn is wished for, and the engine brings it; of the rest as much is held as the budget allows,
/// the least recently drawn goes first. Where nothing changes on the screen, nothing is asked and no frame is drawn.
namespace hub::ui::posters {

/// A picture that is here.
struct Picture {
  ImTextureData* texture = nullptr;
  ImU32 top = 0;      ///< the mean colour of its uppermost line, to go on with above it
  ImU32 bottom = 0;   ///< of its lowest, below
  float opacity = 1;  ///< while it appears
};

/// The picture of a work that is drawn now, `width` pixels of the page wide; one in the other size where only that is here yet. Null while
/// there is none. Valid until the end of the frame.
const Picture* of(const Item& item, float width);

/// All is drawn: asks for what was lacking, once that has been the same for a moment, and lets go of what is too much.
void frame_ended();

/// What the engine brought.
void take(const protocol::Poster& poster, const host::Bulk* pixels);

/// The engine is another one, or knows nothing of what it was asked: what is lacking is asked for again.
void ask_again();

/// What did not come may come now.
void try_again();

}  // namespace hub::ui::posters
