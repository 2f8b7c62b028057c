#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/imports/record.hpp"
#include "core/library/item.hpp"
#include "core/library/rating.hpp"

namespace hub::imports {

/// What a person did with a work that they did not rate. None of it is a rating, and none becomes one.
enum class Standing { unknown, finished, begun, dropped, wished, owned };

/// What a service's word for it means ("plan to watch", "to-read", "dropped", …), Standing::unknown for other words.
Standing standing_from(std::string_view word);

/// How a service's entries become ratings: a table of names, and a function for what no table can say.
struct Service {
  std::string_view name;
  std::span<const Name> names;
  MediaType type;            ///< of an item for which `fill` does not choose another
  RatingScale scale;         ///< of its ratings; RatingScale::hundred with `scale_open` for what the file tells
  bool scale_open = false;   ///< people choose the scale: told by the highest rating in the file
  bool stars_too = false;    ///< with `scale_open`: it may also be of 5
  bool parts_seen = false;   ///< an episode that is named has been watched, also without a day
  bool zero_is_none = true;  ///< a 0 stands for no rating
  bool editions = false;     ///< see Collector
  /// Takes from the record what is the service's own and is not told by the fields alone.
  /// @param item  has type, title, year, creators and the ids of other services by now.
  /// @return      why the entry cannot be taken, or empty.
  std::string (*fill)(const Record& record, Item& item) = nullptr;
  /// What is known of an entry without a rating; where null, by the fields status, seen, listed and owned.
  Standing (*standing)(const Record& record) = nullptr;
  /// What else the record says of the person and the work, beyond its standing and the fields for that; or null.
  void (*facts)(const Record& record, Facts& facts) = nullptr;
  JsonReading json = {};
};

/// What is known of an entry by its fields status, seen, listed and owned.
Standing standing_of(const Record& record);

/// Why an entry of that standing without a rating is skipped, in words for the person.
std::string_view words_of(Standing standing);

/// Whether a mark is set: anything but nothing, "0", "false" and "no".
bool is_set(std::string_view value);

/// Reads the entries of `source` as the service's.
///
/// @param text    what the source reads, moved on with it: `make` is called once it stands where it will stay.
/// @param notes   of the file.
std::unique_ptr<Reader> read_service(const Service& service, std::string text, std::vector<std::string> notes,
                                     std::unique_ptr<Source> (*make)(const Service& service, std::string_view text, CsvLayout layout),
                                     CsvLayout layout = {});

/// The same for a file that is a table with headings.
std::unique_ptr<Reader> read_table(const Service& service, SourceFile&& file);
/// The same for JSON.
std::unique_ptr<Reader> read_json(const Service& service, SourceFile&& file);

/// Whether the first 8 KiB hold one of `words`.
bool begins_with_any(const SourceFile& file, std::initializer_list<std::string_view> words);
bool is_json(const SourceFile& file);

/// The ISBN of 13 digits in text such as "=\"0525509283\"", of either length, with a right check digit (ISO 2108); or nothing.
std::optional<std::string> isbn_in(std::string_view text);

/// The first year of four digits at the beginning of a text ("1999", "1999-05-31"), or nothing.
std::optional<int> year_in(std::string_view text);

/// Names between commas, appended with the role.
void add_creators(Item& item, std::string_view names, std::string_view role);

}  // namespace hub::imports
