#include "wasm/platform/renderer.hpp"

#include <GLES3/gl3.h>
#include <emscripten/html5.h>
#include <emscripten/html5_webgl.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace hub::renderer {
namespace {

constexpr const char* vertex_source = R"(#version 300 es
precision highp float;
layout (location = 0) in vec2 position;
layout (location = 1) in vec2 place;
layout (location = 2) in vec4 tint;
uniform vec4 to_clip;
out vec2 at;
out vec4 color;
void main() {
  at = place;
  color = tint;
  gl_Position = vec4(position * to_clip.xy + to_clip.zw, 0.0, 1.0);
}
)";

constexpr const char* fragment_source = R"(#version 300 es
precision mediump float;
precision highp sampler2D;
uniform sampler2D picture;
in highp vec2 at;
in vec4 color;
layout (location = 0) out vec4 result;
void main() { result = color * texture(picture, at); }
)";

/// A part of the canvas in its own pixels, from the top left; right and bottom are just outside.
struct Area {
  GLint left = 0, top = 0, right = 0, bottom = 0;
  bool operator==(const Area&) const = default;
};

bool lost = false;
/// Of what is on the canvas; 0: nothing is, or something unknown.
std::uint64_t on_canvas = 0;
GLuint program = 0;
GLint to_clip = -1;
GLuint vertex_array = 0;
GLuint vertices = 0;
GLuint indices = 0;
ImVec4 fitted;     ///< the canvas's size in pixels and in units that the program draws for
Area scissor;      ///< as the context has it
GLuint bound = 0;  ///< the texture, likewise
std::vector<std::uint8_t> patch;

GLuint compile(GLenum kind, const char* source) {
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

const void* offset(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);
}

/// The context is ours alone: what does not change from frame to frame is told it once.
void set_state() {
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glEnable(GL_SCISSOR_TEST);
  glUseProgram(program);
  fitted = {};
  scissor = {};
  bound = 0;
}

void make_objects() {
  program = glCreateProgram();
  const GLuint vertex = compile(GL_VERTEX_SHADER, vertex_source);
  const GLuint fragment = compile(GL_FRAGMENT_SHADER, fragment_source);
  glAttachShader(program, vertex);
  glAttachShader(program, fragment);
  glLinkProgram(program);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  to_clip = glGetUniformLocation(program, "to_clip");

  glGenVertexArrays(1, &vertex_array);
  glGenBuffers(1, &vertices);
  glGenBuffers(1, &indices);
  glBindVertexArray(vertex_array);
  glBindBuffer(GL_ARRAY_BUFFER, vertices);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices);
  for (const GLuint location : {0U, 1U, 2U}) glEnableVertexAttribArray(location);
  constexpr GLsizei stride = sizeof(ImDrawVert);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset(offsetof(ImDrawVert, col)));
  set_state();
}

void fit(const ImDrawData& data, ImVec2 pixels) {
  const ImVec4 wanted(pixels.x, pixels.y, data.DisplaySize.x, data.DisplaySize.y);
  if (wanted.x == fitted.x && wanted.y == fitted.y && wanted.z == fitted.z && wanted.w == fitted.w) return;
  fitted = wanted;
  glViewport(0, 0, static_cast<GLsizei>(pixels.x), static_cast<GLsizei>(pixels.y));
  const float x = 2.0F / data.DisplaySize.x;
  const float y = -2.0F / data.DisplaySize.y;
  glUniform4f(to_clip, x, y, -1.0F - data.DisplayPos.x * x, 1.0F - data.DisplayPos.y * y);
}

void set_scissor(const Area& area, ImVec2 pixels) {
  if (area == scissor) return;
  scissor = area;
  glScissor(area.left, static_cast<GLint>(pixels.y) - area.bottom, area.right - area.left, area.bottom - area.top);
}

void upload(const ImTextureData& texture, const ImTextureRect& part) {
  // The part's lines lie apart in the whole picture; WebGL takes them together.
  const std::size_t line = static_cast<std::size_t>(part.w) * 4;
  patch.resize(line * part.h);
  for (int y = 0; y < part.h; ++y) {
    const auto* from = static_cast<const std::uint8_t*>(const_cast<ImTextureData&>(texture).GetPixelsAt(part.x, part.y + y));
    std::copy(from, from + line, patch.begin() + static_cast<std::ptrdiff_t>(line) * y);
  }
  glTexSubImage2D(GL_TEXTURE_2D, 0, part.x, part.y, part.w, part.h, GL_RGBA, GL_UNSIGNED_BYTE, patch.data());
}

