/// A table or a JSON file that a person made or another program wrote: anything with a column of titles and one of ratings, told by their
/// headings in several languages. What kind of works they are and how high the ratings go is told by the headings and values, and said in a
/// note.

#include <algorithm>
#include <array>
#include <optional>

#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 84> names{{{"title", Field::title},
                                      {"name", Field::title},
                                      {"titel", Field::title},
                                      {"titre", Field::title},
                                      {"titulo", Field::title},
                                      {"titolo", Field::title},
                                      {"film", Field::title},
                                      {"movie", Field::title},
                                      {"filmname", Field::title},
                                      {"moviename", Field::title},
                                      {"movietitle", Field::title},
                                      {"filmtitle", Field::title},
                                      {"show", Field::title},
                                      {"series", Field::title},
                                      {"serie", Field::title},
                                      {"tvshow", Field::title},
                                      {"game", Field::title},
                                      {"gametitle", Field::title},
                                      {"gamename", Field::title},
                                      {"album", Field::title},
                                      {"albumtitle", Field::title},
                                      {"book", Field::title},
                                      {"booktitle", Field::title},
                                      {"buch", Field::title},
                                      {"livre", Field::title},
                                      {"libro", Field::title},
                                      {"originaltitle", Field::original_title},
                                      {"year", Field::year},
                                      {"releaseyear", Field::year},
                                      {"jahr", Field::year},
                                      {"annee", Field::year},
                                      {"ano", Field::year},
                                      {"anno", Field::year},
                                      {"releasedate", Field::other_year},
                                      {"rating", Field::rating},
                                      {"myrating", Field::rating},
                                      {"yourrating", Field::rating},
                                      {"userrating", Field::rating},
                                      {"personalrating", Field::rating},
                                      {"score", Field::rating},
                                      {"myscore", Field::rating},
                                      {"userscore", Field::rating},
                                      {"stars", Field::rating},
                                      {"grade", Field::rating},
                                      {"bewertung", Field::rating},
                                      {"note", Field::rating},
                                      {"nota", Field::rating},
                                      {"voto", Field::rating},
                                      {"calificacion", Field::rating},
                                      {"puntuacion", Field::rating},
                                      {"valutazione", Field::rating},
                                      {"avaliacao", Field::rating},
                                      {"date", Field::date},
                                      {"daterated", Field::date},
                                      {"ratedat", Field::date},
                                      {"ratedon", Field::date},
                                      {"datum", Field::date},
                                      {"fecha", Field::date},
                                      {"data", Field::date},
                                      {"dateread", Field::other_date},
                                      {"datewatched", Field::other_date},
                                      {"watcheddate", Field::other_date},
                                      {"dateadded", Field::other_date},
                                      {"director", Field::creator},
                                      {"directors", Field::creator},
                                      {"regie", Field::creator},
                                      {"author", Field::creator},
                                      {"authors", Field::creator},
                                      {"autor", Field::creator},
                                      {"auteur", Field::creator},
                                      {"autore", Field::creator},
                                      {"artist", Field::creator},
                                      {"artists", Field::creator},
                                      {"artista", Field::creator},
                                      {"developer", Field::creator},
                                      {"type", Field::kind},
                                      {"mediatype", Field::kind},
                                      {"category", Field::kind},
                                      {"imdbid", Field::imdb_id},
                                      {"imdb", Field::imdb_id},
                                      {"tmdbid", Field::tmdb_id},
                                      {"isbn", Field::isbn},
                                      {"isbn13", Field::isbn},
                                      {"status", Field::status}}};

