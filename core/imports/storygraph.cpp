/// The StoryGraph's library export: quarter stars, several authors in one value, and an id of its own where a book has no ISBN.

#include <array>

#include "core/imports/service.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 10> names{{{"title", Field::title},
                                      {"authors", Field::creator},
                                      {"isbnuid", Field::isbn},
                                      {"isbn", Field::isbn},
                                      {"starrating", Field::rating},
                                      {"readstatus", Field::status},
                                      {"lastdateread", Field::date},
                                      {"dateadded", Field::other_date},
                                      {"readcount", Field::times},
                                      {"owned", Field::owned}}};

std::string fill(const Record& record, Item& item) {
  const std::string& id = record[Field::isbn];
  if (id.size() == 36 && id[8] == '-') item.ids["storygraph"] = id;
  return {};
}

const Service service{
    .name = "The StoryGraph", .names = names, .type = MediaType::book, .scale = RatingScale::half_stars, .editions = true, .fill = fill};

}  // namespace

const Format storygraph{"The StoryGraph",
                        [](const SourceFile& file) {
                          return file.has_columns({"starrating", "readstatus"}) ? Certainty::sure : Certainty::none;
                        },
                        [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(service, std::move(file)); }};

}  // namespace hub::imports
