#include "core/predictor/words.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace hub::predictor {

namespace {

using Named = std::pair<std::string_view, std::string_view>;

constexpr std::array<Named, 36> languages{
    {{"ar", "Arabic"},    {"bn", "Bengali"},    {"cn", "Cantonese"}, {"cs", "Czech"},   {"da", "Danish"},     {"de", "German"},
     {"el", "Greek"},     {"en", "English"},    {"eng", "English"},  {"es", "Spanish"}, {"spa", "Spanish"},   {"fa", "Persian"},
     {"fi", "Finnish"},   {"fr", "French"},     {"fre", "French"},   {"ger", "German"}, {"he", "Hebrew"},     {"hi", "Hindi"},
     {"hu", "Hungarian"}, {"id", "Indonesian"}, {"is", "Icelandic"}, {"it", "Italian"}, {"ja", "Japanese"},   {"jpn", "Japanese"},
     {"ko", "Korean"},    {"nl", "Dutch"},      {"no", "Norwegian"}, {"pl", "Polish"},  {"pt", "Portuguese"}, {"ro", "Romanian"},
     {"ru", "Russian"},   {"sv", "Swedish"},    {"th", "Thai"},      {"tr", "Turkish"}, {"uk", "Ukrainian"},  {"zh", "Chinese"}}};

constexpr std::array<Named, 36> countries{{{"AR", "Argentina"}, {"AT", "Austria"},     {"AU", "Australia"},   {"BE", "Belgium"},
                                           {"BR", "Brazil"},    {"CA", "Canada"},      {"CH", "Switzerland"}, {"CL", "Chile"},
                                           {"CN", "China"},     {"CZ", "Czechia"},     {"DE", "Germany"},     {"DK", "Denmark"},
                                           {"ES", "Spain"},     {"FI", "Finland"},     {"FR", "France"},      {"GB", "Britain"},
                                           {"GR", "Greece"},    {"HK", "Hong Kong"},   {"HU", "Hungary"},     {"IE", "Ireland"},
                                           {"IN", "India"},     {"IR", "Iran"},        {"IS", "Iceland"},     {"IT", "Italy"},
                                           {"JP", "Japan"},     {"KR", "South Korea"}, {"MX", "Mexico"},      {"NL", "the Netherlands"},
                                           {"NO", "Norway"},    {"NZ", "New Zealand"}, {"PL", "Poland"},      {"PT", "Portugal"},
                                           {"RU", "Russia"},    {"SE", "Sweden"},      {"TW", "Taiwan"},      {"US", "the United States"}}};

template <std::size_t N>
std::string_view find(const std::array<Named, N>& list, std::string_view code) {
  for (const auto& [key, name] : list) {
    if (key == code) return name;
  }
  return {};
}

}  // namespace

std::string one_decimal(double stars) {
  const long tenths = std::lround(std::abs(stars) * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string with_thousands(long number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3;) {
    i -= 3;
    digits.insert(i, ",");
  }
  return digits;
}

std::string_view language_name(std::string_view code) {
  const auto base = code.substr(0, code.find('-'));
  return find(languages, base);
}

std::string_view country_name(std::string_view code) {
  return find(countries, code);
}

std::string enumerated(const std::string* words, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += i + 1 == count ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string uncapitalised(std::string text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ' || text[i - 1] == '-';
    if (begins && is_capital(text[i]) && i + 1 < text.size() && is_small(text[i + 1])) text[i] = static_cast<char>(text[i] - 'A' + 'a');
  }
  return text;
}

}  // namespace hub::predictor
