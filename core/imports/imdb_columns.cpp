#include "core/imports/imdb_columns.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/imports/dates.hpp"
#include "core/imports/imdb_words.hpp"
#include "core/imports/numbers.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t sample_records = 300;

/// By comparable(). The English ones were seen in exports of 2012 to 2025. No file with other headings could be found (accounts in Italian,
/// German and French keep the English ones), so those are translations that such a file would be likely to have.
std::optional<ImdbColumn> column_called(std::string_view heading) {
  using enum ImdbColumn;
  static constexpr auto table = std::to_array<std::pair<std::string_view, ImdbColumn>>({{"const", id},
                                                                                        {"tconst", id},
                                                                                        {"imdbid", id},
                                                                                        {"imdbconst", id},
                                                                                        {"yourrating", your_rating},
                                                                                        {"yourated", your_rating},
                                                                                        {"yourate", your_rating},
                                                                                        {"ihrebewertung", your_rating},
                                                                                        {"deinebewertung", your_rating},
                                                                                        {"votrenote", your_rating},
                                                                                        {"tanote", your_rating},
                                                                                        {"tucalificacion", your_rating},
                                                                                        {"tuvaloracion", your_rating},
                                                                                        {"tupuntuacion", your_rating},
                                                                                        {"latuavalutazione", your_rating},
                                                                                        {"tuavalutazione", your_rating},
                                                                                        {"iltuovoto", your_rating},
                                                                                        {"suaavaliacao", your_rating},
                                                                                        {"suanota", your_rating},
                                                                                        {"आपकीरेटिंग", your_rating},
                                                                                        {"daterated", date_rated},
                                                                                        {"dateadded", date_rated},
                                                                                        {"bewertungsdatum", date_rated},
                                                                                        {"bewertetam", date_rated},
                                                                                        {"datedevaluation", date_rated},
                                                                                        {"datedelanote", date_rated},
                                                                                        {"notele", date_rated},
                                                                                        {"fechadecalificacion", date_rated},
                                                                                        {"fechadevaloracion", date_rated},
                                                                                        {"datadivalutazione", date_rated},
                                                                                        {"datavalutazione", date_rated},
                                                                                        {"datadavaliacao", date_rated},
                                                                                        {"datadeavaliacao", date_rated},
                                                                                        {"रेटिंगकीतारीख", date_rated},
                                                                                        {"title", title},
                                                                                        {"titel", title},
                                                                                        {"titre", title},
                                                                                        {"titulo", title},
                                                                                        {"titolo", title},
                                                                                        {"शीर्षक", title},
                                                                                        {"originaltitle", original_title},
                                                                                        {"originaltitel", original_title},
                                                                                        {"titreoriginal", original_title},
                                                                                        {"titulooriginal", original_title},
                                                                                        {"titolooriginale", original_title},
                                                                                        {"मूलशीर्षक", original_title},
                                                                                        {"url", url},
                                                                                        {"link", url},
                                                                                        {"lien", url},
                                                                                        {"enlace", url},
                                                                                        {"titletype", title_type},
                                                                                        {"titeltyp", title_type},
                                                                                        {"titelart", title_type},
                                                                                        {"typedetitre", title_type},
                                                                                        {"tipodetitulo", title_type},
                                                                                        {"tipoditolo", title_type},
                                                                                        {"tipodititolo", title_type},
                                                                                        {"tipotitolo", title_type},
                                                                                        {"शीर्षकप्रकार", title_type},
                                                                                        {"imdbrating", imdb_rating},
                                                                                        {"imdbbewertung", imdb_rating},
                                                                                        {"noteimdb", imdb_rating},
                                                                                        {"calificacionimdb", imdb_rating},
                                                                                        {"calificaciondeimdb", imdb_rating},
                                                                                        {"valoracionimdb", imdb_rating},
                                                                                        {"valutazioneimdb", imdb_rating},
                                                                                        {"votoimdb", imdb_rating},
                                                                                        {"avaliacaoimdb", imdb_rating},
                                                                                        {"avaliacaodaimdb", imdb_rating},
                                                                                        {"notaimdb", imdb_rating},
                                                                                        {"imdbरेटिंग", imdb_rating},
                                                                                        {"runtimemins", runtime},
                                                                                        {"runtime", runtime},
                                                                                        {"laufzeitmin", runtime},
                                                                                        {"laufzeit", runtime},
                                                                                        {"laufzeitminuten", runtime},
                                                                                        {"duree", runtime},
                                                                                        {"dureemin", runtime},
                                                                                        {"dureeminutes", runtime},
                                                                                        {"duracion", runtime},
                                                                                        {"duracionmin", runtime},
                                                                                        {"durata", runtime},
                                                                                        {"duratamin", runtime},
                                                                                        {"duracao", runtime},
                                                                                        {"duracaomin", runtime},
                                                                                        {"अवधि", runtime},
                                                                                        {"year", year},
                                                                                        {"jahr", year},
                                                                                        {"annee", year},
                                                                                        {"ano", year},
                                                                                        {"anno", year},
                                                                                        {"वर्ष", year},
                                                                                        {"साल", year},
                                                                                        {"genres", genres},
                                                                                        {"genre", genres},
                                                                                        {"generos", genres},
                                                                                        {"genero", genres},
                                                                                        {"generi", genres},
                                                                                        {"genere", genres},
                                                                                        {"शैलियां", genres},
                                                                                        {"numvotes", votes},
                                                                                        {"votes", votes},
                                                                                        {"stimmen", votes},
                                                                                        {"anzahlstimmen", votes},
                                                                                        {"anzahlderstimmen", votes},
                                                                                        {"nombredevotes", votes},
                                                                                        {"numerodevotos", votes},
                                                                                        {"votos", votes},
                                                                                        {"numerodivoti", votes},
                                                                                        {"voti", votes},
                                                                                        {"वोट", votes},
                                                                                        {"releasedate", release_date},
                                                                                        {"releasedatemonthdayyear", release_date},
                                                                                        {"erscheinungsdatum", release_date},
                                                                                        {"veroffentlichungsdatum", release_date},
                                                                                        {"datedesortie", release_date},
                                                                                        {"fechadeestreno", release_date},
                                                                                        {"datadiuscita", release_date},
                                                                                        {"datadelancamento", release_date},
                                                                                        {"रिलीज़कीतारीख", release_date},
                                                                                        {"directors", directors},
                                                                                        {"director", directors},
                                                                                        {"regie", directors},
                                                                                        {"regisseure", directors},
                                                                                        {"realisateurs", directors},
                                                                                        {"realisation", directors},
                                                                                        {"directores", directors},
                                                                                        {"direccion", directors},
                                                                                        {"registi", directors},
                                                                                        {"regia", directors},
                                                                                        {"diretores", directors},
                                                                                        {"direcao", directors},
                                                                                        {"निर्देशक", directors},
                                                                                        {"created", created},
                                                                                        {"erstellt", created},
                                                                                        {"position", other},
                                                                                        {"modified", other},
                                                                                        {"description", other}});
  for (const auto& [known, column] : table)
    if (known == heading) return column;
  return std::nullopt;
}

