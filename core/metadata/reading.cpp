#include "core/metadata/reading.hpp"

#include <algorithm>

#include "core/imports/numbers.hpp"
#include "core/imports/record.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"
#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub::metadata {
namespace {

constexpr char pending_sign = '\x01';  // in no text that was read: those are cleaned

bool all_of(std::string_view text, bool (*fits)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number(std::string_view text) {
  return text.size() <= 15 && all_of(text, is_digit) && text.front() != '0';
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_digit(text[i]) && !(text[i] >= 'a' && text[i] <= 'f')) return false;
  }
  return true;
}

template <typename List, typename Name>
void settle_in(List& list, std::string_view key, std::string_view name, Name&& name_in) {
  const std::string sign = pending(key);
  for (std::size_t i = 0; i < list.size(); ++i)
    if (name_in(list[i]) == sign) name_in(list[i]) = name;
  for (std::size_t i = 1; i < list.size(); ++i)
    if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) != list.begin() + static_cast<std::ptrdiff_t>(i))
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(i--));
}

std::string cleaned_name(std::string_view name) {
  const std::string_view cut = name.substr(0, 4 * most_name_bytes);
  return std::string(imports::trimmed(clean_text(std::string(cut), most_name_bytes)));
}

}  // namespace

std::string pending(std::string_view key) {
  return pending_sign + std::string(key.substr(0, most_name_bytes));
}

