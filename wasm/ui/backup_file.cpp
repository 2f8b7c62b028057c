#include "wasm/ui/backup_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "wasm/ui/client.hpp"
#include "wasm/ui/library_mark.hpp"

namespace hub::ui::backup_file {
namespace {

using boundary::BackupNews;

constexpr std::string_view suggested_name = "media-hub-backup.jsonl";
/// Milliseconds after the last change, and after the first that is not in the file: changes that come without end do not put it off for
/// good.
constexpr double pause = 5000;
constexpr double longest_pause = 60000;

struct State {
  bool possible = false;
  bool looked = false;   ///< for a file of an earlier visit, since this tab keeps the ratings
  bool kept = false;     ///< there is a file
  bool allowed = false;  ///< it may be written
  std::string name;
  double written = 0;
  std::string mark;  ///< of the history in the file; empty: nothing was written yet
  bool behind = false;
  double behind_since = 0;
  bool waking = false;  ///< a change waits for its pause to pass
  bool making = false;  ///< the engine was asked for the backup
  std::string made_of;  ///< mark of what it was asked for, and what is being written
  bool writing = false;
  bool insisted = false;  ///< the person wants what is here in the file, even if it is less
  bool tell = false;      ///< the person waits for this one
  std::string failure;    ///< name of what the browser threw
};
State& state() {
  static State instance;
  return instance;
}

/// Whether the library shown here is the person's own, and this tab's to keep.
bool mine() {
  return client().opened() && !client().demo() && !client().read_only();
}

/// Histories only grow, but for one that takes another's place: everything was deleted, a backup came instead, or the browser lost all.
bool less_than_in_file() {
  return client().library().events().size() < events_of(state().mark);
}

void cancel_wake() {
  if (std::exchange(state().waking, false)) host::wake_backup_file(-1);
}

void make() {
  State& s = state();
  cancel_wake();
  if (!mine() || !s.kept || !s.allowed || s.making || s.writing) return;
  s.making = true;
  s.made_of = mark_of(client().library());
  client().make_own_backup();
}

/// Looks whether the file has what is here, and has it written in a while if not.
void follow() {
  State& s = state();
  if (!mine() || !s.kept) return;
  const bool was_behind = s.behind;
  s.behind = s.mark.empty() || !is_mark_of(s.mark, client().library());
  if (!s.behind || !s.allowed) return cancel_wake();
  if (s.making || s.writing) return;  // looked at again after it
  if (s.mark.empty() || s.insisted) return make();
  if (less_than_in_file()) return cancel_wake();
  const double now = host::wall_clock();
  if (!was_behind || now < s.behind_since) s.behind_since = now;
  s.waking = true;
  host::wake_backup_file(std::clamp(s.behind_since + longest_pause - now, 0.0, pause));
}

/// "1764424000000 412-9f86d081884c7d65 my backup.jsonl"
void take_standing(std::string_view text) {
  State& s = state();
  const std::size_t first = text.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  if (second == std::string_view::npos) return;
  s.kept = true;
  s.written = std::strtod(std::string(text.substr(0, first)).c_str(), nullptr);
  s.mark = text.substr(first + 1, second - first - 1);
  if (s.mark == "-") s.mark.clear();
  s.name = text.substr(second + 1);
}

void say(std::string words, bool error = false) {
  client().toasts().push_back({std::move(words), false, error});
}

void hear(BackupNews news, std::string_view text) {
  State& s = state();
  switch (news) {
    case BackupNews::none:
      s.kept = s.allowed = s.behind = s.writing = s.tell = s.insisted = false;
      s.name.clear();
      s.mark.clear();
      s.failure.clear();
      break;
    case BackupNews::kept:
    case BackupNews::waits:
      take_standing(text);
      s.allowed = news == BackupNews::kept;
      s.writing = false;
      s.failure.clear();
      s.tell = s.allowed && (s.tell || s.mark.empty());
      follow();
      // Who has just agreed does not wait.
      if (s.tell && s.waking) make();
      s.tell = s.tell && s.making;
      break;
    case BackupNews::written:
      take_standing(text);
      s.writing = s.insisted = false;
      s.failure.clear();
      if (std::exchange(s.tell, false)) say("Wrote the backup file");
      // What came meanwhile has its own pause.
      s.behind = false;
      follow();
      break;
    case BackupNews::failed:
      if (!s.kept) {
        say("The browser did not open its window for files. Try once more.", true);
        break;
      }
      if (std::exchange(s.tell, false)) say("The backup file was not written.", true);
      s.writing = s.insisted = false;
      s.failure = text;
      break;
    case BackupNews::dismissed: break;
    case BackupNews::due:
      s.waking = false;
      make();
      break;
  }
}

}  // namespace

Stage stage() {
  const State& s = state();
  if (!s.possible) return Stage::impossible;
  if (client().read_only()) return Stage::other;
  if (!s.kept) return Stage::none;
  if (!s.failure.empty()) return Stage::failed;
  if (!s.allowed) return Stage::waits;
  if (s.behind && mine() && !s.insisted && less_than_in_file()) return Stage::held;
  return Stage::kept;
}

const std::string& name() {
  return state().name;
}
double written() {
  return state().written;
}
bool behind() {
  return state().behind;
}
bool writing() {
  return state().making || state().writing;
}

std::string_view problem() {
  const std::string& failure = state().failure;
  if (failure == "NotFoundError")
    return "The backup file is not where it was: it was moved, renamed or deleted, or its drive is not there. Your ratings are safe in this "
           "browser. Bring it back and try again, or choose another file.";
  if (failure == "NotAllowedError" || failure == "SecurityError")
    return "The browser does not let this page write to the backup file. Your ratings are safe in this browser, and the file is as it was. Try "
           "again and allow it, or choose another file.";
  if (failure == "QuotaExceededError")
    return "There is no room for the backup file on its drive. Your ratings are safe in this browser, and the file is as it was. Make room and "
           "try again, or choose a file elsewhere.";
  if (failure == "NoModificationAllowedError")
    return "Another program or tab is using the backup file. Your ratings are safe in this browser, and the file is as it was. Close it there "
           "and try again.";
  return "The backup file could not be written. Your ratings are safe in this browser, and the file is as it was. Try again, or choose another "
         "file.";
}

void choose() {
  host::choose_backup_file(suggested_name);
}

void allow() {
  state().tell = true;
  host::allow_backup_file();
}

void write_now() {
  State& s = state();
  if (client().engine_failed()) return say("The part of the page that writes backups is not running. Start it first: Try again.", true);
  s.tell = true;
  // A browser that refused may ask the person now.
  if (s.failure == "NotAllowedError" || s.failure == "SecurityError") return allow();
  s.insisted = true;
  make();
}

void stop() {
  if (!state().kept) return;
  cancel_wake();
  say("The backup file is not written any more. What is in it stays.");
  host::forget_backup_file();
}

void start() {
  state().possible = host::backup_file_possible();
  if (state().possible) host::on_backup_file(hear);
}

void library_begins() {
  State& s = state();
  s.making = false;
  if (client().read_only()) s.looked = false;
}

void library_changed() {
  State& s = state();
  if (!s.possible || !mine()) return;
  if (!std::exchange(s.looked, true)) return host::look_for_backup_file();
  follow();
}

void page_hidden() {
  // It may never be seen again.
  if (state().waking) make();
}

void take(host::Bulk content) {
  State& s = state();
  if (!std::exchange(s.making, false) || !s.kept) return;
  s.writing = true;
  host::write_backup_file(s.made_of, std::move(content));
}

}  // namespace hub::ui::backup_file
