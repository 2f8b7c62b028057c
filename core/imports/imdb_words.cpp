#include "core/imports/imdb_words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

bool has_any(std::string_view text, std::initializer_list<std::string_view> stems) {
  return std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) { return text.find(stem) != std::string_view::npos; });
}

/// From comparable() to the catalogue's word. English as in IMDb's exports, old ("sci_fi") and new; Italian as in a real Italian export;
/// the other languages as IMDb's pages and common usage have them, not seen in a file.
std::string_view known_genre(std::string_view word) {
  const std::string key = comparable(word);
  static constexpr auto table = std::to_array<std::pair<std::string_view, std::string_view>>({{"action", "Action"},
                                                                                              {"azione", "Action"},
                                                                                              {"accion", "Action"},
                                                                                              {"acao", "Action"},
                                                                                              {"एक्शन", "Action"},
                                                                                              {"adult", "Adult"},
                                                                                              {"adventure", "Adventure"},
                                                                                              {"abenteuer", "Adventure"},
                                                                                              {"aventure", "Adventure"},
                                                                                              {"avventura", "Adventure"},
                                                                                              {"aventura", "Adventure"},
                                                                                              {"रोमांच", "Adventure"},
                                                                                              {"एडवेंचर", "Adventure"},
                                                                                              {"animation", "Animation"},
                                                                                              {"animazione", "Animation"},
                                                                                              {"animacion", "Animation"},
                                                                                              {"animacao", "Animation"},
                                                                                              {"एनिमेशन", "Animation"},
                                                                                              {"biography", "Biography"},
                                                                                              {"biografie", "Biography"},
                                                                                              {"biographie", "Biography"},
                                                                                              {"biografico", "Biography"},
                                                                                              {"biografia", "Biography"},
                                                                                              {"जीवनी", "Biography"},
                                                                                              {"comedy", "Comedy"},
                                                                                              {"komodie", "Comedy"},
                                                                                              {"comedie", "Comedy"},
                                                                                              {"commedia", "Comedy"},
                                                                                              {"comedia", "Comedy"},
                                                                                              {"कॉमेडी", "Comedy"},
                                                                                              {"crime", "Crime"},
                                                                                              {"krimi", "Crime"},
                                                                                              {"kriminalfilm", "Crime"},
                                                                                              {"policier", "Crime"},
                                                                                              {"poliziesco", "Crime"},
                                                                                              {"crimen", "Crime"},
                                                                                              {"policial", "Crime"},
                                                                                              {"अपराध", "Crime"},
                                                                                              {"क्राइम", "Crime"},
                                                                                              {"documentary", "Documentary"},
                                                                                              {"dokumentarfilm", "Documentary"},
                                                                                              {"dokumentation", "Documentary"},
                                                                                              {"documentaire", "Documentary"},
                                                                                              {"documentario", "Documentary"},
                                                                                              {"documental", "Documentary"},
                                                                                              {"drama", "Drama"},
                                                                                              {"drame", "Drama"},
                                                                                              {"drammatico", "Drama"},
                                                                                              {"ड्रामा", "Drama"},
                                                                                              {"family", "Family"},
                                                                                              {"familie", "Family"},
                                                                                              {"famille", "Family"},
                                                                                              {"familial", "Family"},
                                                                                              {"perfamiglie", "Family"},
                                                                                              {"familia", "Family"},
                                                                                              {"familiar", "Family"},
                                                                                              {"पारिवारिक", "Family"},
                                                                                              {"fantasy", "Fantasy"},
                                                                                              {"fantastique", "Fantasy"},
                                                                                              {"fantastico", "Fantasy"},
                                                                                              {"fantasia", "Fantasy"},
                                                                                              {"फैंटेसी", "Fantasy"},
                                                                                              {"filmnoir", "Film noir"},
                                                                                              {"noir", "Film noir"},
                                                                                              {"cinenegro", "Film noir"},
                                                                                              {"gameshow", "Game show"},
                                                                                              {"jeutelevise", "Game show"},
                                                                                              {"concurso", "Game show"},
                                                                                              {"history", "History"},
                                                                                              {"historie", "History"},
                                                                                              {"geschichte", "History"},
                                                                                              {"histoire", "History"},
                                                                                              {"historique", "History"},
                                                                                              {"storico", "History"},
                                                                                              {"historia", "History"},
                                                                                              {"इतिहास", "History"},
                                                                                              {"horror", "Horror"},
                                                                                              {"horreur", "Horror"},
                                                                                              {"epouvantehorreur", "Horror"},
                                                                                              {"terror", "Horror"},
                                                                                              {"हॉरर", "Horror"},
                                                                                              {"music", "Music"},
                                                                                              {"musik", "Music"},
                                                                                              {"musique", "Music"},
                                                                                              {"musica", "Music"},
                                                                                              {"संगीत", "Music"},
                                                                                              {"musical", "Musical"},
                                                                                              {"comediemusicale", "Musical"},
                                                                                              {"mystery", "Mystery"},
                                                                                              {"mystere", "Mystery"},
                                                                                              {"giallo", "Mystery"},
                                                                                              {"misterio", "Mystery"},
                                                                                              {"रहस्य", "Mystery"},
                                                                                              {"news", "News"},
                                                                                              {"nachrichten", "News"},
                                                                                              {"realitytv", "Reality"},
                                                                                              {"reality", "Reality"},
                                                                                              {"telerealite", "Reality"},
                                                                                              {"romance", "Romance"},
                                                                                              {"romanze", "Romance"},
                                                                                              {"liebesfilm", "Romance"},
                                                                                              {"romantik", "Romance"},
                                                                                              {"sentimentale", "Romance"},
                                                                                              {"romantico", "Romance"},
                                                                                              {"रोमांस", "Romance"},
                                                                                              {"scifi", "Science fiction"},
                                                                                              {"sciencefiction", "Science fiction"},
                                                                                              {"fantascienza", "Science fiction"},
                                                                                              {"cienciaficcion", "Science fiction"},
                                                                                              {"ficcaocientifica", "Science fiction"},
                                                                                              {"साइंसफिक्शन", "Science fiction"},
                                                                                              {"short", "Short"},
                                                                                              {"kurzfilm", "Short"},
                                                                                              {"courtmetrage", "Short"},
                                                                                              {"cortometraggio", "Short"},
                                                                                              {"cortometraje", "Short"},
                                                                                              {"curtametragem", "Short"},
                                                                                              {"sport", "Sport"},
                                                                                              {"sportivo", "Sport"},
                                                                                              {"deporte", "Sport"},
                                                                                              {"esporte", "Sport"},
                                                                                              {"खेल", "Sport"},
                                                                                              {"talkshow", "Talk show"},
                                                                                              {"thriller", "Thriller"},
                                                                                              {"suspense", "Thriller"},
                                                                                              {"suspenso", "Thriller"},
                                                                                              {"थ्रिलर", "Thriller"},
                                                                                              {"war", "War"},
                                                                                              {"krieg", "War"},
                                                                                              {"kriegsfilm", "War"},
                                                                                              {"guerre", "War"},
                                                                                              {"guerra", "War"},
                                                                                              {"belico", "War"},
                                                                                              {"युद्ध", "War"},
                                                                                              {"western", "Western"},
                                                                                              {"faroeste", "Western"}});
  for (const auto& [known, genre] : table)
    if (known == key) return genre;
  return {};
}

}  // namespace

