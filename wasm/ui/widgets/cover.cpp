#include "wasm/ui/widgets/cover.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "wasm/platform/fonts.hpp"
#include "wasm/ui/posters.hpp"
#include "wasm/ui/theme.hpp"

namespace hub::ui {

namespace {

constexpr float turn = 6.2831853F;

ImU32 packed(tokens::Rgb color, float brightness) {
  const auto part = [&](unsigned shift) {
    return static_cast<ImU32>(std::lround(static_cast<float>((color >> shift) & 0xFFU) * brightness));
  };
  return IM_COL32(part(16), part(8), part(0), 255);
}

/// 32-bit FNV-1a, then mixed: neighbouring titles must not look alike.
std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
  hash ^= hash >> 16;
  hash *= 0x7feb352dU;
  hash ^= hash >> 15;
  return hash;
}

/// Numbers of 0 … 1 drawn from the title, so that two covers of a type differ in more than colour.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed | 1U) {}
  float next() {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<float>(state_ >> 8) / 16777216.0F;
  }
  float between(float a, float b) { return a + (b - a) * next(); }

 private:
  std::uint32_t state_;
};

struct Canvas {
  ImDrawList* list;
  ImRect box;
  float radius;
  [[nodiscard]] ImVec2 at(float x, float y) const { return {box.Min.x + x * box.GetWidth(), box.Min.y + y * box.GetHeight()}; }
  [[nodiscard]] float unit() const { return box.GetWidth(); }
  /// Lower edge at `x`, which rises in the rounded corners.
  [[nodiscard]] float lowest(float x) const {
    const float in = std::max(0.0F, radius - std::min(x, 1 - x) * box.GetWidth());
    return 1 - (radius - std::sqrt(radius * radius - in * in)) / box.GetHeight();
  }
};

void discs(const Canvas& on, Dice& dice, ImU32 first, ImU32 second) {
  const float x = dice.between(0.3F, 0.72F);
  const float y = dice.between(0.24F, 0.42F);
  on.list->AddCircleFilled(on.at(x, y), on.unit() * dice.between(0.3F, 0.38F), theme::faded(first, 0.72F));
  on.list->AddCircleFilled(on.at(x + dice.between(0.08F, 0.24F), y + dice.between(0.04F, 0.14F)), on.unit() * 0.2F,
                           theme::faded(second, 0.62F));
}

void bars(const Canvas& on, Dice& dice, ImU32 first, ImU32 second) {
  for (int i = 0; i < 4; ++i) {
    const float x = 0.12F + 0.2F * static_cast<float>(i);
    const float top = dice.between(0.16F, 0.42F);
    const ImU32 color = theme::mixed(first, second, static_cast<float>(i) / 3.0F);
    on.list->AddRectFilled(on.at(x, top), on.at(x + 0.11F, top + dice.between(0.34F, 0.5F)), theme::faded(color, 0.8F), on.unit() * 0.055F);
  }
}

void diamond(const Canvas& on, Dice& dice, ImU32 first, ImU32 second) {
  const float x = dice.between(0.42F, 0.58F);
  const float top = dice.between(0.12F, 0.18F);
  const float bottom = dice.between(0.66F, 0.74F);
  const float waist = dice.between(0.42F, 0.52F);
  on.list->AddTriangleFilled(on.at(x, top), on.at(x, bottom), on.at(x - 0.36F, waist), theme::faded(second, 0.85F));
  on.list->AddTriangleFilled(on.at(x, top), on.at(x + 0.36F, waist), on.at(x, bottom), theme::faded(first, 0.85F));
}

void rings(const Canvas& on, Dice& dice, ImU32 first, ImU32 second) {
  const ImVec2 center = on.at(dice.between(0.42F, 0.58F), dice.between(0.38F, 0.46F));
  const int count = on.unit() < 60 ? 3 : 5;
  for (int i = 0; i < count; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(count - 1);
    on.list->AddCircle(center, on.unit() * (0.12F + 0.31F * t), theme::faded(theme::mixed(first, second, 1 - t), 0.85F), 0,
                       std::max(1.0F, on.unit() * 0.035F));
  }
}

/// Two hills, one before the other.
void waves(const Canvas& on, Dice& dice, ImU32 first, ImU32 second) {
  for (int layer = 0; layer < 2; ++layer) {
    const float height = layer == 0 ? dice.between(0.44F, 0.52F) : dice.between(0.58F, 0.66F);
    const float swing = dice.between(0.05F, 0.1F);
    const float phase = dice.next();
    const ImU32 color = theme::faded(layer == 0 ? first : second, layer == 0 ? 0.72F : 0.5F);
    constexpr std::size_t steps = 24;
    std::array<ImVec2, 2 * (steps + 1)> shape;
    const float depth = layer == 0 ? 0.2F : 1.0F;
    for (std::size_t i = 0; i <= steps; ++i) {
      const float x = static_cast<float>(i) / static_cast<float>(steps);
      const float y = height + swing * std::sin(turn * (x * 0.9F + phase));
      shape[i] = on.at(x, y);
      shape[shape.size() - 1 - i] = on.at(x, std::min(on.lowest(x), y + depth));
    }
    on.list->AddConcavePolyFilled(shape.data(), static_cast<int>(shape.size()), color);
  }
}

/// The gradient is given to what was drawn with rounded corners, so that it keeps them.
void ground(ImDrawList* list, const ImRect& box, ImU32 top, ImU32 bottom, float radius) {
  const int first = list->VtxBuffer.Size;
  list->AddRectFilled(box.Min, box.Max, IM_COL32_WHITE, radius);
  ImGui::ShadeVertsLinearColorGradientKeepAlpha(list, first, list->VtxBuffer.Size, box.Min,
                                                ImVec2(box.Min.x + box.GetWidth() * 0.25F, box.Max.y), top, bottom);
}

