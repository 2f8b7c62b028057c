#include "wasm/ui/views/device_models.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/host.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/banner.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

float share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0F : static_cast<float>(static_cast<double>(part) / static_cast<double>(whole));
}

/// What is told of a model, and to whom its buttons speak.
struct About {
  const char* id;
  std::string_view title;
  std::string_view words;
  std::string_view name;  ///< “Text model”
  std::string_view what;  ///< it works through: “stories”
  std::string_view done;  ///< with them: “read”
  std::string_view doing;
  std::string_view asks;  ///< of whom it asks what, beside its own download
  std::string_view also;  ///< said where all is done
  void (*wish)(std::string_view);
  void (*pause)(bool);
};

constexpr std::array<About, 2> abouts{
    {{"models", "Models on this device",
      "A text model reads what works are about. With it, each title of yours shows more like it too, and Predict understands a description, "
      "such as “a heist in dreams”, not its words alone; where that helps, your predictions read it too. It works on this device and sends "
      "nothing anywhere; nothing else needs it.",
      "Text model", "stories", "read", "Reading", "", "", [](std::string_view wish) { client().wish_text_model(wish); },
      [](bool on) { client().pause_stories(on); }},
     {"picture model", "Posters, seen on this device",
      "A picture model sees what the posters of your titles look like. Where your own ratings show that this helps, your predictions use it; "
      "else it counts for nothing. It works on this device and sends nothing anywhere.",
      "Picture model", "posters", "seen", "Looking at",
      " Posters that are not on this device yet are asked of the services that have them, in the background; Network lists each.", "",
      [](std::string_view wish) { client().wish_picture_model(wish); }, [](bool on) { client().pause_looks(on); }}}};

