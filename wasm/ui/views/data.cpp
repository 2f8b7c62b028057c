// Data: bringing ratings in, taking them out, where they are kept, and deleting them.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "wasm/platform/host.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/persistence.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/backup.hpp"
#include "wasm/ui/views/data.hpp"
#include "wasm/ui/views/device_models.hpp"
#include "wasm/ui/views/file_types.hpp"
#include "wasm/ui/views/look.hpp"
#include "wasm/ui/views/matches.hpp"
#include "wasm/ui/views/missing_facts.hpp"
#include "wasm/ui/views/network.hpp"
#include "wasm/ui/views/own_keys.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/banner.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/switch_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

void paragraph(Column& column, std::string_view words, ImU32 color, Type type = Type::body) {
  column.skip(text::paragraph(column.at(), column.width(), words, {.type = type, .color = color}));
}

/// Buttons from left to right, on a new row where there is no room.
class Row {
 public:
  explicit Row(Column& column) : column_(column), x_(column.at().x) {}
  ~Row() { column_.skip(height_); }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  bool add(const char* id, std::string_view label, const ButtonOptions& options = {}) {
    ImVec2 size = button_size(label, options);
    size.x = std::min(size.x, column_.width());
    if (x_ > column_.at().x && x_ + size.x > column_.at().x + column_.width()) {
      column_.skip(height_ + 8);
      x_ = column_.at().x;
    }
    const ImVec2 at(x_, column_.y());
    x_ += size.x + 8;
    height_ = size.y;
    return button(id, ImRect(at, ImVec2(at.x + size.x, at.y + size.y)), label, options);
  }

 private:
  Column& column_;
  float x_;
  float height_ = 0;
};

/// Lines of a file with what happens to them, in a box that scrolls by itself. Reasons that are too long for one line take two.
void line_list(const char* id, Column& column, std::string_view name, const std::vector<protocol::PreviewLine>& lines, std::uint64_t all) {
  if (lines.empty()) return;
  const auto& colors = theme::colors();
  const text::Style small{.type = Type::small};
  column.gap(12);
  column.skip(text::heading(column.at(), column.width(), name, 3, {.type = Type::body, .weight = Weight::semibold}));
  column.gap(4);
  const auto where_of = [](const protocol::PreviewLine& line) {
    return line.file.empty() ? "Line " + words::count(line.line) : line.file + ", line " + words::count(line.line);
  };
  float widest = 0;
  for (const auto& line : lines) widest = std::max(widest, text::measure(where_of(line), small).x);
  // Names of files can be long; what happens to the line is what matters.
  const float indent = std::min(widest, column.width() * 0.4F) + 16;
  const float room = column.width() - indent - 12;
  const bool two = std::any_of(lines.begin(), lines.end(),
                               [&](const auto& line) { return line.title.empty() && text::measure(line.detail, small).x > room; });
  const float row = theme::line_of(Type::small) * (two ? 2.0F : 1.0F) + 8;
  const float height = row * static_cast<float>(std::min<std::size_t>(lines.size(), two ? 4 : 6));
  const ImRect box = column.take(height);
  ImGui::SetCursorScreenPos(box.Min);
  {
    ScrollArea area(id, box.GetSize(), {}, {.role = mirror::Role::list, .name = name, .count = static_cast<int>(lines.size())});
    for (const int i : area.rows(static_cast<int>(lines.size()), row)) {
      const auto& line = lines[static_cast<std::size_t>(i)];
      const float y = area.row_top(i) + 4;
      mirror::Scope item({.role = mirror::Role::listitem, .position = i + 1, .count = static_cast<int>(lines.size())});
      text::line(ImVec2(box.Min.x, y), where_of(line), {.type = Type::small, .color = colors.faint, .max_width = indent - 16});
      const float left = box.Min.x + indent;
      if (line.title.empty()) {
        text::paragraph(ImVec2(left, y), room, line.detail, {.type = Type::small, .color = colors.muted, .max_lines = two ? 2 : 1});
      } else {
        const float detail = text::measure(line.detail, small).x;
        text::line(ImVec2(left, y), line.title, {.type = Type::small, .max_width = room - detail - 12});
        text::line(ImVec2(box.Max.x - 12, y), line.detail, {.type = Type::small, .color = colors.muted, .align = Align::right});
      }
    }
  }
  if (all > lines.size()) {
    column.gap(4);
    paragraph(column, "and " + words::count(all - lines.size()) + " more", colors.faint, Type::small);
  }
}

