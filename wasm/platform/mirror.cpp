#include "wasm/platform/mirror.hpp"

#include "wasm/platform/frame.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <emscripten.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdarg>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace hub::mirror {
namespace {

/// Text of one frame: a chain of blocks that are filled from the start in each frame.
class Arena {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    while (block_ < blocks_.size() && used_ + text.size() > blocks_[block_].size) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) {
      const std::size_t size = std::max(text.size(), block_size);
      blocks_.push_back({std::make_unique<char[]>(size), size});
      used_ = 0;
    }
    char* to = blocks_[block_].bytes.get() + used_;
    std::memcpy(to, text.data(), text.size());
    used_ += text.size();
    return {to, text.size()};
  }
  void clear() {
    block_ = 0;
    used_ = 0;
    if (blocks_.size() > 16) blocks_.resize(16);
  }

 private:
  static constexpr std::size_t block_size = 32 * 1024;
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size;
  };
  std::vector<Block> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

struct Node {
  ImGuiID key = 0;
  ImGuiID id = 0;
  int parent = -1;
  ImRect box = ImRect(0, 0, 0, 0);
  bool boxed = false;  ///< false: surrounds its children
  bool own = false;    ///< submitted by `item` or a field, which look for presses themselves
  bool interactive = false;
  bool container = false;
  bool layer = false;  ///< lies above everything else
  bool scrolls = false;
  bool sideways = false;
  bool multiline = false;
  bool dropped = false;
  bool first_of_group = false;  ///< the one radio or tab that Tab reaches
  ImVec2 scroll = ImVec2(0, 0);
  ImVec2 content = ImVec2(0, 0);
  std::uint32_t ordinal = 0;  ///< children without an id so far
  Item item;
  std::string_view label;  ///< from the hooks
  int status = 0;
  std::string_view extra;
  // Filled by `end`
  int kept_parent = -1;
  int first_child = -1, last_child = -1, next_sibling = -1;
  std::uint32_t children_hash = 0;
};

/// What the page has of a node.
struct Known {
  ImGuiID id = 0;
  std::uint64_t content = 0;
  std::uint32_t children = 0;
  std::array<int, 4> box = {};
  std::uint32_t stamp = 0;
  bool own = false;
};

struct Press {
  ImGuiID id;
  int frames_left;
};

struct ScrollWish {
  ImGuiID key;
  float top;
  bool smooth;
};

constexpr ImGuiID root_key = 1;
constexpr std::uint32_t hash_start = 2166136261U;
constexpr int press_patience = 4;  ///< frames a press waits for its item to be submitted

Arena arena;
std::vector<Node> nodes;
std::vector<int> open_nodes;
std::uint32_t root_ordinal = 0;
std::unordered_map<ImGuiID, Known> known;
std::unordered_map<ImGuiID, std::string> labels_seen;  ///< of plain ImGui items, which say theirs only while they are visible
std::uint32_t stamp = 1;
int hidden_depth = 1;  ///< above 0 nothing enters: in `Hidden`, and outside of the application's part of a frame
int last_size = 0;
std::uint32_t root_children = 0;
std::string update;

std::vector<Press> presses;
std::deque<ImGuiID> plain_presses;
std::unordered_map<ImGuiID, double> values;
ImGuiID focused_id = 0;
bool ring = false;
ImGuiID focus_wish = 0;
bool focus_wish_ring = false;
int focus_patience = 0;
std::vector<ScrollWish> scroll_wishes;
std::string announcement;
bool announcement_urgent = false;

std::uint32_t hash(std::uint32_t seed, std::string_view bytes) {
  for (const char byte : bytes) seed = (seed ^ static_cast<std::uint8_t>(byte)) * 16777619U;
  return seed;
}

std::uint32_t hash(std::uint32_t seed, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) seed = (seed ^ ((number >> shift) & 0xFFU)) * 16777619U;
  return seed;
}

/// What a node says, as one number: writing it out and comparing the texts would cost a frame more than drawing does.
class Digest {
 public:
  void add(std::uint64_t number) {
    sum_ = (sum_ ^ number) * 0x9E3779B97F4A7C15U;
    sum_ ^= sum_ >> 29U;
  }
  void add(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    add(bits);
  }
  void add(std::string_view text) {
    add(std::uint64_t{text.size()});
    while (text.size() >= sizeof(std::uint64_t)) {
      std::uint64_t piece = 0;
      std::memcpy(&piece, text.data(), sizeof piece);
      add(piece);
      text.remove_prefix(sizeof piece);
    }
    std::uint64_t piece = 0;
    std::memcpy(&piece, text.data(), text.size());
    add(piece);
  }
  template <typename Number>
  requires std::is_enum_v<Number> || std::is_integral_v<Number>
  void add(Number number) { add(static_cast<std::uint64_t>(number)); }
  [[nodiscard]] std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 0xCBF29CE484222325U;
};

