#pragma once

#include "imgui.h"
#include "wasm/platform/boundary.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Services of the page: the engine's worker, files, address bar, clipboard, offline shell. Callbacks run on the main thread between
/// frames, each asks for a frame by itself. Text is UTF-8.
namespace hub::host {

/// Bytes or a file that stay outside this module's memory until they are read: an array of a message, a dropped file. Moves only; gives the
/// browser's object back when it dies.
class Bulk {
 public:
  Bulk() = default;
  explicit Bulk(int handle) : handle_(handle) {}
  Bulk(Bulk&& other) noexcept : handle_(other.release()) {}
  Bulk& operator=(Bulk&& other) noexcept;
  Bulk(const Bulk&) = delete;
  Bulk& operator=(const Bulk&) = delete;
  ~Bulk();

  [[nodiscard]] bool valid() const { return handle_ != 0; }
  [[nodiscard]] double size() const;       ///< bytes
  [[nodiscard]] std::string name() const;  ///< a file's name without its folders; empty for arrays
  [[nodiscard]] std::string type() const;  ///< its MIME type as the browser sees it, often empty
  /// Copies bytes from `offset` on; returns how many (0 for files: they are read by the engine, never here).
  std::size_t read(std::span<std::byte> to, double offset = 0) const;
  template <class T>
  [[nodiscard]] std::vector<T> as() const {
    std::vector<T> values(static_cast<std::size_t>(size()) / sizeof(T));
    values.resize(read(std::as_writable_bytes(std::span<T>(values))) / sizeof(T));
    return values;
  }
  /// Gives the handle away; the caller frees it.
  int release() {
    const int handle = handle_;
    handle_ = 0;
    return handle;
  }
  [[nodiscard]] int handle() const { return handle_; }

  /// Copies bytes out of this module into a browser's array, to be posted or downloaded.
  static Bulk from(std::span<const std::byte> bytes);

 private:
  int handle_ = 0;
};

// Engine -------------------------------------------------------------------------------------------------------------------------------

/// A message of the engine. On the wire: `{json: string, bulk: (ArrayBuffer | File)[]}`, arrays transferred.
struct Message {
  std::string_view json;
  std::span<Bulk> bulk;  ///< may be moved out of
};
void on_message(std::function<void(Message)> callback);

/// Sends to the engine; never blocks. Messages sent before the worker is up wait for it, in order.
/// @param bulk  arrays are transferred (gone here afterwards), files are passed by reference without being read.
void post(std::string_view json, std::vector<Bulk> bulk = {});

/// The page is hidden (another tab is in front of it, the phone is locked), or seen again.
void on_visibility(std::function<void(bool hidden)> callback);

/// The worker failed to start or died; `reason` is technical. It is not restarted by itself: `restart_engine` does.
void on_engine_death(std::function<void(std::string_view reason)> callback);
/// How much of the worker's module has come, where that takes a while. @param all  in bytes as `came`; 0 where it is not known.
void on_engine_coming(std::function<void(double came, double all)> callback);
/// The reason of one that ended because another tab has asked to write.
inline constexpr std::string_view engine_yielded = "yielded";
/// The reason of one that ended when its page was left, and somebody has come back to that now.
inline constexpr std::string_view engine_left = "left";
void restart_engine();
/// Asks the tab that writes to let this one write.
void take_turn();

// Files --------------------------------------------------------------------------------------------------------------------------------

enum class FileSource { dropped, picked, opened, shared };  ///< opened: started with a file by the system; shared: sent by another app
struct Files {
  FileSource source = FileSource::dropped;
  ImGuiID widget = 0;  ///< the button that opened the picker
  std::span<Bulk> files;
};
/// The picker is opened by a button with `mirror::Item::file_types`: browsers allow it only inside the click itself, which the page
/// handles. Its Interaction is not `pressed`; the files arrive here. Nothing is called when the picker is dismissed.
void on_files(std::function<void(Files)> callback);

/// Opens the picker without such a button, in the frame of the press or key that asked for it. `widget` is 0 then.
void pick_files(std::string_view types);

/// Hands the bytes to the browser as a download named `name`.
void download(std::string_view name, std::string_view mime, Bulk bulk);
void download(std::string_view name, std::string_view mime, std::string_view text);

// Backup file --------------------------------------------------------------------------------------------------------------------------

/// Whether the browser lets a page write to a file that the person has chosen.
bool backup_file_possible();
/// What comes of the rest, as `boundary::BackupNews` says.
void on_backup_file(std::function<void(boundary::BackupNews news, std::string_view text)> callback);
/// Whether one was chosen in an earlier visit.
void look_for_backup_file();
/// Opens the picker, or asks the person whether the file may be written again: in the frame of the press or key that asked for it.
void choose_backup_file(std::string_view suggested_name);
void allow_backup_file();
/// Replaces what is in the file, all at once. @param mark  is told with the file from then on; no space in it.
void write_backup_file(std::string_view mark, Bulk content);
/// Leaves the file as it is, for good.
void forget_backup_file();
/// `BackupNews::due` comes once after this many milliseconds, also while the page is hidden; negative: not any more.
void wake_backup_file(double milliseconds);

/// Puts text on the clipboard; may be refused outside a press. ImGui's own clipboard uses it too.
void copy_text(std::string_view text);

// Address bar --------------------------------------------------------------------------------------------------------------------------

/// The fragment without “#”, percent-decoded: "/film/tt2543164", or "" at the bare address.
std::string address();
/// Called after links, back, forward and edits of the address; not after `push_address` and `replace_address`.
void on_navigate(std::function<void(std::string_view address)> callback);
void push_address(std::string_view address);     ///< a new entry to come back from
void replace_address(std::string_view address);  ///< the same entry
void go_back();
void set_title(std::string_view title);         ///< document.title
void open_url(std::string_view https_address);  ///< in a new tab, without referrer; refused unless https

// Device -------------------------------------------------------------------------------------------------------------------------------

bool online();
bool apple();            ///< shortcuts are written with ⌘
bool installed();        ///< runs in a window of its own
double device_memory();  ///< GiB as far as the browser tells, 0 unknown

/// A small setting kept by the browser (localStorage) for what must be known before the engine answers, such as the theme. Empty if absent.
std::string setting(std::string_view key);
void set_setting(std::string_view key, std::string_view value);

/// Asks the browser not to clear this page's data on its own, or (without `ask`) only whether it has promised that. The answer may come
/// late, or never.
void persist_storage(bool ask, std::function<void(std::optional<bool> granted)> callback);

/// Milliseconds since 1970-01-01 UTC, and what is to be added to UTC for local time at that moment, in minutes.
double wall_clock();
int utc_offset_minutes(double at_milliseconds);
std::string time_zone();  ///< IANA name, "Europe/Paris"
std::string language();   ///< BCP 47 tag the person prefers, "en-GB"

// Offline shell ------------------------------------------------------------------------------------------------------------------------

/// A newer version of the page is downloaded and waits.
bool update_ready();
/// Switches to it: the page is loaded anew.
void apply_update();
/// True when the page's files are kept for use without network.
bool works_offline();
void reload();

/// Asks before the tab is closed, while `reason` is not empty (work that is not saved). The browser words the question itself.
void hold_unload(bool hold);

}  // namespace hub::host
