#include "wasm/platform/fonts.hpp"

#include "imgui_internal.h"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

namespace hub::fonts {
namespace {

constexpr int face_count = 3;
constexpr float standard_size = 15.0F;
/// Runs not drawn for this many frames go when there are more than `runs_kept`.
constexpr std::uint64_t run_idle_frames = 120;
constexpr std::size_t runs_kept = 256;
/// Pixels a run may be wide in the atlas; longer ones are cut.
constexpr int run_width_limit = 1900;

std::array<ImFont*, face_count> faces = {};
bool discard_wanted = false;

/// Ink box and advance of a glyph or a run around the pen on the baseline, in CSS pixels, y down.
struct Ink {
  float advance = 0, left = 0, top = 0, right = 0, bottom = 0, right_to_left = 0;
};

Ink ink_of(int face, float size, std::string_view text) {
  Ink ink;
  std::array<float, 6> values = {};
  boundary::page_measure(face, size, text.data(), text.size(), values.data());
  ink = {values[0], values[1], values[2], values[3], values[4], values[5]};
  return ink;
}

/// Where a picture of ink lies in the atlas' pixels, and how it is put on the screen.
struct Raster {
  int width = 0, height = 0;
  float pen_x = 0, pen_y = 0;  ///< in pixels of the picture
  int across = 1;              ///< pixels sideways for each pixel of the screen