const char* role_name(Role role) {
  switch (role) {
    case Role::none:
    case Role::automatic:
    case Role::text:
    case Role::paragraph:
    case Role::heading: return nullptr;
    case Role::button: return "button";
    case Role::link: return "link";
    case Role::checkbox: return "checkbox";
    case Role::switch_: return "switch";
    case Role::radio: return "radio";
    case Role::slider: return "slider";
    case Role::textbox: return "textbox";
    case Role::searchbox: return "searchbox";
    case Role::option: return "option";
    case Role::tab: return "tab";
    case Role::menuitem: return "menuitem";
    case Role::radiogroup: return "radiogroup";
    case Role::listbox: return "listbox";
    case Role::tablist: return "tablist";
    case Role::menu: return "menu";
    case Role::toolbar: return "toolbar";
    case Role::group: return "group";
    case Role::list: return "list";
    case Role::listitem: return "listitem";
    case Role::table: return "table";
    case Role::rowgroup: return "rowgroup";
    case Role::row: return "row";
    case Role::navigation: return "navigation";
    case Role::main: return "main";
    case Role::region: return "region";
    case Role::search: return "search";
    case Role::complementary: return "complementary";
    case Role::banner: return "banner";
    case Role::contentinfo: return "contentinfo";
    case Role::form: return "form";
    case Role::dialog: return "dialog";
    case Role::alertdialog: return "alertdialog";
    case Role::tabpanel: return "tabpanel";
    case Role::status: return "status";
    case Role::alert: return "alert";
    case Role::columnheader: return "columnheader";
    case Role::rowheader: return "rowheader";
    case Role::cell: return "cell";
    case Role::img: return "img";
    case Role::progressbar: return "progressbar";
    case Role::meter: return "meter";
    case Role::separator: return "separator";
    case Role::tooltip: return "tooltip";
  }
  return nullptr;
}

/// Roles whose name is what stands inside them; the others have it in an attribute.
bool named_by_content(Role role) {
  switch (role) {
    case Role::button:
    case Role::link:
    case Role::checkbox:
    case Role::switch_:
    case Role::radio:
    case Role::option:
    case Role::tab:
    case Role::menuitem:
    case Role::text:
    case Role::paragraph:
    case Role::heading:
    case Role::columnheader:
    case Role::rowheader:
    case Role::cell:
    case Role::tooltip: return true;
    default: return false;
  }
}

bool comes_on_top(Role role) {
  return role == Role::dialog || role == Role::alertdialog || role == Role::menu || role == Role::tooltip;
}

bool roves(Role role) {
  return role == Role::radio || role == Role::tab;
}

void keep_texts(Item& item) {
  for (std::string_view* text : {&item.name, &item.text, &item.description, &item.href, &item.value_text, &item.file_types, &item.language})
    *text = arena.keep(*text);
}

int parent_now() {
  return open_nodes.empty() ? -1 : open_nodes.back();
}

/// Two nodes with one key in a frame get different ones, always the same as long as their order is.
ImGuiID unique_key(ImGuiID key) {
  if (key <= root_key) key = root_key + 1;
  for (;;) {
    Known& entry = known[key];
    if (entry.stamp != stamp) {
      entry.stamp = stamp;
      return key;
    }
    key = std::max<ImGuiID>(hash(key, 0x9E3779B9U), root_key + 1);
  }
}

Node& add(ImGuiID key, ImGuiID id) {
  Node& node = nodes.emplace_back();
  node.key = unique_key(key);
  node.id = id;
  node.parent = parent_now();
  Known& entry = known[node.key];
  entry.id = id;
  return node;
}

ImGuiID key_by_place(Role role, std::string_view name = {}) {
  const int parent = parent_now();
  std::uint32_t& ordinal = parent < 0 ? root_ordinal : nodes[static_cast<std::size_t>(parent)].ordinal;
  const ImGuiID parent_key = parent < 0 ? root_key : nodes[static_cast<std::size_t>(parent)].key;
  std::uint32_t key = hash(hash(hash_start, parent_key), static_cast<std::uint32_t>(role));
  // A name tells a container better than its place, which moves when something appears before it.
  if (!name.empty()) return hash(key, name);
  return hash(key, ordinal++);
}

