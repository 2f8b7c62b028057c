#pragma once

#include "imgui.h"
#include "imgui_internal.h"
#include "wasm/platform/input.hpp"

#include <cstdint>
#include <string_view>

/// The accessible mirror: every widget of the canvas as an element of the page, at the same place, with role, name, state and value
/// (WAI-ARIA 1.2). Screen readers, the keyboard and tests work there, and what they do comes back as if it had been done on the canvas.
///
/// It is made from ImGui's items by the test engine's hooks: an item with an id appears with its label even if the view says nothing.
/// Own widgets call `item()`; plain ImGui widgets may be refined by `describe()`; text that is only drawn is said by `text()`; `Scope`
/// groups. The order of reading and of the Tab key is the order of submission. Whatever is not submitted in a frame leaves the mirror. Text
/// is UTF-8 and copied; a `string_view` need not outlive the call. Boxes are ImGui's screen coordinates (CSS pixels).
namespace hub::mirror {

enum class Role : std::uint8_t {
  none,       ///< not in the mirror
  automatic,  ///< guessed from the item's flags: checkbox, button, …
  // Interactive
  button,
  link,
  checkbox,
  switch_,
  radio,
  slider,
  textbox,
  searchbox,
  option,
  tab,
  menuitem,
  // Containers, for Scope
  radiogroup,
  listbox,
  tablist,
  menu,
  toolbar,
  group,
  list,
  listitem,
  table,
  rowgroup,  ///< the rows of a table below its header row: a ScrollArea inside a table's Scope
  row,
  navigation,
  main,
  region,
  search,
  complementary,
  banner,
  contentinfo,
  form,
  dialog,
  alertdialog,
  tabpanel,
  // Informative
  text,
  paragraph,
  heading,
  status,
  alert,
  columnheader,
  rowheader,
  cell,
  img,
  progressbar,
  meter,
  separator,
  tooltip,
};

enum class State : std::int8_t { unset = -1, no = 0, yes = 1, mixed = 2 };

/// What is said about a widget. Only what is set is said.
struct Item {
  Role role = Role::automatic;
  std::string_view name = {};         ///< accessible name; without it, the label up to “##”
  std::string_view text = {};         ///< content, for informative roles and containers of text (a status's sentence)
  std::string_view description = {};  ///< read after name and value
  State checked = State::unset;       ///< checkbox, switch, radio
  State selected = State::unset;      ///< option, tab, row
  State expanded = State::unset;
  State pressed = State::unset;       ///< toggle button
  bool current = false;               ///< the link of the page shown (`aria-current="page"`)
  bool busy = false;                  ///< still filling (`aria-busy`)
  bool modal = false;                 ///< dialog: everything outside cannot be reached while it is there
  bool disabled = false;              ///< also taken from ImGui::BeginDisabled
  bool not_focusable = false;         ///< out of the Tab order; still reachable by role and by pointer
  bool context_menu = false;          ///< long press and right click come to `input::context_menu()`
  bool drag = false;                  ///< a finger on it drags the widget instead of scrolling the page (slider, plot)
  bool above = false;                 ///< lies over what comes after it in the same container: a heading that stays while its rows pass
  int level = 0;                      ///< heading 1 to 6
  int position = 0, count = 0;        ///< 1-based place in a set and the set's size (-1: unknown), for options, rows and list items
  int columns = 0;                    ///< table: number of columns
  State sort = State::unset;          ///< columnheader: yes ascending, no descending
  bool sorted = false;                ///< columnheader: `sort` is meant
  std::string_view href = {};         ///< link; “#/…” stays in the page, anything else opens a new tab
  ImGuiID controls = 0;               ///< the list a field or button governs
  ImGuiID active = 0;                 ///< `aria-activedescendant`: the option that arrows have reached
  input::Keys keys = input::no_keys;  ///< keys it handles itself while focused
  double value = 0, min = 0, max = 0, step = 0;  ///< slider, progressbar, meter; progressbar with max 0 is of unknown length
  std::string_view value_text = {};              ///< the value in words: “4.5 out of 5”, “not rated”
  std::string_view file_types = {};  ///< button: its press opens the file picker; accepted types as in HTML (“.csv,.zip” or “*/*”)
  bool many_files = false;
  std::string_view language = {};  ///< BCP 47 tag of the name, where it is not the page's
};

/// What a person does with an item, from pointer, keyboard or assistive technology alike.
struct Interaction {
  ImGuiID id = 0;
  bool visible = false;  ///< false: clipped, nothing need be drawn
  bool hovered = false;  ///< by a pointer that can hover, or by a finger that is down
  bool held = false;
  bool pressed = false;  ///< activated in this frame; once
  bool double_clicked = false;
  bool focused = false;
  bool focus_visible = false;  ///< draw the 2 px ring: focused by keyboard
  bool changed = false;        ///< slider: `value` is new, set by keyboard or assistive technology
  double value = 0;            ///< slider: the value to take over when `changed`
};

/// A widget of one's own: adds the ImGui item at `box` (an absolute box; move the cursor yourself or by `ImGui::ItemSize`), lets it be
/// pressed, and mirrors it. Call it for clipped widgets too, and skip drawing when `visible` is false.
///
/// A link's press is a navigation of the browser: `pressed` stays false, `host::on_navigate` is called. A slider's drag by pointer is the
/// widget's own business (`held` and the mouse position); keyboard and assistive technology arrive as `changed`.
/// @param id  unique in the window: `ImGui::GetID("name")`.
Interaction item(ImGuiID id, const ImRect& box, const Item& hints);
Interaction item(const char* str_id, const ImRect& box, const Item& hints);

/// Refines the ImGui item just submitted (`ImGui::Button` and the like).
void describe(const Item& hints);

/// Says that text is drawn at `box`; not focusable. Equal neighbouring texts need no id: their place in the scope is enough.
void text(const ImRect& box, std::string_view text, Role role = Role::text);
void heading(const ImRect& box, std::string_view text, int level);

/// Informative element with all fields (img with name, progressbar, meter, cell, columnheader …). `box` as drawn.
void info(const ImRect& box, const Item& hints);

/// A live region: when `text` changes, it is read out politely. Found as role status with `name`. Keep submitting it in every frame,
/// also while there is nothing to say (empty text), or the first sentence is not read out.
void status(const ImRect& box, std::string_view name, std::string_view text);

/// Reads a sentence out once, with nothing on the screen. `urgent` interrupts.
void announce(std::string_view text, bool urgent = false);

/// A container: what is submitted while it lives becomes its children. Its box is set by `box()`, else it surrounds its children.
/// Dialogs, alert dialogs, menus and tooltips come to lie above everything else in the page, wherever they are submitted.
///   mirror::Scope list({.role = Role::list, .name = "Reasons"});
/// @param id  needed where two equal containers stand side by side, or to be focused or pointed to by `controls`; else 0.
class Scope {
 public:
  explicit Scope(const Item& hints, ImGuiID id = 0);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  void box(const ImRect& rect);
  /// Changes what was said when it was opened (a list's `active`, a group's name).
  void update(const Item& hints);
  /// The container's id, for `controls`, `focus` and `focused`.
  [[nodiscard]] ImGuiID id() const;

 private:
  int node_;
};

/// Everything submitted while it lives stays out of the mirror (decoration that is told in words elsewhere).
class Hidden {
 public:
  Hidden();
  ~Hidden();
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;
};

/// Widget that has the browser's focus, 0 for none; and whether a ring belongs around it.
ImGuiID focused();
bool focus_visible();
/// Whether something has the focus that was not submitted in this frame yet: it is about to leave, unless it comes later in the frame.
bool focus_behind();

/// Moves the browser's focus there when this frame is mirrored. For a heading or container it becomes focusable from the program only.
/// @param show_ring  draw the ring although a pointer was used last.
void focus(ImGuiID id, bool show_ring = false);
/// Same for the informative element just submitted (`heading`): where a new view starts reading.
void focus_last();

/// Presses an item from outside, as if clicked; takes effect when it is next submitted.
void press(ImGuiID id);

/// Mirrored elements of the frame before (for tests and the performance panel).
int size();

}  // namespace hub::mirror
