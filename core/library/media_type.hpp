#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace hub {

/// The five kinds of work that can be rated. The order is that of the interface.
enum class MediaType { film, show, game, album, book };

inline constexpr std::array<MediaType, 5> media_types{MediaType::film, MediaType::show, MediaType::game, MediaType::album, MediaType::book};
inline constexpr std::size_t media_type_count = media_types.size();

constexpr std::size_t index_of(MediaType type) {
  return static_cast<std::size_t>(type);
}

/// The word in files, ids and addresses: "film", "show", "game", "album", "book".
std::string_view name_of(MediaType type);

/// The word in navigation: "Films", "Shows", "Games", "Music", "Books".
std::string_view heading_of(MediaType type);

/// The word in a sentence, for one or for several: "film"/"films" … "album"/"albums".
std::string_view noun_of(MediaType type, bool plural);

/// @param name  as from name_of; anything else gives nothing.
std::optional<MediaType> media_type_from(std::string_view name);

}  // namespace hub