void settle(Item& item, std::string_view key, std::string_view name) {
  const std::string clean = cleaned_name(name);
  const auto itself = [](std::string& text) -> std::string& { return text; };
  for (std::vector<std::string>* list : {&item.genres, &item.cast.list(), &item.companies.list(), &item.awards.list()})
    settle_in(*list, key, clean, itself);
  settle_in(item.keywords.list(), key, lower_case(clean), itself);
  settle_in(item.creators, key, clean, [](Creator& creator) -> std::string& { return creator.name; });
  settle_in(item.series.list(), key, clean, [](Series& series) -> std::string& { return series.name; });
  // A series and a franchise may be called the same; the first says which part it is.
  std::vector<Series>& series = item.series.list();
  for (std::size_t i = series.size(); i-- > 1;) {
    const auto before = std::find_if(series.begin(), series.end(), [&](const Series& one) { return one.name == series[i].name; });
    if (before - series.begin() < static_cast<std::ptrdiff_t>(i)) series.erase(series.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void drop_pending(Item& item) {
  const auto is_pending = [](const std::string& name) { return name.empty() || name.front() == pending_sign; };
  std::erase_if(item.genres, is_pending);
  for (auto* list : {&item.cast, &item.companies, &item.keywords, &item.awards}) list->erase_if(is_pending);
  std::erase_if(item.creators, [&](const Creator& creator) { return is_pending(creator.name); });
  item.series.erase_if([&](const Series& series) { return is_pending(series.name); });
}

void add(std::vector<std::string>& names, std::string_view name, std::size_t most) {
  if (names.size() >= most) return;
  std::string clean = name.starts_with(pending_sign) ? std::string(name) : cleaned_name(name);
  if (!clean.empty() && std::find(names.begin(), names.end(), clean) == names.end()) names.push_back(std::move(clean));
}

void add(std::vector<Creator>& creators, std::string_view role, std::string_view name) {
  if (creators.size() >= 50) return;
  Creator creator{std::string(role), name.starts_with(pending_sign) ? std::string(name) : cleaned_name(name)};
  if (!creator.name.empty() && std::find(creators.begin(), creators.end(), creator) == creators.end())
    creators.push_back(std::move(creator));
}

void add(std::vector<Series>& series, std::string_view name, std::string_view part) {
  Series one{name.starts_with(pending_sign) ? std::string(name) : cleaned_name(name), cleaned_name(part)};
  const bool known = std::any_of(series.begin(), series.end(), [&](const Series& other) { return other.name == one.name; });
  if (!one.name.empty() && !known && series.size() < 10) series.push_back(std::move(one));
}

void add_keyword(std::vector<std::string>& names, std::string_view name) {
  add(names, name.starts_with(pending_sign) ? std::string(name) : lower_case(cleaned_name(name)));
}

std::vector<std::string> separated(std::string_view names) {
  std::vector<std::string> found;
  while (!names.empty() && found.size() < most_list_entries) {
    const std::size_t comma = std::min(names.find(','), names.size());
    add(found, names.substr(0, comma), most_list_entries);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return found;
}

void add_rating(Item& item, std::string_view source, std::optional<double> rating, double scale, std::optional<long> votes) {
  if (!rating || !(*rating > 0 && *rating <= scale) || (votes && *votes <= 0)) return;
  item.community.push_back({std::string(source), *rating, scale, votes, {}});
}

void put_id(Item& item, std::string_view service, std::string_view id) {
  if (has_form(service, id)) item.ids.insert_or_assign(std::string(service), std::string(id));
}

bool has_form(std::string_view service, std::string_view id) {
  const auto tail_is_number = [&](std::string_view head, std::string_view tail) {
    return id.starts_with(head) && id.ends_with(tail) && id.size() > head.size() + tail.size() &&
           is_number(id.substr(head.size(), id.size() - head.size() - tail.size()));
  };
  if (service == "imdb") return id.size() >= 9 && id.size() <= 12 && id.starts_with("tt") && all_of(id.substr(2), is_digit);
  if (service == "wikidata") return tail_is_number("Q", "");
  if (service == "musicbrainz") return is_uuid(id);
  if (service == "openlibrary") return tail_is_number("OL", "W");
  if (service == "isbn") return id.size() == 13 && imports::isbn_in(id).has_value();
  if (service == "rawg" || service == "igdb")
    return id.size() <= 120 && all_of(id, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_'; });
  if (service == "spotify" || service == "googlebooks")
    return id.size() <= 40 &&
           all_of(id, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
  return is_number(id);
}

std::optional<int> year_of(std::string_view date) {
  const bool first = date.size() >= 4 && all_of(date.substr(0, 4), is_digit);
  if (first && (date.size() == 4 || date[4] == '-')) return imports::year_in(date);
  if (date.starts_with("-")) return imports::year_in(date);
  std::optional<int> found;
  for (std::size_t i = 0; i + 4 <= std::min<std::size_t>(date.size(), 100); ++i) {
    const bool begins = i == 0 || !is_digit(date[i - 1]);
    if (!begins || !all_of(date.substr(i, 4), is_digit) || (i + 4 < date.size() && is_digit(date[i + 4]))) continue;
    if (found) return std::nullopt;
    found = imports::year_in(date.substr(i, 4));
  }
  return found;
}

std::optional<double> positive(std::optional<double> value) {
  return value && *value > 0 ? value : std::nullopt;
}

std::string plain_text(std::string_view html) {
  html = html.substr(0, 8 * most_synopsis_bytes);
  std::string text;
  text.reserve(html.size());
  bool in_tag = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const char next = i + 1 < html.size() ? html[i + 1] : ' ';
    // "<" before a space or a digit is a sign of arithmetic.
    if (html[i] == '<' && (next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z'))) in_tag = true;
    if (!in_tag) text += html[i];
    if (html[i] == '>' && in_tag) {
      in_tag = false;
      text += ' ';
    }
  }
  std::string spaced;
  for (const char c : clean_text(imports::decode_entities(text), most_synopsis_bytes)) {
    if (c == ' ' && (spaced.empty() || spaced.back() == ' ')) continue;
    // A tag's end before a full stop leaves no space.
    if ((c == '.' || c == ',') && !spaced.empty() && spaced.back() == ' ') spaced.pop_back();
    spaced += c;
  }
  while (!spaced.empty() && spaced.back() == ' ') spaced.pop_back();
  return spaced;
}

std::string secure(std::string_view address) {
  if (address.starts_with("https://")) return std::string(address);
  if (address.starts_with("http://")) return "https://" + std::string(address.substr(7));
  return {};
}

void set_original_title(Item& item, std::string_view title) {
  if (!title.empty() && title != item.title) item.original_title = title;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace hub::metadata