ImdbKind imdb_kind(std::string_view word) {
  const std::string key = comparable(word);
  if (key.empty()) return ImdbKind::unknown;
  // The order matters: "podcast episode", "video game" and "series episode" hold each other's stems.
  if (has_any(key, {"podcast", "पॉडकास्ट"})) return ImdbKind::podcast;
  if (has_any(key, {"episod", "epizod", "folge", "एपिसोड"})) return ImdbKind::episode;
  if (has_any(key, {"musicvideo", "musikvideo", "videomus", "videoclip", "clip"})) return ImdbKind::music_video;
  if (has_any(key, {"game", "spiel", "juego", "jeu", "gioco", "jogo", "игра", "गेम"})) return ImdbKind::game;
  if (key == "tvshort" || key == "tvspecial" || key == "special") return ImdbKind::film;
  if (has_any(key, {"serie", "seriado", "сериал", "सीरीज", "श्रृंखला", "धारावाहिक"}) || key == "tvpilot" || key == "tvshow" || key == "show")
    return ImdbKind::show;
  if (has_any(key, {"movie",        "film",    "short",    "kurz",     "court",       "corto",    "curta",      "pelicula",
                    "video",        "special", "especial", "speciale", "documentary", "dokument", "documental", "documentaire",
                    "documentario", "фильм",   "फिल्म",     "मूवी",      "वीडियो",      "लघु",       "feature"}))
    return ImdbKind::film;
  return ImdbKind::unknown;
}

bool is_imdb_genre(std::string_view word) {
  return !known_genre(word).empty();
}

std::string imdb_genre(std::string_view word) {
  word = trimmed(word);
  if (const std::string_view known = known_genre(word); !known.empty()) return std::string(known);
  std::string genre(word);
  if (!genre.empty() && genre.front() >= 'a' && genre.front() <= 'z') genre.front() = static_cast<char>(genre.front() - 'a' + 'A');
  return genre;
}

}  // namespace hub::imports
