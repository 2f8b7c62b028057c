#include "core/imports/matching.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "core/imports/collector.hpp"
#include "core/imports/item_ids.hpp"
#include "core/imports/words.hpp"
#include "core/library/search.hpp"

namespace hub::imports {
namespace {

/// Further works of one title are not found by it: a file made for the purpose must not take for ever.
constexpr std::size_t most_of_one_title = 20;

/// Services in which one work has one id.
constexpr std::array<std::string_view, 6> of_works{"imdb", "tmdb", "myanimelist", "anilist", "letterboxd", "rateyourmusic_album"};

/// What titles are compared by: the letters and digits of normalised_text, without a leading article. Empty for a title of signs alone.
std::string title_key(std::string_view title) {
  std::string key = normalised_text(without_series(title));
  for (std::string_view article : {"the ", "a ", "an "})
    if (key.starts_with(article)) {
      key.erase(0, article.size());
      break;
    }
  std::erase(key, ' ');
  return key;
}

/// The title before its subtitle, or nothing where there is none.
std::string_view before_subtitle(std::string_view title) {
  const std::size_t colon = title.find(": ");
  return colon == std::string_view::npos ? std::string_view() : title.substr(0, colon);
}

/// Keys of the titles of a work; with `short_ones`, those of books before their subtitles instead.
std::vector<std::string> keys(const Item& item, bool short_ones) {
  std::vector<std::string> found;
  for (std::string_view title : {std::string_view(item.title), std::string_view(item.original_title)}) {
    if (short_ones) title = item.type == MediaType::book ? before_subtitle(title) : std::string_view();
    std::string key = title_key(title);
    if (!key.empty() && std::find(found.begin(), found.end(), key) == found.end()) found.push_back(std::move(key));
  }
  return found;
}

/// A name as it is compared: its words in alphabetical order, since some write the family name first.
std::string name_key(std::string_view name) {
  const std::string plain = normalised_text(name);
  std::vector<std::string_view> words;
  for (std::string_view rest = plain; !rest.empty();) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, space);
    // Initials are left out: "George R. R. Martin", "George R.R. Martin" and "George Martin" are one.
    if (word.size() > 1 && word != "the" && word != "and") words.push_back(word);
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  std::sort(words.begin(), words.end());
  std::string key;
  for (std::string_view word : words) key += word;
  return key.empty() ? plain : key;
}

bool have_maker_in_common(const Item& item, std::string_view other_name, const Item& work) {
  std::vector<std::string> names;
  for (const std::string& name : leading_creators(item, 20)) names.push_back(name_key(name));
  if (!other_name.empty()) names.push_back(name_key(other_name));
  return std::any_of(work.creators.begin(), work.creators.end(),
                     [&](const Creator& creator) { return std::find(names.begin(), names.end(), name_key(creator.name)) != names.end(); });
}

bool has_role(const Item& item, std::string_view role) {
  return std::any_of(item.creators.begin(), item.creators.end(), [&](const Creator& creator) { return creator.role == role; });
}

bool ids_differ(const Item& item, const Item& work) {
  for (std::string_view service : of_works) {
    const auto one = item.ids.find(std::string(service));
    const auto other = work.ids.find(std::string(service));
    if (one != item.ids.end() && other != work.ids.end() && one->second != other->second) return true;
  }
  return false;
}

std::string id_key(MediaType type, std::string_view service, std::string_view id) {
  return std::string(name_of(type)) + "/" + std::string(service) + ":" + std::string(id);
}

std::string key_of_title(MediaType type, std::string_view key, bool short_one) {
  return std::string(name_of(type)) + (short_one ? ":" : "/") + std::string(key);
}

/// Behind a sign that no key has, which of the works with this title.
std::string counted(const std::string& key, std::size_t which) {
  return which == 0 ? key : key + "|" + std::to_string(which);
}

enum class Likeness { none, near, exact };

/// How surely `item`, whose title is that of `work`, is that work.
Likeness likeness(const Item& item, std::string_view other_name, const Item& work, bool by_short_title) {
  if (ids_differ(item, work)) return Likeness::none;
  const bool years = item.year && work.year;
  const int apart = years ? std::abs(*item.year - *work.year) : 0;
  const bool maker = have_maker_in_common(item, other_name, work);
  switch (item.type) {
    case MediaType::book:
      if (!maker || (by_short_title && apart > 1)) return Likeness::none;
      return by_short_title ? Likeness::near : Likeness::exact;
    case MediaType::album:
      if (!maker || apart > 1) return Likeness::none;
      if (!years && !item.creators.empty() && title_key(item.creators.front().name) == title_key(item.title)) return Likeness::none;
      return years && apart == 0 ? Likeness::exact : Likeness::near;
    default: {
      if (maker && apart <= 1) return years && apart == 0 ? Likeness::exact : Likeness::near;
      // Films of one title and year by other directors are other films. Of shows and games the files name other parts than those known.
      const bool other_makers = has_role(item, "director") && has_role(work, "director") && item.type == MediaType::film;
      return years && apart == 0 && !other_makers ? Likeness::exact : Likeness::none;
    }
  }
}

}  // namespace

void Matcher::add(const Item& work) {
  by_id_.try_emplace(work.id, &work);
  for (const auto& [service, id] : work.ids) by_id_.try_emplace(id_key(work.type, service, id), &work);
  for (bool short_ones : {false, true})
    for (const std::string& title : keys(work, short_ones)) {
      const std::string key = key_of_title(work.type, title, short_ones);
      for (std::size_t i = 0; i < most_of_one_title && !by_title_.try_emplace(counted(key, i), &work).second;) ++i;
    }
}

