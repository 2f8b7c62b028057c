#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "core/engine/date.hpp"
#include "core/engine/session_state.hpp"
#include "core/imports/item_ids.hpp"
#include "core/library/leading_roles.hpp"
#include "core/library/limits.hpp"
#include "core/metadata/merge.hpp"

namespace hub::engine {
namespace {

/// As many as there are keys for.
constexpr std::size_t most_candidates = 9;
/// A change of more titles than that at once may have left any of them open.
constexpr std::size_t most_looked_at = 4;

/// Ids by which services name works, not copies of them.
constexpr std::array<std::string_view, 10> of_works{"imdb",         "tmdb",        "wikidata", "tvmaze", "musicbrainz",
                                                    "open_library", "myanimelist", "anilist",  "rawg",   "itunes"};

/// What is refused with a work: its id, and those by which services name it.
void refuse(std::vector<std::string>& refused, const Item& work, const Item& right) {
  const auto add = [&](std::string id) {
    if (refused.size() < most_list_entries && std::find(refused.begin(), refused.end(), id) == refused.end())
      refused.push_back(std::move(id));
  };
  if (!imports::is_by_words(work.id) && work.id != right.id) add(work.id);
  for (const std::string_view service : of_works) {
    const auto id = work.ids.find(std::string(service));
    if (id == work.ids.end()) continue;
    const auto same = right.ids.find(id->first);
    if (same == right.ids.end() || same->second != id->second) add(id->first + ":" + id->second);
  }
}

std::string with_year(const Item& item) {
  return item.title + (item.year ? " (" + std::to_string(*item.year) + ")" : std::string());
}

}  // namespace

std::vector<std::string> Session::State::refused_of(const std::string& item_id) {
  const Matched* said = library().match_of(item_id);
  return said ? said->refused : std::vector<std::string>();
}

Item Session::State::line_of(const Item& item) {
  Item line;
  line.id = item.id;
  line.type = item.type;
  line.title = item.title;
  for (const Imported::Line& one : library().lines_of(item.id)) {
    if (one.title.empty()) continue;
    line.title = one.title;
    line.year = one.year;
    if (!one.maker.empty()) line.creators.push_back({std::string(leading_roles(line.type).front()), one.maker});
    return line;
  }
  // An id of words is of the words of its line, and so are the facts that came with it first.
  const Item* first = imports::is_by_words(item.id) ? library().first_facts(item.id) : nullptr;
  if (!first) return line;
  line.title = first->title;
  line.year = first->year;
  line.creators = first->creators;
  return line;
}

std::vector<p::MatchCandidate> Session::State::candidates() {
  const Item& line = matching->line;
  const std::string words = matching->query.empty() ? line.title : matching->query;
  std::vector<Works::Ref> found;
  const auto add = [&](Works::Ref work) {
    const auto same = [&](const Works::Ref& other) { return other->id == work->id; };
    if (work && !work->title.empty() && work->id != matching->item_id && std::none_of(found.begin(), found.end(), same))
      found.push_back(std::move(work));
  };
  for (Works::Ref& work : works.search(words, line.type, 2 * most_candidates, nullptr)) add(std::move(work));
  if (matching->services) {
    for (Item& item : matching->services->found()) {
      if (const Item* same = known_here(item)) {
        add(works.find(same->id));
        continue;
      }
      for (const auto& [service, id] : item.ids)
        if (const auto opened = opened_ids.find(outer_id(item.type, service, id)); opened != opened_ids.end()) item.id = opened->second;
      const auto before = works.found(item.id);
      auto work = std::make_shared<const Item>(before ? metadata::merge(std::array{*before, item}) : std::move(item));
      works.put_found(work);
      add(std::move(work));
    }
  }
  imports::Matcher likely;
  for (const Works::Ref& work : found) likely.add(*work);
  std::vector<p::MatchCandidate> all;
  const auto tell = [&](const Item& work, double confidence) {
    const Entry* entry = library().find(work.id);
    if (all.size() < most_candidates) all.push_back({work, entry && (entry->rating || entry->deeds->any()), confidence});
  };
  const auto named = likely.candidates(line);
  for (const auto& one : named) tell(*one.work, one.confidence);
  // Then what is only found by the words.
  for (const Works::Ref& work : found)
    if (std::none_of(named.begin(), named.end(), [&](const auto& one) { return one.work->id == work->id; })) tell(*work, 0);
  return all;
}

void Session::State::send_matches(std::uint32_t reply) {
  p::Matches told;
  told.item_id = matching->item_id;
  told.query = matching->query;
  told.everywhere = matching->everywhere;
  told.line = matching->line;
  told.candidates = candidates();
  if (matching->services) told.asked = matching->services->asked();
  post(told, {}, reply);
}

void Session::State::step_matching() {
  if (!matching || !std::exchange(matching->changed, false)) return;
  send_matches();
}

void Session::State::handle(const p::FindMatches& command, Bytes, std::uint32_t reply) {
  matching.reset();
  const Entry* entry = library().find(command.item_id);
  if (!entry) return;
  matching.emplace(Matching{});
  matching->item_id = command.item_id;
  matching->query = command.query;
  matching->everywhere = command.everywhere;
  matching->line = line_of(*entry->item);
  if (command.everywhere) {
    Item asked = matching->line;
    asked.ids.clear();
    if (!command.query.empty()) {
      asked.title = command.query;
      asked.creators.clear();
    }
    matching->services = std::make_unique<WorkLookup>(
        lookup.queue(), std::move(asked), fetching::Urgency::typed, [](metadata::Service) { return true; }, date_of(host.now()),
        [this] {
          if (matching) matching->changed = true;
          host.call_in(0);
        });
    matching->services->search();
  }
  send_matches(reply);
}

void Session::State::handle(const p::DecideMatch& command, Bytes, std::uint32_t reply) {
  const Entry* entry = library().find(command.item_id);
  if (!entry) return fail(reply, "unknown_item", "This title is not in your library any more. Nothing was changed.");
  const Works::Ref work = command.work_id.empty() ? nullptr : works.find(command.work_id);
  if (!command.work_id.empty() && !work) return fail(reply, "unknown_item", "This title is not known here any more. Search for it again.");
  const Item wrong = *entry->item;
  if (work && (work->type != wrong.type || work->id == wrong.id))
    return fail(reply, "bad_match", "A title can only be another work of its own type. Nothing was changed.");
  const std::string title = wrong.title;
  Matched said;
  said.from = wrong.id;
  said.none = !work;
  for (const Imported::Line& line : library().lines_of(wrong.id))
    if (said.lines.size() < most_list_entries) said.lines.push_back(line.key);
  const bool known_lines = !said.lines.empty();
  // Where no line is known, its own id is what later ones would be taken for.
  if (!known_lines || imports::is_by_words(wrong.id)) said.lines.insert(said.lines.begin(), wrong.id);
  if (said.lines.size() > most_list_entries) said.lines.resize(most_list_entries);
  if (work) {
    const Entry* there = library().find(work->id);
    Item facts = metadata::allowed(there ? *there->item : *work, metadata::Use::keep);
    refuse(said.refused, wrong, facts);
    said.item = std::move(facts);
    // All that is known of it comes as it would if it had been opened.
    if (works.found(work->id)) lookup.open(*work);
  } else {
    Item bare = line_of(wrong);
    bare.provenance = "Your file";
    bare.id = imports::is_by_words(wrong.id) ? wrong.id : imports::id_of(bare);
    refuse(said.refused, wrong, bare);
    if (matching && matching->item_id == wrong.id)
      for (const p::MatchCandidate& one : candidates()) refuse(said.refused, one.item, bare);
    said.item = std::move(bare);
  }
  const std::string right = with_year(*said.item);
  matching.reset();
  if (!commit({std::move(said)}, reply)) return;
  review_stale = true;
  host.wake();
  post(p::Notice{work ? "Taken for " + right : title + " is none of the works that are known", true});
}

void Session::State::review_changed(const std::vector<std::string>& items) {
  const bool any = items.size() > most_looked_at ||
                   std::any_of(items.begin(), items.end(), [](const std::string& id) { return imports::is_by_words(id); });
  if (any) review_stale = true;
}

std::vector<std::string> Session::State::open_titles() {
  if (demo) return {};
  std::vector<const Entry*> by_words;
  for (const Entry* entry : own.entries())
    if (imports::is_by_words(entry->item->id) && !entry->forgotten && (entry->rating || entry->deeds->any()) &&
        !own.match_of(entry->item->id))
      by_words.push_back(entry);
  if (by_words.empty()) return {};
  const Matchable known = matchable_works();
  std::stable_sort(by_words.begin(), by_words.end(), [](const Entry* a, const Entry* b) {
    const std::string_view one = a->rating ? std::string_view(a->rating->date) : std::string_view();
    const std::string_view other = b->rating ? std::string_view(b->rating->date) : std::string_view();
    return one > other;
  });
  std::vector<std::string> ids;
  for (const Entry* entry : by_words) {
    const auto could_be = known.matcher.candidates(*entry->item);
    if (!could_be.empty() && could_be.front().confidence >= imports::least_asked) ids.push_back(entry->item->id);
  }
  return ids;
}

void Session::State::send_review() {
  review_stale = false;
  post(p::Review{open_titles()});
}

}  // namespace hub::engine
