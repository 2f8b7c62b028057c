#pragma once

#include <span>
#include <string_view>

#include "core/library/media_type.hpp"

namespace hub {

/// The roles (Creator::role) whose holders stand for a work of this type, the usual one first: "director" of a film, "author" of a book.
/// The first is taken where a file names makers without a role. Never empty.
std::span<const std::string_view> leading_roles(MediaType type);

}  // namespace hub
