#include "core/library/leading_roles.hpp"

#include <array>

namespace hub {
namespace {

constexpr std::string_view film[]{"director", "writer"};
constexpr std::string_view show[]{"creator", "director", "writer"};
constexpr std::string_view game[]{"developer", "designer", "director"};
constexpr std::string_view album[]{"artist", "composer"};
constexpr std::string_view book[]{"author", "illustrator"};

constexpr std::array<std::span<const std::string_view>, media_type_count> by_type{film, show, game, album, book};

}  // namespace

std::span<const std::string_view> leading_roles(MediaType type) {
  return by_type[index_of(type)];
}

}  // namespace hub
