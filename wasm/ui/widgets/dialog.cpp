#include "wasm/ui/widgets/dialog.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

/// Which dialog is open, and how high its content was in the frame before.
struct Kept {
  ImGuiID id = 0;
  std::uint64_t frame = 0;
  float height = 0;
  bool scrolls = false;
};
Kept& kept() {
  static Kept instance;
  return instance;
}

}  // namespace

Dialog::Dialog(const char* id, std::string_view title, const DialogOptions& options) {
  id_ = ImGui::GetID(id);
  Kept& last = kept();
  opening_ = last.id != id_ || last.frame + 1 < frame::count();
  if (opening_) last = {id_, 0, 0, false};
  last.frame = frame::count();

  const ImVec2 page = display::size();
  const auto safe = display::safe_area();
  sheet_ = page.x < 720;
  const float padding = sheet_ ? 20.0F : 24.0F;
  const float width = sheet_ ? page.x : std::min(options.width, page.x - 48);
  // A sheet leaves some of the page in sight, to be pressed; a dialog stands within it.
  most_ = page.y - safe.top - safe.bottom - (sheet_ ? std::min(24.0F, page.y * 0.05F) : 32.0F);
  const float height = std::min(last.height > 0 ? last.height : 200.0F, most_);
  const float left = sheet_ ? 0 : std::round((page.x - width) / 2);
  // A sheet rises from the bottom, where the thumb is; one with a field comes down from the top, as the keyboard covers the bottom.
  const bool rises = sheet_ && !options.high;
  const float top = options.high ? (sheet_ ? 0 : std::min(std::round(page.y * 0.12F), std::max(0.0F, page.y - height - 16)))
                    : sheet_     ? page.y - height - safe.bottom
                                 : std::max(16.0F, std::round((page.y - height) * 0.42F));
  const float above = sheet_ && options.high ? safe.top : 0;
  const ImRect box(ImVec2(left, top), ImVec2(left + width, top + above + height + (rises ? safe.bottom : 0)));
  const ImDrawFlags corners = rises ? ImDrawFlags_RoundTop : sheet_ ? ImDrawFlags_RoundBottom : ImDrawFlags_RoundAll;

  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(page);
  ImGui::SetNextWindowFocus();
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground);
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(ImVec2(0, 0), page, IM_COL32(0, 0, 0, 150));
  list->AddRectFilled(box.Min, box.Max, c.surface, theme::radius_card, corners);
  list->AddRect(box.Min, box.Max, c.line, theme::radius_card, 1.0F, corners);
  scope_.emplace(mirror::Item{.role = options.alert ? mirror::Role::alertdialog : mirror::Role::dialog,
                              .name = title,
                              .description = options.description,
                              .modal = true},
                 id_);
  scope_->box(box);
  if (input::pressed(ImGuiKey_Escape)) dismissed_ = true;
  if (!opening_ && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !box.Contains(ImGui::GetIO().MousePos)) dismissed_ = true;
  top_ = box.Min.y + above;
  const bool scrolls = last.height > most_;
  if (scrolls) {
    ImGui::SetCursorScreenPos(ImVec2(box.Min.x, top_));
    area_.emplace("content", ImVec2(width, height), ScrollOptions{}, mirror::Item{.role = mirror::Role::group, .name = title});
    // What had the focus stands at the end: reading begins at the title.
    if (!last.scrolls) mirror::focus(id_);
    top_ = ImGui::GetCursorScreenPos().y;
  }
  last.scrolls = scrolls;
  column_.emplace(ImVec2(box.Min.x + padding, top_ + padding), width - 2 * padding);
  if (!options.untitled) {
    column_->skip(text::heading(column_->at(), column_->width(), title, 2, {.type = theme::Type::heading, .weight = theme::Weight::bold}));
    column_->gap(8);
  }
  if (opening_) mirror::focus(id_);
}

