#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/imports/format.hpp"
#include "core/library/song.hpp"

namespace hub::imports {

/// What a value of an export means, whatever the service calls it.
enum class Field : std::uint8_t {
  title,
  title_of_show,  ///< a title, and the work is a show
  original_title,
  year,
  other_year,  ///< of an edition, where the first one's is not given
  rating,
  rating_of_ten,  ///< the same on a scale of 10
  date,
  other_date,  ///< where `date` is empty
  day,
  month,
  year_of_date,  ///< a date in three parts
  creator,
  first_name,  ///< of a creator whose name comes in two parts
  last_name,
  first_name_localized,
  last_name_localized,
  contributors,
  publisher,
  length,
  public_rating,
  service_id,  ///< the service's own
  imdb_id,
  tmdb_id,
  myanimelist_id,
  isbn,
  isbn_10,
  address,
  kind,     ///< of work, in the service's words
  medium,   ///< a coarser kind
  status,   ///< what the person has done with it, in the service's words
  episode,  ///< there only where the entry is of a part of a series
  season,
  seen,    ///< when or how often; what counts first is that something stands there
  listed,  ///< likewise
  owned,
  liked,  ///< anything but "0", "false" and "no"
  times,  ///< how often it was seen, read or played
  hours,  ///< that were spent with it
  minutes,
  milliseconds,
  parts,  ///< how many episodes were seen
  album,  ///< of a song
  audio,  ///< the first of what is heard of a song; the others follow in the order of Audio
  last_audio = audio + audio_count - 1,
  chapters,
  count
};

/// The name that a service gives to a field: a heading in the form of comparable(), the tag of an element, or the path of a member ("a.b").
struct Name {
  std::string_view name;
  Field field;
};

/// One entry of an export: a line of a table, an element, an object.
struct Record {
  std::size_t line = 0;     ///< see Source
  std::string_view within;  ///< the element's tag; the path of the array that holds the object; empty for a table
  std::string problem;      ///< why it cannot be read, in words for the person; else empty
  std::array<std::string, static_cast<std::size_t>(Field::count)> values;

  std::string& operator[](Field field) { return values[static_cast<std::size_t>(field)]; }
  const std::string& operator[](Field field) const { return values[static_cast<std::size_t>(field)]; }
  bool has(Field field) const { return !(*this)[field].empty(); }
  bool empty() const;

  void clear();
  /// Sets the field called `name`, if there is one and it has no value yet. @param value  trimmed.
  void put(std::span<const Name> names, std::string_view name, std::string_view value);
};

/// Gives out the entries of a file one by one. `record.line` is the line in which an entry begins; in a file without lines (JSON) it is the
/// number of the entry.
class Source {
 public:
  virtual ~Source() = default;
  /// @return  false at the end.
  virtual bool next(Record& record) = 0;
  virtual std::size_t position() const = 0;  ///< bytes read so far
};

/// A table. @param text   must outlive the source, as must `names`.
///          @param order  the fields of a table without headings; empty where the first record has them.
std::unique_ptr<Source> table_source(std::string_view text, CsvLayout layout, std::span<const Name> names,
                                     std::span<const Field> order = {});

/// XML: elements called as one of `tags`, and in them the text of their children (XML 1.0: entities, CDATA sections and comments; no
/// document type, no namespaces).
std::unique_ptr<Source> xml_source(std::string_view text, std::span<const Name> names, std::span<const std::string_view> tags);

/// How the objects of a JSON file become records, beyond the names of their members.
struct JsonReading {
  bool any_spelling = false;  ///< names of members count in the form of comparable()
  /// Takes from the object what no name can say (members of arrays); or null.
  void (*more)(const nlohmann::json& object, Record& record) = nullptr;
};

/// JSON (RFC 8259): objects within an array, but not those within an array of the name "lists", which hold more arrays.
std::unique_ptr<Source> json_source(std::string_view text, std::span<const Name> names, JsonReading reading = {});

/// What "&amp;", "&#39;", "&#x27;" and the named ones that exports are seen to use stand for, put in their place, once: what comes out is
/// not looked at again. Anything else stays as it is.
std::string decode_entities(std::string_view text);

}  // namespace hub::imports
