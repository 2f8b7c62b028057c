#include "core/exports/values.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace hub::exports {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

int whole_rating(const Rating& rating, int highest) {
  return std::clamp(static_cast<int>(std::lround(rating_of_ten(rating) / 10 * highest)), 1, highest);
}

double rating_of_ten(const Rating& rating) {
  return rating.scale == RatingScale::ten ? rating.value : rating.normalised() * 2;
}

std::string makers(const Item& item, std::size_t most) {
  std::string names;
  for (std::string name : leading_creators(item, most)) {
    std::replace(name.begin(), name.end(), ',', ' ');
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

std::string_view id_of(const Item& item, std::string_view service) {
  const auto found = item.ids.find(std::string(service));
  return found == item.ids.end() ? std::string_view() : std::string_view(found->second);
}

std::string year_of(const Item& item) {
  return item.year ? std::to_string(*item.year) : std::string();
}

bool was_seen(const Entry& entry) {
  return entry.deeds->seen || entry.deeds->times > 0;
}

std::string_view day_of(const Entry& entry) {
  return entry.rating && !entry.rating->date.empty() ? std::string_view(entry.rating->date) : std::string_view(entry.deeds->last);
}

}  // namespace hub::exports
