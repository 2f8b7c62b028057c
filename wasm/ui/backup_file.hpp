#pragma once

#include <string>
#include <string_view>

#include "wasm/platform/host.hpp"

/// The backup that writes itself: into a file that the person chose once, some seconds after each change, by the tab that keeps the
/// ratings. A file is replaced as a whole or not at all, and never by less than it holds unless the person says so.
namespace hub::ui::backup_file {

enum class Stage {
  impossible,  ///< this browser lets no page do so
  none,        ///< no file was chosen
  kept,        ///< the file follows
  other,       ///< another tab keeps the ratings, and the file with them
  waits,       ///< the browser wants the person to allow it again, by a press
  held,        ///< there is less here than in the file, which is left as it is
  failed,      ///< it could not be written
};
Stage stage();

/// The file's name; empty where there is none.
const std::string& name();
/// When it was last written, in milliseconds since 1970-01-01 UTC; 0: not yet.
double written();
/// Whether something is here that is not in the file.
bool behind();
/// Whether it is being written.
bool writing();
/// What happened, what is safe and what to do, at the stage `failed`.
std::string_view problem();

// ---- what a person does, each in the frame of the press or key

void choose();
/// Lets the browser ask again whether the file may be written, and goes on.
void allow();
/// Writes what is here now, whatever the file holds. After a failure: tries again.
void write_now();
/// Leaves the file as it is, and forgets it.
void stop();

// ---- what happens

void start();
/// The library begins anew; the engine may be another.
void library_begins();
/// The library, or more of it, has come or changed.
void library_changed();
void page_hidden();
/// The backup that was asked for with Client::make_own_backup().
void take(host::Bulk content);

}  // namespace hub::ui::backup_file
