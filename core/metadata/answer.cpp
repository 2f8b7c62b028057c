#include "core/metadata/answer.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/library/text.hpp"

namespace hub::metadata {
namespace {

constexpr std::size_t longest_number = 40;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads one text from its beginning to its end, and tells `place` of each value as it begins and ends. It is run twice: to check and
/// count, then to fill a list of exactly the right size.
template <typename Places>
class Reader {
 public:
  Reader(std::string_view text, Places& places) : text_(text), places_(places) {}

  bool whole() {
    skip_space();
    if (!value(0)) return false;
    skip_space();
    return at_ == text_.size();
  }

 private:
  char look() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (look() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as deepest_answer
  bool value(std::size_t depth) {
    const std::size_t place = places_.open(at_);
    if (!inside(depth)) return false;
    places_.close(place, at_);
    return true;
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  bool inside(std::size_t depth) {
    switch (look()) {
      case '{': return depth < deepest_answer && list('}', depth, true);
      case '[': return depth < deepest_answer && list(']', depth, false);
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number();
    }
  }

  // NOLINTNEXTLINE(misc-no-recursion)
  bool list(char end, std::size_t depth, bool object) {
    ++at_;
    skip_space();
    if (take(end)) return true;
    while (true) {
      if (object) {
        const std::size_t place = places_.open(at_);
        if (!string()) return false;
        places_.close(place, at_);
        skip_space();
        if (!take(':')) return false;
        skip_space();
      }
      if (!value(depth + 1)) return false;
      skip_space();
      if (take(end)) return true;
      if (!take(',')) return false;
      skip_space();
    }
  }

  bool string() {
    if (!take('"')) return false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') continue;
      const char escape = look();
      ++at_;
      if (escape == 'u') {
        for (int i = 0; i < 4; ++i, ++at_)
          if (!is_digit(look()) && !(look() >= 'a' && look() <= 'f') && !(look() >= 'A' && look() <= 'F')) return false;
      } else if (escape == '\0' || !std::strchr("\"\\/bfnrt", escape)) {
        return false;
      }
    }
    return false;
  }

  bool digits() {
    const std::size_t from = at_;
    while (is_digit(look())) ++at_;
    return at_ > from;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (look() == 'e' || look() == 'E') {
      ++at_;
      if (look() == '+' || look() == '-') ++at_;
      if (!digits()) return false;
    }
    return true;
  }

  bool word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  std::string_view text_;
  Places& places_;
  std::size_t at_ = 0;
};

struct Count {
  std::size_t places = 0;
  std::size_t open(std::size_t) { return places++; }
  void close(std::size_t, std::size_t) {}
};

template <typename Place>
struct Fill {
  std::vector<Place>& places;
  std::size_t open(std::size_t at) {
    places.push_back({static_cast<std::uint32_t>(at), 0, 0});
    return places.size() - 1;
  }
  void close(std::size_t place, std::size_t at) {
    places[place].end = static_cast<std::uint32_t>(at);
    places[place].next = static_cast<std::uint32_t>(places.size());
  }
};

std::uint32_t hexadecimal(std::string_view four) {
  std::uint32_t value = 0;
  for (const char c : four) {
    const auto digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return value;
}

/// @param inside  of a well-formed string, without its quotation marks.
std::string unescaped(std::string_view inside) {
  std::string text;
  text.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\') {
      text += inside[i];
      continue;
    }
    switch (inside[++i]) {
      case 'b': text += '\b'; break;
      case 'f': text += '\f'; break;
      case 'n': text += '\n'; break;
      case 'r': text += '\r'; break;
      case 't': text += '\t'; break;
      case 'u': {
        std::uint32_t code = hexadecimal(inside.substr(i + 1, 4));
        i += 4;
        const std::string_view rest = inside.substr(i + 1);
        if (code >= 0xD800 && code < 0xDC00 && rest.starts_with("\\u")) {
          const std::uint32_t low = hexadecimal(rest.substr(2, 4));
          if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            i += 6;
          }
        }
        append_utf8(text, static_cast<char32_t>(code));
        break;
      }
      default: text += inside[i];
    }
  }
  return text;
}

}  // namespace

Expected<Answer> Answer::parse(std::string_view text, std::string_view name) {
  const auto bad = [&](std::string_view what) { return failure("bad_answer", std::string(name) + " answered with " + std::string(what)); };
  if (text.size() > most_answer_bytes) return bad("more than can be taken in.");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Count count;
  if (!Reader<Count>(text, count).whole()) return bad("something that cannot be read.");
  Answer answer;
  answer.text_ = text;
  answer.places_.reserve(count.places);
  Fill<Place> fill{answer.places_};
  Reader<Fill<Place>>(text, fill).whole();
  return answer;
}

std::string_view Value::written() const {
  if (!answer_) return {};
  const Answer::Place& place = answer_->places_[at_];
  return answer_->text_.substr(place.begin, place.end - place.begin);
}

Value::operator bool() const {
  return answer_ && written() != "null";
}

bool Value::is_text() const {
  return written().starts_with('"');
}

bool Value::is_list() const {
  return written().starts_with('[');
}

bool Value::is_object() const {
  return written().starts_with('{');
}

Value Value::operator[](std::string_view key) const {
  if (!is_object()) return {};
  for (auto member = begin(); member != end(); ++member) {
    const std::string_view written_key = Value(answer_, member.at_ - 1).written();
    const std::string_view inside = written_key.substr(1, written_key.size() - 2);
    if (inside == key || (inside.find('\\') != std::string_view::npos && unescaped(inside) == key)) return *member;
  }
  return {};
}

Value Value::front() const {
  const Iterator first = begin();
  return is_list() && first != end() ? *first : Value();
}

std::string Value::text() const {
  if (!is_text()) return {};
  const std::string_view quoted = written();
  return unescaped(quoted.substr(1, quoted.size() - 2));
}

std::string Value::id() const {
  const std::string_view own = written();
  if (!own.empty() && (is_digit(own.front()) || own.front() == '-') && own.size() <= longest_number) return std::string(own);
  return text();
}

std::optional<double> Value::number() const {
  const std::string own = id();
  if (own.empty() || own.size() > longest_number || !(is_digit(own.front()) || own.front() == '-')) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(own.c_str(), &end);
  if (*end != '\0' || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<long> Value::whole() const {
  const auto value = number();
  if (!value || std::trunc(*value) != *value || std::abs(*value) > 2'147'483'647.0) return std::nullopt;
  return static_cast<long>(*value);
}

bool Value::is_true() const {
  return written() == "true";
}

Value::Iterator Value::begin() const {
  if (!is_list() && !is_object()) return {answer_, 0, false};
  const bool object = is_object();
  // An object's key stands before its value; what is pointed at is the value, and beyond the last one a value that is not there.
  return {answer_, at_ + (object ? 2U : 1U), object};
}

Value::Iterator Value::end() const {
  if (!is_list() && !is_object()) return {answer_, 0, false};
  return {answer_, answer_->places_[at_].next + (is_object() ? 1U : 0U), is_object()};
}

Value::Iterator& Value::Iterator::operator++() {
  at_ = answer_->places_[at_].next + (object_ ? 1U : 0U);
  return *this;
}

std::string Value::Iterator::key() const {
  return object_ ? Value(answer_, at_ - 1).text() : std::string();
}

}  // namespace hub::metadata
