#pragma once

#include <cstdint>
#include <vector>

#include "core/library/json.hpp"

namespace hub::storage {

/// Turns one event as version n wrote it into what version n + 1 writes. @return Error with what is wrong, when the event cannot be carried
/// over.
/// Null where version n + 1 only adds kinds of events or fields that may be missing, so that what version n wrote reads as it is.
using Migration = Expected<Json> (*)(Json event);

/// The written form of events, in journals and backups alike. migrations[n - 1] leads from version n to n + 1, so the present version is
/// one more than there are migrations. A new form of events means one more entry here and one more test with a file of the version before.
struct Format {
  std::vector<Migration> migrations;

  std::uint32_t version() const { return static_cast<std::uint32_t>(migrations.size()) + 1; }

  /// Reads an event that `version` (1 … version()) wrote. @return Error of the migration, "bad_json" or "bad_event".
  Expected<Event> read(std::string_view text, std::uint32_t version) const;
};

/// The form that this program writes. Version 2 added what imports tell besides ratings (Imported::told) and Marked; version 3 songs
/// (Imported::songs) and SongMarked; version 4 series and awards of items; version 5 ChangedTogether; version 6
/// Imported::lines and Matched.
const Format& present_format();

}  // namespace hub::storage