/// What a file has besides ratings: "12 seen · 3 on your wish list"; empty where it has nothing.
std::string told_words(const protocol::ImportPreview& preview) {
  std::string told;
  const auto add = [&](std::uint32_t count, std::string_view what) {
    if (count > 0) told += (told.empty() ? "" : " · ") + words::count(count) + " " + std::string(what);
  };
  add(preview.wished, "on your wish list");
  add(preview.seen, "seen, read or played");
  add(preview.begun, "begun");
  add(preview.dropped, "given up");
  add(preview.owned, "owned");
  add(preview.liked, "liked");
  add(preview.again, "more than once");
  add(preview.earlier, "rated before");
  return told;
}

/// "412 ratings found", or of a file without ratings "25 titles found".
std::string found_words(const protocol::ImportPreview& preview) {
  const std::string songs = words::count(preview.songs, "song", "songs");
  const bool works = preview.ratings > 0 || !told_words(preview).empty();
  if (!works && preview.songs > 0) return songs + " found";
  const std::string and_songs = preview.songs > 0 ? " and " + songs + " found" : " found";
  if (preview.ratings > 0 || !works) return words::count(preview.ratings, "rating", "ratings") + and_songs;
  std::uint32_t titles = 0;
  for (const std::uint32_t of_type : preview.by_type) titles += of_type;
  return words::count(titles, "title", "titles") + and_songs;
}

/// "812 liked · 3 hidden · how 800 of them sound"
std::string song_words(const protocol::ImportPreview& preview) {
  std::string told;
  const auto add = [&](std::uint32_t count, std::string_view before, std::string_view behind) {
    if (count > 0) told += (told.empty() ? "" : " · ") + std::string(before) + words::count(count) + std::string(behind);
  };
  add(preview.songs_liked, "", " liked");
  add(preview.songs_disliked, "", " hidden");
  const std::uint32_t said = preview.songs_liked + preview.songs_disliked;
  add(preview.songs > said ? preview.songs - said : 0, "", " heard");
  if (preview.songs_with_sound > 0)
    told += preview.songs_with_sound == preview.songs ? std::string(" · with how they sound")
                                                      : " · how " + words::count(preview.songs_with_sound) + " of them sound";
  if (preview.songs_anew == 0) told += ", all of it in your library already";
  return "Songs: " + told;
}

void import_preview(Column& column, const protocol::ImportPreview& preview) {
  const auto& colors = theme::colors();
  mirror::Scope scope({.role = mirror::Role::region, .name = "Import preview"});
  paragraph(column, preview.source + " · " + preview.file, colors.muted, Type::small);
  column.gap(4);
  column.skip(text::paragraph(column.at(), column.width(), found_words(preview), {.type = Type::subheading, .weight = Weight::semibold}));
  column.gap(4);
  const std::string told = told_words(preview);
  const std::string sums = preview.ratings == 0 && (!told.empty() || preview.songs > 0)
                               ? "No ratings · " + words::count(preview.skipped, "line", "lines") + " skipped"
                               : words::count(preview.added) + " new · " + words::count(preview.changed) + " changed · " +
                                     words::count(preview.unchanged) + " already in your library · " +
                                     words::count(preview.skipped, "line", "lines") + " skipped";
  paragraph(column, sums, colors.text);
  if (!told.empty())
    paragraph(column, told + (preview.told_anew + preview.added + preview.changed == 0 ? ", all of it in your library already" : ""),
              colors.text);
  if (preview.songs > 0) paragraph(column, song_words(preview), colors.text);
  std::string types;
  for (const MediaType type : media_types) {
    const std::size_t i = index_of(type);
    if (i >= preview.by_type.size() || preview.by_type[i] == 0) continue;
    types += (types.empty() ? "" : " · ") + words::count(preview.by_type[i], noun_of(type, false), noun_of(type, true));
  }
  if (!types.empty()) paragraph(column, types, colors.muted);
  for (const std::string& note : preview.notes) {
    column.gap(4);
    paragraph(column, note, colors.muted, Type::small);
  }
  if (preview.to_review > 0) {
    column.gap(4);
    paragraph(column,
              words::count(preview.to_review, "title", "titles") + " to look at: " +
                  (preview.to_review == 1 ? "it could be a work that is known here, but not surely. It is imported as a title of its own"
                                          : "they could be works that are known here, but not surely. They are imported as titles of "
                                            "their own") +
                  ", with all that is yours; afterwards you say what " + (preview.to_review == 1 ? "it is." : "they are, one key each."),
              colors.text);
  }
  line_list("changes", column, "What will be added or changed", preview.changes,
            preview.added + preview.changed + preview.told_anew + preview.songs_anew);
  line_list("skips", column, "Lines that are skipped", preview.skips, preview.skipped);
  column.gap(16);
  Row row(column);
  if (row.add("import", "Import", {.kind = ButtonKind::primary, .description = "Adds them in one step that can be undone"}))
    client().confirm_import();
  if (row.add("report", "Save report",
              {.icon = Icon::download, .description = "A table of every line of the file, with what happens to it and why"}))
    client().report_import();
  if (row.add("cancel", "Cancel")) client().drop_preview();
}

