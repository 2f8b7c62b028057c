#include "wasm/ui/widgets/stars.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "wasm/ui/theme.hpp"

namespace hub::ui {

namespace {

constexpr std::size_t corner_count = 10;
using Corners = std::array<ImVec2, corner_count>;

Corners corners_of(ImVec2 center, float radius) {
  Corners corners;
  // A five-pointed star's inner radius is 0.382 of the outer; a little more looks less thorny at small sizes.
  const float inner = radius * 0.45F;
  for (std::size_t i = 0; i < corner_count; ++i) {
    const float angle = -1.5707963F + 0.6283185F * static_cast<float>(i);
    const float r = i % 2 == 0 ? radius : inner;
    // Its box is higher above the middle than below: moved down by a twentieth it stands in the middle of its line.
    corners[i] = ImVec2(center.x + r * std::cos(angle), center.y + radius * 0.05F + r * std::sin(angle));
  }
  return corners;
}

/// A star seen from its middle: any part of it can be drawn by triangles from there.
void fill(ImDrawList* list, const Corners& corners, ImU32 color) {
  list->AddConcavePolyFilled(corners.data(), static_cast<int>(corner_count), color);
}

void fill_left(ImDrawList* list, const Corners& corners, ImU32 color) {
  // From the top, counter-clockwise, to the lowest inner corner: the left half, its straight side the axis.
  const std::array<ImVec2, 6> half{corners[0], corners[5], corners[6], corners[7], corners[8], corners[9]};
  list->AddConcavePolyFilled(half.data(), static_cast<int>(half.size()), color);
}

}  // namespace

void draw_star(ImDrawList* list, ImVec2 center, float size, float part, ImU32 filled, ImU32 outline) {
  const float radius = size * 0.5F;
  const Corners corners = corners_of(center, radius);
  if (part >= 0.99F) {
    fill(list, corners, filled);
    return;
  }
  if (part > 0.01F) fill_left(list, corners, filled);
  const float width = std::max(1.0F, size / 15.0F);
  const Corners inside = corners_of(center, radius - width * 0.6F);
  list->AddPolyline(inside.data(), static_cast<int>(corner_count), part > 0.01F ? filled : outline, width, ImDrawFlags_Closed);
}

void draw_stars(ImDrawList* list, ImVec2 at, float size, double value) {
  const auto& colors = theme::colors();
  for (int i = 0; i < 5; ++i) {
    const double part = std::clamp(value - i, 0.0, 1.0);
    const float shown = part >= 0.75 ? 1.0F : part >= 0.25 ? 0.5F : 0.0F;
    draw_star(list, ImVec2(at.x + size * (0.5F + static_cast<float>(i) * 1.12F), at.y + size / 2), size, shown, colors.accent,
              colors.faint);
  }
}

float stars_width(float size) {
  return size * (5 + 4 * 0.12F);
}

}  // namespace hub::ui