/// Words that say the type, as headings or as values of a column.
constexpr std::array<std::pair<std::string_view, MediaType>, 34> type_words{
    {{"book", MediaType::book},      {"books", MediaType::book},    {"booktitle", MediaType::book}, {"author", MediaType::book},
     {"authors", MediaType::book},   {"autor", MediaType::book},    {"auteur", MediaType::book},    {"autore", MediaType::book},
     {"isbn", MediaType::book},      {"isbn13", MediaType::book},   {"buch", MediaType::book},      {"livre", MediaType::book},
     {"libro", MediaType::book},     {"album", MediaType::album},   {"albums", MediaType::album},   {"albumtitle", MediaType::album},
     {"artist", MediaType::album},   {"artists", MediaType::album}, {"artista", MediaType::album},  {"music", MediaType::album},
     {"game", MediaType::game},      {"games", MediaType::game},    {"videogame", MediaType::game}, {"gametitle", MediaType::game},
     {"developer", MediaType::game}, {"platform", MediaType::game}, {"show", MediaType::show},      {"series", MediaType::show},
     {"serie", MediaType::show},     {"tvshow", MediaType::show},   {"tv", MediaType::show},        {"tvseries", MediaType::show},
     {"film", MediaType::film},      {"movie", MediaType::film}}};

std::optional<MediaType> type_said(std::string_view word) {
  for (const auto& [known, type] : type_words)
    if (known == word) return type;
  return std::nullopt;
}

std::string fill(const Record& record, Item& item) {
  if (const auto type = type_said(comparable(record[Field::kind]))) item.type = *type;
  item.provenance = "a table";
  return {};
}

constexpr Service service_of(MediaType type) {
  return {.name = "a table",
          .names = names,
          .type = type,
          .scale = RatingScale::hundred,
          .scale_open = true,
          .stars_too = true,
          .editions = true,
          .fill = fill,
          .json = {.any_spelling = true}};
}

constexpr std::array<Service, media_type_count> services{service_of(MediaType::film), service_of(MediaType::show),
                                                         service_of(MediaType::game), service_of(MediaType::album),
                                                         service_of(MediaType::book)};

/// What the words of a file's name say, where nothing else does.
std::optional<MediaType> type_in(std::string_view name) {
  std::string word;
  for (const char c : std::string(name) + ".") {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += c;
      continue;
    }
    if (comparable(word) == "backloggd") return MediaType::game;
    if (const auto said = type_said(comparable(word))) return said;
    if (word.ends_with('s'))
      if (const auto said = type_said(comparable(word.substr(0, word.size() - 1)))) return said;
    word.clear();
  }
  return std::nullopt;
}

bool has(const SourceFile& file, Field field) {
  return std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.field == field && file.has_columns({name.name}); });
}

Certainty recognise(const SourceFile& file) {
  return file.head.size() > 1 && has(file, Field::title) && has(file, Field::rating) ? Certainty::likely : Certainty::none;
}

Expected<std::unique_ptr<Reader>> open(SourceFile&& file) {
  std::optional<MediaType> type;
  for (const std::string& heading : file.head)
    if (!type) type = type_said(heading);
  if (!type) type = type_in(file.name);
  const MediaType taken = type.value_or(MediaType::film);
  file.notes.push_back("This is a table of no service that is known; its columns were told by their headings and " +
                       (has(file, Field::kind) ? "what does not say its type" : std::string("all of it")) + " was taken as " +
                       std::string(noun_of(taken, true)) + ". Please check a few lines.");
  return read_table(services[index_of(taken)], std::move(file));
}

constexpr std::size_t objects_looked_at = 20;

/// Objects with titles and ratings among the first.
Certainty recognise_json(const SourceFile& file) {
  if (!is_json(file)) return Certainty::none;
  const auto source = json_source(file.text, names, {.any_spelling = true});
  Record record;
  for (std::size_t i = 0; i < objects_looked_at && source->next(record); ++i)
    if (record.problem.empty() && record.has(Field::title) && record.has(Field::rating) &&
        record[Field::rating].find_first_not_of("0123456789.,") == std::string::npos)
      return Certainty::likely;
  return Certainty::none;
}

Expected<std::unique_ptr<Reader>> open_json(SourceFile&& file) {
  const MediaType taken = type_in(file.name).value_or(MediaType::film);
  file.notes.push_back(
      "This JSON file is of no service that is known; titles and ratings were told by their names, and what does not say its type was taken as " +
      std::string(noun_of(taken, true)) + ". Please check a few lines.");
  return read_json(services[index_of(taken)], std::move(file));
}

}  // namespace

const Format any_json{"a JSON file", recognise_json, open_json};

const Format any_table{"a table", recognise, open};

}  // namespace hub::imports
