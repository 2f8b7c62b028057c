#include <algorithm>
#include <utility>

#include "core/imports/record.hpp"
#include "core/imports/words.hpp"
#include "core/library/json.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t deepest_member = 4;

/// Finds where entries begin and end without building anything; only an entry is parsed, so that memory follows the largest one and a
/// damaged one costs no others.
class JsonSource final : public Source {
 public:
  JsonSource(std::string_view text, std::span<const Name> names, JsonReading reading) : text_(text), names_(names), reading_(reading) {}

  bool next(Record& record) override {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        last_string_ = string_from(at_);
      } else if (c == '{' && !open_.empty() && open_.back().array && open_.back().name != "lists") {
        read_entry(record);
        return true;
      } else if (c == '{' || c == '[') {
        ++at_;
        if (open_.size() == deepest) {
          at_ = text_.size();
          return false;
        }
        open_.push_back({c == '[', std::exchange(last_string_, {})});
      } else {
        ++at_;
        if ((c == '}' || c == ']') && !open_.empty()) open_.pop_back();
        if (c == ',') last_string_ = {};
      }
    }
    return false;
  }

  std::size_t position() const override { return at_; }

 private:
  struct Open {
    bool array = false;
    std::string_view name;  ///< of the member it is the value of
  };

  /// The inside of the string that begins at `at`, as written; moves behind it.
  std::string_view string_from(std::size_t& at) const {
    const std::size_t from = ++at;
    while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
    at = std::min(at, text_.size());
    const std::string_view inside = text_.substr(from, at - from);
    if (at < text_.size()) ++at;
    return inside;
  }

  void read_entry(Record& record) {
    record.clear();
    record.line = ++entries_;
    for (std::size_t i = open_.size(); i-- > 0 && record.within.empty();)
      if (open_[i].name != "lists" && open_[i].name != "entries") record.within = open_[i].name;
    const std::size_t from = at_;
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        string_from(at_);
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) break;
      if (depth > deepest) break;
    }
    if (depth > deepest) {
      record.problem = "This entry is nested too deeply to be read.";
      at_ = text_.size();
    } else if (depth > 0) {
      record.problem = "The file ends in the middle of this entry.";
    } else if (const auto json = parse_json(text_.substr(from, at_ - from)); !json) {
      record.problem = "This entry is damaged: it is not well-formed JSON.";
    } else {
      path_.clear();
      put_members(record, *json, 0);
      if (reading_.more) reading_.more(*json, record);
    }
  }

  void put_members(Record& record, const Json& object, std::size_t depth) {
    for (auto member = object.begin(); member != object.end(); ++member) {
      const std::size_t before = path_.size();
      if (before > 0) path_ += '.';
      path_ += reading_.any_spelling ? comparable(member.key()) : member.key();
      if (member->is_object()) {
        if (depth < deepest_member) put_members(record, *member, depth + 1);
      } else if (member->is_string()) {
        record.put(names_, path_, member->get_ref<const std::string&>());
      } else if (member->is_number()) {
        record.put(names_, path_, json_text(*member));
      } else if (member->is_boolean()) {
        record.put(names_, path_, member->get<bool>() ? "true" : "");
      }
      path_.resize(before);
    }
  }

  std::string_view text_;
  std::span<const Name> names_;
  JsonReading reading_;
  std::size_t at_ = 0;
  std::size_t entries_ = 0;
  std::vector<Open> open_;
  std::string_view last_string_;
  std::string path_;
};

}  // namespace

std::unique_ptr<Source> json_source(std::string_view text, std::span<const Name> names, JsonReading reading) {
  return std::make_unique<JsonSource>(text, names, reading);
}

}  // namespace hub::imports