/// Shares of a picture that may be cut off to fill the box: posters and book covers differ by a little, an album's by a third.
constexpr float most_cut = 0.22F;

void draw_picture(ImDrawList* list, const ImRect& box, const posters::Picture& picture, float radius) {
  const ImU32 tint = theme::faded(IM_COL32_WHITE, picture.opacity);
  const float wide = static_cast<float>(picture.texture->Width) / static_cast<float>(picture.texture->Height);
  const float box_wide = box.GetWidth() / box.GetHeight();
  const float cut = 1 - std::min(wide, box_wide) / std::max(wide, box_wide);
  if (cut <= most_cut) {
    const ImVec2 off = wide > box_wide ? ImVec2(cut / 2, 0) : ImVec2(0, cut / 2);
    list->AddImageRounded(picture.texture->GetTexRef(), box.Min, box.Max, off, ImVec2(1 - off.x, 1 - off.y), tint, radius);
    return;
  }
  ground(list, box, theme::faded(picture.top, picture.opacity), theme::faded(picture.bottom, picture.opacity), radius);
  const ImVec2 size = wide > box_wide ? ImVec2(box.GetWidth(), box.GetWidth() / wide) : ImVec2(box.GetHeight() * wide, box.GetHeight());
  const ImVec2 min(box.GetCenter().x - size.x / 2, box.GetCenter().y - size.y / 2);
  list->AddImage(picture.texture->GetTexRef(), min, ImVec2(min.x + size.x, min.y + size.y), ImVec2(0, 0), ImVec2(1, 1), tint);
}

/// A dark cover on a dark page keeps an edge.
void edge(ImDrawList* list, const ImRect& box, float radius) {
  list->AddRect(box.Min, box.Max, theme::colors().dark ? IM_COL32(255, 255, 255, 18) : IM_COL32(0, 0, 0, 18), radius, 1.0F);
}

constexpr float titled_from = 88;  ///< width of a drawn cover that has its title on it
constexpr float smallest_title = 10;

float radius_of(const ImRect& box) {
  return std::min(theme::radius_cover, box.GetWidth() * 0.12F);
}

}  // namespace

bool draw_cover(ImDrawList* list, const ImRect& box, const Item& item) {
  if (!ImGui::IsRectVisible(box.Min, box.Max)) return false;
  const posters::Picture* picture = posters::of(item, box.GetWidth());
  if (picture == nullptr || picture->opacity < 1) draw_cover(list, box, item.type, item.title);
  if (picture == nullptr) return box.GetWidth() >= titled_from;
  draw_picture(list, box, *picture, radius_of(box));
  edge(list, box, radius_of(box));
  return false;
}

void draw_cover(ImDrawList* list, const ImRect& box, MediaType type, std::string_view title, float brightness) {
  if (!ImGui::IsRectVisible(box.Min, box.Max)) return;
  const std::uint32_t hash = hash_of(title);
  const auto& colors = tokens::covers[hash % tokens::covers.size()];
  Dice dice(hash);
  const float radius = radius_of(box);
  ground(list, box, packed(colors.top, brightness), packed(colors.bottom, brightness), radius);
  const Canvas canvas{list, box, radius};
  const ImU32 first = packed(colors.shape, brightness);
  const ImU32 second = packed(colors.second, brightness);
  list->PushClipRect(box.Min, box.Max, true);
  switch (type) {
    case MediaType::film: discs(canvas, dice, first, second); break;
    case MediaType::show: bars(canvas, dice, first, second); break;
    case MediaType::game: diamond(canvas, dice, first, second); break;
    case MediaType::album: rings(canvas, dice, first, second); break;
    case MediaType::book: waves(canvas, dice, first, second); break;
  }
  if (box.GetWidth() >= titled_from) {
    float size = box.GetWidth() >= 240 ? 26.0F : box.GetWidth() >= 150 ? 20.0F : box.GetWidth() >= 120 ? 13.0F : 12.0F;
    const float pad = box.GetWidth() >= 150 ? 14.0F : box.GetWidth() >= 120 ? 10.0F : 8.0F;
    const int lines = box.GetWidth() >= 120 ? 3 : 4;
    const float width = box.GetWidth() - 2 * pad;
    // Smaller, rather than broken within a word.
    const auto cut = [&] {
      const fonts::With font(fonts::bold(), size);
      return fonts::cuts_word(title, width);
    };
    while (size > smallest_title && cut()) size = std::max(smallest_title, size - (size > 16 ? 3.0F : 1.0F));
    const float line = std::round(size * 1.2F);
    const fonts::With font(fonts::bold(), size);
    const float height = fonts::draw_paragraph(nullptr, ImVec2(0, 0), 0, title, width, line, lines).y;
    const float top = std::round(box.Max.y - pad - height);
    // The title stays legible over any shape.
    const ImU32 shade = packed(colors.bottom, brightness * 0.7F);
    list->AddRectFilledMultiColor(ImVec2(box.Min.x, top - pad * 2.5F), ImVec2(box.Max.x, top), theme::faded(shade, 0),
                                  theme::faded(shade, 0), theme::faded(shade, 0.72F), theme::faded(shade, 0.72F));
    list->AddRectFilled(ImVec2(box.Min.x, top), box.Max, theme::faded(shade, 0.72F), radius, ImDrawFlags_RoundBottom);
    fonts::draw_paragraph(list, ImVec2(box.Min.x + pad, top), packed(0xffffff, std::max(brightness, 0.9F)), title, width, line, lines);
  }
  list->PopClipRect();
  edge(list, box, radius);
}

}  // namespace hub::ui
