#include "core/predictor/ablation.hpp"

#include <limits>

namespace hub::predictor {

std::string_view name_of(FactGroup group) {
  switch (group) {
    case FactGroup::community: return "public";
    case FactGroup::popularity: return "popularity";
    case FactGroup::people: return "people";
    case FactGroup::genres: return "genres";
    case FactGroup::story: return "story";
    case FactGroup::era: return "era";
    case FactGroup::length: return "length";
    case FactGroup::origin: return "origin";
    case FactGroup::companies: return "companies";
    case FactGroup::series: return "series";
    case FactGroup::awards: return "awards";
    case FactGroup::text: return "text";
    case FactGroup::poster: return "poster";
    case FactGroup::agreement: return "agreement";
  }
  return "";
}

Item without(Item item, FactGroup group) {
  switch (group) {
    case FactGroup::community:
      // Not a number is no rating; the votes beside it still say how well known the work is.
      for (auto& rating : item.community) rating.rating = std::numeric_limits<double>::quiet_NaN();
      break;
    case FactGroup::popularity:
      for (auto& rating : item.community) rating.votes.reset();
      break;
    case FactGroup::people:
      item.creators.clear();
      item.cast.clear();
      break;
    case FactGroup::genres: item.genres.clear(); break;
    case FactGroup::story:
      item.title.clear();
      item.original_title.clear();
      item.keywords.clear();
      item.synopsis.clear();
      break;
    case FactGroup::era: item.year.reset(); break;
    case FactGroup::length: item.length.reset(); break;
    case FactGroup::origin:
      item.language.clear();
      item.countries.clear();
      break;
    case FactGroup::companies: item.companies.clear(); break;
    case FactGroup::series: item.series.clear(); break;
    case FactGroup::awards:
      item.awards.clear();
      item.awards_won.reset();
      item.nominations.reset();
      break;
    case FactGroup::text:
    case FactGroup::poster:
    case FactGroup::agreement: break;
  }
  return item;
}

}  // namespace hub::predictor
