#include "wasm/ui/navigation.hpp"

#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/ui/address.hpp"

namespace hub::ui {

namespace {

Route& current() {
  static Route instance;
  return instance;
}

std::string address_of(const Route& where) {
  if (!where.item.empty()) return where.match ? href_of_match(where.item).substr(1) : "/" + where.item;
  if (where.match) return std::string(href_of_review.substr(1));
  if (where.songs) return std::string(href_of_songs.substr(1));
  if (where.type) return href_of_accuracy(*where.type).substr(1);
  return std::string(href_of(where.view).substr(1));
}

}  // namespace

Route route_of(std::string_view address) {
  if (address.empty() || address == "/" || address == "/start") return {};
  if (address == "/library") return {View::library, {}};
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
  current() = route_of(address);
}

const Route& route() {
  return current();
}

void go(View view) {
  if (current().view == view && current().item.empty() && !current().songs && !current().match) return;
  current() = {view, {}};
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
