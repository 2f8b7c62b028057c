#pragma once

#include <string_view>

namespace hub::ui::views {

/// What the file picker offers: exports as tables, JSON or XML, packed or not, and backups. The content decides, so this only keeps
/// pictures and films out of the way.
inline constexpr std::string_view accepted_files =
    ".csv,.tsv,.txt,.json,.jsonl,.xml,.zip,.gz,text/csv,text/tab-separated-values,text/xml,application/json,application/x-ndjson,"
    "application/zip,application/gzip";

}  // namespace hub::ui::views