void restore_preview(Column& column, const protocol::RestorePreview& preview, bool& replacing) {
  const auto& colors = theme::colors();
  mirror::Scope scope({.role = mirror::Role::region, .name = "Restore preview"});
  paragraph(column, "Backup · " + preview.file, colors.muted, Type::small);
  column.gap(4);
  column.skip(text::paragraph(column.at(), column.width(), words::count(preview.ratings, "rating", "ratings") + " in this backup",
                              {.type = Type::subheading, .weight = Weight::semibold}));
  column.gap(4);
  const std::string fresh = preview.new_events == 0 ? std::string("All of it is in your library already.")
                            : preview.new_events == preview.events
                                ? std::string("None of it is in your library yet.")
                                : words::count(preview.new_events) + " of its " + words::count(preview.events, "change", "changes") +
                                      " are not in your library yet.";
  paragraph(column, fresh, colors.text);
  column.gap(16);
  Row row(column);
  if (row.add("merge", "Add to what is here", {.kind = ButtonKind::primary})) client().confirm_restore(false);
  if (row.add("replace", "Replace everything", {.kind = ButtonKind::danger})) replacing = true;
  if (row.add("cancel", "Cancel")) client().drop_preview();
}

/// The outline of a place where something can be dropped: dashes that begin and end in the corners.
void dashed(const ImRect& box) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 color = input::files_hover() ? theme::colors().accent : theme::colors().edge;
  const auto side = [&](ImVec2 from, ImVec2 to) {
    const ImVec2 along(to.x - from.x, to.y - from.y);
    const float length = along.x + along.y;
    // An odd number of pieces, each second one drawn.
    const int pieces = 2 * static_cast<int>(std::round(length / 12)) + 1;
    for (int i = 0; i < pieces; i += 2) {
      const float start = static_cast<float>(i) / static_cast<float>(pieces);
      const float end = static_cast<float>(i + 1) / static_cast<float>(pieces);
      list->AddLine(ImVec2(from.x + along.x * start, from.y + along.y * start), ImVec2(from.x + along.x * end, from.y + along.y * end),
                    color, 1.0F);
    }
  };
  const ImRect edge(ImVec2(box.Min.x + 0.5F, box.Min.y + 0.5F), ImVec2(box.Max.x - 0.5F, box.Max.y - 0.5F));
  side(edge.Min, edge.GetTR());
  side(edge.GetTR(), edge.Max);
  side(edge.Min, edge.GetBL());
  side(edge.GetBL(), edge.Max);
}

