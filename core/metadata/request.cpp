#include "core/metadata/request.hpp"

#include <array>

#include "core/library/text.hpp"

namespace hub::metadata {
namespace {

constexpr std::size_t most_text_bytes = 4'000;

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string_view name_of(Ask ask) {
  constexpr std::array<std::string_view, 10> names{"search",   "facts",   "details", "names", "edition",
                                                   "editions", "ratings", "cover",   "find",  "picture"};
  return names[static_cast<std::size_t>(ask)];
}

Expected<std::string> address_of(const Request& request, const Access& access) {
  const ServiceInfo& service = info(request.service);
  const std::string direct = "https://" + request.host + request.path;
  if (service.door == Door::open) return direct;
  if (service.door == Door::key && !access.own_key.empty()) {
    const char joint = request.path.find('?') == std::string::npos ? '?' : '&';
    return direct + joint + std::string(service.key_parameter) + "=" + percent_encoded(access.own_key);
  }
  if (!access.proxy.empty()) return access.proxy + "/" + std::string(service.word) + request.path;
  const std::string name(service.name);
  if (service.door == Door::proxy_only)
    return failure("no_way", name + " can only be asked where this page's host runs the proxy for it. The other services are asked.");
  return failure("no_way", name + " needs a key. You can enter one of your own under Data; the other services are asked without it.");
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : clean_text(std::string(text.substr(0, most_text_bytes)), most_text_bytes)) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4U];
    encoded += digits[byte & 15U];
  }
  return encoded;
}

std::string path_with(std::string_view path, std::initializer_list<std::pair<std::string_view, std::string_view>> query) {
  std::string whole(path);
  char joint = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    whole += std::exchange(joint, '&');
    whole += percent_encoded(name) + "=" + percent_encoded(value);
  }
  return whole;
}

}  // namespace hub::metadata
