#include "wasm/ui/views/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

constexpr std::size_t most_shown = 4;

/// What a shared maker, performer or theme says about two works being alike; a maker alone is enough to be shown.
constexpr double maker_weight = 3;
constexpr double performer_weight = 1.5;
constexpr double theme_weight = 1;
constexpr double genre_weight = 0.25;
constexpr double least_alike = 2;

double alike(const Item& a, const Item& b, std::string& shared) {
  double sum = 0;
  const auto both = [&](const std::vector<std::string>& left, const std::vector<std::string>& right, double weight, bool told) {
    for (const std::string& one : left) {
      if (std::find(right.begin(), right.end(), one) == right.end()) continue;
      sum += weight;
      if (told && shared.empty()) shared = one;
    }
  };
  for (const Creator& one : a.creators) {
    if (std::none_of(b.creators.begin(), b.creators.end(), [&](const Creator& other) { return other.name == one.name; })) continue;
    sum += maker_weight;
    if (shared.empty()) shared = one.name;
  }
  both(a.cast, b.cast, performer_weight, true);
  both(a.keywords, b.keywords, theme_weight, true);
  both(a.genres, b.genres, genre_weight, false);
  return sum;
}

}  // namespace

const std::vector<Evidence>& evidence_for(const Item& item) {
  static std::vector<Evidence> kept;
  static std::string kept_for;
  static std::uint64_t kept_at = 0;
  Client& hub = client();
  if (kept_for == item.id && kept_at == hub.library_revision()) return kept;
  kept_for = item.id;
  kept_at = hub.library_revision();
  kept.clear();
  struct Near {
    double alike;
    const Entry* entry;
    std::string shared;
  };
  std::vector<Near> near;
  for (const Entry* entry : hub.library().entries()) {
    if (!entry->rating || entry->item->type != item.type || entry->item->id == item.id) continue;
    const Item* facts = hub.item(entry->item->id);
    std::string shared;
    const double score = alike(item, facts ? *facts : *entry->item, shared);
    if (score >= least_alike) near.push_back({score, entry, std::move(shared)});
  }
  const std::size_t shown = std::min(most_shown, near.size());
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(shown), near.end(), [](const Near& a, const Near& b) {
    return a.alike != b.alike ? a.alike > b.alike : a.entry->item->id < b.entry->item->id;
  });
  for (std::size_t i = 0; i < shown; ++i) {
    const Entry& entry = *near[i].entry;
    kept.push_back({entry.item->id, entry.item->title, entry.item->type, entry.rating->normalised(), near[i].shared});
  }
  return kept;
}

void draw_evidence(Column& column, const std::vector<Evidence>& evidence) {
  const auto& colors = theme::colors();
  column.skip(text::heading(column.at(), column.width(), "Closest of your ratings", 2, {.type = Type::subheading, .weight = Weight::bold}));
  column.gap(8);
  mirror::Scope list({.role = mirror::Role::list, .name = "Closest of your ratings"});
  for (const Evidence& one : evidence) {
    ImGui::PushID(one.item_id.c_str());
    mirror::Scope row({.role = mirror::Role::listitem});
    const ImRect box = column.take(60);
    const std::string name =
        one.title + ", your rating " + words::stars(one.stars) + (one.shared.empty() ? std::string() : ", also " + one.shared);
    const std::string href = href_of(one.item_id);
    const auto press = mirror::item("near", box, {.role = mirror::Role::link, .name = name, .href = href});
    if (press.visible) {
      ImDrawList* draw = ImGui::GetWindowDrawList();
      draw_cover(draw, ImRect(ImVec2(box.Min.x, box.Min.y + 4), ImVec2(box.Min.x + 32, box.Min.y + 52)), one.type, one.title);
      const float left = box.Min.x + 42;
      const float room = box.Max.x - left;
      text::line(ImVec2(left, box.Min.y + 1), one.title,
                 {.type = Type::small, .weight = Weight::semibold, .max_width = room, .said = false});
      draw_stars(draw, ImVec2(left, box.Min.y + 22), 13, one.stars);
      text::line(ImVec2(left, box.Min.y + 38), one.shared, {.type = Type::tiny, .color = colors.faint, .max_width = room, .said = false});
      if (press.hovered) {
        draw->AddLine(
            ImVec2(left, box.Min.y + 19),
            ImVec2(left + std::min(room, text::measure(one.title, {.type = Type::small, .weight = Weight::semibold}).x), box.Min.y + 19),
            theme::faded(colors.text, 0.5F), 1.0F);
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      }
      if (press.focus_visible) theme::focus_ring(box, 6);
    }
    ImGui::PopID();
  }
}

}  // namespace hub::ui::views
