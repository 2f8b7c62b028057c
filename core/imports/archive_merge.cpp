#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>

#include "core/imports/archive.hpp"
#include "core/imports/collector.hpp"
#include "core/imports/item_ids.hpp"
#include "core/imports/song_reader.hpp"

namespace hub::imports {
namespace {

/// Services in which one work has one id, those that name works surest first.
constexpr std::array<std::string_view, 7> own_ids{"imdb", "tmdb", "myanimelist", "anilist", "trakt", "letterboxd", "rateyourmusic_album"};

/// Gives the items of several files, which stay where they are, ids that agree. Each file tells works of one title and year apart by
/// itself, in the order of its lines, so that the same film may be the first of its name in one file and the second in another.
class Ledger {
 public:
  void give(Item& item) {
    for (std::string_view service : own_ids)
      if (const auto own = item.ids.find(std::string(service)); own != item.ids.end())
        if (const auto known = by_own_.find(key(item.type, service, own->second)); known != by_own_.end()) {
          item.id = known->second;
          return note(item);
        }
    // What its own file put behind it may have to be told apart anew.
    for (std::string_view service : own_ids)
      if (const auto own = item.ids.find(std::string(service)); own != item.ids.end())
        if (const std::string behind = "-" + key_from(own->second, 20); item.id.ends_with(behind))
          if (std::string before = item.id.substr(0, item.id.size() - behind.size()); before.find("--") != std::string::npos)
            item.id = std::move(before);
    const auto [first, fresh] = first_.try_emplace(item.id, &item);
    if (!fresh) tell_apart(item, *first->second);
    note(item);
  }

 private:
  static std::string key(MediaType type, std::string_view service, std::string_view id) {
    return std::string(name_of(type)) + "/" + std::string(service) + ":" + std::string(id);
  }

  static void tell_apart(Item& item, const Item& other) {
    for (std::string_view service : own_ids) {
      const auto its = item.ids.find(std::string(service));
      const auto others = other.ids.find(std::string(service));
      if (its == item.ids.end() || others == other.ids.end() || its->second == others->second) continue;
      item.id += "-" + key_from(its->second, 20);
      return;
    }
  }

  void note(const Item& item) {
    for (std::string_view service : own_ids)
      if (const auto own = item.ids.find(std::string(service)); own != item.ids.end())
        by_own_.try_emplace(key(item.type, service, own->second), item.id);
  }

  std::unordered_map<std::string, std::string> by_own_;
  std::unordered_map<std::string, const Item*> first_;
};

void add_source(std::vector<std::string>& sources, const std::string& source) {
  if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) list += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return list;
}

/// Songs of several files are one by Spotify's id, else by title and artist.
void merge_songs(std::vector<Song>& songs) {
  std::unordered_map<std::string, std::size_t> first;
  std::vector<Song> kept;
  for (Song& song : songs) {
    const std::string name = key_from(song.title) + "--" + key_from(song.artist);
    const auto [found, fresh] = first.try_emplace(name, kept.size());
    if (fresh) {
      kept.push_back(std::move(song));
      continue;
    }
    add_listening(kept[found->second], std::move(song));
  }
  songs = std::move(kept);
}

}  // namespace

Parsed merged_files(std::vector<std::string> names, std::vector<Parsed> files) {
  // The file with the most ratings speaks first: of equal days its rating counts, and the ids are those it gives.
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return files[a].rows.size() > files[b].rows.size(); });

  // Files without ratings say where the ratings are, which is here.
  const bool rated = !order.empty() && !files[order.front()].rows.empty();
  Parsed all;
  std::vector<std::string> sources;
  Ledger ledger;
  for (const std::size_t which : order) {
    Parsed& part = files[which];
    const auto file = static_cast<std::uint32_t>(all.files.size());
    all.files.push_back(std::move(names[which]));
    all.lines += part.lines;
    add_source(sources, part.source);
    if (rated && part.rows.empty()) part.notes.clear();
    for (std::string& note : part.notes) all.notes.push_back(all.files.back() + ": " + note);
    for (Row& row : part.rows) {
      row.file = file;
      all.rows.push_back(std::move(row));
    }
    for (SkippedLine& skipped : part.skipped) {
      skipped.file = file;
      all.skipped.push_back(std::move(skipped));
    }
    for (Mention& mention : part.mentions) {
      mention.file = file;
      all.mentions.push_back(std::move(mention));
    }
    for (Song& song : part.songs) {
      song.file = file;
      all.songs.push_back(std::move(song));
    }
    part = {};
  }
  all.source = listed(sources);
  if (all.files.size() > 1) {
    for (Row& row : all.rows) ledger.give(row.item);
    for (Mention& mention : all.mentions) ledger.give(mention.item);
  }
  merge_repeated(all);
  merge_songs(all.songs);
  return all;
}

}  // namespace hub::imports
