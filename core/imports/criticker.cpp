/// Criticker's export of ratings, as a table and as XML. People choose their scale there; most use 0 to 100.

#include <array>

#include "core/imports/service.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 15> names{{{"score", Field::rating},
                                      {"rating", Field::rating},
                                      {"filmid", Field::service_id},
                                      {"filmname", Field::title},
                                      {"title", Field::title},
                                      {"year", Field::year},
                                      {"filmyear", Field::year},
                                      {"imdbid", Field::imdb_id},
                                      {"url", Field::address},
                                      {"filmlink", Field::address},
                                      {"daterated", Field::date},
                                      {"reviewdate", Field::date},
                                      {"type", Field::kind},
                                      {"filmtype", Field::kind},
                                      {"tvseries", Field::kind}}};

constexpr std::array<std::string_view, 1> tags{"film"};

std::string fill(const Record& record, Item& item) {
  if (record[Field::address].find("criticker.com/tv/") != std::string::npos) item.type = MediaType::show;
  return {};
}

const Service service{.name = "Criticker",
                      .names = names,
                      .type = MediaType::film,
                      .scale = RatingScale::hundred,
                      .scale_open = true,
                      .zero_is_none = false,
                      .fill = fill};

}  // namespace

const Format criticker{"Criticker",
                       [](const SourceFile& file) {
                         const bool table = file.has_columns({"score", "filmname"}) || file.has_columns({"score", "filmid"});
                         return table || begins_with_any(file, {"<recentratings>"}) ? Certainty::sure : Certainty::none;
                       },
                       [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
                         if (file.has_columns({"score"})) return read_table(service, std::move(file));
                         return read_service(
                             service, std::move(file.text), std::move(file.notes),
                             [](const Service& its, std::string_view text, CsvLayout) { return xml_source(text, its.names, tags); });
                       }};

}  // namespace hub::imports
