#include "wasm/platform/display.hpp"

#include "wasm/platform/frame.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace hub::display {
namespace {

std::array<double, 15> page = {0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
bool changed = true;
PageColors colors_now = {};
bool colors_set = false;

float number(std::size_t index) {
  return static_cast<float>(page[index]);
}
bool flag(std::size_t index) {
  return page[index] != 0;
}

}  // namespace

void mark_changed() {
  changed = true;
}

void refresh() {
  if (!changed) return;
  changed = false;
  boundary::page_environment(page.data());
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = size();
  io.DisplayFramebufferScale = ImVec2(scale(), scale());
}

ImVec2 size() {
  return {number(0), number(1)};
}
float scale() {
  return std::max(number(2), 0.1F);
}
Insets safe_area() {
  return {number(3), number(4), std::max(number(5), number(7)), number(6)};
}
float keyboard_height() {
  return number(7);
}
float text_scale() {
  return std::clamp(number(8), 0.5F, 4.0F);
}
bool coarse_pointer() {
  return flag(9);
}
Scheme scheme() {
  return flag(10) ? Scheme::dark : Scheme::light;
}
bool more_contrast() {
  return flag(11);
}
bool forced_colors() {
  return flag(12);
}
bool reduced_motion() {
  return flag(13);
}
bool hidden() {
  return flag(14);
}

ImU32 system_color(const char* css_name) {
  return boundary::page_system_color(css_name, std::strlen(css_name));
}

void set_page_colors(const PageColors& colors) {
  const bool same = colors_set && colors.background == colors_now.background && colors.caret == colors_now.caret &&
                    colors.selection == colors_now.selection && colors.scrollbar == colors_now.scrollbar &&
                    colors.text == colors_now.text && colors.scheme == colors_now.scheme;
  if (same) return;
  const bool other_gamma = colors_set && colors.scheme != colors_now.scheme;
  colors_now = colors;
  colors_set = true;
  boundary::page_set_colors(colors.background, colors.caret, colors.selection, colors.scrollbar, colors.text,
                            colors.scheme == Scheme::dark ? 1 : 0);
  if (other_gamma) fonts::discard();
  frame::request(2);
}

}  // namespace hub::display
