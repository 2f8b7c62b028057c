#include "wasm/ui/status.hpp"

#include <cmath>
#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

struct Words {
  std::string said;   ///< the status
  std::string shown;  ///< on the canvas
  ImU32 color;
  Icon icon = Icon::none;  ///< instead of the dot, where something is wrong: not by colour alone
};

Words storage_words() {
  const auto& c = theme::colors();
  const auto& storage = client().storage();
  if (storage.state == "demo" || client().demo()) return {"Demo: nothing is kept", "Demo: nothing is kept", c.focus, Icon::info};
  if (storage.state == "read_only" || client().read_only())
    return {"Read only: another tab keeps your ratings", "Read only", c.muted, Icon::lock};
  if (storage.state == "saved") return {"Saved", "Saved on this device", c.up};
  if (storage.state == "saving") return {"Saving…", "Saving…", c.muted};
  if (storage.state == "memory") return {"Not saved: this browser keeps nothing for the page", "Not saved", c.down, Icon::warning};
  if (storage.state == "failed")
    return {"Not saved: " + (storage.message.empty() ? std::string("the last changes could not be written") : storage.message), "Not saved",
            c.down, Icon::warning};
  if (client().engine_failed()) return {"Not running: what was saved is safe", "Not running", c.down, Icon::warning};
  return {"Opening…", "Opening…", c.muted};
}

std::string training_words() {
  if (client().engine_failed()) return "Not running";
  if (client().training_ready()) return "Ready";
  // The one that is worked on, else the first that waits.
  const protocol::TypeTraining* shown = nullptr;
  for (const MediaType type : media_types) {
    const auto& training = client().training(type);
    if (training.pending && (!shown || training.progress > shown->progress)) shown = &training;
  }
  if (!shown || !client().opened()) return "Getting ready";
  return "Refreshing " + std::string(noun_of(shown->type, true)) + " " +
         std::to_string(static_cast<int>(std::floor(shown->progress * 100))) + " %";
}

/// Three letters and an ellipsis tell nothing.
bool fits(std::string_view words, float width, StatusWords how) {
  return how != StatusWords::few || text::measure(words, {.type = theme::Type::tiny}).x <= width - 16;
}

}  // namespace

void storage_status(ImVec2 at, float width, StatusWords how) {
  const Words words = storage_words();
  const auto type = how != StatusWords::all ? theme::Type::tiny : theme::Type::small;
  const float height = theme::line_of(type);
  mirror::status(ImRect(at, ImVec2(at.x + width, at.y + height)), "Storage", words.said);
  if (words.icon != Icon::none) {
    draw_icon(ImGui::GetWindowDrawList(), words.icon, ImVec2(at.x + 5, at.y + height / 2), 14, words.color);
  } else {
    type_dot(ImVec2(at.x + 4, at.y + height / 2), words.color);
  }
  std::string_view shown = words.shown;
  if (client().demo() && how != StatusWords::all) shown = how == StatusWords::few ? "Demo" : "Demo, not kept";
  if (how == StatusWords::few && words.said == "Saved") shown = words.said;
  if (fits(shown, width, how))
    text::line(ImVec2(at.x + 16, at.y), shown, {.type = type, .color = theme::colors().muted, .max_width = width - 16, .said = false});
}

void training_status(ImVec2 at, float width, StatusWords how) {
  const std::string words = training_words();
  const auto type = how != StatusWords::all ? theme::Type::tiny : theme::Type::small;
  const float height = theme::line_of(type);
  mirror::status(ImRect(at, ImVec2(at.x + width, at.y + height)), "Training", words);
  const auto& c = theme::colors();
  const bool ready = words == "Ready";
  if (ready) {
    type_dot(ImVec2(at.x + 4, at.y + height / 2), c.up);
  } else {
    ImGui::GetWindowDrawList()->AddCircle(ImVec2(at.x + 4, at.y + height / 2), 3.5F, c.muted, 0, 1.5F);
  }
  std::string_view shown = words;
  if (how != StatusWords::few && ready) shown = "Predictions ready";
  // “Refreshing films 40 %”: what tells of the rest is how far it is.
  if (how == StatusWords::few && !ready)
    shown = words.find('%') == std::string::npos ? std::string_view("Busy") : shown.substr(shown.find_last_of(' ', shown.size() - 3) + 1);
  if (fits(shown, width, how))
    text::line(ImVec2(at.x + 16, at.y), shown, {.type = type, .color = c.muted, .max_width = width - 16, .said = false});
}

std::string with_thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, ",");
  }
  return digits;
}

}  // namespace hub::ui