Node* find_recent(ImGuiID id) {
  if (id == 0) return nullptr;
  const std::size_t reach = std::min<std::size_t>(nodes.size(), 64);
  for (std::size_t back = 1; back <= reach; ++back) {
    Node& node = nodes[nodes.size() - back];
    if (node.id == id) return &node;
  }
  return nullptr;
}

bool take_press(ImGuiID id) {
  const auto found = std::find_if(presses.begin(), presses.end(), [&](const Press& press) { return press.id == id; });
  if (found == presses.end()) return false;
  presses.erase(found);
  return true;
}

// Writing --------------------------------------------------------------------------------------------------------------------------------

void attribute(std::string& to, std::string_view name, std::string_view value) {
  to += to.back() == '{' ? "\"" : ",\"";
  to += name;
  to += "\":";
  append_string(to, value);
}

void attribute(std::string& to, std::string_view name, double value) {
  std::string number;
  append_number(number, value);
  attribute(to, name, number);
}

void attribute(std::string& to, std::string_view name, State state) {
  if (state != State::unset) attribute(to, name, state == State::yes ? "true" : state == State::no ? "false" : "mixed");
}

void reference(std::string& to, std::string_view name, ImGuiID key) {
  if (key != 0) attribute(to, name, "m" + std::to_string(key));
}

struct Guess {
  Role role;
  State checked;
  State expanded;
};

Guess guess(const Node& node) {
  Guess guess{node.item.role, node.item.checked, node.item.expanded};
  if (guess.role != Role::automatic) return guess;
  guess.role = Role::button;
  if ((node.status & ImGuiItemStatusFlags_Checkable) != 0) {
    guess.role = Role::checkbox;
    guess.checked = (node.status & ImGuiItemStatusFlags_Checked) != 0 ? State::yes : State::no;
  }
  if ((node.status & ImGuiItemStatusFlags_Openable) != 0)
    guess.expanded = (node.status & ImGuiItemStatusFlags_Opened) != 0 ? State::yes : State::no;
  return guess;
}

std::string_view name_of(const Node& node) {
  if (!node.item.name.empty()) return node.item.name;
  const std::size_t marks = node.label.find("##");
  if (marks == std::string_view::npos) return node.label;
  if (marks > 0) return node.label.substr(0, marks);
  std::string_view hidden = node.label.substr(2);
  while (!hidden.empty() && hidden.front() == '#') hidden.remove_prefix(1);
  return hidden;
}

/// The element's kind: a tag, whose own behaviour and semantics the browser gives.
std::string_view tag_of(Role role, const Node& node) {
  switch (role) {
    case Role::button:
    case Role::checkbox:
    case Role::switch_:
    case Role::radio:
    case Role::tab:
    case Role::option:
    case Role::menuitem: return node.container ? "div" : "button";
    case Role::link: return "a";
    case Role::slider: return "range";
    case Role::textbox: return node.multiline ? "textarea" : "text";
    case Role::searchbox: return "search";
    case Role::paragraph: return "p";
    case Role::text: return "span";
    default: return "div";
  }
}