/// What the values of one column look like, as shares of those that are not empty.
struct Look {
  std::size_t records = 0;
  std::size_t filled = 0;
  std::size_t ids = 0;
  std::size_t addresses = 0;
  std::size_t one_to_ten = 0;  ///< whole
  std::size_t decimals = 0;    ///< of 1 to 10 with a decimal place
  std::size_t up_to_ten = 0;   ///< any number of 1 to 10
  std::size_t whole = 0;
  std::size_t years = 0;
  std::size_t minutes = 0;
  std::size_t dates = 0;
  std::size_t kinds = 0;
  std::size_t genre_words = 0;
  std::size_t counted = 0;  ///< 1, 2, 3, … down the column, as positions are
  long largest = 0;
  std::size_t release_like = 0;  ///< dates within a year of the year column
  bool most(std::size_t share) const { return filled > 0 && share * 5 >= filled * 4; }
};

bool has_decimal_place(std::string_view text) {
  return text.find_first_of(".,") != std::string_view::npos;
}

Look look_at(const std::vector<std::vector<std::string>>& records, std::size_t column, std::optional<std::size_t> year_column) {
  Look look;
  for (const auto& fields : records) {
    ++look.records;
    const std::string_view text = column < fields.size() ? trimmed(fields[column]) : std::string_view();
    if (text.empty()) continue;
    ++look.filled;
    if (text.find("/title/tt") != std::string_view::npos)
      ++look.addresses;
    else if (imdb_id_in(text))
      ++look.ids;
    if (const auto decimal = read_decimal(text); decimal && *decimal >= 1 && *decimal <= 10) {
      ++look.up_to_ten;
      if (has_decimal_place(text)) ++look.decimals;
    }
    if (const auto whole = read_whole(text)) {
      ++look.whole;
      look.largest = std::max(look.largest, *whole);
      if (*whole >= 1 && *whole <= 10) ++look.one_to_ten;
      if (*whole >= 1870 && *whole <= 2060) ++look.years;
      if (*whole >= 1 && *whole <= 900) ++look.minutes;
      if (static_cast<std::size_t>(*whole) == look.records) ++look.counted;
    }
    DateReading date = read_date(text, DateOrder::month_first);
    if (date.state == DateState::impossible) date = read_date(text, DateOrder::day_first);
    if (date.state == DateState::read) {
      ++look.dates;
      if (year_column && *year_column < fields.size()) {
        const auto year = read_whole(fields[*year_column]);
        const auto dated = read_whole(std::string_view(date.iso).substr(0, 4));
        if (year && dated && *dated - *year <= 1 && *year - *dated <= 1) ++look.release_like;
      }
    }
    if (imdb_kind(text) != ImdbKind::unknown && text.size() < 40) ++look.kinds;
    const std::string_view first = text.substr(0, text.find(','));
    if (is_imdb_genre(first)) ++look.genre_words;
  }
  return look;
}

}  // namespace

