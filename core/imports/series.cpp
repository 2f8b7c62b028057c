#include "core/imports/series.hpp"

#include <algorithm>
#include <string>

#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

/// "38", "0.5", "1-3".
bool is_part(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9' &&
         text.find_first_not_of("0123456789.-,&– ") == std::string_view::npos;
}

/// @param words  "Discworld, #38" or "Discworld #38".
void add_series(std::string_view words, std::vector<Series>& all) {
  const std::size_t sign = words.rfind('#');
  if (sign == std::string_view::npos) return;
  const std::string_view part = trimmed(words.substr(sign + 1));
  std::string_view name = trimmed(words.substr(0, sign));
  while (name.ends_with(',')) name = trimmed(name.substr(0, name.size() - 1));
  if (!name.empty() && is_part(part)) all.push_back({std::string(name), std::string(part)});
}

}  // namespace

std::vector<Series> series_in_title(std::string_view title) {
  title = trimmed(title);
  const std::size_t open = title.rfind('(');
  if (!title.ends_with(')') || open == std::string_view::npos || open == 0) return {};
  std::string_view inside = title.substr(open + 1, title.size() - open - 2);
  std::vector<Series> all;
  while (!inside.empty()) {
    const std::size_t end = std::min(inside.find(';'), inside.size());
    add_series(inside.substr(0, end), all);
    inside.remove_prefix(std::min(end + 1, inside.size()));
  }
  return all;
}

}  // namespace hub::imports