  [[nodiscard]] bool empty() const { return width <= 0 || height <= 0; }
};

/// Glyphs start anywhere between two pixels of the screen. On coarse screens they are drawn finer sideways and blurred by just one pixel of
/// the screen, so that reading them at a fraction of a pixel gives even spacing and weight instead of smear.
int pixels_across(float density) {
  return density < 1.25F ? 3 : density < 2.5F ? 2 : 1;
}

Raster raster_for(const Ink& ink, float density) {
  Raster raster;
  if (ink.right <= ink.left || ink.bottom <= ink.top) return raster;
  raster.across = pixels_across(density);
  const float x_scale = density * static_cast<float>(raster.across);
  const float margin = static_cast<float>(raster.across) + 1.0F;
  raster.pen_x = std::ceil(-ink.left * x_scale + margin);
  raster.pen_y = std::ceil(-ink.top * density + 1.0F);
  raster.width = static_cast<int>(std::ceil(raster.pen_x + ink.right * x_scale + margin));
  raster.height = static_cast<int>(std::ceil(raster.pen_y + ink.bottom * density + 1.0F));
  return raster;
}

/// Box filter of `across` pixels sideways, in place, over alpha; colours of coloured glyphs are weighted by their alpha.
void blur_across(std::vector<std::uint8_t>& pixels, int width, int height, int across) {
  if (across <= 1) return;
  std::vector<std::uint8_t> row(static_cast<std::size_t>(width) * 4);
  const int before = (across - 1) / 2;
  for (int y = 0; y < height; ++y) {
    std::uint8_t* line = pixels.data() + static_cast<std::size_t>(y) * row.size();
    std::memcpy(row.data(), line, row.size());
    for (int x = 0; x < width; ++x) {
      int alpha = 0;
      std::array<int, 3> color = {};
      for (int k = x - before; k < x - before + across; ++k) {
        if (k < 0 || k >= width) continue;
        const std::uint8_t* from = row.data() + static_cast<std::size_t>(k) * 4;
        alpha += from[3];
        for (std::size_t c = 0; c < 3; ++c) color[c] += from[c] * from[3];
      }
      std::uint8_t* to = line + static_cast<std::size_t>(x) * 4;
      for (std::size_t c = 0; c < 3; ++c) to[c] = static_cast<std::uint8_t>(alpha > 0 ? color[c] / alpha : 255);
      to[3] = static_cast<std::uint8_t>(alpha / across);
    }
  }
}

struct Picture {
  std::vector<std::uint8_t> pixels;
  bool colored = false;
};

Picture draw(int face, float size, std::string_view text, const Raster& raster, float density) {
  Picture picture;
  picture.pixels.resize(static_cast<std::size_t>(raster.width) * static_cast<std::size_t>(raster.height) * 4);
  picture.colored = boundary::page_draw(face, size, text.data(), text.size(), density * static_cast<float>(raster.across), density,
                                        raster.pen_x, raster.pen_y, raster.width, raster.height, picture.pixels.data()) != 0;
  blur_across(picture.pixels, raster.width, raster.height, raster.across);
  return picture;
}

int face_of(const ImFontConfig* source) {
  return static_cast<int>(source->FontNo);
}

int face_of(const ImFont* font) {
  for (int face = 0; face < face_count; ++face)
    if (faces[static_cast<std::size_t>(face)] == font) return face;
  return 0;
}

bool is_invisible(unsigned int c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

// ImGui's font loader --------------------------------------------------------------------------------------------------------------------

struct BakedData {
  float digit_advance;
};

int glyph_index(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) {
  return static_cast<int>(codepoint);
}
bool contains_glyph(ImFontAtlas*, ImFontConfig*, int index) {
  return index > 0;
}
bool source_init(ImFontAtlas*, ImFontConfig*) {
  return true;
}

/// Baseline below the top of a line as high as the size.
float baseline(int face, float size) {
  std::array<float, 2> metrics = {};
  boundary::page_font_metrics(face, size, metrics.data());
  return std::floor((size + metrics[0] - metrics[1]) * 0.5F);
}

bool baked_init(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void* data) {
  const int face = face_of(source);
  baked->Ascent = baseline(face, baked->Size);
  baked->Descent = baked->Ascent - baked->Size;
  float widest = 0;
  for (char digit = '0'; digit <= '9'; ++digit) widest = std::max(widest, ink_of(face, baked->Size, std::string_view(&digit, 1)).advance);
  static_cast<BakedData*>(data)->digit_advance = widest;
  return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* data, int index, ImFontGlyph* glyph,
                float* advance_only) {
  const auto codepoint = static_cast<unsigned int>(index);
  std::array<char, 5> utf8 = {};
  ImTextCharToUtf8(utf8.data(), codepoint);
  const std::string_view text(utf8.data());
  const int face = face_of(source);

  Ink ink;
  if (codepoint == '\t') {
    ink = ink_of(face, baked->Size, " ");
    ink.advance *= 4;
    ink.right = ink.left;
  } else if (!is_invisible(codepoint)) {
    ink = ink_of(face, baked->Size, text);
  }
  float shift = 0;
  if (codepoint >= '0' && codepoint <= '9') {
    const float advance = static_cast<BakedData*>(data)->digit_advance;
    shift = (advance - ink.advance) * 0.5F;
    ink.advance = advance;
  }
  if (advance_only != nullptr) {
    *advance_only = ink.advance;
    return true;
  }
  glyph->AdvanceX = ink.advance;

  const float density = baked->RasterizerDensity;
  const Raster raster = raster_for(ink, density);
  if (raster.empty()) return true;
  const ImFontAtlasRectId pack = ImFontAtlasPackAddRect(atlas, raster.width, raster.height);
  if (pack == ImFontAtlasRectId_Invalid) return false;
  const Picture picture = draw(face, baked->Size, text, raster, density);
  const float x_step = 1.0F / (density * static_cast<float>(raster.across));
  const float y_step = 1.0F / density;
  // The box filter of an even number of pixels leans by half a pixel to the right; the picture is moved back.
  const float lean = raster.across % 2 == 0 ? -0.5F * x_step : 0.0F;
  glyph->X0 = -raster.pen_x * x_step + shift + lean;
  glyph->Y0 = baked->Ascent - raster.pen_y * y_step;
  glyph->X1 = glyph->X0 + static_cast<float>(raster.width) * x_step;
  glyph->Y1 = glyph->Y0 + static_cast<float>(raster.height) * y_step;
  glyph->Visible = true;
  glyph->Colored = picture.colored;
  glyph->PackId = pack;
  ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, pack);
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect, picture.pixels.data(), ImTextureFormat_RGBA32, raster.width * 4);
  return true;
}

const ImFontLoader* loader() {
  static const ImFontLoader instance = [] {
    ImFontLoader made;
    made.Name = "browser";
    made.FontSrcInit = source_init;
    made.FontSrcGetGlyphIndexFromCodepoint = glyph_index;
    made.FontSrcContainsGlyph = contains_glyph;
    made.FontBakedInit = baked_init;
    made.FontBakedLoadGlyph = load_glyph;
    made.FontBakedSrcLoaderDataSize = sizeof(BakedData);
    return made;
  }();
  return &instance;
}

// Runs drawn whole ----------------------------------------------------------------------------------------------------------------------

struct Run {
  Ink ink;
  Raster raster;
  ImFontAtlasRectId rect = ImFontAtlasRectId_Invalid;
  bool colored = false;
  std::uint64_t used = 0;
};

std::unordered_map<std::string, Run> runs;

std::string run_key(int face, float size, float density, std::string_view text) {
  std::string key(text);
  key.push_back('\0');
  key += std::to_string(face) + ' ' + std::to_string(static_cast<int>(size * 4)) + ' ' + std::to_string(static_cast<int>(density * 64));
  return key;
}

Run& run_of(std::string_view text, bool with_picture) {
  ImFont* font = ImGui::GetFont();
  const float size = ImGui::GetFontSize();
  const float density = ImGui::GetFontBaked()->RasterizerDensity;
  const int face = face_of(font);
  auto [found, fresh] = runs.try_emplace(run_key(face, size, density, text));
  Run& run = found->second;
  run.used = frame::count();
  if (fresh) {
    run.ink = ink_of(face, size, text);
    run.raster = raster_for(run.ink, density);
    if (run.raster.width > run_width_limit) run.raster.width = run_width_limit;
  }
  if (with_picture && run.rect == ImFontAtlasRectId_Invalid && !run.raster.empty()) {
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    ImFontAtlasRect placed;
    run.rect = atlas->AddCustomRect(run.raster.width, run.raster.height, &placed);
    if (run.rect != ImFontAtlasRectId_Invalid) {
      const Picture picture = draw(face, size, text, run.raster, density);
      run.colored = picture.colored;
      ImTextureData* texture = atlas->TexData;
      const std::size_t line = static_cast<std::size_t>(run.raster.width) * 4;
      for (int y = 0; y < run.raster.height; ++y)
        std::memcpy(texture->GetPixelsAt(placed.x, placed.y + y), picture.pixels.data() + static_cast<std::size_t>(y) * line, line);
      ImFontAtlasTextureBlockQueueUpload(atlas, texture, placed.x, placed.y, run.raster.width, run.raster.height);
    }
  }
  return run;
}

void forget_run(const Run& run) {
  if (run.rect != ImFontAtlasRectId_Invalid) ImGui::GetIO().Fonts->RemoveCustomRect(run.rect);
}

float draw_run(ImDrawList* list, ImVec2 position, ImU32 color, std::string_view text) {
  const Run& run = run_of(text, true);
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  ImFontAtlasRect placed;
  if (run.rect == ImFontAtlasRectId_Invalid || !atlas->GetCustomRect(run.rect, &placed)) return run.ink.advance;
  const float density = ImGui::GetFontBaked()->RasterizerDensity;
  const float x_step = 1.0F / (density * static_cast<float>(run.raster.across));
  const float y_step = 1.0F / density;
  const float x = std::trunc(position.x) - run.raster.pen_x * x_step;
  const float y = std::trunc(position.y) + ImGui::GetFontBaked()->Ascent - run.raster.pen_y * y_step;
  const ImVec2 end(x + static_cast<float>(run.raster.width) * x_step, y + static_cast<float>(run.raster.height) * y_step);
  list->AddImage(atlas->TexRef, ImVec2(x, y), end, placed.uv0, placed.uv1, run.colored ? (color | 0x00FFFFFFU) : color);
  return run.ink.advance;
}

// Lines -----------------------------------------------------------------------------------------------------------------------------------

unsigned int next_codepoint(std::string_view text, std::size_t& at) {
  unsigned int codepoint = 0;
  const int length = ImTextCharFromUtf8(&codepoint, text.data() + at, text.data() + text.size());
  at += static_cast<std::size_t>(std::max(length, 1));
  return codepoint;
}

float width_of(std::string_view text) {
  if (text.empty()) return 0;
  if (needs_shaping(text)) return run_of(text, false).ink.advance;
  ImFontBaked* baked = ImGui::GetFontBaked();
  float width = 0;
  for (std::size_t at = 0; at < text.size();) width += baked->GetCharAdvance(next_codepoint(text, at));
  return width;
}

bool is_ideograph(unsigned int c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

/// Length of the longest beginning that is at most `width` wide with “…” behind it.
std::size_t fitting(std::string_view text, float width) {
  const float room = width - width_of("…");
  std::size_t fits = 0;
  if (needs_shaping(text)) {
    for (std::size_t at = 0; at < text.size();) {
      next_codepoint(text, at);
      if (width_of(text.substr(0, at)) > room) break;
      fits = at;
    }
    return fits;
  }
  ImFontBaked* baked = ImGui::GetFontBaked();
  float used = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += baked->GetCharAdvance(next_codepoint(text, at));
    if (used > room) break;
    fits = at;
  }
  return fits;
}

std::string shortened(std::string_view text, float width) {
  std::string_view kept = text.substr(0, fitting(text, width));
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + "…";
}

float draw_whole(ImDrawList* list, ImVec2 position, ImU32 color, std::string_view text) {
  if (text.empty()) return 0;
  if (needs_shaping(text)) return draw_run(list, position, color, text);
  list->AddText(position, color, text.data(), text.data() + text.size());
  return width_of(text);
}

/// Where the line that starts at `from` ends, and where the next one starts.
struct Line {
  std::size_t end, next;
};

Line break_line(std::string_view text, std::size_t from, float width) {
  std::size_t last_break = 0, last_next = 0;
  float used = 0;
  ImFontBaked* baked = ImGui::GetFontBaked();
  const bool shaped = needs_shaping(text);
  for (std::size_t at = from; at < text.size();) {
    const std::size_t here = at;
    const unsigned int c = next_codepoint(text, at);
    if (c == '\n') return {here, at};
    if (c == ' ') {
      last_break = here;
      last_next = at;
    } else if (is_ideograph(c) && here > from) {
      last_break = last_next = here;
    }
    if (shaped) {
      // Letters are as wide as their neighbours make them: whole words are measured, and kept as such.
      if (c == ' ') {
        used += baked->GetCharAdvance(c);
        continue;
      }
      const std::size_t end = std::min({text.find(' ', here), text.find('\n', here), text.size()});
      used += width_of(text.substr(here, end - here));
      at = end;
    } else {
      used += baked->GetCharAdvance(c);
    }
    if (used > width && c != ' ') {
      if (last_next > from) return {last_break, last_next};
      const std::size_t cut = here > from && !shaped ? here : at;
      return {cut, cut};
    }
  }
  return {text.size(), text.size()};
}

}  // namespace

