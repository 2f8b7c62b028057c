/// Kitsu: its library as its API answers (JSON:API), in which the entries and the works that they are of stand apart.

#include <unordered_map>

#include "core/imports/collector.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"
#include "core/library/json.hpp"

namespace hub::imports {
namespace {

constexpr std::string_view service = "Kitsu";

const Json* member(const Json* object, std::string_view name) {
  if (!object || !object->is_object()) return nullptr;
  const auto found = object->find(std::string(name));
  return found == object->end() || found->is_null() ? nullptr : &*found;
}

std::string text(const Json* value) {
  if (value && value->is_string()) return value->get<std::string>();
  return value && value->is_number() ? json_text(*value) : std::string();
}

struct Work {
  std::string title;
  std::string myanimelist;
  std::optional<int> year;
  bool film = false;
};

class KitsuReader final : public Reader {
 public:
  KitsuReader(Json&& json, std::vector<std::string> notes) : json_(std::move(json)), collector_(service, std::move(notes)) {
    if (const Json* included = member(&json_, "included"); included && included->is_array()) {
      std::unordered_map<std::string, std::string> mappings;
      for (const Json& object : *included)
        if (text(member(&object, "type")) == "mappings")
          if (const Json* facts = member(&object, "attributes"); text(member(facts, "externalSite")).starts_with("myanimelist/"))
            mappings[text(member(&object, "id"))] = text(member(facts, "externalId"));
      for (const Json& object : *included) take_work(object, mappings);
    }
    const Json* data = member(&json_, "data");
    if (data && data->is_array()) entries_ = data;
  }

  bool step(std::size_t records) override {
    for (std::size_t i = 0; i < records && entries_ && next_ < entries_->size(); ++i) {
      collector_.count_line();
      const std::size_t line = next_ + 1;
      if (std::string problem = read_entry((*entries_)[next_++], line); !problem.empty()) collector_.skip(line, std::move(problem));
    }
    return entries_ && next_ < entries_->size();
  }

  double progress() const override {
    return entries_ && !entries_->empty() ? static_cast<double>(next_) / static_cast<double>(entries_->size()) : 1.0;
  }

  Parsed take() override { return collector_.finish(); }

 private:
  void take_work(const Json& object, const std::unordered_map<std::string, std::string>& mappings) {
    const std::string kind = text(member(&object, "type"));
    if (kind != "anime" && kind != "manga") return;
    const Json* facts = member(&object, "attributes");
    Work work;
    work.title = text(member(facts, "canonicalTitle"));
    work.year = year_in(text(member(facts, "startDate")));
    work.film = kind == "anime" && comparable(text(member(facts, "subtype"))) == "movie";
    const Json* linked = member(member(member(&object, "relationships"), "mappings"), "data");
    if (linked && linked->is_array())
      for (const Json& mapping : *linked)
        if (const auto id = mappings.find(text(member(&mapping, "id"))); id != mappings.end()) work.myanimelist = id->second;
    works_[kind + "/" + text(member(&object, "id"))] = std::move(work);
  }

  std::string read_entry(const Json& entry, std::size_t line) {
    const Json* said = member(&entry, "attributes");
    if (!said) return "There is nothing in this entry.";
    Draft draft;
    draft.row.line = line;
    Item& item = draft.row.item;
    const Work* work = nullptr;
    for (const char* kind : {"anime", "manga"}) {
      const Json* of = member(member(member(&entry, "relationships"), kind), "data");
      if (!of) continue;
      const auto found = works_.find(std::string(kind) + "/" + text(member(of, "id")));
      if (found == works_.end()) continue;
      work = &found->second;
      item.type = kind[0] == 'm' ? MediaType::book : work->film ? MediaType::film : MediaType::show;
      item.ids["kitsu"] = text(member(of, "id"));
    }
    if (!work || work->title.empty()) return "The work of this entry is not in the file.";
    item.title = work->title;
    item.year = work->year;
    item.provenance = "Kitsu export";
    if (!work->myanimelist.empty()) item.ids["myanimelist"] = work->myanimelist;
    Facts& facts = draft.row.facts;
    const Standing standing = standing_from(text(member(said, "status")));
    facts.seen = standing == Standing::finished;
    facts.begun = standing == Standing::begun;
    facts.dropped = standing == Standing::dropped;
    facts.wished = standing == Standing::wished;
    draft.last_date = text(member(said, "finishedAt"));
    draft.date = draft.last_date.empty() ? text(member(said, "updatedAt")) : draft.last_date;
    const Json* rating = member(said, "ratingTwenty");
    if (!rating || !rating->is_number()) {
      if (!facts.any()) return "No rating is given here.";
      collector_.mention(std::move(draft), std::string(words_of(standing)));
      return {};
    }
    draft.row.rating = {rating->get<double>() / 2, RatingScale::ten, {}, std::string(service)};
    if (!is_valid(draft.row.rating.value, RatingScale::ten))
      return "The rating " + imports::quoted(json_text(*rating)) + " is not a number up to 20.";
    collector_.add(std::move(draft));
    return {};
  }

  Json json_;
  const Json* entries_ = nullptr;
  std::size_t next_ = 0;
  std::unordered_map<std::string, Work> works_;
  Collector collector_;
};

Expected<std::unique_ptr<Reader>> open(SourceFile&& file) {
  auto json = parse_json(file.text);
  if (!json)
    return failure("damaged",
                   "This looks like a library of Kitsu, but it is damaged or cut off. Nothing was changed. Please export it once more.");
  return std::make_unique<KitsuReader>(std::move(*json), std::move(file.notes));
}

}  // namespace

const Format kitsu{"Kitsu",
                   [](const SourceFile& file) {
                     return is_json(file) && begins_with_any(file, {"\"libraryEntries\""}) ? Certainty::sure : Certainty::none;
                   },
                   open};

}  // namespace hub::imports
