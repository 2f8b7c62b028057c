#include "core/library/media_type.hpp"

namespace hub {
namespace {

struct Words {
  std::string_view name;
  std::string_view heading;
  std::string_view one;
  std::string_view several;
};

constexpr std::array<Words, media_type_count> words{{
    {"film", "Films", "film", "films"},
    {"show", "Shows", "show", "shows"},
    {"game", "Games", "game", "games"},
    {"album", "Music", "album", "albums"},
    {"book", "Books", "book", "books"},
}};

}  // namespace

std::string_view name_of(MediaType type) {
  return words[index_of(type)].name;
}

std::string_view heading_of(MediaType type) {
  return words[index_of(type)].heading;
}

std::string_view noun_of(MediaType type, bool plural) {
  return plural ? words[index_of(type)].several : words[index_of(type)].one;
}

std::optional<MediaType> media_type_from(std::string_view name) {
  for (MediaType type : media_types)
    if (name_of(type) == name) return type;
  return std::nullopt;
}

}  // namespace hub