bool needs_shaping(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const unsigned int c = next_codepoint(text, at);
    const bool shaped = (c >= 0x300 && c <= 0x36F) || (c >= 0x590 && c <= 0x109F) || (c >= 0x1100 && c <= 0x11FF) ||
                        (c >= 0x1700 && c <= 0x18AF) || (c >= 0x1A00 && c <= 0x1CFF) || c == 0x200D || (c >= 0x20D0 && c <= 0x20FF) ||
                        (c >= 0xA800 && c <= 0xABFF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE00 && c <= 0xFE0F) ||
                        (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10A00 && c <= 0x11FFF) || (c >= 0x1E800 && c <= 0x1EFFF) ||
                        (c >= 0x1F1E6 && c <= 0x1F1FF) || (c >= 0x1F3FB && c <= 0x1F3FF);
    if (shaped) return true;
  }
  return false;
}

ImFont* regular() {
  return faces[0];
}
ImFont* semibold() {
  return faces[1];
}
ImFont* bold() {
  return faces[2];
}

ImVec2 measure(std::string_view text) {
  return {width_of(text), ImGui::GetFontSize()};
}

float draw_text(ImDrawList* list, ImVec2 position, ImU32 color, std::string_view text, float max_width) {
  if (max_width > 0 && width_of(text) > max_width + 0.01F) return draw_whole(list, position, color, shortened(text, max_width));
  return draw_whole(list, position, color, text);
}

