#pragma once

#include <string>
#include <string_view>

namespace hub::predictor {

/// "0.6" of a number of stars, one decimal, without sign.
std::string one_decimal(double stars);

/// "1,234,567".
std::string with_thousands(long number);

/// "French" for "fr", with ISO 639-1 and the commonest of ISO 639-2; empty when not known here.
std::string_view language_name(std::string_view code);

/// "Japan" for "JP"; empty when not known here.
std::string_view country_name(std::string_view code);

/// "drama, war and history".
std::string enumerated(const std::string* words, std::size_t count);

/// "Science fiction": the first letter capital.
std::string capitalised(std::string text);

/// As within a sentence: "science fiction" of "Science Fiction". Words that are not a capital and small letters, such as "RPG" and "R&B",
/// stay.
std::string uncapitalised(std::string text);

}  // namespace hub::predictor
