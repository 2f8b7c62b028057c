#pragma once

#include <cstddef>
#include <cstdint>

/// Every function that crosses between this module and the page's JavaScript, all flat: numbers, and UTF-8 text or bytes as pointer and
/// length. The other side of each is in `web/host-boundary.js`, under the same name.
namespace hub::boundary {

// Page → module: exported as `_hub_…`, see boundary.cpp for what each does.

/// What `hub_action` tells about a mirrored element.
enum class Action : int {
  press = 0,  ///< activated without a pointer
  value = 1,  ///< slider: `number`
  input = 2,  ///< field: text
  focus = 3,  ///< number: 1 if the ring is wanted
  blur = 4,
  scroll = 5,        ///< x: left, number: top
  composing = 6,     ///< number: 1 begun, 0 ended
  field_scroll = 7,  ///< number: pixels the text in a single-line field is scrolled to the left
  submit = 8,        ///< Enter in a single line
  context_menu = 9,
};

/// What `hub_event` tells about the page.
enum class Event : int {
  navigate = 0,      ///< text: address
  paste = 1,         ///< text
  engine_death = 2,  ///< text: reason
  environment = 3,   ///< colours, motion, contrast, online, visibility changed: read it anew
  persisted = 4,     ///< number: 1 granted, 0 not, below 0 where the browser cannot be asked
  update_ready = 5,
  works_offline = 6,
  files_hover = 7,  ///< number: 1 over the page
  context_lost = 8,
  context_restored = 9,
  visibility = 10,    ///< number: 1 hidden
  engine_comes = 11,  ///< number: bytes that have come of it; text: bytes of all of it, 0 where that is not known
  backup_file = 12,   ///< number: a BackupNews; text: with it
};

/// What there is to say of the backup file. The text of a file that is kept is when it was written (milliseconds since 1970, 0 never), the
/// mark it was written with ("-" for none) and its name, with a space between.
enum class BackupNews : int {
  none = 0,       ///< no file is kept
  kept = 1,       ///< it may be written
  waits = 2,      ///< it may be written once the person has allowed it again
  written = 3,    ///< it has just been written
  failed = 4,     ///< text: the name of what the browser threw
  dismissed = 5,  ///< no file was chosen
  due = 6,        ///< what was asked for by act 9
};

// Module → page --------------------------------------------------------------------------------------------------------------------------

extern "C" {
/// Asks for one frame at the next display refresh; costs nothing when one is already asked for.
void page_request_frame(void);
/// The first frame is on the screen: the first paint of shell.html goes.
void page_ready(void);
/// Changes of the mirror since the frame before, as JSON (its form is described in web/mirror.js).
void page_mirror_update(const char* json, std::size_t length);

/// Fills 15 doubles: width, height, scale, safe area top, right, bottom, left, keyboard, text scale, coarse pointer, dark, more contrast,
/// forced colours, reduced motion, hidden.
void page_environment(double* to);
/// 0 online, 1 Apple, 2 installed, 3 device memory, 4 wall clock, 5 offset of UTC (of `argument`), 6 update ready, 7 works offline, 8 a
/// backup file can be kept
double page_number(int which, double argument);
/// 0 address, 1 time zone, 2 language, 3 setting (of `argument`). Gives the text by `hub_take_text`.
void page_text(int which, const char* argument, std::size_t length);
/// A CSS system colour as 0xAABBGGRR.
std::uint32_t page_system_color(const char* name, std::size_t length);
/// background, caret, selection, scrollbar, text as 0xAABBGGRR; dark 0 or 1
void page_set_colors(std::uint32_t background, std::uint32_t caret, std::uint32_t selection, std::uint32_t scrollbar, std::uint32_t text,
                     int dark);
/// The pointer's shape, as a value of ImGuiMouseCursor.
void page_set_cursor(int cursor);

/// Ascent and descent of the face (0: 400, 1: 600, 2: 700) at `size` CSS pixels, rounded as CSS does, into two floats.
void page_font_metrics(int face, float size, float* to);
/// Measures one code point or a run: advance, and the ink's left, top, right, bottom from the pen on the baseline, CSS pixels, y down; and
/// whether the run reads right to left.
void page_measure(int face, float size, const char* text, std::size_t length, float* to6);
/// Draws it: `width` x `height` pixels of RGBA (not premultiplied) at `to`, the pen at (`pen_x`, `pen_y`) pixels, scaled by `scale_x`,
/// `scale_y`. Returns 1 if it has colours of its own.
int page_draw(int face, float size, const char* text, std::size_t length, float scale_x, float scale_y, float pen_x, float pen_y, int width,
              int height, std::uint8_t* to);

/// Sends to the engine; the handles are given away.
void page_post(const char* json, std::size_t length, const int* handles, int count);
void page_restart_engine(void);

double page_bulk_size(int handle);
/// 0 name, 1 type; gives the text by `hub_take_text`.
void page_bulk_text(int handle, int which);
double page_bulk_read(int handle, double offset, std::uint8_t* to, double length);
int page_bulk_new(const std::uint8_t* from, std::size_t length);
void page_bulk_free(int handle);

/// Does what `which` says with one or two texts: 0 push address, 1 replace address, 2 title, 3 open a URL, 4 copy text, 5 set setting (key,
/// value), 6 choose a backup file (name suggested for it).
void page_do(int which, const char* a, std::size_t a_length, const char* b, std::size_t b_length);
/// 0 back, 1 apply update, 2 reload, 3 persist storage (argument 1) or tell whether it is, 4 hold unload (argument 0 or 1), 5 ask the tab
/// that writes to let this one, 6 look for the backup file, 7 have it allowed again, 8 forget it, 9 tell when this many milliseconds have
/// passed (negative: not at all)
void page_act(int which, int argument);
void page_download(const char* name, std::size_t name_length, const char* mime, std::size_t mime_length, int handle);

/// Makes this the content of the backup file; the handle is given away.
void page_write_backup_file(const char* mark, std::size_t length, int handle);

/// Opens the file picker for these types, as in HTML; only in answer to a press of the person.
void page_pick_files(const char* types, std::size_t length);

/// Chords claimed by `input::shortcut` in the last frame, separated by line feeds: letters C, A, S for Ctrl (Command on Apple), Alt, Shift,
/// then T if also in text fields, “-”, and the key as KeyboardEvent.key says it, letters small: "CST-z".
void page_set_shortcuts(const char* chords, std::size_t length);
}

}  // namespace hub::boundary