ImVec2 draw_paragraph(ImDrawList* list, ImVec2 position, ImU32 color, std::string_view text, float width, float line_height,
                      int max_lines) {
  const float size = ImGui::GetFontSize();
  if (line_height <= 0) line_height = size;
  const float lead = std::floor((line_height - size) * 0.5F);
  ImVec2 extent(0, 0);
  int lines = 0;
  for (std::size_t from = 0; from < text.size();) {
    const Line line = break_line(text, from, width);
    std::string_view part = text.substr(from, line.end - from);
    std::string cut;
    if (max_lines > 0 && lines + 1 == max_lines && line.next < text.size()) {
      // The last line takes what follows as well and is shortened to fit.
      cut = shortened(text.substr(from, std::min(text.find('\n', from), text.size()) - from), width);
      part = cut;
    }
    const ImVec2 at(position.x, position.y + static_cast<float>(lines) * line_height + lead);
    extent.x = std::max(extent.x, list != nullptr ? draw_whole(list, at, color, part) : width_of(part));
    ++lines;
    if (!cut.empty()) break;
    from = line.next;
  }
  extent.y = static_cast<float>(lines) * line_height;
  return extent;
}

bool cuts_word(std::string_view text, float width) {
  for (std::size_t from = 0; from < text.size();) {
    const Line line = break_line(text, from, width);
    std::size_t next = line.next;
    if (line.end == line.next && next < text.size() && !is_ideograph(next_codepoint(text, next))) return true;
    from = line.next;
  }
  return false;
}

