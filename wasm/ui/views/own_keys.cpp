#include "wasm/ui/views/own_keys.hpp"

#include <string>
#include <unordered_map>

#include "wasm/platform/field.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/search_field.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

constexpr float gap = 10;

/// Whose key is about to be entered.
std::string& wanted() {
  static std::string service;
  return service;
}

void head(Column& column, const protocol::OwnKey& one) {
  const text::Style name{.weight = Weight::semibold};
  const float used = text::line(column.at(), one.name, name);
  // What is not kept can be got.
  if (!one.kept) {
    constexpr std::string_view get = "Get one";
    const bool beside = used + gap + text::measure(get, name).x <= column.width();
    if (!beside) column.skip(theme::line_of(Type::body));
    text_link("get", ImVec2(column.at().x + (beside ? used + gap : 0), column.at().y), get, one.address, Icon::none, Type::body);
  }
  column.skip(theme::line_of(Type::body));
  column.gap(6);
}

void kept_key(Column& column, const protocol::OwnKey& one) {
  const std::string name = "Remove the key for " + one.name;
  const ButtonOptions options{.name = name};
  const ImVec2 size = button_size("Remove", options);
  const float middle = (size.y - theme::line_of(Type::body)) / 2;
  text::line(ImVec2(column.at().x, column.at().y + middle), "A key is kept on this device.", {.color = theme::colors().muted});
  const ImVec2 at(column.at().x + column.width() - size.x, column.at().y);
  if (button("remove", ImRect(at, ImVec2(at.x + size.x, at.y + size.y)), "Remove", options)) client().keep_key(one.service, {});
  column.skip(size.y);
}

void no_key(Column& column, const protocol::OwnKey& one, std::string& typed) {
  const std::string field_name = "Key for " + one.name;
  const std::string button_name = "Keep the key for " + one.name;
  const ButtonOptions options{.name = button_name, .disabled = typed.empty()};
  const ImVec2 size = button_size("Keep", options);
  const ImVec2 at = column.at();
  const ImRect box(at, ImVec2(at.x + column.width() - size.x - gap, at.y + size.y));
  const FieldState state = text_field("key", typed, box, {.name = field_name, .max_length = 400, .enter_hint = "done"});
  if (wanted() == one.service) {
    mirror::focus(state.id, true);
    wanted().clear();
  }
  const ImVec2 beside(box.Max.x + gap, at.y);
  const bool pressed = button("keep", ImRect(beside, ImVec2(beside.x + size.x, beside.y + size.y)), "Keep", options);
  if ((pressed || state.submitted) && !typed.empty()) {
    client().keep_key(one.service, typed);
    typed.clear();
  }
  column.skip(size.y);
}

}  // namespace

void ask_for_key(std::string_view service) {
  wanted() = service;
}

void own_keys(Column& page, bool narrow) {
  static std::unordered_map<std::string, std::string> typed;
  const protocol::Network& network = client().network();
  if (network.own_keys.empty()) return;
  const auto& colors = theme::colors();
  Section section("own keys", page, "Keys of your own", narrow);
  Column& column = section.column();
  column.skip(text::paragraph(
      column.at(), column.width(),
      "Some services know more, and want a key that they give to anybody who asks. A key that you enter is kept on this device alone, in no backup, and "
      "sent to its own service and nobody else. Nothing needs one.",
      {.color = colors.muted}));
  for (const protocol::OwnKey& one : network.own_keys) {
    column.gap(16);
    ImGui::PushID(one.service.c_str());
    const mirror::Scope group({.role = mirror::Role::group, .name = one.name});
    head(column, one);
    if (one.kept)
      kept_key(column, one);
    else
      no_key(column, one, typed[one.service]);
    const text::Style small{.type = Type::small, .color = colors.muted, .said = false};
    const float height = one.words.empty() ? 0.0F : text::paragraph_height(one.words, column.width(), small);
    if (height > 0) column.gap(6);
    const std::string status_name = one.name + " key";
    mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.at().y + height)), status_name, one.words);
    if (height > 0) column.skip(text::paragraph(column.at(), column.width(), one.words, small));
    ImGui::PopID();
  }
}

}  // namespace hub::ui::views
