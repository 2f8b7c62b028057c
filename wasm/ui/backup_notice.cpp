#include "wasm/ui/backup_notice.hpp"

#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/backup_file.hpp"
#include "wasm/ui/backup_reminder.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/banner.hpp"

namespace hub::ui {
namespace {

using backup_file::Stage;

constexpr float between = 8;

/// What was put away stays so until it is another.
struct State {
  Stage stage = Stage::none;
  bool dismissed = false;
};
State& state() {
  static State instance;
  return instance;
}

/// On a phone, and in large letters, a notice is a line or two.
std::string_view words_of(Stage stage, bool brief) {
  switch (stage) {
    case Stage::failed: return brief ? "The backup file was not written; your ratings are safe." : backup_file::problem();
    case Stage::waits:
      return brief ? "The browser asks before the backup file is written again."
                   : "Your last changes are not in your backup file yet: the browser asks before it is written again.";
    case Stage::held:
      return brief ? "Your backup file holds more than is here, and was left as it is."
                   : "There is less in your library now than in your backup file, which was left as it is.";
    default: return {};
  }
}

float file_notice(ImVec2 at, float width, Stage stage, bool brief) {
  const bool failed = stage == Stage::failed;
  const bool waits = stage == Stage::waits;
  const mirror::Scope scope({.role = failed ? mirror::Role::alert : mirror::Role::group, .name = "Backup file"});
  const auto result = banner("backup file", at, width, words_of(stage, brief),
                             {.kind = failed ? BannerKind::warning : BannerKind::info,
                              .action = failed  ? "Try again"
                                        : waits ? "Go on"
                                                : "Look at it",
                              .dismissable = true});
  if (result.action && failed) backup_file::write_now();
  if (result.action && waits) backup_file::allow();
  if (result.action && !failed && !waits) go(View::data);
  if (result.dismissed) state().dismissed = true;
  return result.height + between;
}

float reminder(ImVec2 at, float width, Stage stage, bool in_data) {
  const bool possible = stage == Stage::none;
  // Where the view has a button for it, the notice needs none.
  const std::string_view action = in_data ? "" : possible ? "Keep a backup file" : "Download backup";
  const auto result = banner("backup reminder", at, width, backup_reminder::words(), {.action = action, .dismissable = true});
  if (result.action && possible) backup_file::choose();
  if (result.action && !possible) client().make_backup();
  if (result.dismissed) backup_reminder::put_off();
  return result.height + between;
}

}  // namespace

float backup_notice(ImVec2 at, float width, bool may_remind) {
  if (client().demo()) return 0;
  State& s = state();
  const bool in_data = route().view == View::data;
  const Stage stage = backup_file::stage();
  if (stage != s.stage) s = {stage, false};
  const bool told = stage == Stage::failed || ((stage == Stage::waits || stage == Stage::held) && backup_file::behind());
  if (told && !in_data && !s.dismissed) return file_notice(at, width, stage, width < theme::grown(480));
  if (may_remind && backup_reminder::due()) return reminder(at, width, stage, in_data);
  return 0;
}

}  // namespace hub::ui
