#include "core/engine/fill.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "core/engine/date.hpp"
#include "core/imports/matching.hpp"
#include "core/metadata/merge.hpp"

namespace hub::engine {
namespace {

using metadata::Service;

constexpr std::string_view file_name = "looked-up";
/// Titles after which it can be told how long the rest will take.
constexpr std::uint32_t enough_for_a_guess = 5;

/// The store's films and albums add nothing to what the others know, at twenty answers a minute.
bool may_ask(Service service) {
  const auto& info = metadata::info(service);
  return info.kept && info.learnt_from && !info.per_day && service != Service::itunes;
}

/// An error that another time may go differently.
const protocol::AskedService* passing_failure(const std::vector<protocol::AskedService>& asked) {
  const auto found = std::find_if(asked.begin(), asked.end(), [](const auto& one) {
    return one.code == "offline" || one.code == "unreachable" || one.code == "timeout" || one.code == "busy";
  });
  return found == asked.end() ? nullptr : &*found;
}

storage::Bytes bytes_of_text(const std::string& text) {
  return storage::Bytes(text.begin(), text.end());
}

/// Takes a number and the sign behind it off the front. @return  whether there was one.
template <typename Number>
bool take_number(std::string_view& text, char behind, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data() + text.size() || *end != behind) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return true;
}

}  // namespace

bool lacks_facts(const Item& item) {
  if (item.genres.empty() || item.creators.empty()) return true;
  switch (item.type) {
    case MediaType::film:
    case MediaType::show: return item.cast.empty() || item.countries.empty();
    case MediaType::game: return item.companies.empty();
    case MediaType::album: return !item.year;
    case MediaType::book: return !item.length || item.keywords.empty();
  }
  return false;
}

Fill::Fill(fetching::Queue& queue, fetching::Outside& outside, Calls calls) : queue_(queue), outside_(outside), calls_(std::move(calls)) {}