const Item* Matcher::find(const Item& item, std::string_view other_name) const {
  for (const auto& [service, id] : item.ids)
    if (const auto found = by_id_.find(id_key(item.type, service, id)); found != by_id_.end() && !ids_differ(item, *found->second))
      return found->second;
  const Item* best = nullptr;
  Likeness surest = Likeness::none;
  bool several = false;
  each_of_title(item, [&](const Item& work, bool by_short_title) {
    const Likeness like = likeness(item, other_name, work, by_short_title);
    if (like == Likeness::none || like < surest || &work == best) return;
    several = like == surest;
    surest = like;
    best = &work;
  });
  return several ? nullptr : best;
}

template <typename Look>
void Matcher::each_of_title(const Item& item, Look&& look) const {
  const auto each = [&](const std::string& key, bool by_short_title) {
    for (std::size_t i = 0;; ++i) {
      const auto work = by_title_.find(counted(key, i));
      if (work == by_title_.end()) return;
      look(*work->second, by_short_title);
    }
  };
  for (const std::string& key : keys(item, false)) {
    each(key_of_title(item.type, key, false), false);
    each(key_of_title(item.type, key, true), true);
  }
  for (const std::string& key : keys(item, true)) each(key_of_title(item.type, key, false), true);
}

std::vector<Matcher::Candidate> Matcher::candidates(const Item& item, std::string_view other_name) const {
  std::vector<Candidate> found;
  each_of_title(item, [&](const Item& work, bool by_short_title) {
    const double sure = work.id == item.id ? 0 : confidence(item, other_name, work, by_short_title);
    const auto known = std::find_if(found.begin(), found.end(), [&](const Candidate& one) { return one.work == &work; });
    if (known != found.end())
      known->confidence = std::max(known->confidence, sure);
    else if (sure > 0)
      found.push_back({&work, sure});
  });
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
  return found;
}

double confidence(const Item& item, std::string_view other_name, const Item& work, bool by_short_title) {
  if (item.type != work.type || ids_differ(item, work)) return 0;
  const bool years = item.year && work.year;
  const int apart = years ? std::abs(*item.year - *work.year) : 0;
  const bool makers = (!item.creators.empty() || !other_name.empty()) && !work.creators.empty();
  const bool maker = makers && have_maker_in_common(item, other_name, work);
  const bool by_maker = item.type == MediaType::book || item.type == MediaType::album;
  double sure = 0;
  if (by_maker) {
    // Without the maker, a title of books or music says little; with another one, next to nothing.
    sure = maker ? (apart <= 1 ? 0.99 : item.type == MediaType::book ? 0.97 : 0.6) : makers ? 0.02 : years && apart == 0 ? 0.6 : 0.3;
  } else if (maker) {
    sure = years ? (apart == 0 ? 0.999 : apart == 1 ? 0.99 : 0.4) : 0.9;
  } else {
    sure = !years ? 0.5 : apart == 0 ? 0.98 : apart == 1 ? 0.5 : apart <= 3 ? 0.1 : 0.03;
    const bool other_makers = has_role(item, "director") && has_role(work, "director") && item.type == MediaType::film;
    if (other_makers) sure *= 0.3;
  }
  return by_short_title ? sure * 0.6 : sure;
}

MatchResult match(Parsed& parsed, const Matcher& known, const Decisions& decisions) {
  MatchResult result;
  const auto take_for = [&](Item& item, const Item& work) {
    const std::string key = item.id;
    result.taken.push_back({key, work.id, item.title, item.year, item.creators.empty() ? std::string() : item.creators.front().name});
    // What is known of it goes before what the file says; the rest of the file's facts stays.
    item.id = work.id;
    item.title = work.title;
    item.original_title = work.original_title;
    if (work.year) item.year = work.year;
    if (!work.creators.empty()) item.creators = work.creators;
  };
  const auto decision = [&](const std::string& key) { return decisions ? decisions(key) : nullptr; };
  const auto recognise = [&](Item& item, std::string_view other_name) {
    const Matched* said = decision(item.id);
    const Item* work = said ? &*said->item : known.holds(item.id) ? nullptr : known.find(item, other_name);
    if (!said && work) {
      said = decision(work->id);
      if (said) work = &*said->item;
    }
    if (said) {
      ++result.decided;
      if (item.id != said->item->id) take_for(item, *said->item);
      // The ids and facts that the file gives may be those of the work that it was wrongly taken for.
      item = *said->item;
      return;
    }
    if (work) {
      take_for(item, *work);
      ++result.matched;
      return;
    }
    if (!is_by_words(item.id)) return;
    const auto could_be = known.candidates(item, other_name);
    if (!could_be.empty() && could_be.front().confidence >= least_asked) result.open.push_back(item.id);
  };
  for (Row& row : parsed.rows) recognise(row.item, row.other_name);
  for (Mention& mention : parsed.mentions) recognise(mention.item, {});
  std::sort(result.open.begin(), result.open.end());
  result.open.erase(std::unique(result.open.begin(), result.open.end()), result.open.end());
  const std::size_t matched = result.matched;
  const std::size_t decided = result.decided;
  if (matched + decided == 0) return result;
  merge_repeated(parsed);
  if (matched > 0)
    parsed.notes.push_back(in_words(matched, "title was", "titles were") + " recognised by ids, or by title, year and makers, as " +
                           (matched == 1 ? "a work that is" : "works that are") + " known here already; what is yours goes to those.");
  if (decided > 0)
    parsed.notes.push_back(in_words(decided, "title is", "titles are") + " what you said " + (decided == 1 ? "it is" : "they are") +
                           " when you looked at " + (decided == 1 ? "it" : "them") + " before.");
  return result;
}

}  // namespace hub::imports
