#include <algorithm>
#include <utility>

#include "core/imports/record.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr auto npos = std::string_view::npos;

class XmlSource final : public Source {
 public:
  XmlSource(std::string_view text, std::span<const Name> names, std::span<const std::string_view> tags)
      : text_(text), names_(names), tags_(tags) {}

  bool next(Record& record) override {
    record.clear();
    while (true) {
      const std::string_view tag = next_tag();
      if (tag.empty()) return false;
      if (!is_entry(tag)) continue;
      record.within = tag;
      record.line = line_;
      if (!empty_element_) read_entry(record, tag);
      return true;
    }
  }

  std::size_t position() const override { return at_; }

 private:
  bool is_entry(std::string_view tag) const { return std::find(tags_.begin(), tags_.end(), tag) != tags_.end(); }

  /// Goes behind the next tag and gives its name, with the slash of a closing one; empty at the end. Leaves in content_ the text before it.
  std::string_view next_tag() {
    content_.clear();
    while (true) {
      const std::size_t open = text_.find('<', at_);
      if (open == npos) {
        move_to(text_.size());
        return {};
      }
      content_ += decode_entities(text_.substr(at_, open - at_));
      move_to(open);
      const std::string_view rest = text_.substr(open);
      if (rest.starts_with("<![CDATA[")) {
        const std::size_t end = std::min(rest.find("]]>"), rest.size());
        content_ += rest.substr(9, end > 9 ? end - 9 : 0);
        move_to(std::min(open + end + 3, text_.size()));
      } else if (rest.starts_with("<!--")) {
        move_to(std::min(rest.find("-->", 4), rest.size() - 3) + open + 3);
      } else if (rest.starts_with("<!") || rest.starts_with("<?")) {
        move_to(std::min(rest.find('>'), rest.size() - 1) + open + 1);
      } else {
        const std::size_t end = rest.find('>');
        if (end == npos) {
          move_to(text_.size());
          return {};
        }
        empty_element_ = end > 0 && rest[end - 1] == '/';
        std::string_view tag = rest.substr(1, end - 1 - (empty_element_ ? 1 : 0));
        tag = tag.substr(0, tag.find_first_of(" \t\r\n"));
        after_ = open + end + 1;
        begin_ = open;
        at_ = after_;
        line_ = lines_;
        lines_ += static_cast<std::size_t>(std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        if (!tag.empty() && tag != "/") return tag;
      }
    }
  }

  void read_entry(Record& record, std::string_view entry) {
    std::string_view open;
    while (true) {
      const std::string_view tag = next_tag();
      if (tag.empty() || is_entry(tag)) {
        record.problem = tag.empty() ? "The file ends in the middle of this entry." : "This entry is not closed.";
        // What was met is read again, as an entry of its own.
        if (!tag.empty()) {
          at_ = begin_;
          lines_ = line_;
        }
        return;
      }
      if (tag.front() == '/') {
        if (tag.substr(1) == entry) return;
        if (tag.substr(1) == open) record.put(names_, open, content_);
        open = {};
      } else {
        open = empty_element_ ? std::string_view() : tag;
      }
    }
  }

  void move_to(std::size_t place) {
    lines_ += static_cast<std::size_t>(
        std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
    at_ = place;
  }

  std::string_view text_;
  std::span<const Name> names_;
  std::span<const std::string_view> tags_;
  std::size_t at_ = 0;
  std::size_t lines_ = 1;  ///< at at_
  std::size_t line_ = 1;   ///< of the last tag
  std::size_t begin_ = 0;  ///< likewise
  std::size_t after_ = 0;
  bool empty_element_ = false;
  std::string content_;
};

}  // namespace

std::unique_ptr<Source> xml_source(std::string_view text, std::span<const Name> names, std::span<const std::string_view> tags) {
  return std::make_unique<XmlSource>(text, names, tags);
}

}  // namespace hub::imports
