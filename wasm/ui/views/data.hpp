#pragma once

#include <span>
#include <string_view>

namespace hub::ui::views {

/// Opens the question whether everything is to be deleted, when the view Data is drawn next.
void ask_to_delete();

/// Opens the question whether the previewed backup is to replace everything, likewise.
void ask_to_replace();

/// A file that the library can be written as, for another service or program.
struct ExportKind {
  std::string_view key;  ///< as Client::write_export takes it
  std::string_view name;
  std::string_view takes;  ///< what of the library is in it
};
std::span<const ExportKind> export_kinds();

}  // namespace hub::ui::views
