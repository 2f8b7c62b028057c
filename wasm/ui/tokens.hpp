#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

/// Every colour of the interface, by what it is for, in each theme. No browser and no ImGui in here: the contrast of each pair is tested
/// natively.
namespace hub::ui::tokens {

/// A colour as 0xRRGGBB, in sRGB.
using Rgb = std::uint32_t;

struct Colors {
  Rgb background;  ///< the page
  Rgb surface;     ///< a card, a field, the bottom navigation
  Rgb raised;      ///< a control, the selected row
  Rgb hover;       ///< a control under the pointer
  Rgb line;        ///< hairlines that only decorate
  Rgb edge;        ///< outlines that tell where a control is (3 : 1, WCAG 1.4.11)
  Rgb text;
  Rgb muted;
  Rgb faint;
  Rgb accent;        ///< the prediction, the primary action, and nothing else
  Rgb accent_hover;  ///< the primary action under the pointer
  Rgb on_accent;     ///< text on these two
  Rgb danger;        ///< ground of an action that destroys
  Rgb danger_hover;
  Rgb on_danger;
  Rgb up;
  Rgb down;
  Rgb focus;                 ///< the ring
  std::array<Rgb, 5> types;  ///< a dot, never a ground; films, shows, games, music, books
};

inline constexpr Colors dark{.background = 0x0d1015,
                             .surface = 0x151a21,
                             .raised = 0x1d242d,
                             .hover = 0x252e39,
                             .line = 0x2b3440,
                             .edge = 0x66727f,
                             .text = 0xeef1f5,
                             .muted = 0xa3afbd,
                             .faint = 0x8995a5,
                             .accent = 0xf2b544,
                             .accent_hover = 0xffc75c,
                             .on_accent = 0x1a1d21,
                             .danger = 0xf2806f,
                             .danger_hover = 0xff9786,
                             .on_danger = 0x1a1d21,
                             .up = 0x45c9a2,
                             .down = 0xf2806f,
                             .focus = 0x7db7ff,
                             .types = {0xf2b544, 0xa78bfa, 0x58c27d, 0xf277a8, 0x5aa9f2}};

inline constexpr Colors light{.background = 0xf6f5f2,
                              .surface = 0xffffff,
                              .raised = 0xf0eee9,
                              .hover = 0xe6e3dc,
                              .line = 0xdcd8cf,
                              .edge = 0x88837a,
                              .text = 0x1a1d21,
                              .muted = 0x555d66,
                              .faint = 0x5e666f,
                              .accent = 0x8d5900,
                              .accent_hover = 0x754a00,
                              .on_accent = 0xffffff,
                              .danger = 0xb3372a,
                              .danger_hover = 0x962b20,
                              .on_danger = 0xffffff,
                              .up = 0x0c7153,
                              .down = 0xb3372a,
                              .focus = 0x1b62c4,
                              .types = {0x9a6200, 0x6a48d7, 0x1f7a43, 0xb8326b, 0x1b62c4}};

inline constexpr Colors dark_contrast{.background = 0x000000,
                                      .surface = 0x0a0a0a,
                                      .raised = 0x1a1a1a,
                                      .hover = 0x2b2b2b,
                                      .line = 0x9a9a9a,
                                      .edge = 0xc8c8c8,
                                      .text = 0xffffff,
                                      .muted = 0xe2e6ea,
                                      .faint = 0xcdd3da,
                                      .accent = 0xffcc66,
                                      .accent_hover = 0xffdd99,
                                      .on_accent = 0x000000,
                                      .danger = 0xffa99c,
                                      .danger_hover = 0xffc4bb,
                                      .on_danger = 0x000000,
                                      .up = 0x6ff0ca,
                                      .down = 0xffa99c,
                                      .focus = 0x9fcbff,
                                      .types = {0xffcc66, 0xc6b3ff, 0x7fe3a2, 0xffa3c7, 0x8cc6ff}};

inline constexpr Colors light_contrast{.background = 0xffffff,
                                       .surface = 0xffffff,
                                       .raised = 0xf2f2f2,
                                       .hover = 0xe2e2e2,
                                       .line = 0x6a6a6a,
                                       .edge = 0x444444,
                                       .text = 0x000000,
                                       .muted = 0x2b2f34,
                                       .faint = 0x3a3f45,
                                       .accent = 0x5e3b00,
                                       .accent_hover = 0x442b00,
                                       .on_accent = 0xffffff,
                                       .danger = 0x7d1c12,
                                       .danger_hover = 0x5f130b,
                                       .on_danger = 0xffffff,
                                       .up = 0x064c37,
                                       .down = 0x7d1c12,
                                       .focus = 0x003f94,
                                       .types = {0x5e3b00, 0x4527a8, 0x0c5228, 0x85164a, 0x003f94}};

/// A theme with its name, for tests and settings.
struct Theme {
  std::string_view name;
  const Colors* colors;
};
inline constexpr std::array<Theme, 4> themes{Theme{"dark", &dark}, Theme{"light", &light}, Theme{"dark_contrast", &dark_contrast},
                                             Theme{"light_contrast", &light_contrast}};

/// A colour that is drawn on another, and how much they must differ.
struct Pair {
  std::string_view name;
  Rgb Colors::*front;
  Rgb Colors::*back;
  double least;  ///< contrast ratio, 4.5 for text, 3 for outlines and signs (WCAG 2.2, 1.4.3 and 1.4.11)
};

inline constexpr std::array pairs{
    Pair{"text on background", &Colors::text, &Colors::background, 4.5},
    Pair{"text on surface", &Colors::text, &Colors::surface, 4.5},
    Pair{"text on raised", &Colors::text, &Colors::raised, 4.5},
    Pair{"text on hover", &Colors::text, &Colors::hover, 4.5},
    Pair{"muted on background", &Colors::muted, &Colors::background, 4.5},
    Pair{"muted on surface", &Colors::muted, &Colors::surface, 4.5},
    Pair{"muted on raised", &Colors::muted, &Colors::raised, 4.5},
    Pair{"muted on hover", &Colors::muted, &Colors::hover, 4.5},
    Pair{"faint on background", &Colors::faint, &Colors::background, 4.5},
    Pair{"faint on surface", &Colors::faint, &Colors::surface, 4.5},
    Pair{"faint on raised", &Colors::faint, &Colors::raised, 4.5},
    Pair{"faint on hover", &Colors::faint, &Colors::hover, 4.5},
    Pair{"accent on background", &Colors::accent, &Colors::background, 4.5},
    Pair{"accent on surface", &Colors::accent, &Colors::surface, 4.5},
    Pair{"accent on raised", &Colors::accent, &Colors::raised, 4.5},
    Pair{"accent on hover", &Colors::accent, &Colors::hover, 4.5},
    Pair{"on_accent on accent", &Colors::on_accent, &Colors::accent, 4.5},
    Pair{"on_accent on accent_hover", &Colors::on_accent, &Colors::accent_hover, 4.5},
    Pair{"on_danger on danger", &Colors::on_danger, &Colors::danger, 4.5},
    Pair{"on_danger on danger_hover", &Colors::on_danger, &Colors::danger_hover, 4.5},
    Pair{"up on background", &Colors::up, &Colors::background, 4.5},
    Pair{"up on surface", &Colors::up, &Colors::surface, 4.5},
    Pair{"up on raised", &Colors::up, &Colors::raised, 4.5},
    Pair{"up on hover", &Colors::up, &Colors::hover, 4.5},
    Pair{"down on background", &Colors::down, &Colors::background, 4.5},
    Pair{"down on surface", &Colors::down, &Colors::surface, 4.5},
    Pair{"down on raised", &Colors::down, &Colors::raised, 4.5},
    Pair{"down on hover", &Colors::down, &Colors::hover, 4.5},
    Pair{"edge on background", &Colors::edge, &Colors::background, 3},
    Pair{"edge on surface", &Colors::edge, &Colors::surface, 3},
    Pair{"focus on background", &Colors::focus, &Colors::background, 3},
    Pair{"focus on surface", &Colors::focus, &Colors::surface, 3},
    Pair{"focus on raised", &Colors::focus, &Colors::raised, 3},
};

/// Relative luminance (WCAG 2.2): 0 black … 1 white.
inline double luminance(Rgb color) {
  const auto channel = [color](unsigned shift) {
    const double v = static_cast<double>((color >> shift) & 0xFFU) / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
}

/// Contrast ratio (WCAG 2.2): 1 the same … 21 black on white.
inline double contrast(Rgb a, Rgb b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

/// The two ends of a drawn cover's ground, top and bottom, and its two shapes' colours; the title stands on the lower end in white.
struct CoverColors {
  Rgb top, bottom, shape, second;
};
inline constexpr std::array<CoverColors, 12> covers{{
    {0x5d2d7c, 0x43110f, 0xe0625c, 0xc98ad6},
    {0x2c7c72, 0x13163f, 0x5b70e6, 0x7cc4e8},
    {0x3b7d2e, 0x0f3040, 0x4fb3a0, 0x8fd0ff},
    {0x2c4a7e, 0x38103f, 0x9a6be0, 0xe08ad0},
    {0x7e2f3a, 0x3a2a10, 0xd8a34a, 0xe58a9a},
    {0x7c2d5c, 0x2b2410, 0xb0883a, 0xe0746a},
    {0x2c6a80, 0x1c1444, 0x6a63dc, 0x8fc9e0},
    {0x2e7f4c, 0x12234c, 0x5f95d8, 0x8fe0c0},
    {0x462c7e, 0x401031, 0xd65aa0, 0xa98aea},
    {0x87502a, 0x321038, 0xe0864e, 0xd080b0},
    {0x34507a, 0x0e2f2c, 0x3fae9c, 0x9ad0f0},
    {0x6b6326, 0x3a1414, 0xdc7a46, 0xe8cf70},
}};

}  // namespace hub::ui::tokens
