#include "wasm/platform/field.hpp"

#include "wasm/platform/fonts.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <cmath>
#include <unordered_map>

namespace hub {
namespace {

struct Field {
  std::string typed;     ///< what the element holds
  bool arrived = false;  ///< `typed` is newer than the view's value
  bool submitted = false;
  bool composing = false;
  float scrolled = 0;
  std::uint64_t used = 0;
};

std::unordered_map<ImGuiID, Field> fields_known;

int weight_of(const ImFont* font) {
  return font == fonts::bold() ? 700 : font == fonts::semibold() ? 600 : 400;
}

void add_attribute(std::string& to, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  to += to.back() == '{' ? "\"" : ",\"";
  to += name;
  to += "\":";
  mirror::append_string(to, value);
}

std::string members(const std::string& value, const FieldOptions& options, ImVec2 padding_x, bool native) {
  std::string json = ",\"v\":";
  mirror::append_string(json, value);
  json += ",\"style\":[";
  const float lines = options.line_height > 0 ? options.line_height : ImGui::GetFontSize();
  for (const float number :
       {padding_x.x, padding_x.y, options.padding.y, ImGui::GetFontSize(), static_cast<float>(weight_of(ImGui::GetFont())), lines}) {
    if (json.back() != '[') json += ',';
    mirror::append_number(json, static_cast<double>(number));
  }
  json += native ? "],\"native\":1,\"e\":{" : "],\"e\":{";
  add_attribute(json, "placeholder", options.placeholder);
  add_attribute(json, "inputmode", options.input_mode);
  add_attribute(json, "enterkeyhint", options.enter_hint);
  add_attribute(json, "spellcheck", options.spellcheck ? "true" : "false");
  if (options.max_length > 0) add_attribute(json, "maxlength", std::to_string(options.max_length));
  if (options.read_only) add_attribute(json, "readonly", "readonly");
  if (options.invalid) add_attribute(json, "aria-invalid", "true");
  json += '}';
  return json;
}

}  // namespace

namespace fields {

void on_action(boundary::Action action, ImGuiID id, double number, std::string_view text) {
  Field& field = fields_known[id];
  switch (action) {
    case boundary::Action::input:
      field.typed = text;
      field.arrived = true;
      break;
    case boundary::Action::composing: field.composing = number != 0; break;
    case boundary::Action::field_scroll: field.scrolled = static_cast<float>(number); break;
    case boundary::Action::submit: field.submitted = true; break;
    default: break;
  }
}

}  // namespace fields

FieldState field(const char* str_id, std::string& value, const ImRect& box, const FieldOptions& options) {
  FieldState state;
  state.id = ImGui::GetID(str_id);
  if (fields_known.size() > 256) std::erase_if(fields_known, [](const auto& entry) { return entry.second.used + 600 < frame::count(); });
  Field& known = fields_known[state.id];
  known.used = frame::count();
  if (known.arrived) {
    known.arrived = false;
    state.changed = value != known.typed;
    value = known.typed;
  }
  known.typed = value;
  state.submitted = known.submitted;
  known.submitted = false;
  state.composing = known.composing;

  if (options.disabled) ImGui::BeginDisabled();
  state.visible = ImGui::ItemAdd(box, state.id, nullptr, ImGuiItemFlags_NoNav);
  state.hovered = state.visible && ImGui::ItemHoverable(box, state.id, ImGui::GetItemFlags());
  if (options.disabled) ImGui::EndDisabled();
  state.focused = mirror::focused() == state.id;
  state.focus_visible = state.focused;
  // Caret and drawn text could disagree where words are joined or wrapped, so the browser shows such text itself while it is edited.
  // Otherwise it would shine through what is drawn over the field.
  const bool native = known.composing || (state.focused && (options.multiline || fonts::needs_shaping(value)));
  const ImVec2 padding(options.padding_left >= 0 ? options.padding_left : options.padding.x,
                       options.padding_right >= 0 ? options.padding_right : options.padding.x);
  mirror::Item hints;
  hints.role = options.role;
  hints.name = options.name;
  hints.description = options.description;
  hints.disabled = options.disabled;
  hints.keys = options.keys;
  hints.controls = options.controls;
  hints.active = options.active;
  hints.expanded = options.expanded;
  mirror::describe(hints);
  mirror::set_field(state.id, options.multiline, members(value, options, padding, native));
  if (!state.visible) return state;

  const ImU32 text_color = options.text_color != 0 ? options.text_color : ImGui::GetColorU32(ImGuiCol_Text);
  const ImU32 faint_color = options.placeholder_color != 0 ? options.placeholder_color : ImGui::GetColorU32(ImGuiCol_TextDisabled);
  const float size = ImGui::GetFontSize();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect inner(box.Min.x + padding.x, box.Min.y, box.Max.x - padding.y, box.Max.y);
  const float top = options.multiline ? box.Min.y + options.padding.y : std::floor((box.Min.y + box.Max.y - size) * 0.5F);
  list->PushClipRect(inner.Min, inner.Max, true);
  if (value.empty() && !known.composing) {
    fonts::draw_text(list, ImVec2(inner.Min.x, top), faint_color, options.placeholder, inner.GetWidth());
  } else if (!native && options.multiline) {
    const float lines = options.line_height > 0 ? options.line_height : size;
    fonts::draw_paragraph(list, ImVec2(inner.Min.x, top), text_color, value, inner.GetWidth(), lines);
  } else if (!native) {
    fonts::draw_text(list, ImVec2(inner.Min.x - known.scrolled, top), text_color, value);
  }
  list->PopClipRect();
  return state;
}

bool field_focused() {
  const ImGuiID focused = mirror::focused();
  if (focused == 0) return false;
  const auto found = fields_known.find(focused);
  return found != fields_known.end() && found->second.used + 1 >= frame::count();
}

}  // namespace hub