void write_node(std::string& to, const Node& node, bool with_children) {
  const Guess as = guess(node);
  const Item& item = node.item;
  const std::string_view name = name_of(node);
  const bool disabled = item.disabled;
  std::string tag(tag_of(as.role, node));
  if (as.role == Role::heading) tag = "h" + std::to_string(std::clamp(item.level, 1, 6));
  const bool native = tag == "button" || tag == "a" || tag == "range" || tag == "text" || tag == "search" || tag == "textarea";

  to += "{\"i\":";
  to += std::to_string(node.key);
  to += ",\"g\":\"";
  to += tag;
  to += "\",\"a\":{";
  const char* role = role_name(as.role);
  const bool implied =
      (tag == "button" && as.role == Role::button) || tag == "a" || tag == "range" || tag == "text" || tag == "search" || tag == "textarea";
  if (role != nullptr && !implied) attribute(to, "role", role);

  std::string_view content = item.text;
  const bool by_content = named_by_content(as.role) && !with_children;
  if (by_content && content.empty())
    content = name;
  else if (!name.empty() && !(by_content && content == name))
    attribute(to, "aria-label", name);

  if (!item.description.empty()) attribute(to, "aria-description", item.description);
  attribute(to, "aria-checked",
            as.checked == State::unset && (as.role == Role::radio || as.role == Role::checkbox || as.role == Role::switch_) ? State::no
                                                                                                                            : as.checked);
  attribute(to, "aria-selected",
            item.selected == State::unset && (as.role == Role::option || as.role == Role::tab) ? State::no : item.selected);
  attribute(to, "aria-expanded", as.expanded);
  attribute(to, "aria-pressed", item.pressed);
  if (item.current) attribute(to, "aria-current", as.role == Role::link ? "page" : "true");
  if (item.busy) attribute(to, "aria-busy", "true");
  if (item.modal && as.role != Role::menu) attribute(to, "aria-modal", "true");
  if (disabled) attribute(to, native && tag != "a" ? "disabled" : "aria-disabled", "true");
  if (item.count != 0) {
    if (as.role == Role::table) {
      attribute(to, "aria-rowcount", item.count);
    } else if (as.role != Role::row && as.role != Role::listbox && as.role != Role::list) {
      attribute(to, "aria-setsize", item.count);
    }
  }
  if (item.position > 0) attribute(to, as.role == Role::row ? "aria-rowindex" : "aria-posinset", item.position);
  if (item.columns > 0) attribute(to, "aria-colcount", item.columns);
  if (item.sorted) attribute(to, "aria-sort", item.sort == State::yes ? "ascending" : item.sort == State::no ? "descending" : "none");
  reference(to, "aria-controls", item.controls);
  reference(to, "aria-activedescendant", item.active);
  if (!item.href.empty()) attribute(to, "href", item.href);
  if (!item.language.empty()) attribute(to, "lang", item.language);
  if (!item.value_text.empty()) attribute(to, "aria-valuetext", item.value_text);
  if (as.role == Role::slider) {
    attribute(to, "min", item.min);
    attribute(to, "max", item.max);
    if (item.step > 0)
      attribute(to, "step", item.step);
    else
      attribute(to, "step", "any");
  } else if (as.role == Role::progressbar || as.role == Role::meter) {
    if (item.max > item.min) {
      attribute(to, "aria-valuemin", item.min);
      attribute(to, "aria-valuemax", item.max);
      attribute(to, "aria-valuenow", item.value);
    }
  }
  // Options are reached by arrows from their list, the rest of a group by arrows from its first.
  if (as.role == Role::option || item.not_focusable || (roves(as.role) && !node.first_of_group))
    attribute(to, "tabindex", "-1");
  else if (!native && node.interactive)
    attribute(to, "tabindex", "0");
  to += '}';

  if (!content.empty()) {
    to += ",\"t\":";
    append_string(to, content);
  }
  if (as.role == Role::slider) {
    to += ",\"v\":";
    append_number(to, item.value);
  }
  if (item.keys != 0) {
    to += ",\"k\":";
    to += std::to_string(static_cast<std::uint32_t>(item.keys));
  }
  if (!item.file_types.empty()) {
    to += ",\"file\":";
    append_string(to, item.file_types);
    if (item.many_files) to += ",\"many\":1";
  }
  if (node.interactive && !node.container) to += ",\"press\":1";
  if (item.drag) to += ",\"drag\":1";
  if (item.context_menu) to += ",\"menu\":1";
  if (item.above) to += ",\"above\":1";
  if (item.modal) to += ",\"modal\":1";
  if (node.scrolls) {
    to += ",\"scroll\":[";
    append_number(to, std::round(node.content.x));
    to += ',';
    append_number(to, std::round(node.content.y));
    to += node.sideways ? ",1]" : ",0]";
  }
  to += node.extra;
  to += '}';
}

/// Of everything that write_node looks at.
std::uint64_t digest_of(const Node& node, bool with_children) {
  Digest digest;
  const auto add_all = [&](const auto&... fields) { (digest.add(fields), ...); };
  // Taken apart field by field, so that one which is new in Item cannot be forgotten here.
  const auto& [role, name, text, description, checked, selected, expanded, pressed, current, busy, modal, disabled, not_focusable,
               context_menu, drag, above, level, position, count, columns, sort, sorted, href, controls, active, keys, value, min, max,
               step, value_text, file_types, many_files, language] = node.item;
  add_all(role, name, text, description, checked, selected, expanded, pressed, current, busy, modal, disabled, not_focusable, context_menu,
          drag, above, level, position, count, columns, sort, sorted, href, controls, active, keys, value, min, max, step, value_text,
          file_types, many_files, language);
  add_all(node.label, node.status, node.extra, node.interactive, node.container, node.multiline, node.first_of_group, with_children,
          node.scrolls);
  if (node.scrolls) add_all(node.sideways, static_cast<double>(node.content.x), static_cast<double>(node.content.y));
  return digest.sum();
}

