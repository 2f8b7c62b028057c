#include <string>
#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using protocol::ModelCard;
using theme::Type;
using theme::Weight;

constexpr std::size_t shown_at_first = 4;
constexpr std::string_view use = "Use this one";
constexpr std::string_view used = "In use";

/// “24 Nov 2026, 14:03 UTC”
std::string made_words(const std::string& iso) {
  std::string words = words::short_date(iso);
  if (iso.size() >= 16 && iso[10] == 'T') words += ", " + iso.substr(11, 5) + " UTC";
  return words;
}

std::string made_of(const ModelCard& card) {
  std::string words = words::count(card.ratings, "rating", "ratings");
  if (card.rmse) words += " · typical miss " + words::number(*card.rmse, 2) + " stars";
  return words + " · " + (card.parameters.empty() || card.parameters == "default" ? std::string("default settings") : card.parameters);
}

void card_row(Column& column, const AccuracyPage& page, const ModelCard& card, int position, int count) {
  const auto& colors = theme::colors();
  const std::string name = name_of_use(card);
  const ButtonOptions options{.name = name, .compact = true};
  const ImVec2 action = card.in_use ? tag_size(used) : button_size(use, options);
  const float width = column.width() - action.x - 16;
  const text::Style small{.type = Type::small, .color = colors.muted};
  const text::Style tiny{.type = Type::tiny, .color = colors.faint, .max_width = width};
  const std::string parts = made_of(card);
  const std::string origin = words::joined({card.code.empty() ? std::string() : "version " + card.code,
                                            card.data.empty() ? std::string() : "ratings and facts " + card.data.substr(0, 12)});
  const float height =
      24 + theme::line_of(Type::body) + text::paragraph_height(parts, width, small) + (origin.empty() ? 0.0F : theme::line_of(Type::tiny));
  const ImRect box = column.take(height);
  const mirror::Scope item({.role = mirror::Role::listitem, .position = position, .count = count});
  if (position > 1) ImGui::GetWindowDrawList()->AddLine(box.Min, ImVec2(box.Max.x, box.Min.y), colors.line, 1.0F);
  float y = box.Min.y + 12;
  text::line(ImVec2(box.Min.x, y), made_words(card.made), {.weight = Weight::semibold, .max_width = width});
  y += theme::line_of(Type::body);
  y += text::paragraph(ImVec2(box.Min.x, y), width, parts, small);
  if (!origin.empty()) text::line(ImVec2(box.Min.x, y), origin, tiny);
  const ImVec2 at(box.Max.x - action.x, box.GetCenter().y - action.y / 2);
  if (card.in_use) {
    tag(at, used);
  } else if (button(card.id.c_str(), at, use, options)) {
    client().restore_model(page.report.type, card.id);
  }
}

}  // namespace

std::string name_of_use(const ModelCard& card) {
  return "Use the model of " + made_words(card.made);
}

void accuracy_models(Column& outer, const AccuracyPage& page) {
  static bool all = false;
  const auto& cards = page.report.cards;
  Section section("models", outer, "Earlier models", page.narrow);
  Column& column = section.column();
  if (cards.empty()) {
    accuracy_paragraph(column, page.report.pending ? "The model is being kept."
                                                   : "No model has been kept yet. One is kept whenever it has learnt something new.");
    return;
  }
  accuracy_note(column, "Each was kept when it had learnt. One that you put back is used until your ratings change.");
  column.gap(4);
  const std::size_t count = all || cards.size() <= shown_at_first + 1 ? cards.size() : shown_at_first;
  {
    const mirror::Scope list({.role = mirror::Role::list, .name = "Models"});
    for (std::size_t i = 0; i < count; ++i) card_row(column, page, cards[i], static_cast<int>(i) + 1, static_cast<int>(count));
  }
  if (cards.size() > shown_at_first + 1) accuracy_show_all(column, "all models", "models", cards.size(), all);
}

}  // namespace hub::ui::views