std::string lower(std::string_view words) {
  std::string all(words);
  all[0] = static_cast<char>(all[0] - 'A' + 'a');
  return all;
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

void absent(Column& column, const protocol::OnDevice& model, const About& about) {
  const std::uint64_t left = model.download_bytes - std::min(model.got_bytes, model.download_bytes);
  const bool begun = model.begun;
  const std::string label = (begun ? "Go on, " : "Download, ") + words::size(left);
  const std::string describe = "Downloads the " + lower(about.name);
  const ButtonOptions get{.kind = ButtonKind::primary, .icon = Icon::download, .description = describe};
  const std::string remove = "Remove what has come of the " + lower(about.name);
  const ButtonOptions drop{.name = remove};
  const int pressed = begun ? buttons(column, label, get, "Remove", drop) : buttons(column, label, get);
  if (pressed == 0) about.wish("get");
  if (pressed == 1) about.wish("remove");
}

void downloading(Column& column, const protocol::OnDevice& model, const About& about) {
  told_progress(column, about.name, "Downloading " + words::size(model.got_bytes) + " of " + words::size(model.download_bytes),
                share(model.got_bytes, model.download_bytes));
  column.gap(16);
  if (buttons(column, "Stop", {.name = "Stop the download", .description = "What has come is kept"}) == 0) about.wish("stop");
}

std::string reading_words(const protocol::OnDevice& model, const About& about) {
  if (model.state == "opening") return "Starting the model, which is on this device…";
  const std::string counts = words::count(model.read) + " of " + words::count(model.all);
  const std::string what(about.what);
  if (model.read >= model.all)
    return model.all == 0
               ? "There are no " + what + " yet."
               : "All " + words::count(model.all) + " " + what + " are " + std::string(about.done) + std::string(about.also) + ".";
  return (model.paused ? "Paused at " : std::string(about.doing) + " " + what + " ") + counts;
}

void here(Column& column, const protocol::OnDevice& model, const About& about) {
  const std::string told = reading_words(model, about);
  if (model.read < model.all) {
    told_progress(column, about.name, told, share(model.read, model.all));
  } else {
    const text::Style unsaid{.said = false};
    const ImRect lines = column.take(text::paragraph_height(told, column.width(), unsaid));
    mirror::status(lines, about.name, told);
    text::paragraph(lines.Min, lines.GetWidth(), told, unsaid);
  }
  column.gap(16);
  const std::string remove = "Remove the " + lower(about.name);
  const ButtonOptions drop{.icon = Icon::trash, .name = remove, .description = "It can be downloaded again."};
  if (model.read < model.all) {
    const std::string rest = (model.paused ? "Go on " : "Pause ") + lower(about.doing) + " " + std::string(about.what);
    const ButtonOptions pause{.name = rest};
    const int pressed = buttons(column, model.paused ? "Go on" : "Pause", pause, "Remove", drop);
    if (pressed == 0) about.pause(!model.paused);
    if (pressed == 1) about.wish("remove");
  } else if (buttons(column, "Remove", drop) == 0) {
    about.wish("remove");
  }
}

/// @param model  a copy, as pressing a button changes it while it is being drawn.
/// @param more   drawn above the model's own state, or nothing.
template <typename More>
void section_of(Column& page, bool narrow, const protocol::OnDevice model, const About& about, More&& more) {
  if (model.state == "none") return;
  const auto& colors = theme::colors();
  Section section(about.id, page, about.title, narrow);
  Column& column = section.column();
  column.skip(text::paragraph(column.at(), column.width(), about.words, {.color = colors.muted}));
  column.gap(4);
  const std::string memory =
      model.memory_bytes == 0
          ? std::string()
          : " While it works it takes about " + words::number(static_cast<double>(model.memory_bytes) / 1e6, 0) + " MB of memory.";
  column.skip(text::paragraph(column.at(), column.width(),
                              model.name + " (" + model.licence + ") with ONNX Runtime Web: one download of " +
                                  words::size(model.download_bytes) + " from this page’s own host, kept until you remove it." + memory +
                                  std::string(about.asks),
                              {.type = Type::small, .color = colors.faint}));
  more(column);
  if (model.state == "absent" && little_memory()) {
    column.gap(8);
    column.skip(
        text::paragraph(column.at(), column.width(),
                        "This device says that it has little memory, so other pages of a browser may be closed to make room for this.",
                        {.color = colors.muted}));
  }
  column.gap(16);
  if (!model.words.empty()) {
    const std::string named = "The " + lower(about.name) + " cannot be used";
    mirror::Scope alert({.role = mirror::Role::alert, .name = named});
    const auto shown = banner("problem", column.at(), column.width(), model.words,
                              {.kind = BannerKind::error, .action = model.code == "runtime" ? "Try again" : ""});
    column.skip(shown.height + 16);
    if (shown.action) about.wish("get");
  }
  if (model.state == "downloading")
    downloading(column, model, about);
  else if (model.state == "absent")
    absent(column, model, about);
  else
    here(column, model, about);
}

/// A newer page has brought another text model.
void former(Column& column, const protocol::Stories& model) {
  if (!model.older) return;
  column.gap(8);
  column.skip(text::paragraph(column.at(), column.width(),
                              "Until it has read all stories, your predictions and “More like this” use what the previous text model read.",
                              {.color = theme::colors().muted}));
}

/// Which of several models sees the posters.
void choice(Column& column, const protocol::Looks& model) {
  if (model.describes) {
    column.gap(4);
    column.skip(text::paragraph(
        column.at(), column.width(),
        "This one finds posters by a description in Predict, too, and tells how well each fits what is written about its title.",
        {.type = Type::small, .color = theme::colors().faint}));
  }
  if (model.choices.size() < 2) return;
  column.gap(12);
  std::vector<std::string_view> labels;
  int chosen = 0;
  for (std::size_t i = 0; i < model.choices.size(); ++i) {
    labels.push_back(model.choices[i].name);
    if (model.choices[i].id == model.chosen) chosen = static_cast<int>(i);
  }
  const float width = std::min(column.width(), theme::grown(180) * static_cast<float>(labels.size()));
  const ImRect row = column.take(segmented_height(width, labels));
  const int pressed = segmented("choice", ImRect(row.Min, ImVec2(row.Min.x + width, row.Max.y)), "Picture model to use", labels, chosen);
  if (pressed != chosen) client().choose_picture_model(model.choices[static_cast<std::size_t>(pressed)].id);
  if (model.used.empty()) return;
  column.gap(8);
  column.skip(text::paragraph(column.at(), column.width(),
                              "Until it has seen all posters, your predictions use what " + model.used + " has seen.",
                              {.color = theme::colors().muted}));
}

}  // namespace
bool little_memory() {
  constexpr double little = 2;  // GiB
  const double memory = host::device_memory();
  return memory > 0 && memory <= little;
}

void device_models(Column& page, bool narrow) {
  const protocol::Stories stories = client().stories();
  section_of(page, narrow, stories, abouts[0], [&](Column& column) { former(column, stories); });
  const protocol::Looks looks = client().looks();
  protocol::OnDevice told = looks;
  About about = abouts[1];
  std::string also;
  if (looks.read >= looks.all && looks.comparable > 0) {
    if (looks.compared < looks.comparable) {
      about.what = "texts with posters";
      about.doing = "Comparing";
      told.read = looks.compared;
      told.all = looks.comparable;
    } else {
      also = ", and " + words::count(looks.comparable) + (looks.comparable == 1 ? " text" : " texts") + " compared with them";
      about.also = also;
    }
  }
  section_of(page, narrow, told, about, [&](Column& column) { choice(column, looks); });
}

}  // namespace hub::ui::views
