#include "wasm/platform/host.hpp"

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <emscripten.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace hub::host {
namespace {

enum Number {
  online_number,
  apple_number,
  installed_number,
  memory_number,
  clock_number,
  offset_number,
  update_number,
  offline_number,
  backup_number
};
enum Text { address_text, zone_text, language_text, setting_text };
enum Do { push_do, replace_do, title_do, open_do, copy_do, setting_do, backup_do };
enum Act { back_act, update_act, reload_act, persist_act, hold_act, turn_act, look_act, allow_act, forget_act, wake_act };

std::string text_taken;
std::function<void(Message)> message_callback;
std::function<void(std::string_view)> death_callback;
std::function<void(double, double)> coming_callback;
std::function<void(Files)> files_callback;
std::function<void(bool)> visibility_callback;
std::function<void(std::string_view)> navigate_callback;
std::function<void(std::optional<bool>)> persist_callback;
std::function<void(boundary::BackupNews, std::string_view)> backup_callback;
std::string title_set;

bool truth(Number which) {
  return boundary::page_number(which, 0) != 0;
}

std::string text(Text which, std::string_view argument = {}) {
  text_taken.clear();
  boundary::page_text(which, argument.data(), argument.size());
  return take_text();
}

void act(Act which, int argument = 0) {
  boundary::page_act(which, argument);
}
void with_text(Do which, std::string_view a, std::string_view b = {}) {
  boundary::page_do(which, a.data(), a.size(), b.data(), b.size());
}

std::vector<Bulk> bulks(const int* handles, int count) {
  std::vector<Bulk> made;
  made.reserve(static_cast<std::size_t>(count));
  for (int at = 0; at < count; ++at) made.emplace_back(handles[at]);
  return made;
}

}  // namespace

std::string take_text() {
  return std::exchange(text_taken, {});
}

Bulk& Bulk::operator=(Bulk&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}
Bulk::~Bulk() {
  if (handle_ != 0) boundary::page_bulk_free(handle_);
}
double Bulk::size() const {
  return handle_ == 0 ? 0 : boundary::page_bulk_size(handle_);
}
std::string Bulk::name() const {
  boundary::page_bulk_text(handle_, 0);
  return take_text();
}
std::string Bulk::type() const {
  boundary::page_bulk_text(handle_, 1);
  return take_text();
}
std::size_t Bulk::read(std::span<std::byte> to, double offset) const {
  if (handle_ == 0 || to.empty()) return 0;
  return static_cast<std::size_t>(
      boundary::page_bulk_read(handle_, offset, reinterpret_cast<std::uint8_t*>(to.data()), static_cast<double>(to.size())));
}
Bulk Bulk::from(std::span<const std::byte> bytes) {
  return Bulk(boundary::page_bulk_new(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

void on_message(std::function<void(Message)> callback) {
  message_callback = std::move(callback);
}
void on_engine_death(std::function<void(std::string_view)> callback) {
  death_callback = std::move(callback);
}
void on_engine_coming(std::function<void(double, double)> callback) {
  coming_callback = std::move(callback);
}
void take_turn() {
  act(turn_act);
}

void restart_engine() {
  boundary::page_restart_engine();
}

void post(std::string_view json, std::vector<Bulk> bulk) {
  std::vector<int> handles;
  handles.reserve(bulk.size());
  for (Bulk& one : bulk) handles.push_back(one.release());
  boundary::page_post(json.data(), json.size(), handles.data(), static_cast<int>(handles.size()));
}

void on_files(std::function<void(Files)> callback) {
  files_callback = std::move(callback);
}

void pick_files(std::string_view types) {
  boundary::page_pick_files(types.data(), types.size());
}

void download(std::string_view name, std::string_view mime, Bulk bulk) {
  boundary::page_download(name.data(), name.size(), mime.data(), mime.size(), bulk.release());
}
void download(std::string_view name, std::string_view mime, std::string_view content) {
  download(name, mime, Bulk::from(std::as_bytes(std::span<const char>(content.data(), content.size()))));
}

void copy_text(std::string_view content) {
  with_text(copy_do, content);
}

std::string address() {
  return text(address_text);
}
void on_navigate(std::function<void(std::string_view)> callback) {
  navigate_callback = std::move(callback);
}
void push_address(std::string_view to) {
  with_text(push_do, to);
}
void replace_address(std::string_view to) {
  with_text(replace_do, to);
}
void go_back() {
  act(back_act);
}
void set_title(std::string_view title) {
  if (title == title_set) return;
  title_set = title;
  with_text(title_do, title);
}
void open_url(std::string_view https_address) {
  with_text(open_do, https_address);
}

bool online() {
  return truth(online_number);
}
bool apple() {
  return truth(apple_number);
}
bool installed() {
  return truth(installed_number);
}
double device_memory() {
  return boundary::page_number(memory_number, 0);
}

std::string setting(std::string_view key) {
  return text(setting_text, key);
}
void set_setting(std::string_view key, std::string_view value) {
  with_text(setting_do, key, value);
}

void persist_storage(bool ask, std::function<void(std::optional<bool>)> callback) {
  persist_callback = std::move(callback);
  act(persist_act, ask ? 1 : 0);
}

bool backup_file_possible() {
  return truth(backup_number);
}
void on_backup_file(std::function<void(boundary::BackupNews, std::string_view)> callback) {
  backup_callback = std::move(callback);
}
void look_for_backup_file() {
  act(look_act);
}
void choose_backup_file(std::string_view suggested_name) {
  with_text(backup_do, suggested_name);
}
void allow_backup_file() {
  act(allow_act);
}
void write_backup_file(std::string_view mark, Bulk content) {
  boundary::page_write_backup_file(mark.data(), mark.size(), content.release());
}
void forget_backup_file() {
  act(forget_act);
}
void wake_backup_file(double milliseconds) {
  act(wake_act, static_cast<int>(milliseconds));
}

double wall_clock() {
  return boundary::page_number(clock_number, 0);
}
int utc_offset_minutes(double at_milliseconds) {
  return static_cast<int>(boundary::page_number(offset_number, at_milliseconds));
}
std::string time_zone() {
  return text(zone_text);
}
std::string language() {
  return text(language_text);
}

bool update_ready() {
  return truth(update_number);
}
void apply_update() {
  act(update_act);
}
bool works_offline() {
  return truth(offline_number);
}
void reload() {
  act(reload_act);
}
void on_visibility(std::function<void(bool)> callback) {
  visibility_callback = std::move(callback);
}
void hold_unload(bool hold) {
  act(hold_act, hold ? 1 : 0);
}

void on_event(boundary::Event event, std::string_view content, double number) {
  using boundary::Event;
  frame::request(3);
  switch (event) {
    case Event::navigate:
      if (navigate_callback) navigate_callback(content);
      break;
    case Event::paste: input::on_paste(std::string(content)); break;
    case Event::engine_death:
      if (death_callback) death_callback(content);
      break;
    case Event::engine_comes:
      if (coming_callback) coming_callback(number, std::strtod(std::string(content).c_str(), nullptr));
      break;
    case Event::visibility:
      if (visibility_callback) visibility_callback(number != 0);
      break;
    case Event::persisted:
      if (auto callback = std::exchange(persist_callback, nullptr)) callback(number < 0 ? std::nullopt : std::optional(number != 0));
      break;
    case Event::backup_file:
      if (backup_callback) backup_callback(static_cast<boundary::BackupNews>(static_cast<int>(number)), content);
      break;
    case Event::files_hover: input::on_files_hover(number != 0); break;
    case Event::environment: display::mark_changed(); break;
    case Event::update_ready:
    case Event::works_offline:
    case Event::context_lost:
    case Event::context_restored: break;
  }
}

}  // namespace hub::host

using namespace hub;

extern "C" {

/// Takes the text the page was asked for.
EMSCRIPTEN_KEEPALIVE void hub_take_text(const char* text, std::size_t length) {
  host::text_taken.assign(text, length);
}

/// A message of the engine; the handles now belong to this module.
EMSCRIPTEN_KEEPALIVE void hub_message(const char* json, std::size_t length, const int* handles, int count) {
  std::vector<host::Bulk> bulk = host::bulks(handles, count);
  if (host::message_callback) host::message_callback({std::string_view(json, length), bulk});
  frame::request(3);
}

/// Files given by the person; `source` is host::FileSource.
EMSCRIPTEN_KEEPALIVE void hub_files(int source, ImGuiID widget, const int* handles, int count) {
  std::vector<host::Bulk> files = host::bulks(handles, count);
  if (host::files_callback) host::files_callback({static_cast<host::FileSource>(source), widget, files});
  frame::request(3);
}
}