std::optional<std::string> imdb_id_in(std::string_view text) {
  text = trimmed(text);
  constexpr std::string_view path = "/title/";
  if (const std::size_t at = text.find(path); at != std::string_view::npos) {
    text.remove_prefix(at + path.size());
    text = text.substr(0, text.find_first_of("/?# "));
  }
  if (text.size() < 7 || text.size() > 14) return std::nullopt;
  if ((text[0] != 't' && text[0] != 'T') || (text[1] != 't' && text[1] != 'T')) return std::nullopt;
  const std::string_view digits = text.substr(2);
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  return "tt" + std::string(digits);
}

bool ImdbColumns::place(ImdbColumn column, std::size_t at) {
  auto& place = where_[static_cast<std::size_t>(column)];
  if (place || taken_[at]) return false;
  place = at;
  taken_[at] = true;
  return true;
}

void ImdbColumns::by_heading(const SourceFile& file) {
  for (std::size_t at = 0; at < count_; ++at) {
    const auto known = column_called(file.head[at]);
    if (!known) continue;
    ++named_;
    if (*known == ImdbColumn::other)
      taken_[at] = true;
    else
      place(*known, at);
  }
  const auto any = [&](std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return file.has_columns({name}); });
  };
  imdbs_own_ = any({"const", "tconst"}) && any({"titletype", "yourrating", "yourated", "imdbrating", "title"});
}

