#include "wasm/ui/views/similar.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "wasm/platform/host.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/device_models.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

constexpr std::string_view heading_words = "More like this";
constexpr float row_height = 64;
constexpr float gap = 24;  ///< between two columns
/// Kept by the browser once somebody does not want to be asked again.
constexpr std::string_view refused = "text-model-refused";

/// Whether somebody said no; asked of the browser once.
bool& is_refused() {
  static bool is = !host::setting(refused).empty();
  return is;
}

/// "2014 · predicted 4.31"; of another type "Book · 2014 · your rating 4.5".
std::string second_line(const protocol::Similar& one, MediaType beside) {
  std::string type;
  if (one.type != beside) {
    type = noun_of(one.type, false);
    type[0] = static_cast<char>(type[0] - 'a' + 'A');
  }
  std::string figure;
  if (const auto rating = client().rating(one.item_id))
    figure = "your rating " + words::stars(*rating);
  else if (const auto predicted = client().predicted(one.item_id); predicted && predicted->stars > 0)
    figure = (predicted->basis >= 2 ? "predicted " : "public ") + words::number(static_cast<double>(predicted->stars), 2);
  return words::joined({type, one.year ? std::to_string(*one.year) : std::string(), figure});
}

void row(const ImRect& box, const protocol::Similar& one, MediaType beside, int position, int count) {
  const auto& colors = theme::colors();
  ImGui::PushID(one.item_id.c_str());
  mirror::Scope item({.role = mirror::Role::listitem, .position = position, .count = count});
  const std::string second = second_line(one, beside);
  const std::string href = href_of(one.item_id);
  const std::string name = second.empty() ? one.title : one.title + ", " + second;
  const auto press = mirror::item("similar", box, {.role = mirror::Role::link, .name = name, .href = href});
  if (press.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImRect art(ImVec2(box.Min.x, box.Min.y + 4), ImVec2(box.Min.x + 36, box.Min.y + 58));
    if (const Item* known = client().item(one.item_id))
      draw_cover(list, art, *known);
    else
      draw_cover(list, art, one.type, one.title);
    const float left = art.Max.x + 12;
    const float room = box.Max.x - left;
    const float top = box.GetCenter().y - (theme::line_of(Type::body) + theme::line_of(Type::small)) / 2;
    const text::Style title{.weight = Weight::semibold, .max_width = room, .said = false};
    text::line(ImVec2(left, top), one.title, title);
    text::line(ImVec2(left, top + theme::line_of(Type::body)), second,
               {.type = Type::small, .color = colors.muted, .max_width = room, .said = false});
    if (press.hovered) {
      const float end = left + std::min(room, text::measure(one.title, title).x);
      const float under = top + theme::line_of(Type::body) - 2;
      list->AddLine(ImVec2(left, under), ImVec2(end, under), theme::faded(colors.text, 0.5F), 1.0F);
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    if (press.focus_visible) theme::focus_ring(box, 6);
  }
  ImGui::PopID();
}

void heading(Column& column) {
  column.skip(text::heading(column.at(), column.width(), heading_words, 2, {.type = Type::subheading, .weight = Weight::bold}));
  column.gap(8);
}

/// @param shown  something alike is shown already, of what comes with the page or an older model has read.
void offer(Column& column, const protocol::Stories& model, bool shown) {
  std::string_view told =
      "A text model on this device can find works that are about something alike. Data says what it is; it can be removed there.";
  if (shown)
    told =
        "This looks among the titles that come with the page. A text model on this device can read yours as well. Data says what it is; it can be "
        "removed there.";
  if (shown && model.older)
    told =
        "This goes by what the previous text model read. The one of this page can read new titles as well. Data says what it is; it can be removed there.";
  if (!model.words.empty()) told = model.words;
  column.skip(text::paragraph(column.at(), column.width(), told, {.color = theme::colors().muted}));
  column.gap(12);
  const ButtonOptions get{.icon = Icon::download, .description = "Downloads the text model", .compact = true};
  const ButtonOptions no{.kind = ButtonKind::quiet, .description = "Does not offer the text model again", .compact = true};
  const std::string label = "Download, " + words::size(model.download_bytes - std::min(model.got_bytes, model.download_bytes));
  const std::array<RowButton, 2> both{{{"get", label, get}, {"no", "No, thanks", no}}};
  const int pressed = button_row(column, both, false);
  if (pressed == 0) client().wish_text_model("get");
  if (pressed == 1) {
    host::set_setting(refused, "yes");
    is_refused() = true;
  }
  column.gap(28);
}

}  // namespace

void draw_similar(Column& column, const Item& item, const protocol::Details& details) {
  // A copy, as pressing a button changes it while it is being drawn.
  const protocol::Stories model = client().stories();
  const bool story = !item.genres.empty() || !item.keywords.empty() || !item.synopsis.empty();
  const bool offered = story && model.state == "absent" && !is_refused() && !little_memory();
  if (details.similar.empty()) {
    if (!offered && model.state != "downloading") return;
    heading(column);
    if (offered) return offer(column, model, false);
    column.skip(
        text::paragraph(column.at(), column.width(),
                        "The text model is on its way: " + words::size(model.got_bytes) + " of " + words::size(model.download_bytes) + ".",
                        {.color = theme::colors().muted}));
    column.gap(28);
    return;
  }
  heading(column);
  {
    mirror::Scope list({.role = mirror::Role::list, .name = heading_words});
    const int count = static_cast<int>(details.similar.size());
    const bool two = column.width() >= 520;
    const float width = two ? (column.width() - gap) / 2 : column.width();
    for (int i = 0; i < count; i += two ? 2 : 1) {
      const ImRect line = column.take(row_height);
      row(ImRect(line.Min, ImVec2(line.Min.x + width, line.Max.y)), details.similar[static_cast<std::size_t>(i)], item.type, i + 1, count);
      if (two && i + 1 < count)
        row(ImRect(ImVec2(line.Max.x - width, line.Min.y), line.Max), details.similar[static_cast<std::size_t>(i) + 1], item.type, i + 2,
            count);
    }
  }
  if (offered) {
    column.gap(12);
    return offer(column, model, true);
  }
  column.gap(28);
}

}  // namespace hub::ui::views
