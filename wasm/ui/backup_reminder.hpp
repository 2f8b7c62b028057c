#pragma once

#include <string>

/// Where no file is kept up to date, somebody who has something to lose is reminded of a backup once a month, and not more.
namespace hub::ui::backup_reminder {

/// Whether there are changes that no backup of the last month has. Call it in each frame.
bool due();
/// How things stand, in a sentence.
std::string words();
/// Not now; in a month.
void put_off();
/// The person has a backup of what is here: it was given to them, or brought by them.
void backup_made();

}  // namespace hub::ui::backup_reminder
