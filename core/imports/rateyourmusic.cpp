/// RateYourMusic's export of the music catalogue: an album a line; names in two parts and, for artists who write in another script, a
/// second time in Latin letters; texts as HTML.

#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 10> names{{{"rymalbum", Field::service_id},
                                      {"firstname", Field::first_name},
                                      {"lastname", Field::last_name},
                                      {"firstnamelocalized", Field::first_name_localized},
                                      {"lastnamelocalized", Field::last_name_localized},
                                      {"title", Field::title},
                                      {"releasedate", Field::year},
                                      {"rating", Field::rating},
                                      {"ownership", Field::owned},
                                      {"mediatype", Field::kind}}};

std::string fill(const Record& record, Item& item) {
  if (read_whole(record[Field::service_id])) item.ids["rateyourmusic_album"] = record[Field::service_id];
  return {};
}

Standing standing(const Record& record) {
  const std::string& owned = record[Field::owned];
  if (owned == "w") return Standing::wished;
  return owned == "o" || owned == "u" ? Standing::owned : Standing::unknown;
}

const Service service{
    .name = "RateYourMusic", .names = names, .type = MediaType::album, .scale = RatingScale::ten, .fill = fill, .standing = standing};

}  // namespace

const Format rateyourmusic{"RateYourMusic",
                           [](const SourceFile& file) { return file.has_columns({"rymalbum"}) ? Certainty::sure : Certainty::none; },
                           [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(service, std::move(file)); }};

}  // namespace hub::imports
