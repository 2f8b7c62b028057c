#include "wasm/ui/views/backup.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/host.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/backup_file.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/file_types.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/banner.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using backup_file::Stage;
using theme::Type;
using theme::Weight;

void paragraph(Column& column, std::string_view words, ImU32 color) {
  column.skip(text::paragraph(column.at(), column.width(), words, {.color = color}));
}

/// "today at 14:05", "on 28 November 2026 at 14:05". @param at  milliseconds since 1970-01-01 UTC.
std::string moment(double at) {
  using namespace std::chrono;
  const auto local = [](double utc) {
    return sys_time<minutes>(minutes(static_cast<std::int64_t>(utc / 60000.0) + host::utc_offset_minutes(utc)));
  };
  const auto then = local(at);
  const auto day = floor<days>(then);
  const year_month_day date(day);
  const auto minute = (then - day).count();
  std::array<char, 48> iso{};
  std::snprintf(iso.data(), iso.size(), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  std::array<char, 16> clock{};
  std::snprintf(clock.data(), clock.size(), "%02d:%02d", static_cast<int>(minute / 60), static_cast<int>(minute % 60));
  const bool today = floor<days>(local(host::wall_clock())) == day;
  return (today ? std::string("today") : "on " + words::date(iso.data())) + " at " + clock.data();
}

std::string standing() {
  if (backup_file::writing()) return "Writing…";
  const double written = backup_file::written();
  if (written == 0) return "Not written yet.";
  const std::string when = "Written " + moment(written);
  const Stage stage = backup_file::stage();
  if (stage != Stage::kept) return when + (backup_file::behind() && stage != Stage::held ? ", without your last changes." : ".");
  return when + (backup_file::behind() ? "; your last changes follow in a few seconds." : ", with all that is here.");
}

/// The file's name, and how it stands, told as a status.
void told_file(Column& column) {
  const auto& colors = theme::colors();
  column.skip(text::paragraph(column.at(), column.width(), backup_file::name(), {}));
  const std::string told = standing();
  const ImVec2 at = column.at();
  const float height = text::paragraph(at, column.width(), told, {.color = colors.muted, .said = false});
  mirror::status(ImRect(at, ImVec2(at.x + column.width(), at.y + height)), "Backup file", told);
  column.skip(height);
}

struct Offer {
  RowButton button;
  void (*act)();
};

void offers(Column& column, std::initializer_list<Offer> all, bool narrow) {
  column.gap(12);
  std::vector<RowButton> buttons;
  for (const Offer& one : all) buttons.push_back(one.button);
  const int pressed = button_row(column, buttons, narrow);
  if (pressed >= 0) (all.begin() + pressed)->act();
}

void kept_file(Column& column, bool narrow) {
  const auto& colors = theme::colors();
  const Offer stop{{"stop", "Stop", {.name = "Stop writing the backup file", .description = "What is in the file stays"}},
                   backup_file::stop};
  const Offer another{{"another", "Change", {.name = "Change the backup file"}}, backup_file::choose};
  switch (backup_file::stage()) {
    case Stage::impossible:
      paragraph(
          column,
          "This browser lets no page write to a file on its own. Download a backup now and then; you are reminded of it after a month of changes.",
          colors.muted);
      break;
    case Stage::other:
      paragraph(column, "Another tab of this page keeps your ratings, and the backup file with them.", colors.muted);
      break;
    case Stage::none:
      paragraph(column,
                "Choose a file once, and a few seconds after each change your backup is written to it; best in a folder that is copied to "
                "another device. A file that is there already is replaced.",
                colors.muted);
      offers(column, {{{"choose", "Choose a backup file"}, backup_file::choose}}, narrow);
      break;
    case Stage::kept:
      told_file(column);
      offers(column, {{{"write", "Write now", {.disabled = backup_file::writing()}}, backup_file::write_now}, another, stop}, narrow);
      break;
    case Stage::waits:
      told_file(column);
      column.gap(4);
      paragraph(column, "The browser wants you to allow it again before this page writes to the file.", colors.text);
      offers(column,
             {{{"allow", "Go on", {.kind = ButtonKind::primary, .name = "Go on writing the backup file"}}, backup_file::allow}, stop},
             narrow);
      break;
    case Stage::held:
      told_file(column);
      column.gap(4);
      paragraph(
          column,
          "There is less in your library now than in this file, so the file is left as it is. Restore it to have everything again, or "
          "write what is here now.",
          colors.text);
      offers(column, {{{"write", "Write now", {.description = "Replaces what is in the file"}}, backup_file::write_now}, another, stop},
             narrow);
      break;
    case Stage::failed: {
      told_file(column);
      column.gap(12);
      {
        mirror::Scope alert({.role = mirror::Role::alert, .name = "The backup file was not written"});
        column.skip(banner("failed", column.at(), column.width(), backup_file::problem(), {.kind = BannerKind::warning}).height);
      }
      offers(column, {{{"write", "Try again", {.name = "Try again to write the backup file"}}, backup_file::write_now}, another, stop},
             narrow);
      break;
    }
  }
}

}  // namespace

void backup(Column& page, bool narrow) {
  Client& hub = client();
  const auto& colors = theme::colors();
  Section section("backup", page, "Backup", narrow);
  Column& column = section.column();
  paragraph(column, "One readable file with everything you did here. Keep it somewhere safe, or carry it to another device.", colors.muted);
  column.gap(16);
  const std::array<RowButton, 2> buttons{
      {{"download", "Download backup", {.icon = Icon::download}},
       {"restore", "Restore backup", {.icon = Icon::upload, .disabled = hub.demo() || hub.read_only(), .file_types = accepted_files}}}};
  if (button_row(column, buttons, narrow) == 0) hub.make_backup();
  // What the demo shows is nobody's to keep.
  if (hub.demo()) return;
  column.gap(24);
  column.skip(text::heading(column.at(), column.width(), "Keep a backup file up to date", 3, {.weight = Weight::semibold}));
  column.gap(4);
  kept_file(column, narrow);
}

}  // namespace hub::ui::views
