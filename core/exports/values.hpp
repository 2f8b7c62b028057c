#pragma once

#include <string>
#include <string_view>

#include "core/library/library.hpp"

/// What of an entry goes into the files of several services.
namespace hub::exports {

/// As short as it can be: "7.5".
std::string number(double value);

/// The rating on a scale of whole numbers from 1 to `highest`, rounded.
int whole_rating(const Rating& rating, int highest);

/// On a scale to 10: as it was given where it was given on that, else twice its stars.
double rating_of_ten(const Rating& rating);

/// Names of creators, with commas between; a comma within a name becomes a space.
std::string makers(const Item& item, std::size_t most = 5);

/// An id of a service, or empty.
std::string_view id_of(const Item& item, std::string_view service);

/// The year, or empty.
std::string year_of(const Item& item);

/// Whether the work was seen, read or played, as far as is told.
bool was_seen(const Entry& entry);

/// The day of the rating, else the last that is known of it, or empty.
std::string_view day_of(const Entry& entry);

}  // namespace hub::exports