void bring(Column& page, bool narrow, bool& replacing) {
  Client& hub = client();
  const auto& colors = theme::colors();
  Section section("bring", page, "Bring your ratings", narrow);
  Column& column = section.column();
  if (hub.demo()) {
    paragraph(column, "This is the demo. Leave it to bring ratings of your own: your library is untouched behind it.", colors.muted);
    return;
  }
  if (hub.read_only()) {
    paragraph(column, "Another tab of this page keeps your ratings. Bring files there, or go on here.", colors.muted);
    return;
  }
  if (const auto& preview = hub.import_preview()) {
    // A copy, as pressing a button ends the preview while it is being drawn.
    import_preview(column, protocol::ImportPreview(*preview));
    return;
  }
  if (const auto& preview = hub.restore_preview()) {
    restore_preview(column, protocol::RestorePreview(*preview), replacing);
    return;
  }
  const std::string how = narrow ? "Choose a file, or paste its text." : "Drop a file anywhere on this page, paste its text, or choose it.";
  paragraph(
      column,
      how +
          " Exports of IMDb, Letterboxd, Goodreads, The StoryGraph, RateYourMusic, MyAnimeList, AniList, Kitsu, Trakt, TMDB, Criticker, TV "
          "Time, Grouvee, HowLongToBeat, Yamtrack, Ryot and MediaTracker are read, and tables and JSON with titles and ratings; songs come from "
          "Spotify, Last.fm and tables of songs. Nothing is sent anywhere.",
      colors.muted);
  column.gap(4);
  paragraph(column, "On IMDb: Your ratings, then Export. A zip archive is read whole, as the service gives it.", colors.faint, Type::small);
  if (const auto& error = hub.file_error()) {
    column.gap(12);
    mirror::Scope alert({.role = mirror::Role::alert, .name = "The file was not read"});
    const auto shown = banner("error", column.at(), column.width(), error->message, {.kind = BannerKind::error, .dismissable = true});
    column.skip(shown.height);
    if (shown.dismissed) hub.dismiss_file_error();
  }
  if (const auto& job = hub.job(); job && job->file) {
    column.gap(12);
    const bool stop = progress("job", column.at(), column.width(), job->label, static_cast<float>(job->progress), true);
    column.skip(progress_height());
    if (stop) hub.cancel_job();
  }
  column.gap(16);
  const ButtonOptions choose{.kind = ButtonKind::primary, .icon = Icon::upload, .file_types = accepted_files};
  const ImVec2 size = button_size("Choose file", choose);
  const ImRect zone = column.take(size.y + 48);
  dashed(zone);
  const bool beside = zone.GetWidth() >= size.x + 260;
  const float left = beside ? zone.Min.x + 24 : zone.GetCenter().x - size.x / 2;
  button("choose", ImVec2(left, zone.Min.y + 24), "Choose file", choose);
  if (beside)
    text::line(ImVec2(left + size.x + 16, zone.GetCenter().y - theme::line_of(Type::body) / 2), "or drop it here", {.color = colors.muted});
}

/// The library as files for other services.
void take_along(Column& page, bool narrow) {
  Client& hub = client();
  Section section("along", page, "Take your library along", narrow);
  Column& column = section.column();
  paragraph(column,
            "Files that other services and programs read, written from your ratings, wish list and what you marked. What a service has no "
            "place for is left out, and you are told how much; a backup has everything.",
            theme::colors().muted);
  column.gap(16);
  mirror::Scope group({.role = mirror::Role::group, .name = "Files for other services"}, ImGui::GetID("along"));
  std::vector<RowButton> files;
  for (const ExportKind& kind : export_kinds())
    files.push_back({kind.key.data(), kind.name, {.icon = Icon::download, .description = kind.takes}});
  const int pressed = button_row(column, files, narrow);
  if (pressed >= 0) hub.write_export(export_kinds()[static_cast<std::size_t>(pressed)].key);
}

std::string storage_words(const protocol::StorageState& storage) {
  if (storage.state == "saved")
    return storage.bytes == 0 ? std::string("Nothing needs to be kept yet.") : "Saved on this device, " + words::size(storage.bytes) + ".";
  if (storage.state == "saving") return "Saving on this device…";
  if (storage.state == "demo") return "The demo is not kept.";
  if (storage.state == "read_only") return "Another tab of this page keeps your ratings; this one follows it.";
  if (client().engine_failed()) return std::string(client().opening_words());
  if (storage.state == "opening") return "Opening…";
  return storage.message;
}

/// Whether what is kept stays when the device runs short of room; empty while that is not known.
std::string promise_words() {
  const auto promised = persistence::promised();
  if (!promised) return {};
  return *promised
             ? "The browser has promised not to clear it on its own."
             : "The browser has not promised to keep it when the device runs short of room, and in a private window it goes when that is "
               "closed. Installing this page, or adding it to your bookmarks, may change that; a backup is safe in any case.";
}

void storage(Column& page, bool narrow) {
  Client& hub = client();
  const auto& colors = theme::colors();
  Section section("storage", page, "Storage", narrow);
  Column& column = section.column();
  paragraph(column, storage_words(hub.storage()), colors.text);
  column.gap(4);
  if (const std::string promise = promise_words();
      !promise.empty() && (hub.storage().state == "saved" || hub.storage().state == "saving")) {
    paragraph(column, promise, colors.muted);
    column.gap(4);
  }
  paragraph(column,
            "Your ratings never leave this device: there is no account and no server of ours. " +
                words::count(hub.library().rating_count(), "rating", "ratings") + " in your library. " +
                (host::works_offline() ? "The page works without a network."
                                       : "The page will work without a network after it has been loaded once more."),
            colors.muted);
  for (const std::string& warning : hub.warnings()) {
    column.gap(12);
    ImGui::PushID(warning.c_str());
    column.skip(banner("warning", column.at(), column.width(), warning, {.kind = BannerKind::warning}).height);
    ImGui::PopID();
  }
  if (!hub.damaged_files().empty()) {
    column.gap(12);
    paragraph(column, "Parts that could not be read were kept aside:", colors.muted, Type::small);
    column.gap(4);
    Row row(column);
    for (const std::string& name : hub.damaged_files())
      if (row.add(name.c_str(), "Download " + name, {.compact = true})) hub.fetch_damaged(name);
  }
}