void update_texture(ImTextureData& texture) {
  if (texture.Status == ImTextureStatus_WantCreate) {
    GLuint made = 0;
    glGenTextures(1, &made);
    glBindTexture(GL_TEXTURE_2D, made);
    for (const GLenum filter : {GLenum{GL_TEXTURE_MIN_FILTER}, GLenum{GL_TEXTURE_MAG_FILTER}})
      glTexParameteri(GL_TEXTURE_2D, filter, GL_LINEAR);
    for (const GLenum wrap : {GLenum{GL_TEXTURE_WRAP_S}, GLenum{GL_TEXTURE_WRAP_T}}) glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, texture.Width, texture.Height, 0, GL_RGBA, GL_UNSIGNED_BYTE, texture.GetPixels());
    texture.SetTexID(made);
    texture.SetStatus(ImTextureStatus_OK);
  } else if (texture.Status == ImTextureStatus_WantUpdates) {
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture.TexID));
    for (const ImTextureRect& part : texture.Updates) upload(texture, part);
    texture.SetStatus(ImTextureStatus_OK);
  } else if (texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0) {
    const auto old = static_cast<GLuint>(texture.TexID);
    glDeleteTextures(1, &old);
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(ImTextureStatus_Destroyed);
  }
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 29U);
}

std::uint64_t mixed(std::uint64_t hash, const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  std::uint64_t word = 0;
  for (; size >= sizeof word; size -= sizeof word, bytes += sizeof word) {
    std::memcpy(&word, bytes, sizeof word);
    hash = mixed(hash, word);
  }
  word = 0;
  std::memcpy(&word, bytes, size);
  return mixed(mixed(hash, word), size);
}

/// The same for the same picture, and never 0.
std::uint64_t fingerprint_of(const ImDrawData& data, ImVec4 background) {
  std::uint64_t hash = mixed(0, &background, sizeof background);
  for (const ImVec2 part : {data.DisplayPos, data.DisplaySize, data.FramebufferScale}) hash = mixed(hash, &part, sizeof part);
  for (const ImDrawList* list : data.CmdLists) {
    hash = mixed(hash, list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    hash = mixed(hash, list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      hash = mixed(hash, &command.ClipRect, sizeof command.ClipRect);
      hash = mixed(hash, command.GetTexID());
      hash = mixed(hash, command.ElemCount);
    }
  }
  return hash | 1U;
}

/// Triangles that follow each other in the list and are drawn at once.
struct Run {
  GLuint texture = 0;
  unsigned first = 0, count = 0;
  Area clip;
};

/// Whether none of the command's triangles reaches out of `clip`.
bool lies_within(const ImDrawList& list, const ImDrawCmd& command, const ImDrawData& data, const Area& clip) {
  const ImDrawIdx* const begin = list.IdxBuffer.Data + command.IdxOffset;
  const auto [least, most] = std::minmax_element(begin, begin + command.ElemCount);
  // What a command draws with, it has made itself, so that its vertices follow each other.
  const ImVec2 scale = data.FramebufferScale;
  const auto left = static_cast<float>(clip.left) / scale.x + data.DisplayPos.x;
  const auto top = static_cast<float>(clip.top) / scale.y + data.DisplayPos.y;
  const auto right = static_cast<float>(clip.right) / scale.x + data.DisplayPos.x;
  const auto bottom = static_cast<float>(clip.bottom) / scale.y + data.DisplayPos.y;
  return std::all_of(list.VtxBuffer.Data + *least, list.VtxBuffer.Data + *most + 1, [&](const ImDrawVert& one) {
    return one.pos.x >= left && one.pos.x <= right && one.pos.y >= top && one.pos.y <= bottom;
  });
}

void draw_run(const Run& run, ImVec2 pixels) {
  if (run.count == 0) return;
  set_scissor(run.clip, pixels);
  if (run.texture != bound) {
    bound = run.texture;
    glBindTexture(GL_TEXTURE_2D, bound);
  }
  glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(run.count), sizeof(ImDrawIdx) == 2 ? GL_UNSIGNED_SHORT : GL_UNSIGNED_INT,
                 offset(run.first * sizeof(ImDrawIdx)));
}