void create() {
  ImGuiIO& io = ImGui::GetIO();
  ImFontAtlas* atlas = io.Fonts;
  atlas->TexDesiredFormat = ImTextureFormat_RGBA32;
  atlas->TexMaxWidth = 4096;
  atlas->TexMaxHeight = 2048;
  atlas->SetFontLoader(loader());
  static std::uint8_t no_data = 0;
  for (int face = 0; face < face_count; ++face) {
    ImFontConfig config;
    config.FontData = &no_data;
    config.FontDataSize = 1;
    config.FontDataOwnedByAtlas = false;
    config.SizePixels = standard_size;
    config.FontLoader = loader();
    config.FontNo = static_cast<ImU32>(face);
    ImFormatString(config.Name, sizeof config.Name, "system %d", face == 0 ? 400 : face == 1 ? 600 : 700);
    faces[static_cast<std::size_t>(face)] = atlas->AddFont(&config);
  }
  io.FontDefault = faces[0];
  ImGui::GetStyle().FontSizeBase = standard_size;
}

void discard() {
  discard_wanted = true;
  frame::request(2);
}

void collect() {
  if (discard_wanted) {
    discard_wanted = false;
    for (const auto& [key, run] : runs) forget_run(run);
    runs.clear();
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    for (ImFont* font : faces) ImFontAtlasFontDiscardBakes(atlas, font, 0);
  }
  if (runs.size() <= runs_kept) return;
  std::erase_if(runs, [](const auto& entry) {
    const bool old = entry.second.used + run_idle_frames < frame::count();
    if (old) forget_run(entry.second);
    return old;
  });
}

}  // namespace hub::fonts