void history(Column& page, bool narrow) {
  Client& hub = client();
  const auto& colors = theme::colors();
  Section section("history", page, "History", narrow);
  Column& column = section.column();
  const std::string undo = hub.undo_words();
  const std::string redo = hub.redo_words();
  paragraph(column, undo.empty() ? "There is nothing to undo." : "Last change: " + undo + ".", colors.text);
  if (!redo.empty()) paragraph(column, "Taken back before: " + redo + ".", colors.muted);
  column.gap(12);
  Row row(column);
  const bool locked = hub.read_only();
  // “Undo” is the button that is always there; a second one of the same name would be told twice.
  if (row.add("undo", "Take back", {.icon = Icon::undo, .description = undo, .disabled = undo.empty() || locked})) hub.undo();
  if (row.add("redo", "Redo", {.description = redo, .disabled = redo.empty() || locked})) hub.redo();
}

void remove(Column& page, bool narrow, bool& deleting) {
  Section section("delete", page, "Delete", narrow);
  Column& column = section.column();
  if (client().deleted_held()) {
    paragraph(
        column,
        "Everything was deleted from this device. Undo can bring your ratings, imports and keys back until you change something here or "
        "close this page.",
        theme::colors().text);
    column.gap(16);
    Row row(column);
    if (row.add("undo deleting", "Bring everything back", {.icon = Icon::undo})) client().undo();
    if (row.add("for good", "Delete for good", {.kind = ButtonKind::danger, .icon = Icon::trash})) client().delete_everything(true);
    return;
  }
  paragraph(column, "Removes every rating, import, setting, key and downloaded model from this device.", theme::colors().muted);
  column.gap(16);
  Row row(column);
  if (row.add("delete", "Delete everything…",
              {.kind = ButtonKind::danger, .icon = Icon::trash, .disabled = client().demo() || client().read_only()}))
    deleting = true;
}

void about(Column& page, bool narrow) {
  Section section("about", page, "Where the facts come from", narrow);
  paragraph(
      section.column(),
      "Titles you can search without a network come from a catalogue bundled with this page: facts about well-known works with the public’s rating, its source and "
      "its date. Titles you import bring the facts that are in the file; titles found by the services under Network bring theirs. Each title says whose facts it shows. "
      "Predictions are learnt from your ratings alone, in this page.",
      theme::colors().muted);
}

/// What a file came to (a preview, an error) stands at the top; whoever gave it further down, or by dropping it, must see it.
void show_outcome(ScrollArea& area) {
  static int shown = 0;
  const Client& hub = client();
  const int outcome = hub.import_preview() ? 1 : hub.restore_preview() ? 2 : hub.file_error() ? 3 : 0;
  if (outcome != 0 && outcome != shown) area.scroll_to(0);
  if (outcome != shown) {
    if (outcome == 1) mirror::announce(found_words(*hub.import_preview()) + ". Nothing is changed before you agree.");
    if (outcome == 2) mirror::announce(words::count(hub.restore_preview()->ratings, "rating", "ratings") + " in this backup.");
  }
  shown = outcome;
}

/// Whether the question before deleting is open.
bool& asked_to_delete() {
  static bool asked = false;
  return asked;
}

/// Whether the question before a backup replaces everything is open.
bool& asked_to_replace() {
  static bool asked = false;
  return asked;
}

