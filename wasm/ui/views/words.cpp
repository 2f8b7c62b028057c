#include "wasm/ui/views/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace hub::ui::words {

std::string number(double value, int decimals) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string signed_number(double value, int decimals) {
  const std::string digits = number(std::abs(value), decimals);
  // What rounds to nothing has no direction.
  if (std::strtod(digits.c_str(), nullptr) == 0.0) return digits;
  return (value < 0 ? "\u2212" : "+") + digits;
}

std::string stars(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

std::string count(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string count(std::uint64_t value, std::string_view one, std::string_view several) {
  return count(value) + " " + std::string(value == 1 ? one : several);
}

std::string size(std::uint64_t bytes) {
  const double value = static_cast<double>(bytes);
  if (bytes < 1000) return count(bytes, "byte", "bytes");
  if (value < 1e6) return number(value / 1e3, 0) + " KB";
  if (value < 1e9) return number(value / 1e6, 1) + " MB";
  return number(value / 1e9, 1) + " GB";
}

namespace {
std::string date_with(std::string_view iso, std::size_t letters) {
  static constexpr std::array<std::string_view, 12> months{"January", "February", "March",     "April",   "May",      "June",
                                                           "July",    "August",   "September", "October", "November", "December"};
  const auto digits = [&](std::size_t from, std::size_t length) {
    for (std::size_t i = from; i < from + length; ++i)
      if (i >= iso.size() || iso[i] < '0' || iso[i] > '9') return -1;
    return std::atoi(std::string(iso.substr(from, length)).c_str());
  };
  const int month = iso.size() >= 7 && iso[4] == '-' ? digits(5, 2) : -1;
  if (digits(0, 4) < 0 || month < 1 || month > 12) return std::string(iso);
  const std::string tail =
      std::string(months[static_cast<std::size_t>(month - 1)].substr(0, letters)) + " " + std::string(iso.substr(0, 4));
  const int day = iso.size() >= 10 && iso[7] == '-' ? digits(8, 2) : -1;
  return day >= 1 ? std::to_string(day) + " " + tail : tail;
}
}  // namespace

std::string date(std::string_view iso) {
  return date_with(iso, std::string_view::npos);
}
std::string short_date(std::string_view iso) {
  return date_with(iso, 3);
}

std::string_view language(std::string_view code) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 56> names{{
      {"en", "English"},   {"fr", "French"},    {"de", "German"},     {"es", "Spanish"},   {"it", "Italian"},    {"pt", "Portuguese"},
      {"nl", "Dutch"},     {"sv", "Swedish"},   {"da", "Danish"},     {"no", "Norwegian"}, {"nb", "Norwegian"},  {"nn", "Norwegian"},
      {"fi", "Finnish"},   {"is", "Icelandic"}, {"pl", "Polish"},     {"cs", "Czech"},     {"sk", "Slovak"},     {"hu", "Hungarian"},
      {"ro", "Romanian"},  {"bg", "Bulgarian"}, {"el", "Greek"},      {"ru", "Russian"},   {"uk", "Ukrainian"},  {"sr", "Serbian"},
      {"hr", "Croatian"},  {"sl", "Slovenian"}, {"tr", "Turkish"},    {"ar", "Arabic"},    {"he", "Hebrew"},     {"fa", "Persian"},
      {"hi", "Hindi"},     {"bn", "Bengali"},   {"ta", "Tamil"},      {"te", "Telugu"},    {"ur", "Urdu"},       {"ja", "Japanese"},
      {"ko", "Korean"},    {"zh", "Chinese"},   {"cn", "Cantonese"},  {"th", "Thai"},      {"vi", "Vietnamese"}, {"id", "Indonesian"},
      {"ms", "Malay"},     {"la", "Latin"},     {"ca", "Catalan"},    {"eu", "Basque"},    {"ga", "Irish"},      {"cy", "Welsh"},
      {"et", "Estonian"},  {"lv", "Latvian"},   {"lt", "Lithuanian"}, {"ka", "Georgian"},  {"sw", "Swahili"},    {"wo", "Wolof"},
      {"zxx", "No words"}, {"yo", "Yoruba"},
  }};
  for (const auto& [known, name] : names)
    if (known == code) return name;
  return {};
}

namespace {
std::string hours_and_minutes(double minutes) {
  const auto whole = static_cast<std::uint64_t>(std::llround(minutes));
  if (whole < 60) return std::to_string(whole) + " min";
  const std::string hours = std::to_string(whole / 60) + " h";
  return whole % 60 == 0 ? hours : hours + " " + std::to_string(whole % 60) + " min";
}
}  // namespace

std::string length(const Item& item) {
  if (!item.length || *item.length <= 0) return {};
  const double value = *item.length;
  switch (item.type) {
    case MediaType::film:
    case MediaType::album: return hours_and_minutes(value);
    case MediaType::show: return hours_and_minutes(value) + " an episode";
    case MediaType::game: return stars(value) + " h to play";
    case MediaType::book: return count(static_cast<std::uint64_t>(std::llround(value)), "page", "pages");
  }
  return {};
}

std::string short_length(const Item& item) {
  if (item.type != MediaType::show && item.type != MediaType::game) return length(item);
  if (!item.length || *item.length <= 0) return {};
  return item.type == MediaType::show ? hours_and_minutes(*item.length) : stars(*item.length) + " h";
}

std::string joined(std::initializer_list<std::string_view> parts, std::string_view between) {
  std::string all;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += between;
    all += part;
  }
  return all;
}

std::string enumerated(const std::vector<std::string>& parts) {
  std::string words;
  for (std::size_t i = 0; i < parts.size(); ++i) words += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return words;
}

std::string list(const std::vector<std::string>& parts, std::size_t most) {
  std::string all;
  for (std::size_t i = 0; i < parts.size() && i < most; ++i) {
    if (!all.empty()) all += ", ";
    all += parts[i];
  }
  return all;
}

std::string makers(const Item& item, std::size_t most) {
  return list(leading_creators(item, most), most);
}

namespace {
std::string year_of(const Item& item) {
  if (!item.year) return {};
  return *item.year < 0 ? std::to_string(-*item.year) + " BC" : std::to_string(*item.year);
}
}  // namespace

std::string year_and_makers(const Item& item) {
  return joined({year_of(item), makers(item)});
}

std::string sources(const Item& item) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  add(item.provenance == "catalogue" ? "Catalogue" : item.provenance);
  for (const FactSource& source : item.sources)
    if (source.facts != 0) add(source.name == "catalogue" ? "Catalogue" : source.name);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : " · ") + name;
  return all;
}

std::string facts(const Item& item) {
  // A game's or an album's language says little about it.
  const bool spoken = item.type == MediaType::film || item.type == MediaType::show || item.type == MediaType::book;
  return joined({year_of(item), length(item), makers(item), spoken ? language(item.language) : std::string_view()});
}

}  // namespace hub::ui::words