void Fill::open(storage::FileSystem* files, bool writes) {
  files_ = files;
  writes_ = writes;
  on_ = false;
  asked_.clear();
  done_ = found_ = 0;
  stale_ = just_opened_ = true;
  const auto kept = files_ ? files_->read(file_name) : Expected<storage::Bytes>(tl::unexpected(Error{"not_found", ""}));
  if (!kept) return;
  // "on 12 10" or "off 12 10": whether it goes on, titles looked up, titles found. Then for each title the day and the id.
  const std::string whole(kept->begin(), kept->end());
  std::string_view text(whole);
  const bool on = text.starts_with("on ");
  if (!on && !text.starts_with("off ")) return;
  text.remove_prefix(on ? 3 : 4);
  if (!take_number(text, ' ', done_) || !take_number(text, '\n', found_)) return;
  on_ = on;
  for (std::int64_t day = 0; take_number(text, ' ', day);) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    asked_.insert_or_assign(std::string(text.substr(0, end)), day);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void Fill::write() {
  if (!files_ || !writes_) return;
  std::string text = (on_ ? "on " : "off ") + std::to_string(done_) + " " + std::to_string(found_) + "\n";
  for (const auto& [id, day] : asked_) text += std::to_string(day) + " " + id + "\n";
  // Where it cannot be kept, some titles are asked for once more.
  (void)files_->write(file_name, bytes_of_text(text));
}

void Fill::remove_all() {
  titles_.clear();
  plan_.clear();
  gathered_.clear();
  asked_.clear();
  due_ = 0;
  done_ = found_ = 0;
  on_ = false;
  stale_ = true;
  words_.clear();
  if (files_ && writes_) (void)files_->remove(file_name);
}

void Fill::turn(bool on) {
  if (on == on_) return;
  on_ = on;
  words_.clear();
  failures_ = 0;
  held_until_ = 0;
  began_ = outside_.ticks();
  done_before_ = done_;
  if (!on) {
    for (auto& title : titles_) plan_.push_front(title->work);
    titles_.clear();
  }
  if (!gathered_.empty()) return flush();
  write();
  if (files_ && writes_) files_->sync([](const Expected<void>&) {});
  run();
  calls_.changed();
}

void Fill::works_changed() {
  if (keeping_) return;
  stale_ = true;
  if (on_) outside_.call_in(0);
}

void Fill::look_again() {
  if (!std::exchange(stale_, false)) return;
  const bool was_through = plan_.empty() && titles_.empty();
  plan_.clear();
  titles_.clear();
  const std::int64_t day = today();
  for (Works::Ref& work : calls_.lacking()) {
    const auto asked = asked_.find(work->id);
    const bool waits = std::any_of(gathered_.begin(), gathered_.end(), [&](const Item& item) { return item.id == work->id; });
    if (!waits && (asked == asked_.end() || day - asked->second > asked_again)) plan_.push_back(std::move(work));
  }
  const bool goes_on = std::exchange(just_opened_, false);
  if (was_through && !plan_.empty()) {
    // Another round, unless it is the one that was on when the page was closed.
    if (!goes_on) done_ = found_ = 0;
    began_ = outside_.ticks();
    done_before_ = done_;
  }
}

bool Fill::may_go_on() {
  const bool by_switch = queue_.stays_offline();
  if (by_switch || !outside_.online()) {
    words_ = by_switch ? "“Stay offline” is on." : "This device is offline.";
    // What failed meanwhile failed for that, and nobody needs to be left alone.
    failures_ = 0;
    held_until_ = 0;
    if (!by_switch) outside_.call_in(rest_offline);
    return false;
  }
  if (const double left = held_until_ - outside_.ticks(); left > 0) {
    outside_.call_in(left);
    return false;
  }
  words_.clear();
  return true;
}

void Fill::run() {
  if (!on_) return;
  look_again();
  bool changed = false;
  bool going = false;
  if (!plan_.empty()) {
    const std::string before = words_;
    going = may_go_on();
    while (going && titles_.size() < at_once && !plan_.empty()) {
      start(std::move(plan_.front()));
      plan_.pop_front();
      changed = true;
    }
    changed = changed || words_ != before;
  }
  std::erase_if(titles_, [&](const auto& title) {
    const bool over = title->changed && go_on(*title);
    changed = changed || over;
    return over;
  });
  // Their places are taken at the next turn: titles that nobody can be asked for would all be gone through in this one.
  if (going && titles_.size() < at_once && !plan_.empty()) outside_.call_in(std::max(0.0, held_until_ - outside_.ticks()));
  if (due_ != 0) {
    const double left = due_ - outside_.ticks();
    if (left <= 0 || gathered_.size() >= most_gathered || (plan_.empty() && titles_.empty()))
      flush();
    else
      outside_.call_in(left);
  }
  if (changed) calls_.changed();
}

void Fill::start(Works::Ref work) {
  auto& title = *titles_.emplace_back(std::make_unique<Title>());
  title.work = std::move(work);
  title.changed = true;
  title.lookup =
      std::make_unique<WorkLookup>(queue_, *title.work, fetching::Urgency::background, may_ask, date_of(outside_.now()), [this, &title] {
        title.changed = true;
        outside_.call_in(0);
      });
  title.lookup->refuse(calls_.refused(title.work->id));
  title.lookup->find_by_imdb();
}

bool Fill::go_on(Title& title) {
  title.changed = false;
  WorkLookup& lookup = *title.lookup;
  for (;;) {
    lookup.go_on();
    if (!lookup.ended()) return false;
    const bool more = !(lookup.whole() == *title.work);
    if (title.stage == Stage::details || more) {
      found(title);
      return true;
    }
    if (title.stage == Stage::by_id) {
      title.stage = Stage::by_title;
      lookup.search();
      continue;
    }
    imports::Matcher matcher;
    const std::vector<Item> hits = lookup.found();
    for (const Item& hit : hits) matcher.add(hit);
    if (const Item* same = matcher.find(*title.work)) {
      title.stage = Stage::details;
      lookup.same_as(*same);
      continue;
    }
    if (const auto asked = lookup.asked(); const auto* failure = passing_failure(asked))
      failed(title.work, {failure->code, failure->words});
    else
      ended(title.work, false);
    return true;
  }
}

void Fill::found(const Title& title) {
  Item facts = title.lookup->whole();
  // It goes on being called what the person knows it by.
  if (facts.title != title.work->title) take_fact(facts, *title.work, Fact::title);
  facts = metadata::allowed(std::move(facts), metadata::Use::keep);
  const bool more = !(facts == *title.work);
  if (more) {
    gathered_.push_back(std::move(facts));
    if (due_ == 0) due_ = outside_.ticks() + gathered;
  }
  ended(title.work, more);
}

void Fill::ended(const Works::Ref& work, bool with_facts) {
  failures_ = 0;
  ++done_;
  if (with_facts) ++found_;
  asked_.insert_or_assign(work->id, today());
  // Titles that nobody knows are put down with the next that somebody does, or at the end.
  if (due_ == 0) due_ = outside_.ticks() + gathered;
}

void Fill::failed(Works::Ref work, const Error& error) {
  plan_.push_back(std::move(work));
  if (++failures_ < most_failures) return;
  failures_ = 0;
  held_until_ = outside_.ticks() + rest;
  words_ = error.message + " It is tried again in a while.";
}

void Fill::flush() {
  due_ = 0;
  write();
  const auto facts = std::exchange(gathered_, {});
  keeping_ = true;
  if (facts.empty()) {
    if (files_ && writes_) files_->sync([](const Expected<void>&) {});
  } else if (!calls_.keep(facts)) {
    // They are asked for once more, mostly of the answers that are kept.
    for (const Item& item : facts) asked_.erase(item.id);
    const auto lost = static_cast<std::uint32_t>(facts.size());
    done_ -= std::min(done_, lost);
    found_ -= std::min(found_, lost);
    write();
  }
  keeping_ = false;
  calls_.changed();
}

protocol::Filling Fill::state() {
  look_again();
  protocol::Filling told;
  std::vector<Service> services;
  for (const MediaType type : media_types)
    for (const Service service : metadata::services_for(type)) {
      const auto inquiry = metadata::Inquiry::search(service, type, "any", "2026");
      const bool asked = may_ask(service) && inquiry && within_reach(*inquiry, queue_.addresses());
      if (asked && std::find(services.begin(), services.end(), service) == services.end()) services.push_back(service);
    }
  for (const Service service : services) told.services.emplace_back(metadata::info(service).name);
  told.left = static_cast<std::uint32_t>(plan_.size() + titles_.size());
  told.done = done_;
  told.found = found_;
  if (!titles_.empty()) told.title = titles_.front()->work->title;
  if (services.empty())
    told.state = "none";
  else if (!on_)
    told.state = "off";
  else if (told.left == 0)
    told.state = "through";
  else
    told.state = words_.empty() ? "asking" : "waiting";
  told.words = words_;
  if (const std::uint32_t done = done_ - std::min(done_before_, done_); told.state == "asking" && done >= enough_for_a_guess)
    told.seconds_left = static_cast<std::uint32_t>((outside_.ticks() - began_) / 1000 / done * told.left);
  return told;
}

}  // namespace hub::engine
