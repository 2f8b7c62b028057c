#include "core/library/event_text.hpp"

#include <optional>
#include <utility>

#include "core/library/limits.hpp"

namespace hub {
namespace {

/// Follows the parser, and turns each event, and each entry of an import, into what it stands for as soon as it is whole; the parser then
/// forgets it.
class EventReader {
 public:
  /// @param depth  of the events' objects: 0 the whole text, 2 elements of an array in an object.
  /// @param key    of that array.
  EventReader(int depth, std::string_view key, std::vector<Event>& events) : depth_(depth), array_(key), events_(events) {}

  const std::optional<Error>& problem() const { return problem_; }

  /// @return whether the parser keeps what it has read.
  bool operator()(int depth, Json::parse_event_t what, Json& read) {
    if (what == Json::parse_event_t::key) {
      if (depth == depth_ - 1) outer_key_ = read.get_ref<const std::string&>();
      if (depth == depth_ + 1) inner_key_ = read.get_ref<const std::string&>();
      return true;
    }
    if (what != Json::parse_event_t::object_end || (depth_ > 0 && outer_key_ != array_)) return true;
    if (depth == depth_) {
      finish(read);
      return depth_ == 0;
    }
    if (depth != depth_ + 2) return true;
    if (inner_key_ == "items") return !take(item_from_json(read), items_);
    if (inner_key_ == "ratings") return !take(import_entry_from_json(read), ratings_);
    return true;
  }

 private:
  template <typename Read, typename Taken>
  bool take(Expected<Read> read, std::vector<Taken>& to) {
    // What cannot be read stays in the tree, where the event's own reader finds it and says so.
    if (read) to.push_back(std::move(*read));
    return read.has_value();
  }

  void finish(const Json& read) {
    Expected<Event> event = event_from_json(read);
    if (event) {
      if (auto* imported = std::get_if<Imported>(&event->payload)) {
        imported->items = std::move(items_);
        imported->ratings = std::move(ratings_);
        if (auto fine = check(*event); !fine) event = tl::unexpected(std::move(fine.error()));
      }
    }
    items_.clear();
    ratings_.clear();
    if (event)
      events_.push_back(std::move(*event));
    else if (!problem_)
      problem_ = std::move(event.error());
  }

  int depth_;
  std::string_view array_;
  std::vector<Event>& events_;
  std::string outer_key_;
  std::string inner_key_;
  std::vector<SharedItem> items_;
  std::vector<Imported::Entry> ratings_;
  std::optional<Error> problem_;
};

Json parse_following(std::string_view text, EventReader& reader) {
  // A function object of the parser's own kind is copied; the reader must not be.
  return Json::parse(
      text.begin(), text.end(), [&](int depth, Json::parse_event_t what, Json& read) { return reader(depth, what, read); }, false);
}

template <typename List, typename Write>
void append_array(std::string& text, const List& list, Write&& write) {
  text += '[';
  bool first = true;
  for (const auto& element : list) {
    if (!first) text += ',';
    first = false;
    text += json_text(write(element));
  }
  text += ']';
}

}  // namespace

std::string event_text(const Event& event) {
  const auto* imported = std::get_if<Imported>(&event.payload);
  if (!imported) return json_text(to_json(event));
  std::string text = "{\"file\":" + json_text(Json(imported->file)) + ",\"id\":" + json_text(to_json(event.id)) + ",\"items\":";
  append_array(text, imported->items, [](const SharedItem& item) { return to_json(*item); });
  text += ",\"k\":\"imported\",\"ratings\":";
  append_array(text, imported->ratings, [](const Imported::Entry& entry) { return to_json(entry); });
  return text + ",\"source\":" + json_text(Json(imported->source)) + ",\"t\":" + std::to_string(event.time) + "}";
}

Expected<Event> event_from_text(std::string_view text) {
  std::vector<Event> events;
  EventReader reader(0, {}, events);
  const Json json = parse_following(text, reader);
  if (json.is_discarded()) return tl::unexpected(std::move(parse_json(text).error()));
  if (reader.problem()) return tl::unexpected(*reader.problem());
  if (events.empty()) return event_from_json(json);
  return std::move(events.front());
}

Expected<Json> parse_with_events(std::string_view text, std::string_view key, std::vector<Event>& events) {
  EventReader reader(2, key, events);
  Json json = parse_following(text, reader);
  if (json.is_discarded()) return parse_json(text);
  if (reader.problem()) return tl::unexpected(*reader.problem());
  return json;
}

}  // namespace hub