/// Sixteenths of a CSS pixel.
int fine(float length) {
  return static_cast<int>(std::lround(static_cast<double>(length) * 16.0));
}

void settle() {
  // Plain items that never said what they are stay out; so do containers with nothing inside and nothing to say.
  for (Node& node : nodes) {
    if (node.item.role == Role::automatic && !node.container) {
      if (node.label.empty() && node.item.name.empty()) {
        const auto seen = labels_seen.find(node.id);
        if (seen != labels_seen.end()) node.label = seen->second;
      } else if (!node.own && !node.label.empty()) {
        labels_seen[node.id] = node.label;
      }
      node.dropped = node.label.empty() && node.item.name.empty();
    } else if (node.item.role == Role::none) {
      node.dropped = true;
    }
  }
  if (labels_seen.size() > 8192) labels_seen.clear();

  // From the last to the first, children come before what contains them.
  for (std::size_t at = nodes.size(); at-- > 0;) {
    const Node& node = nodes[at];
    if (node.parent < 0 || node.layer || (node.dropped && !node.container)) continue;
    Node& parent = nodes[static_cast<std::size_t>(node.parent)];
    if (parent.boxed) continue;
    if (node.box.Min.x >= node.box.Max.x && node.box.Min.y >= node.box.Max.y) continue;
    const bool first = parent.box.Min.x == 0 && parent.box.Max.x == 0 && parent.box.Min.y == 0 && parent.box.Max.y == 0;
    if (first)
      parent.box = node.box;
    else
      parent.box.Add(node.box);
  }

  for (std::size_t at = 0; at < nodes.size(); ++at) {
    Node& node = nodes[at];
    int up = node.layer ? -1 : node.parent;
    while (up >= 0 && nodes[static_cast<std::size_t>(up)].dropped) up = nodes[static_cast<std::size_t>(up)].parent;
    node.kept_parent = up;
    if (node.dropped || up < 0) continue;
    Node& parent = nodes[static_cast<std::size_t>(up)];
    (parent.last_child < 0 ? parent.first_child : nodes[static_cast<std::size_t>(parent.last_child)].next_sibling) = static_cast<int>(at);
    parent.last_child = static_cast<int>(at);
    parent.children_hash = hash(parent.children_hash == 0 ? hash_start : parent.children_hash, node.key);
  }

  for (Node& group : nodes) {
    if (group.item.role != Role::radiogroup && group.item.role != Role::tablist) continue;
    Node* reached = nullptr;
    for (int child = group.first_child; child >= 0; child = nodes[static_cast<std::size_t>(child)].next_sibling) {
      Node& node = nodes[static_cast<std::size_t>(child)];
      if (!roves(node.item.role) || node.item.disabled) continue;
      const bool on = node.item.checked == State::yes || node.item.selected == State::yes;
      if (reached == nullptr || on) reached = &node;
      if (on) break;
    }
    if (reached != nullptr) reached->first_of_group = true;
  }
}

void write_children(std::string& to, ImGuiID key, int first) {
  to += to.back() == '[' ? "[" : ",[";
  to += std::to_string(key);
  for (int child = first; child >= 0; child = nodes[static_cast<std::size_t>(child)].next_sibling) {
    to += ',';
    to += std::to_string(nodes[static_cast<std::size_t>(child)].key);
  }
  to += ']';
}

}  // namespace

// Internal -------------------------------------------------------------------------------------------------------------------------------

void append_string(std::string& to, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  to += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (byte < 0x20) {
      to += "\\u00";
      to += digits[byte >> 4U];
      to += digits[byte & 15U];
    } else {
      to += c;
    }
  }
  to += '"';
}

void append_number(std::string& to, double number) {
  if (!std::isfinite(number)) number = 0;
  if (number == std::trunc(number) && std::fabs(number) < 1e15) {
    to += std::to_string(static_cast<long long>(number));
    return;
  }
  std::array<char, 32> text = {};
  const int length = ImFormatString(text.data(), text.size(), "%.6g", number);
  to.append(text.data(), static_cast<std::size_t>(length));
}

void begin() {
  arena.clear();
  nodes.clear();
  open_nodes.clear();
  root_ordinal = 0;
  hidden_depth = 0;
  ++stamp;
  std::erase_if(presses, [](Press& press) { return --press.frames_left < 0; });
  if (!plain_presses.empty()) {
    ImGui::ActivateItemByID(plain_presses.front());
    plain_presses.pop_front();
  }
}