void ImdbColumns::by_value(const SourceFile& file) {
  if (std::all_of(taken_.begin(), taken_.end(), [](bool taken) { return taken; })) return;
  CsvReader reader(file.text, file.layout);
  CsvRecord record;
  std::vector<std::vector<std::string>> records;
  if (heading_) reader.next(record);
  while (records.size() < sample_records && reader.next(record))
    if (!record.unclosed) records.push_back(record.fields);
  if (records.empty()) return;

  std::vector<Look> looks;
  const auto look_again = [&] {
    looks.clear();
    for (std::size_t at = 0; at < count_; ++at) looks.push_back(taken_[at] ? Look{} : look_at(records, at, (*this)[ImdbColumn::year]));
  };
  const auto tell = [&](ImdbColumn column, auto&& fits) {
    for (std::size_t at = 0; at < count_ && !has(column); ++at)
      if (!taken_[at] && looks[at].filled > 0 && fits(looks[at]) && place(column, at)) told_.push_back(at);
  };
  look_again();
  tell(ImdbColumn::id, [](const Look& look) { return look.most(look.ids); });
  tell(ImdbColumn::url, [](const Look& look) { return look.most(look.addresses); });
  tell(ImdbColumn::year, [](const Look& look) { return look.most(look.years); });
  tell(ImdbColumn::imdb_rating, [](const Look& look) { return look.most(look.up_to_ten) && look.decimals * 2 >= look.filled; });
  tell(ImdbColumn::your_rating, [](const Look& look) {
    return look.most(look.one_to_ten) && look.largest <= 10 && (look.counted < look.records || look.records < 2);
  });
  tell(ImdbColumn::votes, [](const Look& look) { return look.most(look.whole) && look.largest > 3000; });
  tell(ImdbColumn::runtime, [](const Look& look) { return look.most(look.minutes) && look.largest > 10 && look.counted < look.records; });
  tell(ImdbColumn::title_type, [](const Look& look) { return look.most(look.kinds) && !look.most(look.genre_words); });
  tell(ImdbColumn::genres, [](const Look& look) { return look.genre_words * 2 >= look.filled; });
  look_again();  // now that the year is known, release dates show themselves
  std::vector<std::size_t> dates;
  for (std::size_t at = 0; at < count_; ++at)
    if (!taken_[at] && looks[at].most(looks[at].dates)) dates.push_back(at);
  const auto release_share = [&](std::size_t at) {
    return static_cast<double>(looks[at].release_like) / static_cast<double>(looks[at].dates);
  };
  if (!dates.empty() && !has(ImdbColumn::date_rated)) {
    std::size_t rated = dates.front();
    for (std::size_t at : dates)
      if (release_share(at) < release_share(rated)) rated = at;
    if ((dates.size() > 1 || has(ImdbColumn::release_date) || release_share(rated) < 0.7) && place(ImdbColumn::date_rated, rated))
      told_.push_back(rated);
  }
  for (std::size_t at : dates)
    if (place(ImdbColumn::release_date, at)) told_.push_back(at);
  const auto is_text = [](const Look& look) {
    return !look.most(look.whole) && !look.most(look.dates) && !look.most(look.up_to_ten) && !look.most(look.ids) &&
           !look.most(look.addresses);
  };
  tell(ImdbColumn::title, [&](const Look& look) { return is_text(look) && look.filled * 10 >= look.records * 9; });
  if (const auto title = (*this)[ImdbColumn::title]; title && *title + 1 < count_ && !taken_[*title + 1]) {
    const Look& next = looks[*title + 1];
    if (is_text(next) && next.filled * 10 >= next.records * 9 && place(ImdbColumn::original_title, *title + 1)) told_.push_back(*title + 1);
  }
  if (count_ > 0 && !taken_[count_ - 1] && looks[count_ - 1].filled > 0 && is_text(looks[count_ - 1]) &&
      place(ImdbColumn::directors, count_ - 1))
    told_.push_back(count_ - 1);
}

ImdbColumns ImdbColumns::find(const SourceFile& file) {
  ImdbColumns columns;
  columns.count_ = file.head.size();
  columns.taken_.assign(columns.count_, false);
  columns.heading_ =
      std::none_of(file.head.begin(), file.head.end(), [](const std::string& value) { return imdb_id_in(value).has_value(); });
  if (columns.heading_) columns.by_heading(file);
  columns.by_value(file);
  return columns;
}

}  // namespace hub::imports
