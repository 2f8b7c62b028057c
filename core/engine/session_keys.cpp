#include <algorithm>

#include "core/engine/date.hpp"
#include "core/engine/session_state.hpp"
#include "core/imports/words.hpp"

namespace hub::engine {
namespace {

using metadata::Door;
using metadata::info;
using metadata::Inquiry;
using metadata::Service;

/// Where a person gets a key of their own.
std::string_view page_of_keys(Service service) {
  switch (service) {
    case Service::omdb: return "https://www.omdbapi.com/apikey.aspx";
    case Service::tmdb: return "https://www.themoviedb.org/settings/api";
    case Service::rawg: return "https://rawg.io/apidocs";
    case Service::google_books: return "https://console.cloud.google.com/apis/credentials";
    default: return info(service).address;
  }
}

std::optional<MediaType> type_of(Service service) {
  const auto found = std::find_if(media_types.begin(), media_types.end(), [&](MediaType type) { return metadata::knows(service, type); });
  return found == media_types.end() ? std::nullopt : std::optional(*found);
}

/// The cheapest question there is.
std::optional<Inquiry> question_to(Service service, const std::string& words, std::string_view date) {
  const auto type = type_of(service);
  if (!type) return std::nullopt;
  auto inquiry = Inquiry::search(service, *type, words, date);
  if (!inquiry || inquiry->wanted().empty()) return std::nullopt;
  return std::move(*inquiry);
}

/// Whether the answer says that the key is none. OMDb says so with the same status that it has for one that is used up for the day.
bool refuses(Inquiry question, const fetching::Answer& answer) {
  constexpr int bad = 400;
  if (answer.status == bad) return true;
  const auto taken = question.take(metadata::Request(question.wanted().front()), answer.status, answer.body);
  return !taken && taken.error().code == "refused" && answer.body.find("limit reached") == std::string::npos;
}

}  // namespace

std::vector<p::OwnKey> Session::State::own_keys_told() {
  std::vector<p::OwnKey> told;
  for (const auto& service : metadata::services()) {
    const auto question = question_to(service.service, "any", "2026-11-28");
    if (service.door != Door::key || !question || !lookup.queue().addresses().reaches(question->wanted().front().host)) continue;
    p::OwnKey& one = told.emplace_back();
    one.service = service.word;
    one.name = service.name;
    one.address = page_of_keys(service.service);
    one.kept = !own_keys.of(service.service).empty();
    if (const auto said = key_words.find(service.service); said != key_words.end()) one.words = said->second;
  }
  return told;
}

void Session::State::open_keys() {
  own_keys.open(files);
  for (const auto& [service, key] : own_keys.all()) lookup.queue().own_key(service, key);
}

void Session::State::keep_key(Service service, const std::string& key) {
  const bool lasts = store && mode == StorageMode::writer;
  const auto kept = own_keys.put(lasts ? &files : nullptr, service, key);
  lookup.queue().own_key(service, key);
  if (lasts) files.sync([](const Expected<void>&) {});
  if (!kept && !key.empty()) key_words[service] = "It holds until this page is closed, as it could not be saved: " + kept.error().message;
}

void Session::State::check_key(Service service) {
  // Words that nobody has typed, so that no kept answer stands in for the service.
  const auto question = question_to(service, host.random_id(), date_of(host.now()));
  if (!question) return;
  const std::string name(info(service).name);
  key_words[service] = "Asking " + name + " whether it takes this key…";
  (void)lookup.queue().ask(question->wanted().front(), fetching::Urgency::opened, "Check of your key for " + name,
                           [this, service, name, question = *question](const Expected<fetching::Answer>& answer) {
                             // It may have been removed in the meantime.
                             if (own_keys.of(service).empty()) return;
                             if (!answer) {
                               key_words[service] = "It is kept, but could not be checked. " + answer.error().message;
                             } else if (refuses(question, *answer)) {
                               keep_key(service, {});
                               key_words[service] = name +
                                                    " refused this key, and it was not kept. Look for a slip of the finger; a new key can "
                                                    "take some minutes until it works.";
                             } else {
                               key_words[service] = name + " takes this key.";
                             }
                             send_network();
                           });
}

void Session::State::handle(const p::KeepKey& command, Bytes, std::uint32_t reply) {
  const auto service = metadata::service_from(command.service);
  if (!service || info(*service).door != Door::key) return fail(reply, "bad_message", "No key can be kept for this service.");
  const std::string name(info(*service).name);
  const std::string key(imports::trimmed(command.key));
  key_words.erase(*service);
  if (!demo && mode == StorageMode::read_only)
    key_words[*service] = "Another tab of this page is open and keeps what is yours: enter or remove the key there.";
  else if (key.empty())
    keep_key(*service, {});
  else if (!may_be_key(key))
    key_words[*service] = "This is no key of " + name + ": a key is a word of 8 letters and digits or more.";
  else {
    keep_key(*service, key);
    check_key(*service);
  }
  send_network();
}

}  // namespace hub::engine