void end() {
  hidden_depth = 1;
  settle();
  static std::string changed;
  static std::string moved;
  static std::string placed;
  changed = placed = moved = "[";
  int size = 0;
  int root_first = -1;
  int root_last = -1;
  std::uint32_t root_hash = hash_start;
  // Layers follow everything else.
  for (const bool layers : {false, true}) {
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      Node& node = nodes[at];
      if (node.dropped || node.kept_parent >= 0 || node.layer != layers) continue;
      (root_last < 0 ? root_first : nodes[static_cast<std::size_t>(root_last)].next_sibling) = static_cast<int>(at);
      root_last = static_cast<int>(at);
      root_hash = hash(root_hash, node.key);
    }
  }
  for (const Node& node : nodes) {
    Known& entry = known[node.key];
    if (node.dropped) {
      entry.stamp = 0;
      continue;
    }
    ++size;
    const std::uint64_t content = digest_of(node, node.first_child >= 0);
    if (entry.content != content) {
      if (changed.size() > 1) changed += ',';
      write_node(changed, node, node.first_child >= 0);
      entry.content = content;
    }
    ImVec2 origin(0, 0);
    if (node.kept_parent >= 0) {
      const Node& parent = nodes[static_cast<std::size_t>(node.kept_parent)];
      origin = parent.box.Min;
      if (parent.scrolls) origin = ImVec2(origin.x - parent.scroll.x, origin.y - parent.scroll.y);
    }
    const std::array<int, 4> box = {fine(node.box.Min.x - origin.x), fine(node.box.Min.y - origin.y), fine(node.box.GetWidth()),
                                    fine(node.box.GetHeight())};
    if (entry.box != box || entry.children == 0) {
      entry.box = box;
      if (moved.size() > 1) moved += ',';
      moved += std::to_string(node.key);
      for (const int side : box) {
        moved += ',';
        moved += std::to_string(side);
      }
    }
    const std::uint32_t children = node.children_hash == 0 ? 1 : node.children_hash;
    if (entry.children != children) {
      const bool fresh_and_empty = entry.children == 0 && node.first_child < 0;
      entry.children = children;
      if (!fresh_and_empty) write_children(placed, node.key, node.first_child);
    }
    entry.own = node.own;
  }
  if (root_children != root_hash) {
    root_children = root_hash;
    write_children(placed, root_key, root_first);
  }
  changed += ']';
  moved += ']';
  placed += ']';

  std::string gone = "[";
  if (known.size() > static_cast<std::size_t>(size)) {
    for (auto entry = known.begin(); entry != known.end();) {
      if (entry->second.stamp == stamp) {
        ++entry;
        continue;
      }
      if (entry->second.children != 0) {
        if (gone.size() > 1) gone += ',';
        gone += std::to_string(entry->first);
        if (focused_id == entry->second.id) focused_id = 0;
      }
      entry = known.erase(entry);
    }
  }
  gone += ']';
  last_size = size;

  update.clear();
  const auto member = [](std::string_view name, const std::string& list) {
    if (list.size() <= 2) return;
    update += update.empty() ? "{\"" : ",\"";
    update += name;
    update += "\":";
    update += list;
  };
  member("nodes", changed);
  member("children", placed);
  member("boxes", moved);
  member("gone", gone);
  std::string wishes = "[";
  std::erase_if(scroll_wishes, [&](const ScrollWish& wish) {
    if (!known.contains(wish.key)) return true;
    if (wishes.size() > 1) wishes += ',';
    wishes += '[' + std::to_string(wish.key) + ',';
    append_number(wishes, std::round(static_cast<double>(wish.top) * 16) / 16);
    wishes += wish.smooth ? ",1]" : ",0]";
    return true;
  });
  wishes += ']';
  member("scroll", wishes);
  if (focus_wish != 0) {
    if (known.contains(focus_wish)) {
      member("focus", "[" + std::to_string(focus_wish) + (focus_wish_ring ? ",1]" : ",0]"));
      focus_wish = 0;
    } else if (--focus_patience < 0) {
      focus_wish = 0;
    }
  }
  if (!announcement.empty()) {
    std::string said = "[";
    append_string(said, announcement);
    said += announcement_urgent ? ",1]" : ",0]";
    member("say", said);
    announcement.clear();
    announcement_urgent = false;
  }
  if (update.empty()) return;
  update += '}';
  boundary::page_mirror_update(update.data(), update.size());
}

