#include "wasm/ui/widgets/section.hpp"

#include <algorithm>

#include "wasm/platform/frame.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/card.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

Section::Section(const char* id, Column& outer, std::string_view title, bool narrow, float least_height)
    : outer_(outer), padding_(theme::card_padding(narrow)), least_height_(least_height), height_(0) {
  ImGui::PushID(id);
  height_ = ImGui::GetID("height");
  const float before = ImGui::GetStateStorage()->GetFloat(height_, 120.0F);
  const ImVec2 at = outer.at();
  draw_card(ImGui::GetWindowDrawList(), ImRect(at, ImVec2(at.x + outer.width(), at.y + std::max(before, least_height))));
  scope_.emplace(mirror::Item{.role = mirror::Role::region, .name = title}, ImGui::GetID("section"));
  column_.emplace(ImVec2(at.x + padding_, at.y + padding_), outer.width() - 2 * padding_);
  column_->skip(text::heading(column_->at(), column_->width(), title, 2, {.type = theme::Type::heading, .weight = theme::Weight::bold}));
  column_->gap(8);
}

float Section::height() const {
  return column_->y() - outer_.y() + padding_;
}

Section::~Section() {
  const float needed = height();
  if (needed != ImGui::GetStateStorage()->GetFloat(height_)) {
    ImGui::GetStateStorage()->SetFloat(height_, needed);
    frame::request(1);
  }
  column_.reset();
  scope_.reset();
  outer_.skip(std::max(needed, least_height_));
  outer_.gap(16);
  ImGui::PopID();
}

}  // namespace hub::ui
