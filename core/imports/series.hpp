#pragma once

#include <string_view>
#include <vector>

#include "core/library/item.hpp"

namespace hub::imports {

/// The series that a book's title names behind itself, as Goodreads writes them: "I Shall Wear Midnight (Discworld, #38; Tiffany Aching,
/// #4)". Empty where the parentheses at the end hold no number behind a "#": they are a part of the title, or tell an edition.
std::vector<Series> series_in_title(std::string_view title);

}  // namespace hub::imports
