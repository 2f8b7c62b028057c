#include "core/engine/session_state.hpp"

#include <algorithm>
#include <utility>

#include "core/engine/date.hpp"
#include "core/metadata/merge.hpp"

namespace hub::engine {
namespace {

/// Milliseconds after which answers of services are written: a search brings several.
constexpr double answers_gathered = 3'000;
/// Milliseconds between two tellings of the list of requests: hundreds of them go while titles are looked up, and a person reads none of
/// them in less.
constexpr double between_ledgers = 250;
/// Works that are told because they are about what was typed.
constexpr std::size_t most_by_story = 8;

}  // namespace

std::string Session::State::outer_id(MediaType type, const std::string& service, const std::string& id) {
  return std::string(name_of(type)) + "/" + service + ":" + id;
}

const Item* Session::State::known_here(const Item& item) {
  if (!known_works || known_works->type != item.type || known_works->revision != works.revision()) {
    known_works.emplace(Known{item.type, works.revision(), works.of_type(item.type), {}});
    for (const Works::Ref& work : known_works->held) known_works->matcher.add(*work);
  }
  return known_works->matcher.find(item);
}

void Session::State::send_results(std::uint32_t reply) {
  p::SearchDone done = here;
  visible.clear();
  for (const Item& item : done.items) visible.push_back(item.id);
  const auto shown = [&](const std::string& id) { return std::find(visible.begin(), visible.end(), id) != visible.end(); };
  for (Item& item : lookup.found()) {
    Works::Ref work;
    if (const Item* same = known_here(item)) {
      work = works.find(same->id);
      if (work && !is_refused(item, refused_of(work->id))) found_too[work->id].insert(item.ids.begin(), item.ids.end());
    } else {
      for (const auto& [service, id] : item.ids)
        if (const auto opened = opened_ids.find(outer_id(item.type, service, id)); opened != opened_ids.end()) item.id = opened->second;
      // What was asked for in full before says more.
      const auto before = works.found(item.id);
      work = std::make_shared<const Item>(before ? metadata::merge(std::array{*before, item}) : std::move(item));
      works.put_found(work);
    }
    if (!work || shown(work->id)) continue;
    ++done.total;
    visible.push_back(work->id);
    done.items.push_back(*work);
  }
  done.asked = lookup.asked();
  const auto about = stories.about(done.query, done.type, most_by_story);
  for (const auto& [work, likeness] : about) {
    if (shown(work->id)) continue;
    ++done.total;
    visible.push_back(work->id);
    done.by_story.push_back(work->id);
    done.items.push_back(*work);
  }
  for (const auto& [work, likeness] : sight.about(done.query, done.type, most_by_story)) {
    if (shown(work->id)) continue;
    ++done.total;
    visible.push_back(work->id);
    done.by_poster.push_back(work->id);
    done.items.push_back(*work);
  }
  for (const Item& item : done.items)
    for (p::Attribution& one : attributions(item)) {
      const bool told =
          std::any_of(done.attributions.begin(), done.attributions.end(), [&](const auto& other) { return other.name == one.name; });
      if (!told)
        done.attributions.push_back({one.name, one.words, std::string(metadata::info(*metadata::service_named(one.name)).address)});
    }
  post(done, {}, reply);
  predict_found(done.type);
  stories.order_changed();
  sight.works_changed();
}

Works::Ref Session::State::in_full(const std::string& id) const {
  Works::Ref work = works.find(id);
  if (!work || lookup.opened_id() != id || works.found(id)) return work;
  return std::make_shared<const Item>(lookup.opened());
}

void Session::State::details_came(const std::string& id) {
  const Item whole = lookup.opened();
  if (whole.title.empty()) {
    // Nobody has said yet what it is.
    if (inspected == id) send_details();
    return;
  }
  if (const Entry* entry = library().find(id)) {
    // It was rated before all of its facts were there.
    const auto asked = lookup.asked_of_opened();
    const bool all = std::none_of(asked.begin(), asked.end(), [](const auto& one) { return one.state == "asking"; });
    Item facts = metadata::allowed(whole, metadata::Use::keep);
    // It goes on being called what the person knows it by.
    if (facts.title != entry->item->title) take_fact(facts, *entry->item, Fact::title);
    if (all && !(*entry->item == facts) && (demo || mode != StorageMode::read_only)) {
      if (facts_device.empty()) facts_device = host.random_id();
      commit({ItemAdded{facts}}, 0, facts_device);
    }
  } else if (!works.find(id) || works.found(id)) {
    const auto work = std::make_shared<const Item>(whole);
    works.put_found(work);
    if (inspected == id) stories.look_at(for_learning(work));
    predict(work->type, {work});
  }
  if (inspected == id) send_details();
}

void Session::State::add_sources(const std::vector<std::string>& ids) {
  bool more = false;
  const auto add = [&](const std::string& name) {
    if (const auto service = metadata::service_named(name))
      more = !std::exchange(sources[static_cast<std::size_t>(*service)], true) || more;
  };
  for (const std::string& id : ids) {
    const Entry* entry = library().find(id);
    if (!entry) continue;
    add(entry->item->provenance);
    for (const FactSource& source : entry->item->sources)
      if (source.facts != 0) add(source.name);
  }
  if (more) send_sources();
}

void Session::State::send_sources() {
  p::Sources told;
  for (const auto& service : metadata::services())
    if (sources[static_cast<std::size_t>(service.service)])
      told.services.push_back({std::string(service.name), std::string(service.notice), std::string(service.address)});
  post(told);
}

void Session::State::send_network() {
  p::Network network;
  network.stay_offline = lookup.stays_offline();
  const fetching::Ledger& ledger = lookup.ledger();
  network.sent = ledger.sent();
  network.bytes = ledger.bytes();
  network.kept_bytes = lookup.cache().bytes();
  network.services = lookup.services();
  network.proxy = lookup.queue().addresses().proxy_host();
  network.by_proxy = lookup.by_proxy();
  network.own_keys = own_keys_told();
  if (watching_network)
    for (auto entry = ledger.entries().rbegin(); entry != ledger.entries().rend(); ++entry)
      network.entries.push_back({time_of(entry->time), entry->host, entry->purpose, entry->bytes, fetching::name_of(entry->outcome)});
  post(network);
}

void Session::State::tell_ledger() {
  if (!network_waits || !watching_network) return;
  const double now = host.ticks();
  if (now < network_due) return host.call_in(network_due - now);
  network_waits = false;
  network_due = now + between_ledgers;
  send_network();
}

void Session::State::ledger_changed() {
  network_waits = true;
  tell_ledger();
  if (answers_due != 0 || !lookup.cache().unwritten()) return;
  answers_due = host.ticks() + answers_gathered;
  host.call_in(answers_gathered);
}

void Session::State::keep_answers() {
  if (answers_due == 0) return;
  const double left = answers_due - host.ticks();
  if (left > 0) return host.call_in(left);
  if (sync_running || models_syncing || answers_syncing || storage_state == "failed") {
    answers_due = host.ticks() + answers_gathered;
    return host.call_in(answers_gathered);
  }
  answers_due = 0;
  if (!lookup.cache().unwritten()) return;
  lookup.cache().write();
  answers_syncing = true;
  files.sync([this](const Expected<void>& done) {
    answers_syncing = false;
    if (done)
      lookup.cache().synced();
    else
      lookup.cache().withdraw();
  });
}

void Session::State::stay_offline(bool on, bool tell) {
  lookup.stay_offline(on);
  fill.run();
  filling_changed();
  send_network();
  if (tell) host.broadcast(on ? "{\"stay_offline\":true}" : "{\"stay_offline\":false}");
  if (!store || mode != StorageMode::writer) return;
  if (on)
    (void)files.write(offline_file, bytes_of("on"));
  else
    (void)files.remove(offline_file);
  files.sync([](const Expected<void>&) {});
}

void Session::State::handle(const p::StayOffline& command, Bytes, std::uint32_t) {
  stay_offline(command.on, true);
}

void Session::State::handle(const p::WatchNetwork& command, Bytes, std::uint32_t) {
  watching_network = command.on;
  if (watching_network) send_network();
}

}  // namespace hub::engine
