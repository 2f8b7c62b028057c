#include "core/protocol/protocol.hpp"

#include <cmath>
#include <type_traits>

#include "core/library/json.hpp"

namespace hub::protocol {
namespace {

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
Json value_to_json(const T& value) {
  if constexpr (std::is_same_v<T, MediaType>) {
    return std::string(name_of(value));
  } else if constexpr (std::is_same_v<T, Item>) {
    return to_json(value);
  } else if constexpr (IsVector<T>::value) {
    Json array = Json::array();
    for (const auto& element : value) array.push_back(value_to_json(element));
    return array;
  } else if constexpr (IsOptional<T>::value) {
    return value ? value_to_json(*value) : Json(nullptr);
  } else if constexpr (std::is_same_v<T, double>) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
  } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
    return value;
  } else {
    Json object = Json::object();
    T::fields(value, [&](const char* name, const auto& member) { object[name] = value_to_json(member); });
    return object;
  }
}

/// @return whether `json` held a T; `value` is then it.
template <typename T>
bool value_from_json(const Json& json, T& value) {
  if constexpr (std::is_same_v<T, MediaType>) {
    if (!json.is_string()) return false;
    const auto type = media_type_from(json.get_ref<const std::string&>());
    if (type) value = *type;
    return type.has_value();
  } else if constexpr (std::is_same_v<T, Item>) {
    auto item = item_from_json(json);
    if (item) value = std::move(*item);
    return item.has_value();
  } else if constexpr (IsVector<T>::value) {
    if (!json.is_array()) return false;
    value.clear();
    value.reserve(json.size());
    for (const auto& element : json)
      if (!value_from_json(element, value.emplace_back())) return false;
    return true;
  } else if constexpr (IsOptional<T>::value) {
    if (json.is_null()) {
      value.reset();
      return true;
    }
    return value_from_json(json, value.emplace());
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) return false;
    value = json.get<bool>();
    return true;
  } else if constexpr (std::is_same_v<T, double>) {
    if (!json.is_number()) return false;
    value = json.get<double>();
    return true;
  } else if constexpr (std::is_integral_v<T>) {
    if (std::is_signed_v<T> ? !json.is_number_integer() : !json.is_number_unsigned()) return false;
    value = json.get<T>();
    return true;
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) return false;
    value = json.get_ref<const std::string&>();
    return true;
  } else {
    if (!json.is_object()) return false;
    bool good = true;
    T::fields(value, [&](const char* name, auto& member) {
      const auto found = json.find(name);
      // A field that is absent keeps its default, so that either side can be a version older.
      if (found != json.end() && !value_from_json(*found, member)) good = false;
    });
    return good;
  }
}

template <typename Variant>
std::string write_any(const Variant& body, std::uint32_t id) {
  return std::visit(
      [&](const auto& alternative) {
        Json object = value_to_json(alternative);
        object["kind"] = alternative.kind;
        if (id != 0) object["id"] = id;
        // Text from files may hold bytes that are not UTF-8; they are replaced rather than thrown over.
        return object.dump(-1, ' ', false, Json::error_handler_t::replace);
      },
      body);
}

template <typename Variant, std::size_t Index = 0>
bool read_alternative(std::string_view kind, const Json& json, Variant& body, bool& known) {
  if constexpr (Index < std::variant_size_v<Variant>) {
    using T = std::variant_alternative_t<Index, Variant>;
    if (kind == T::kind) {
      known = true;
      return value_from_json(json, body.template emplace<Index>());
    }
    return read_alternative<Variant, Index + 1>(kind, json, body, known);
  } else {
    return false;
  }
}

template <typename Variant>
Expected<Envelope<Variant>> read_any(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return failure("bad_message", "The message is not JSON: " + json.error().message);
  const auto kind = json->is_object() ? json->find("kind") : json->end();
  if (!json->is_object() || kind == json->end() || !kind->is_string()) return failure("bad_message", "The message has no kind.");
  Envelope<Variant> envelope;
  bool known = false;
  const auto& name = kind->template get_ref<const std::string&>();
  if (!read_alternative<Variant>(name, *json, envelope.body, known))
    return failure("bad_message", (known ? "A field is of the wrong type in the message " : "Nobody knows the message ") + name + ".");
  if (const auto id = json->find("id"); id != json->end()) value_from_json(*id, envelope.id);
  return envelope;
}

}  // namespace

std::string write(const Command& command, std::uint32_t id) {
  return write_any(command, id);
}
std::string write(const Message& message, std::uint32_t id) {
  return write_any(message, id);
}
Expected<Envelope<Command>> read_command(std::string_view json) {
  return read_any<Command>(json);
}
Expected<Envelope<Message>> read_message(std::string_view json) {
  return read_any<Message>(json);
}

}  // namespace hub::protocol
