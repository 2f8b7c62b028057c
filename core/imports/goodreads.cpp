/// Goodreads' library export, of all years: columns were added and dropped at the end and are told by their headings; without headings by
/// their order, which is the same in all of them as far as it matters.

#include <algorithm>
#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 17> names{{{"bookid", Field::service_id},
                                      {"title", Field::title},
                                      {"author", Field::creator},
                                      {"additionalauthors", Field::contributors},
                                      {"isbn", Field::isbn_10},
                                      {"isbn13", Field::isbn},
                                      {"myrating", Field::rating},
                                      {"averagerating", Field::public_rating},
                                      {"publisher", Field::publisher},
                                      {"numberofpages", Field::length},
                                      {"yearpublished", Field::other_year},
                                      {"originalpublicationyear", Field::year},
                                      {"dateread", Field::date},
                                      {"dateadded", Field::other_date},
                                      {"exclusiveshelf", Field::status},
                                      {"readcount", Field::times},
                                      {"ownedcopies", Field::owned}}};

constexpr std::array<Field, 19> order{Field::service_id, Field::title,  Field::creator,    Field::count,         Field::contributors,
                                      Field::isbn_10,    Field::isbn,   Field::rating,     Field::public_rating, Field::publisher,
                                      Field::count,      Field::length, Field::other_year, Field::year,          Field::date,
                                      Field::other_date, Field::count,  Field::count,      Field::status};
constexpr std::size_t columns_at_least = 23;

std::string fill(const Record& record, Item& item) {
  const std::string& id = record[Field::service_id];
  if (read_whole(id)) item.ids["goodreads"] = id;
  return {};
}

Standing standing(const Record& record) {
  const Standing said = standing_from(record[Field::status]);
  // Shelves of the person's own: the many that begin like Goodreads' are of the same kind.
  if (said == Standing::unknown && comparable(record[Field::status]).starts_with("toread")) return Standing::wished;
  return said;
}

const Service service{.name = "Goodreads",
                      .names = names,
                      .type = MediaType::book,
                      .scale = RatingScale::stars,
                      .editions = true,
                      .fill = fill,
                      .standing = standing};

/// The first record is a book: an id, then where they belong a rating of whole stars and the public's with two decimals.
bool without_headings(const SourceFile& file) {
  if (file.head.size() < columns_at_least || !read_whole(file.head[0])) return false;
  CsvRecord record;
  CsvReader(file.text, file.layout).next(record);
  const auto& fields = record.fields;
  const auto rating = read_decimal(fields[7]);
  const auto mean = read_decimal(fields[8]);
  return rating && *rating <= 5 && mean && *mean <= 5 && fields[8].find_first_of(".,") != std::string::npos;
}

Certainty recognise(const SourceFile& file) {
  const bool named = file.has_columns({"bookid", "myrating"}) || file.has_columns({"bookid", "bookshelves"}) ||
                     file.has_columns({"title", "myrating", "exclusiveshelf"}) ||
                     file.has_columns({"title", "authorlf", "additionalauthors"});
  if (named) return Certainty::sure;
  return without_headings(file) ? Certainty::likely : Certainty::none;
}

Expected<std::unique_ptr<Reader>> open(SourceFile&& file) {
  if (!without_headings(file)) return read_table(service, std::move(file));
  file.notes.emplace_back("There are no headings; the columns were told by their order. Please check a few lines.");
  return read_service(
      service, std::move(file.text), std::move(file.notes),
      [](const Service& its, std::string_view text, CsvLayout layout) {
        CsvRecord record;
        CsvReader(text, layout).next(record);
        std::vector<Field> fields(std::max(record.fields.size(), order.size()), Field::count);
        std::copy(order.begin(), order.end(), fields.begin());
        return table_source(text, layout, its.names, fields);
      },
      file.layout);
}

}  // namespace

const Format goodreads{"Goodreads", recognise, open};

}  // namespace hub::imports
