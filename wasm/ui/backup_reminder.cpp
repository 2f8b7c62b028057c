#include "wasm/ui/backup_reminder.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "wasm/platform/host.hpp"
#include "wasm/ui/backup_file.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/library_mark.hpp"
#include "wasm/ui/views/words.hpp"

namespace hub::ui::backup_reminder {
namespace {

constexpr std::size_t something_to_lose = 20;  ///< ratings
constexpr double month = 30.0 * 24 * 60 * 60 * 1000;
/// "1764424000000 1764424000000 412-9f86d081884c7d65": when it was last put off or unnecessary, when the last backup was made (0: never),
/// and what that one holds.
constexpr std::string_view setting_backup = "backup";

struct State {
  double asked = 0;
  double made = 0;
  std::string mark;
  bool due = false;
  std::uint64_t looked_at = 0;  ///< library_revision
};
State& state() {
  static State instance = [] {
    State begun;
    const std::string kept = host::setting(setting_backup);
    const std::size_t first = kept.find(' ');
    const std::size_t second = first == std::string::npos ? first : kept.find(' ', first + 1);
    if (second == std::string::npos) return begun;
    begun.asked = std::strtod(kept.c_str(), nullptr);
    begun.made = std::strtod(kept.c_str() + first, nullptr);
    begun.mark = kept.substr(second + 1);
    return begun;
  }();
  return instance;
}

void keep() {
  State& s = state();
  s.looked_at = 0;
  host::set_setting(setting_backup, words::number(s.asked, 0) + " " + words::number(s.made, 0) + " " + s.mark);
}

bool is_due() {
  const State& s = state();
  const Library& library = client().library();
  if (library.rating_count() < something_to_lose) return false;
  const double since = s.asked > 0 ? s.asked : static_cast<double>(library.events().front().time);
  return host::wall_clock() - since > month && !is_mark_of(s.mark, library);
}

}  // namespace

bool due() {
  if (!client().opened() || client().demo() || client().read_only()) return false;
  if (client().storage().state == "memory" || client().storage().state == "failed") return false;
  const auto stage = backup_file::stage();
  if (stage != backup_file::Stage::impossible && stage != backup_file::Stage::none) return false;
  State& s = state();
  if (s.looked_at != client().library_revision()) {
    s.looked_at = client().library_revision();
    s.due = is_due();
  }
  return s.due;
}

std::string words() {
  const std::string ratings = words::count(client().library().rating_count(), "rating", "ratings");
  if (state().made == 0) return "There is no backup of your " + ratings + " yet.";
  return "Your last backup is more than a month old, and you have changed things since.";
}

void put_off() {
  state().asked = host::wall_clock();
  keep();
}

void backup_made() {
  State& s = state();
  s.asked = s.made = host::wall_clock();
  s.mark = mark_of(client().library());
  keep();
}

}  // namespace hub::ui::backup_reminder