/// @return whether it stays open.
bool delete_question() {
  static bool for_good = false;
  Dialog dialog("delete", "Delete everything?", {.alert = true});
  if (dialog.opening()) for_good = false;
  Column& column = dialog.column();
  paragraph(column,
            for_good
                ? "Ratings, imports, settings, keys and models go from this device at once, and nothing is held for Undo: only a backup "
                  "can bring your ratings back."
                : "Ratings, imports, settings, keys and models go from this device at once. Undo can bring ratings, imports and keys back "
                  "until you change something here or close this page.",
            theme::colors().muted);
  column.gap(12);
  constexpr std::string_view no_undo = "Delete for good, without Undo";
  if (switch_control("for good", column.at(), column.width(), no_undo, for_good)) for_good = !for_good;
  column.skip(switch_control_height(column.width(), no_undo));
  column.gap(12);
  const std::array<RowButton, 1> backup{{{"backup", "Save a backup first", {.icon = Icon::download}}}};
  if (button_row(column, backup, false) == 0) client().make_backup();
  const int pressed = dialog.buttons("Keep it", "Delete everything", true);
  if (pressed == 1) client().delete_everything(for_good);
  return pressed < 0 && !dialog.dismissed();
}

}  // namespace

std::span<const ExportKind> export_kinds() {
  static constexpr std::array<ExportKind, 8> kinds{
      {{"letterboxd", "Letterboxd", "Films that you rated or saw"},
       {"imdb", "IMDb", "Rated films, shows and games, in the shape of IMDb’s own file"},
       {"goodreads", "Goodreads", "Books, with their shelves"},
       {"myanimelist", "MyAnimeList", "Films and shows that have a MyAnimeList number"},
       {"myanimelist-manga", "MyAnimeList (manga)", "Books that have a MyAnimeList number"},
       {"yamtrack", "Yamtrack", "Titles that TMDB, MyAnimeList, IGDB, Open Library or Hardcover know by number"},
       {"csv", "Table (CSV)", "Everything, for spreadsheets"},
       {"json", "JSON", "Everything, for programs"}}};
  return kinds;
}

void ask_to_delete() {
  asked_to_delete() = true;
}

void ask_to_replace() {
  asked_to_replace() = true;
}

void data(const Page& page) {
  bool& deleting = asked_to_delete();
  bool& replacing = asked_to_replace();
  const float padding = page.narrow ? 20.0F : 40.0F;
  ImGui::SetCursorScreenPos(page.box.Min);
  {
    ScrollArea area("data", page.box.GetSize(), {.padding = ImVec2(padding, page.narrow ? 20.0F : 28.0F)},
                    {.role = mirror::Role::group, .name = "Data"});
    show_outcome(area);
    const float room = page.box.GetWidth() - 2 * padding;
    // On a wide screen what is brought and taken stands beside how the page is set.
    const bool two = room >= theme::grown(1180);
    constexpr float between = 24;
    const float width = two ? (std::min(1520.0F, room) - between) / 2 : std::min(760.0F, room);
    Column column(two ? 2 * width + between : width);
    column.skip(text::heading(column.at(), column.width(), "Data", 1, {.type = Type::title, .weight = Weight::bold}));
    column.gap(16);
    const auto of_ratings = [&](Column& into) {
      bring(into, page.narrow, replacing);
      titles_to_look_at(into, page.narrow);
      missing_facts(into, page.narrow);
      backup(into, page.narrow);
      take_along(into, page.narrow);
    };
    const auto of_device = [&](Column& into) {
      storage(into, page.narrow);
      network(into, page.narrow);
      own_keys(into, page.narrow);
      device_models(into, page.narrow);
      look(into, page.narrow);
    };
    const auto of_past = [&](Column& into) {
      history(into, page.narrow);
      about(into, page.narrow);
      remove(into, page.narrow, deleting);
    };
    if (two) {
      const ImVec2 top = column.at();
      Column left(top, width);
      of_ratings(left);
      of_past(left);
      Column right(ImVec2(top.x + width + between, top.y), width);
      of_device(right);
      column.skip(std::max(left.y(), right.y()) - top.y);
    } else {
      of_ratings(column);
      of_device(column);
      of_past(column);
    }
    column.gap(24);
  }
  if (deleting) deleting = delete_question();
  if (replacing) {
    Dialog dialog("replace", "Replace everything?", {.alert = true});
    dialog.column().skip(text::paragraph(
        dialog.column().at(), dialog.column().width(),
        "What is in the backup takes the place of all that is here now. Undo brings that back until your next change; download a backup "
        "of it first if you may want it later.",
        {.color = theme::colors().muted}));
    const int pressed = dialog.buttons("Keep what is here", "Replace everything", true);
    if (pressed == 1) client().confirm_restore(true);
    if (pressed >= 0 || dialog.dismissed()) replacing = false;
  }
}

}  // namespace hub::ui::views
