#include "wasm/ui/navigation.hpp"

#include <utility>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/ui/address.hpp"

namespace hub::ui {

namespace {

Route& current() {
  static Route instance;
  return instance;
}

/// What Library showed last.
std::string& last_shelf() {
  static std::string instance;
  return instance;
}

std::uint64_t& arrived() {
  static std::uint64_t instance = 0;
  return instance;
}

constexpr std::string_view library_with = "/library?";

std::string address_of_shelf(const std::string& shelf) {
  return shelf.empty() ? "/library" : std::string(library_with) + shelf;
}

std::string address_of(const Route& where) {
  if (!where.item.empty()) return where.match ? href_of_match(where.item).substr(1) : "/" + where.item;
  if (where.match) return std::string(href_of_review.substr(1));
  if (where.songs) return std::string(href_of_songs.substr(1));
  if (where.type) return href_of_accuracy(*where.type).substr(1);
  if (where.view == View::library) return address_of_shelf(where.shelf);
  return std::string(href_of(where.view).substr(1));
}

}  // namespace

Route route_of(std::string_view address) {
  if (address.empty() || address == "/" || address == "/start") return {};
  if (address == "/library") return {View::library, {}};
  if (address.starts_with(library_with)) {
    Route to{View::library, {}};
    to.shelf = address.substr(library_with.size());
    return to;
  }
  if (address == href_of_songs.substr(1)) return {View::library, {}, {}, true};
  if (address == href_of_review.substr(1)) return {View::library, {}, {}, false, true};
  constexpr std::string_view of_match = "/match";
  if (address.substr(0, of_match.size() + 1) == "/match/") {
    Route of_item = route_of(address.substr(of_match.size()));
    of_item.match = !of_item.item.empty();
    return of_item;
  }
  if (address == "/data") return {View::data, {}};
  if (address == "/predict") return {View::predict, {}};
  if (address == "/accuracy") return {View::accuracy, {}};
  constexpr std::string_view of_type = "/accuracy/";
  if (address.substr(0, of_type.size()) == of_type) return {View::accuracy, {}, media_type_from(address.substr(of_type.size()))};
  const std::string_view id = address.substr(1);
  const auto slash = id.find('/');
  if (slash != std::string_view::npos && slash + 1 < id.size() && media_type_from(id.substr(0, slash)))
    return {View::predict, std::string(id)};
  return {};
}

void take_address(std::string_view address) {
  const bool first = arrived()++ == 0;
  current() = route_of(address);
  Route& now = current();
  if (now.view != View::library || now.songs || now.match) return;
  // The page was opened without a word on what to show: as it was left.
  if (first && now.shelf.empty() && !last_shelf().empty()) {
    now.shelf = last_shelf();
    host::replace_address(address_of(now));
  }
  last_shelf() = now.shelf;
}

std::uint64_t arrivals() {
  return arrived();
}

void begin_shelf(std::string shelf) {
  last_shelf() = std::move(shelf);
}

void show_shelf(std::string shelf, bool step) {
  Route& now = current();
  last_shelf() = std::move(shelf);
  if (now.view != View::library || now.songs || now.match || now.shelf == last_shelf()) return;
  now.shelf = last_shelf();
  if (step)
    host::push_address(address_of(now));
  else
    host::replace_address(address_of(now));
  frame::request();
}

const Route& route() {
  return current();
}

void go(View view) {
  if (current().view == view && current().item.empty() && !current().songs && !current().match) return;
  current() = {view, {}};
  if (view == View::library) current().shelf = last_shelf();
  host::push_address(address_of(current()));
  frame::request();
}

void go_songs() {
  if (current().songs) return;
  current() = {View::library, {}, {}, true};
  host::push_address(address_of(current()));
  frame::request();
}

void go_review() {
  if (current().view == View::library && current().match) return;
  current() = {View::library, {}, {}, false, true};
  host::push_address(address_of(current()));
  frame::request();
}

void open_match(std::string_view item_id) {
  current() = {View::predict, std::string(item_id), {}, false, true};
  host::push_address(address_of(current()));
  frame::request();
}

void open_item(std::string_view item_id) {
  if (current().view == View::predict && current().item == item_id && !current().match) return;
  current() = {View::predict, std::string(item_id)};
  host::push_address(address_of(current()));
  frame::request();
}

void replace_item(std::string_view item_id) {
  if (current().view == View::predict && current().item == item_id && !current().match) return;
  current() = {View::predict, std::string(item_id)};
  host::replace_address(address_of(current()));
  frame::request();
}

void replace_accuracy(MediaType type) {
  if (current().view == View::accuracy && current().type == type) return;
  current() = {View::accuracy, {}, type};
  host::replace_address(address_of(current()));
  frame::request();
}

std::string href_of_accuracy(MediaType type) {
  return "#/accuracy/" + std::string(name_of(type));
}

std::string href_of_match(std::string_view item_id) {
  return "#/match/" + std::string(item_id);
}

std::string href_of_library() {
  // As the browser writes it: what is escaped in it stays so when it is taken from the address.
  std::string href = "#/library";
  if (!last_shelf().empty()) href += '?';
  for (const char c : last_shelf()) {
    if (c == '%')
      href += "%25";
    else if (c == ' ')
      href += "%20";
    else
      href += c;
  }
  return href;
}

std::string href_of(std::string_view item_id) {
  return "#/" + std::string(item_id);
}

std::string_view href_of(View view) {
  switch (view) {
    case View::start: return "#/start";
    case View::predict: return "#/predict";
    case View::library: return "#/library";
    case View::accuracy: return "#/accuracy";
    case View::data: return "#/data";
  }
  return "#/start";
}

}  // namespace hub::ui
