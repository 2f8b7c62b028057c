#include "core/fetching/addresses.hpp"

#include <algorithm>

#include "core/library/json.hpp"

namespace hub::fetching {
namespace {

bool on_this_machine(std::string_view base) {
  return base.starts_with("http://127.0.0.1:") || base.starts_with("http://localhost:");
}

/// An origin, perhaps with a path, that requests may go to.
bool is_base(std::string_view base) {
  const bool fine = base.starts_with("https://") || on_this_machine(base);
  return fine && !base.ends_with('/') && base.find_first_of(" \"'<>?#;,") == std::string_view::npos;
}

}  // namespace

Expected<Addresses> Addresses::read(std::string_view json) {
  const auto bad = [](const std::string& what) { return failure("bad_services", "services.json " + what); };
  const auto whole = parse_json(json);
  if (!whole || !whole->is_object()) return bad("is not an object of JSON.");
  const auto version = whole->find("version");
  if (version == whole->end() || *version != 1) return bad("is not of version 1.");
  const auto hosts = whole->find("hosts");
  if (hosts == whole->end() || !hosts->is_object()) return bad("has no object “hosts”.");
  Addresses addresses;
  for (const auto& [host, base] : hosts->items()) {
    if (!base.is_string() || !is_base(base.get_ref<const std::string&>()))
      return bad("has no address for " + host + " that begins with https:// and ends without a slash.");
    addresses.bases_.emplace(host, base.get<std::string>());
  }
  // An empty address is as good as none.
  if (const auto proxy = whole->find("proxy"); proxy != whole->end() && *proxy != Json("")) {
    if (!proxy->is_string() || !is_base(proxy->get_ref<const std::string&>()))
      return bad("has a proxy whose address does not begin with https:// and end without a slash.");
    addresses.proxy_ = proxy->get<std::string>();
  }
  if (const auto unpaced = whole->find("unpaced"); unpaced != whole->end()) addresses.unpaced_ = *unpaced == true;
  return addresses;
}

std::string Addresses::key_for(const metadata::Request& request) const {
  return reaches(request.host) ? own_keys_[static_cast<std::size_t>(request.service)] : std::string();
}

bool Addresses::by_proxy(const metadata::Request& request) const {
  const auto& service = metadata::info(request.service);
  if (proxy_.empty() || service.door == metadata::Door::open) return false;
  if (request.ask == metadata::Ask::picture) return !reaches(request.host);
  return key_for(request).empty() && !lacking_[static_cast<std::size_t>(request.service)];
}

bool Addresses::unpaced(const metadata::Request& request) const {
  if (!unpaced_ || by_proxy(request)) return false;
  const auto base = bases_.find(request.host);
  return base != bases_.end() && on_this_machine(base->second);
}

std::string Addresses::proxy_host() const {
  const std::size_t from = proxy_.find("://");
  if (from == std::string::npos) return {};
  return proxy_.substr(from + 3, proxy_.find('/', from + 3) - from - 3);
}

Expected<std::string> Addresses::of(const metadata::Request& request) const {
  const bool picture = request.ask == metadata::Ask::picture;
  if (by_proxy(request)) return picture ? proxy_ + "/images/" + request.host + request.path : metadata::address_of(request, {proxy_, {}});
  // Pictures want no key.
  std::string path = request.path;
  if (!picture) {
    auto direct = metadata::address_of(request, {{}, key_for(request)});
    if (!direct) return direct;
    // Behind the host: with the key, where there is one.
    path = direct->substr(std::string_view("https://").size() + request.host.size());
  }
  const auto base = bases_.find(request.host);
  if (base == bases_.end())
    return failure("no_way", "This page is set up without " + std::string(metadata::info(request.service).name) + ".");
  return base->second + path;
}

}  // namespace hub::fetching
