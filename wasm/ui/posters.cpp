#include "wasm/ui/posters.hpp"

#include "imgui_internal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/library/poster.hpp"
#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/ui/client.hpp"

namespace hub::ui::posters {
namespace {

constexpr std::size_t most_texture_bytes = std::size_t{32} << 20U;
/// Device pixels up to which a list's small picture is sharp enough.
constexpr float small_width = 128;
/// Seconds that the screen has to lack the same before it is asked for: what flies by is not.
constexpr double rest = 0.12;
/// Seconds after which what did not come is tried once more, when it is drawn then.
constexpr double patience = 60;
constexpr float appearing = 0.18F;
constexpr std::size_t most_known = 4000;

struct Entry {
  protocol::WantedPoster wanted;
  Picture picture;          ///< with a texture: it is here
  bool none = false;        ///< there is none, until `again`
  double again = 0;         ///< seconds
  double appeared = -1;     ///< seconds; below 0: not drawn yet
  std::uint64_t drawn = 0;  ///< the last frame in which it was
};

std::unordered_map<std::string, Entry> entries;
std::vector<protocol::WantedPoster> lacking;  ///< in this frame
std::vector<protocol::WantedPoster> resting;  ///< in the frames before
std::vector<protocol::WantedPoster> asked;    ///< of the engine, and not answered
double resting_since = 0;
std::vector<ImTextureData*> going;  ///< until the renderer has let go of them

constexpr double never = 1e300;

std::string key_of(const std::string& address, bool large) {
  return (large ? "l " : "s ") + address;
}

std::size_t bytes_of(const Picture& picture) {
  return picture.texture == nullptr
             ? 0
             : static_cast<std::size_t>(picture.texture->Width) * static_cast<std::size_t>(picture.texture->Height) * 4;
}

ImU32 mean_of(const std::uint8_t* line, int width) {
  std::array<unsigned, 3> sum{};
  for (int x = 0; x < width; ++x)
    for (std::size_t part = 0; part < 3; ++part) sum[part] += line[4 * static_cast<std::size_t>(x) + part];
  const auto count = static_cast<unsigned>(width);
  return IM_COL32(sum[0] / count, sum[1] / count, sum[2] / count, 255);
}

void let_go(Entry& entry) {
  if (entry.picture.texture == nullptr) return;
  entry.picture.texture->WantDestroyNextFrame = true;
  going.push_back(entry.picture.texture);
  entry.picture = {};
  entry.appeared = -1;
}

/// The graphics were taken away, and its pixels had been given to them.
bool is_lost(const Entry& entry) {
  return entry.picture.texture != nullptr && entry.picture.texture->Status == ImTextureStatus_Destroyed;
}

const Picture* shown(Entry& entry) {
  if (is_lost(entry)) let_go(entry);
  if (entry.picture.texture == nullptr) return nullptr;
  const double now = frame::now();
  if (entry.appeared < 0) entry.appeared = now;
  const double age = now - entry.appeared;
  const bool fades = age < static_cast<double>(appearing) && !display::reduced_motion();
  entry.picture.opacity = fades ? static_cast<float>(age) / appearing : 1.0F;
  if (fades) frame::animate_until(entry.appeared + static_cast<double>(appearing) + 0.02);
  return &entry.picture;
}

void make_room() {
  std::size_t held = 0;
  std::vector<Entry*> idle;
  for (auto& [key, entry] : entries) {
    held += bytes_of(entry.picture);
    if (entry.picture.texture != nullptr && entry.drawn < frame::count()) idle.push_back(&entry);
  }
  if (held <= most_texture_bytes) return;
  std::sort(idle.begin(), idle.end(), [](const Entry* a, const Entry* b) { return a->drawn < b->drawn; });
  for (Entry* entry : idle) {
    if (held <= most_texture_bytes) break;
    held -= bytes_of(entry->picture);
    let_go(*entry);
  }
}

void clean() {
  std::erase_if(going, [](ImTextureData* texture) {
    if (texture->Status != ImTextureStatus_Destroyed) return false;
    ImGui::UnregisterUserTexture(texture);
    IM_DELETE(texture);
    return true;
  });
  for (auto& [key, entry] : entries)
    if (ImTextureData* texture = entry.picture.texture; texture != nullptr && texture->Status == ImTextureStatus_OK)
      texture->DestroyPixels();
  if (entries.size() > most_known)
    std::erase_if(entries, [](const auto& one) { return one.second.picture.texture == nullptr && one.second.drawn < frame::count(); });
}

}  // namespace

const Picture* of(const Item& item, float width) {
  const std::string address = poster_address(item);
  if (address.empty()) return nullptr;
  const bool large = width * display::scale() > small_width;
  Entry& entry = entries[key_of(address, large)];
  entry.drawn = frame::count();
  if (const Picture* here = shown(entry)) return here;
  const bool waits = entry.none && frame::now() < entry.again;
  if (!waits) {
    entry.wanted = {address, item.title, large};
    lacking.push_back(entry.wanted);
  }
  const auto other = entries.find(key_of(address, !large));
  if (other == entries.end()) return nullptr;
  other->second.drawn = frame::count();
  return shown(other->second);
}

void frame_ended() {
  clean();
  make_room();
  const double now = frame::now();
  if (lacking != resting) {
    resting = lacking;
    resting_since = now;
  }
  lacking.clear();
  if (resting == asked) return;
  if (now - resting_since < rest) return frame::wake_at(resting_since + rest);
  asked = resting;
  client().show_posters(asked);
}

void take(const protocol::Poster& poster, const host::Bulk* pixels) {
  const protocol::WantedPoster answered{poster.address, {}, poster.large};
  std::erase(asked, answered);
  std::erase(resting, answered);
  Entry& entry = entries[key_of(poster.address, poster.large)];
  let_go(entry);
  entry.none = true;
  entry.again = poster.later ? frame::now() + patience : never;
  const std::size_t line = std::size_t{4} * poster.width;
  if (poster.width == 0 || pixels == nullptr) return;
  const auto bytes = pixels->as<std::uint8_t>();
  if (bytes.size() != line * poster.height) return;
  entry.none = false;
  auto* texture = IM_NEW(ImTextureData)();
  texture->Create(ImTextureFormat_RGBA32, static_cast<int>(poster.width), static_cast<int>(poster.height));
  std::memcpy(texture->GetPixels(), bytes.data(), bytes.size());
  ImGui::RegisterUserTexture(texture);
  entry.picture.texture = texture;
  entry.picture.top = mean_of(bytes.data(), texture->Width);
  entry.picture.bottom = mean_of(bytes.data() + bytes.size() - line, texture->Width);
  entry.drawn = frame::count();
}

void ask_again() {
  asked.clear();
}

void try_again() {
  for (auto& [key, entry] : entries)
    if (entry.again < never) entry.again = 0;
}

}  // namespace hub::ui::posters