bool wants_frame() {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return !presses.empty() || !plain_presses.empty() || focus_wish != 0 || g.NavNextActivateId != 0 || g.InputEventsQueue.Size > 0 ||
         (g.HoverItemDelayId != 0 && g.HoverItemDelayTimer < g.Style.HoverDelayNormal);
}

int open(const Item& hints, ImGuiID key) {
  if (key == 0) key = key_by_place(hints.role, hints.name);
  Node& node = add(key, key);
  node.item = hints;
  keep_texts(node.item);
  node.container = true;
  node.layer = comes_on_top(hints.role);
  if (hidden_depth > 0) node.item.role = Role::none;
  if (node.item.role == Role::automatic) node.item.role = Role::group;
  const int index = static_cast<int>(nodes.size()) - 1;
  open_nodes.push_back(index);
  return index;
}

void close(int node) {
  while (!open_nodes.empty()) {
    const int last = open_nodes.back();
    open_nodes.pop_back();
    if (last == node) return;
  }
}

void set_box(int node, const ImRect& box) {
  nodes[static_cast<std::size_t>(node)].box = box;
  nodes[static_cast<std::size_t>(node)].boxed = true;
}

void set_scroll(int node, ImVec2 position, ImVec2 content, bool horizontal) {
  Node& to = nodes[static_cast<std::size_t>(node)];
  to.scrolls = true;
  to.scroll = position;
  to.content = content;
  to.sideways = horizontal;
}

void set_hints(int node, const Item& hints) {
  Node& to = nodes[static_cast<std::size_t>(node)];
  const bool hidden = to.item.role == Role::none;
  to.item = hints;
  keep_texts(to.item);
  if (hidden) to.item.role = Role::none;
}

ImGuiID key_of(int node) {
  return nodes[static_cast<std::size_t>(node)].key;
}

void set_interactive(int node, bool interactive) {
  nodes[static_cast<std::size_t>(node)].interactive = interactive;
}

void set_field(ImGuiID id, bool multiline, const std::string& json) {
  Node* node = find_recent(id);
  if (node == nullptr) return;
  node->own = true;
  node->interactive = true;
  node->multiline = multiline;
  node->extra = arena.keep(json);
}

void request_scroll(ImGuiID id, float to, bool smooth) {
  std::erase_if(scroll_wishes, [&](const ScrollWish& wish) { return wish.key == id; });
  scroll_wishes.push_back({id, to, smooth});
  frame::request(2);
}

void on_action(boundary::Action action, ImGuiID key, double x, double number, std::string_view text) {
  using boundary::Action;
  frame::request(3);
  const auto found = known.find(key);
  const ImGuiID id = found == known.end() ? key : found->second.id;
  switch (action) {
    case Action::press:
      if (found == known.end() || found->second.own)
        presses.push_back({id, press_patience});
      else
        plain_presses.push_back(id);
      break;
    case Action::value: values[id] = number; break;
    case Action::focus:
      focused_id = id;
      ring = number != 0;
      break;
    case Action::blur:
      if (focused_id == id) focused_id = 0;
      break;
    case Action::scroll: scrolling::on_scroll(key, x, number); break;
    case Action::context_menu: input::on_context_menu(id); break;
    case Action::input:
    case Action::composing:
    case Action::field_scroll:
    case Action::submit: fields::on_action(action, id, number, text); break;
  }
}

// Public ----------------------------------------------------------------------------------------------------------------------------------

Interaction item(ImGuiID id, const ImRect& box, const Item& hints) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  Interaction result;
  result.id = id;
  if (hints.disabled) ImGui::BeginDisabled();
  const bool disabled = (g.CurrentItemFlags & ImGuiItemFlags_Disabled) != 0;
  result.visible = ImGui::ItemAdd(box, id, nullptr, ImGuiItemFlags_NoNav);
  if (hidden_depth == 0) {
    describe(hints);
    if (Node* node = find_recent(id)) {
      node->own = true;
      node->interactive = true;
      node->item.disabled = disabled;
    }
  }
  if (result.visible && !disabled) {
    const bool clicked = ImGui::ButtonBehavior(box, id, &result.hovered, &result.held, ImGuiButtonFlags_NoNavFocus);
    if (clicked && hints.role != Role::link && hints.file_types.empty()) result.pressed = true;
    result.double_clicked = result.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    if (result.hovered && g.MouseCursor == ImGuiMouseCursor_Arrow) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  if (!disabled) {
    if (take_press(id) && hints.role != Role::link && hints.file_types.empty()) result.pressed = true;
    if (const auto value = values.find(id); value != values.end()) {
      result.changed = true;
      result.value = value->second;
      values.erase(value);
    }
  }
  result.focused = focused_id == id;
  result.focus_visible = result.focused && ring;
  if (hints.disabled) ImGui::EndDisabled();
  return result;
}

