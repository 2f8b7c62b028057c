#include "wasm/ui/views/text_model.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/banner.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

float share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0F : static_cast<float>(static_cast<double>(part) / static_cast<double>(whole));
}

/// Words with a bar below them; the words are told as a status under its name.
void told_progress(Column& column, std::string_view name, const std::string& words, float fraction) {
  const ImRect line = column.take(theme::line_of(Type::body));
  mirror::status(line, name, words);
  text::line(line.Min, words, {.max_width = line.GetWidth(), .said = false});
  column.gap(8);
  progress_bar(column.take(6), name, fraction);
}

/// Two buttons beside each other, or one below the other. @return which was pressed: 0, 1, or -1 for none.
int buttons(Column& column, std::string_view first, const ButtonOptions& first_options, std::string_view second = {},
            const ButtonOptions& second_options = {}) {
  const std::array<RowButton, 2> both{{{"first", first, first_options}, {"second", second, second_options}}};
  return button_row(column, std::span(both).first(second.empty() ? 1 : 2), false);
}

void absent(Column& column, const protocol::Stories& model) {
  const std::uint64_t left = model.download_bytes - std::min(model.got_bytes, model.download_bytes);
  const bool begun = model.got_bytes > 0;
  const std::string label = (begun ? "Go on, " : "Download, ") + words::size(left);
  const ButtonOptions get{.kind = ButtonKind::primary, .icon = Icon::download, .description = "Downloads the text model"};
  const ButtonOptions drop{.name = "Remove what has come of the text model"};
  const int pressed = begun ? buttons(column, label, get, "Remove", drop) : buttons(column, label, get);
  if (pressed == 0) client().wish_text_model("get");
  if (pressed == 1) client().wish_text_model("remove");
}

void downloading(Column& column, const protocol::Stories& model) {
  told_progress(column, "Text model", "Downloading " + words::size(model.got_bytes) + " of " + words::size(model.download_bytes),
                share(model.got_bytes, model.download_bytes));
  column.gap(16);
  if (buttons(column, "Stop", {.name = "Stop the download", .description = "What has come is kept"}) == 0) client().wish_text_model("stop");
}

std::string reading_words(const protocol::Stories& model) {
  if (model.state == "opening") return "Starting the model, which is on this device…";
  const std::string counts = words::count(model.read) + " of " + words::count(model.all);
  if (model.read >= model.all) return model.all == 0 ? std::string() : "All " + words::count(model.all) + " stories are read.";
  return (model.paused ? "Paused at " : "Reading stories ") + counts;
}

void here(Column& column, const protocol::Stories& model) {
  const std::string told = reading_words(model);
  if (model.read < model.all) {
    told_progress(column, "Text model", told, share(model.read, model.all));
  } else {
    const ImRect line = column.take(theme::line_of(Type::body));
    mirror::status(line, "Text model", told);
    text::line(line.Min, told, {.max_width = line.GetWidth(), .said = false});
  }
  column.gap(16);
  const std::string frees = "Frees " + words::size(model.got_bytes);
  const ButtonOptions drop{.icon = Icon::trash, .name = "Remove the text model", .description = frees};
  if (model.read < model.all) {
    const ButtonOptions pause{.name = model.paused ? "Go on reading stories" : "Pause reading stories"};
    const int pressed = buttons(column, model.paused ? "Go on" : "Pause", pause, "Remove", drop);
    if (pressed == 0) client().pause_stories(!model.paused);
    if (pressed == 1) client().wish_text_model("remove");
  } else if (buttons(column, "Remove", drop) == 0) {
    client().wish_text_model("remove");
  }
}

}  // namespace

void text_model(Column& page, bool narrow) {
  // A copy, as pressing a button changes it while it is being drawn.
  const protocol::Stories model = client().stories();
  if (model.state == "none") return;
  const auto& colors = theme::colors();
  Section section("models", page, "Models on this device", narrow);
  Column& column = section.column();
  column.skip(text::paragraph(
      column.at(), column.width(),
      "A text model reads what works are about. With it, each title of yours shows more like it too, and Predict understands a description, "
      "such as “a heist in dreams”, not its words alone. It works on this device and sends nothing anywhere; nothing else needs it.",
      {.color = colors.muted}));
  column.gap(4);
  column.skip(text::paragraph(column.at(), column.width(),
                              model.name + " (" + model.licence + ") with ONNX Runtime Web: one download of " +
                                  words::size(model.download_bytes) +
                                  " from this page’s own host, kept until you remove it. While it reads it takes about " +
                                  words::number(static_cast<double>(model.memory_bytes) / 1e6, 0) + " MB of memory.",
                              {.type = Type::small, .color = colors.faint}));
  column.gap(16);
  if (!model.words.empty()) {
    mirror::Scope alert({.role = mirror::Role::alert, .name = "The text model cannot be used"});
    const auto shown = banner("problem", column.at(), column.width(), model.words,
                              {.kind = BannerKind::error, .action = model.code == "runtime" ? "Try again" : ""});
    column.skip(shown.height + 16);
    if (shown.action) client().wish_text_model("get");
  }
  if (model.state == "downloading")
    downloading(column, model);
  else if (model.state == "absent")
    absent(column, model);
  else
    here(column, model);
}

}  // namespace hub::ui::views
