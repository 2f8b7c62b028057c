#pragma once

#include <string_view>

namespace hub::ui::views {

/// What the file picker offers: exports as tables or JSON, and backups. The content decides, so this only keeps pictures and films out of
/// the way.
inline constexpr std::string_view accepted_files =
    ".csv,.tsv,.txt,.json,.jsonl,.xml,text/csv,text/xml,application/json,application/x-ndjson";

}  // namespace hub::ui::views