float Dialog::room(float below) const {
  const float padding = sheet_ ? 20.0F : 24.0F;
  return most_ - (column_->y() - top_) - below - padding;
}

int Dialog::buttons(std::string_view safe, std::string_view action, bool dangerous) {
  Column& column = *column_;
  column.gap(24);
  int pressed = -1;
  const ButtonOptions act{.kind = dangerous ? ButtonKind::danger : ButtonKind::primary};
  if (sheet_) {
    if (!action.empty() && button("action", column.take(theme::control_height() + 4), action, act)) pressed = 1;
    if (!action.empty()) column.gap(10);
    if (button("safe", column.take(theme::control_height() + 4), safe)) pressed = 0;
  } else {
    const float safe_width = button_size(safe).x;
    const float action_width = action.empty() ? 0 : button_size(action, act).x + 12;
    if (safe_width + action_width > column.width()) {
      if (button("action", column.take(theme::control_height()), action, act)) pressed = 1;
      column.gap(10);
      if (button("safe", column.take(theme::control_height()), safe)) pressed = 0;
      if (opening_) mirror::focus(ImGui::GetID("safe"));
      return pressed;
    }
    const ImRect row = column.take(theme::control_height());
    const float left = row.Max.x - action_width - safe_width;
    if (button("safe", ImRect(ImVec2(left, row.Min.y), ImVec2(left + safe_width, row.Max.y)), safe)) pressed = 0;
    if (!action.empty() && button("action", ImRect(ImVec2(row.Max.x - action_width + 12, row.Min.y), row.Max), action, act)) pressed = 1;
  }
  if (opening_) mirror::focus(ImGui::GetID("safe"));
  return pressed;
}

DialogBody::DialogBody(Dialog& dialog, const char* id, std::string_view name)
    : dialog_(dialog), corner_(dialog.column().at()), kept_(ImGui::GetID(id)) {
  constexpr float least = 96;  // below that the whole dialog scrolls
  const float row_of_buttons = 24 + theme::control_height() + 4;
  height_ = std::min(ImGui::GetStateStorage()->GetFloat(kept_, 0), std::max(dialog.room(row_of_buttons), least));
  ImGui::SetCursorScreenPos(corner_);
  // The browser's bar lies beside the content.
  const float width = dialog.column().width();
  area_.emplace(id, ImVec2(width + 12, height_), ScrollOptions{.focusable = false},
                mirror::Item{.role = mirror::Role::group, .name = name});
  column_.emplace(width);
  top_ = column_->y();
}

DialogBody::~DialogBody() {
  const float content = column_->y() - top_;
  const float position = area_->position();
  const float width = column_->width();
  column_.reset();
  area_.reset();
  ImGuiStorage* kept = ImGui::GetStateStorage();
  if (kept->GetFloat(kept_, 0) != content) frame::request();
  kept->SetFloat(kept_, content);
  dialog_.column().skip(height_);
  // There is more above, or below.
  const auto edge = [&](float y, bool more) {
    if (more) ImGui::GetWindowDrawList()->AddLine(ImVec2(corner_.x, y), ImVec2(corner_.x + width, y), theme::colors().line, 1.0F);
  };
  edge(corner_.y - 0.5F, position > 1);
  edge(corner_.y + height_ + 0.5F, position + height_ < content - 1);
}

bool dialog_open() {
  return kept().id != 0 && kept().frame + 1 >= frame::count();
}

std::span<const WidgetKeys> dialog_keys() {
  static const std::array<WidgetKeys, 1> keys{{{"Close it without doing anything", {"Esc"}}}};
  return keys;
}

Dialog::~Dialog() {
  const float padding = sheet_ ? 20.0F : 24.0F;
  const float height = column_->y() + padding - top_;
  if (kept().height != height) frame::request();
  kept().height = height;
  column_->gap(padding);
  column_.reset();
  area_.reset();
  scope_.reset();
  ImGui::End();
}

}  // namespace hub::ui
