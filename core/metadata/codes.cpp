#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

/// The form that Item uses, and all others that services use for the same.
struct Code {
  std::string_view code;
  std::string_view wikidata;
  std::string_view names;  ///< between bars
};

constexpr Code languages[] = {
    {"ar", "Q13955", "Arabic|ara"},
    {"bg", "Q7918", "Bulgarian|bul"},
    {"bn", "Q9610", "Bengali|ben"},
    {"ca", "Q7026", "Catalan|cat"},
    {"cs", "Q9056", "Czech|cze|ces"},
    {"cy", "Q9309", "Welsh|wel|cym"},
    {"da", "Q9035", "Danish|dan"},
    {"de", "Q188", "German|ger|deu"},
    {"el", "Q9129", "Greek|gre|ell|Greek, Modern"},
    {"en", "Q1860", "English|eng"},
    {"es", "Q1321", "Spanish|spa"},
    {"et", "Q9072", "Estonian|est"},
    {"eu", "Q8752", "Basque|baq|eus"},
    {"fa", "Q9168", "Persian|per|fas|Farsi"},
    {"fi", "Q1412", "Finnish|fin"},
    {"fr", "Q150", "French|fre|fra"},
    {"ga", "Q9142", "Irish|gle|Irish Gaelic"},
    {"gl", "Q9307", "Galician|glg"},
    {"he", "Q9288", "Hebrew|heb"},
    {"hi", "Q1568", "Hindi|hin"},
    {"hr", "Q6654", "Croatian|hrv"},
    {"hu", "Q9067", "Hungarian|hun"},
    {"hy", "Q8785", "Armenian|arm|hye"},
    {"id", "Q9240", "Indonesian|ind"},
    {"is", "Q294", "Icelandic|ice|isl"},
    {"it", "Q652", "Italian|ita"},
    {"ja", "Q5287", "Japanese|jpn"},
    {"ka", "Q8108", "Georgian|geo|kat"},
    {"kn", "Q33673", "Kannada|kan"},
    {"ko", "Q9176", "Korean|kor"},
    {"la", "Q397", "Latin|lat"},
    {"lt", "Q9083", "Lithuanian|lit"},
    {"lv", "Q9078", "Latvian|lav"},
    {"ml", "Q36236", "Malayalam|mal"},
    {"mr", "Q1571", "Marathi|mar"},
    {"ms", "Q9237", "Malay|may|msa"},
    {"nl", "Q7411", "Dutch|dut|nld"},
    {"no", "Q9043", "Norwegian|nor"},
    {"pl", "Q809", "Polish|pol"},
    {"pt", "Q5146", "Portuguese|por"},
    {"ro", "Q7913", "Romanian|rum|ron"},
    {"ru", "Q7737", "Russian|rus"},
    {"sk", "Q9058", "Slovak|slo|slk"},
    {"sl", "Q9063", "Slovenian|slv|Slovene"},
    {"sq", "Q8748", "Albanian|alb|sqi"},
    {"sr", "Q9299", "Serbian|srp"},
    {"sv", "Q9027", "Swedish|swe"},
    {"sw", "Q7838", "Swahili|swa"},
    {"ta", "Q5885", "Tamil|tam"},
    {"te", "Q8097", "Telugu|tel"},
    {"th", "Q9217", "Thai|tha"},
    {"tl", "Q34057", "Tagalog|tgl|Filipino"},
    {"tr", "Q256", "Turkish|tur"},
    {"uk", "Q8798", "Ukrainian|ukr"},
    {"ur", "Q1617", "Urdu|urd"},
    {"vi", "Q9199", "Vietnamese|vie"},
    {"yi", "Q8641", "Yiddish|yid"},
    {"zh", "Q7850", "Chinese|chi|zho|Mandarin|cn|cmn"},
    {"zh", "Q9192", "Mandarin Chinese"},
    {"zh", "Q9186", "Cantonese"},
    {"zxx", "", "None|xx|No Language"},
};