Interaction item(const char* str_id, const ImRect& box, const Item& hints) {
  return item(ImGui::GetID(str_id), box, hints);
}

void describe(const Item& hints) {
  if (hidden_depth > 0) return;
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  Node* node = find_recent(g.LastItemData.ID);
  if (node == nullptr) {
    info(g.LastItemData.Rect, hints);
    return;
  }
  const bool disabled = node->item.disabled;
  node->item = hints;
  node->item.disabled = disabled || hints.disabled;
  keep_texts(node->item);
}

void info(const ImRect& box, const Item& hints) {
  if (hidden_depth > 0) return;
  Node& node = add(key_by_place(hints.role, hints.role == Role::status || hints.role == Role::alert ? hints.name : std::string_view()), 0);
  node.id = node.key;
  known[node.key].id = node.key;
  node.item = hints;
  keep_texts(node.item);
  node.box = box;
  node.boxed = true;
}

void text(const ImRect& box, std::string_view text, Role role) {
  Item hints;
  hints.role = role;
  hints.text = text;
  info(box, hints);
}

void heading(const ImRect& box, std::string_view text, int level) {
  Item hints;
  hints.role = Role::heading;
  hints.text = text;
  hints.level = level;
  info(box, hints);
}

void status(const ImRect& box, std::string_view name, std::string_view text) {
  Item hints;
  hints.role = Role::status;
  hints.name = name;
  hints.text = text;
  info(box, hints);
}

void announce(std::string_view text, bool urgent) {
  if (!announcement.empty()) announcement += ". ";
  announcement += text;
  announcement_urgent = announcement_urgent || urgent;
  frame::request(1);
}

Scope::Scope(const Item& hints, ImGuiID id) : node_(open(hints, id)) {}
Scope::~Scope() {
  close(node_);
}
void Scope::box(const ImRect& rect) {
  set_box(node_, rect);
}
void Scope::update(const Item& hints) {
  set_hints(node_, hints);
}
ImGuiID Scope::id() const {
  return key_of(node_);
}

Hidden::Hidden() {
  ++hidden_depth;
}
Hidden::~Hidden() {
  --hidden_depth;
}

ImGuiID focused() {
  return focused_id;
}
bool focus_visible() {
  return focused_id != 0 && ring;
}

bool focus_behind() {
  if (focused_id == 0) return false;
  return std::none_of(nodes.begin(), nodes.end(), [](const Node& node) { return node.id == focused_id; });
}

void focus(ImGuiID id, bool show_ring) {
  focus_wish = id;
  focus_wish_ring = show_ring;
  focus_patience = 3;
  frame::request(2);
}

void focus_last() {
  if (!nodes.empty()) focus(nodes.back().key);
}

void press(ImGuiID id) {
  const auto found = known.find(id);
  if (found != known.end() && !found->second.own)
    plain_presses.push_back(id);
  else
    presses.push_back({id, press_patience});
  frame::request(3);
}

int size() {
  return last_size;
}

}  // namespace hub::mirror

// Dear ImGui's hooks ---------------------------------------------------------------------------------------------------------------------

using namespace hub::mirror;

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& box, const ImGuiLastItemData* data) {
  // Without data it is a window, a scrollbar or a grip.
  if (data == nullptr || hidden_depth > 0) return;
  if (context->CurrentWindow != nullptr && id == context->CurrentWindow->ID) return;
  Node& node = add(id, id);
  node.box = box;
  node.boxed = true;
  node.interactive = true;
  node.item.role = Role::automatic;
  node.item.disabled = (data->ItemFlags & ImGuiItemFlags_Disabled) != 0;
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
  if (hidden_depth > 0 || label == nullptr) return;
  Node* node = find_recent(id);
  if (node == nullptr || node->own) return;
  node->label = arena.keep(label);
  node->status = flags;
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID id) {
  const auto seen = labels_seen.find(id);
  return seen == labels_seen.end() ? nullptr : seen->second.c_str();
}

extern "C" {
/// Something happened at a mirrored element; see boundary::Action.
EMSCRIPTEN_KEEPALIVE void hub_action(int action, ImGuiID key, double x, double number, const char* text, std::size_t length) {
  on_action(static_cast<hub::boundary::Action>(action), key, x, number, std::string_view(text, length));
}
}