/// Every cell of a table clips what it draws, though hardly any of it would reach out. What does not is drawn together, as each call costs
/// more than its triangles.
void draw_list(const ImDrawList& list, const ImDrawData& data, ImVec2 pixels) {
  glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);
  const ImVec2 scale = data.FramebufferScale;
  const Area all{0, 0, static_cast<GLint>(pixels.x), static_cast<GLint>(pixels.y)};
  Run run;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    Area clip{static_cast<GLint>((command.ClipRect.x - data.DisplayPos.x) * scale.x),
              static_cast<GLint>((command.ClipRect.y - data.DisplayPos.y) * scale.y),
              static_cast<GLint>((command.ClipRect.z - data.DisplayPos.x) * scale.x),
              static_cast<GLint>((command.ClipRect.w - data.DisplayPos.y) * scale.y)};
    if (command.ElemCount == 0 || clip.right <= clip.left || clip.bottom <= clip.top) continue;
    if (lies_within(list, command, data, clip)) clip = all;
    const auto texture = static_cast<GLuint>(command.GetTexID());
    if (run.count > 0 && run.texture == texture && run.clip == clip && run.first + run.count == command.IdxOffset) {
      run.count += command.ElemCount;
      continue;
    }
    draw_run(run, pixels);
    run = {texture, command.IdxOffset, command.ElemCount, clip};
  }
  draw_run(run, pixels);
}

}  // namespace

bool create() {
  // The page has made it already (web/host.js), with these wishes.
  EmscriptenWebGLContextAttributes wishes;
  emscripten_webgl_init_context_attributes(&wishes);
  wishes.majorVersion = 2;
  wishes.alpha = false;
  wishes.depth = false;
  wishes.stencil = false;
  wishes.antialias = false;
  wishes.enableExtensionsByDefault = false;
  wishes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context("#surface", &wishes);
  if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS) return false;
  ImGuiIO& io = ImGui::GetIO();
  io.BackendRendererName = "webgl2";
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  GLint largest = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
  ImGui::GetPlatformIO().Renderer_TextureMaxWidth = largest;
  ImGui::GetPlatformIO().Renderer_TextureMaxHeight = largest;
  return true;
}

void draw(ImDrawData& data, ImVec4 background) {
  if (lost) return;
  const ImVec2 pixels(data.DisplaySize.x * data.FramebufferScale.x + 0.5F, data.DisplaySize.y * data.FramebufferScale.y + 0.5F);
  if (program == 0) make_objects();
  bool other_textures = false;
  if (data.Textures != nullptr)
    for (ImTextureData* texture : *data.Textures)
      if (texture->Status != ImTextureStatus_OK) update_texture(*texture), other_textures = true;
  // Many frames are asked for only in case something moves. What stands on the canvas stays there without being drawn.
  const auto wanted = fingerprint_of(data, background);
  if (other_textures) bound = 0;
  if (wanted == on_canvas && !other_textures) return;
  on_canvas = wanted;
  fit(data, pixels);
  set_scissor({0, 0, static_cast<GLint>(pixels.x), static_cast<GLint>(pixels.y)}, pixels);
  glClearColor(background.x, background.y, background.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  for (const ImDrawList* list : data.CmdLists) draw_list(*list, data, pixels);
}

void lose() {
  lost = true;
  on_canvas = 0;
  program = vertex_array = vertices = indices = 0;
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    // What keeps no pixels here is made anew by whoever drew with it.
    if (texture->Pixels == nullptr) texture->WantDestroyNextFrame = true;
    if (texture->Status == ImTextureStatus_WantDestroy || texture->Pixels == nullptr)
      texture->SetStatus(ImTextureStatus_Destroyed);
    else if (texture->Status != ImTextureStatus_Destroyed)
      texture->SetStatus(ImTextureStatus_WantCreate);
  }
}

void restore() {
  lost = false;
}

}  // namespace hub::renderer