constexpr Code countries[] = {
    {"AR", "Q414", "Argentina"},
    {"AT", "Q40", "Austria"},
    {"AU", "Q408", "Australia"},
    {"BE", "Q31", "Belgium"},
    {"BG", "Q219", "Bulgaria"},
    {"BR", "Q155", "Brazil"},
    {"CA", "Q16", "Canada"},
    {"CH", "Q39", "Switzerland"},
    {"CL", "Q298", "Chile"},
    {"CN", "Q148", "China|People's Republic of China"},
    {"CO", "Q739", "Colombia"},
    {"CU", "Q241", "Cuba"},
    {"CZ", "Q213", "Czech Republic|Czechia"},
    {"DE", "Q183", "Germany"},
    {"DK", "Q35", "Denmark"},
    {"DZ", "Q262", "Algeria"},
    {"EE", "Q191", "Estonia"},
    {"EG", "Q79", "Egypt"},
    {"ES", "Q29", "Spain"},
    {"FI", "Q33", "Finland"},
    {"FR", "Q142", "France"},
    {"GB", "Q145", "United Kingdom|UK|Great Britain"},
    {"GE", "Q230", "Georgia"},
    {"GR", "Q41", "Greece"},
    {"HK", "Q8646", "Hong Kong"},
    {"HR", "Q224", "Croatia"},
    {"HU", "Q28", "Hungary"},
    {"ID", "Q252", "Indonesia"},
    {"IE", "Q27", "Ireland|Republic of Ireland"},
    {"IL", "Q801", "Israel"},
    {"IN", "Q668", "India"},
    {"IR", "Q794", "Iran"},
    {"IS", "Q189", "Iceland"},
    {"IT", "Q38", "Italy"},
    {"JP", "Q17", "Japan"},
    {"KR", "Q884", "South Korea|Korea, Republic of|Republic of Korea"},
    {"LB", "Q822", "Lebanon"},
    {"LT", "Q37", "Lithuania"},
    {"LU", "Q32", "Luxembourg"},
    {"LV", "Q211", "Latvia"},
    {"MA", "Q1028", "Morocco"},
    {"MX", "Q96", "Mexico"},
    {"MY", "Q833", "Malaysia"},
    {"NG", "Q1033", "Nigeria"},
    {"NL", "Q55", "Netherlands"},
    {"NO", "Q20", "Norway"},
    {"NZ", "Q664", "New Zealand"},
    {"PE", "Q419", "Peru"},
    {"PH", "Q928", "Philippines"},
    {"PK", "Q843", "Pakistan"},
    {"PL", "Q36", "Poland"},
    {"PT", "Q45", "Portugal"},
    {"RO", "Q218", "Romania"},
    {"RS", "Q403", "Serbia"},
    {"RU", "Q159", "Russia"},
    {"SE", "Q34", "Sweden"},
    {"SG", "Q334", "Singapore"},
    {"SI", "Q215", "Slovenia"},
    {"SK", "Q214", "Slovakia"},
    {"TH", "Q869", "Thailand"},
    {"TN", "Q948", "Tunisia"},
    {"TR", "Q43", "Turkey|Türkiye"},
    {"TW", "Q865", "Taiwan"},
    {"UA", "Q212", "Ukraine"},
    {"US", "Q30", "United States|USA|United States of America"},
    {"UY", "Q77", "Uruguay"},
    {"VE", "Q717", "Venezuela"},
    {"VN", "Q881", "Vietnam"},
    {"ZA", "Q258", "South Africa"},
};

bool is_among(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    const std::size_t bar = std::min(names.find('|'), names.size());
    if (names.substr(0, bar) == name) return true;
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
  return false;
}

template <std::size_t count>
std::string code_in(const Code (&codes)[count], std::string_view name) {
  if (name.empty()) return {};
  for (const Code& code : codes)
    if (code.code == name || code.wikidata == name || is_among(code.names, name)) return std::string(code.code);
  return {};
}

bool is_pair(std::string_view text, char first, char last) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

}  // namespace

std::string language_code(std::string_view name) {
  // "en-GB"
  if (name.size() == 5 && name[2] == '-') name = name.substr(0, 2);
  const std::string known = code_in(languages, name);
  return known.empty() && is_pair(name, 'a', 'z') ? std::string(name) : known;
}

std::string country_code(std::string_view name) {
  const std::string known = code_in(countries, name);
  return known.empty() && is_pair(name, 'A', 'Z') ? std::string(name) : known;
}

}  // namespace hub::metadata
