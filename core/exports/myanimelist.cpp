/// MyAnimeList's list file (https://myanimelist.net/import.php): whole numbers from 1 to 10, titles by its own ids. A file is of anime or
/// of manga.

#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"
#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub::exports {
namespace {

/// A text that may hold any character but the mark that would end it.
std::string character_data(std::string_view value) {
  std::string text = clean_text(std::string(value), most_title_bytes);
  for (std::size_t at = 0; (at = text.find("]]>", at)) != std::string::npos; at += 15) text.replace(at, 3, "]]]]><![CDATA[>");
  return "<![CDATA[" + text + "]]>";
}

void element(std::string& text, std::string_view name, std::string_view value) {
  text += "\t\t<" + std::string(name) + ">" + std::string(value) + "</" + std::string(name) + ">\n";
}

std::string_view status_of(const Entry& entry, bool manga) {
  const Deeds& deeds = entry.deeds;
  if (deeds.dropped) return "Dropped";
  if (deeds.begun && !deeds.seen) return manga ? "Reading" : "Watching";
  if (entry.rating || was_seen(entry)) return "Completed";
  return manga ? "Plan to Read" : "Plan to Watch";
}

std::string list(std::span<const Entry* const> entries, std::size_t& written, bool manga) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<myanimelist>\n\t<myinfo>\n";
  element(text, "user_export_type", manga ? "2" : "1");
  text += "\t</myinfo>\n";
  for (const Entry* entry : entries) {
    const Item& item = entry->item;
    const std::string_view id = id_of(item, "myanimelist");
    // It goes between tags as it is.
    if (id.empty() || id.find_first_not_of("0123456789") != std::string_view::npos) continue;
    if ((item.type == MediaType::book) != manga) continue;
    ++written;
    text += manga ? "\t<manga>\n" : "\t<anime>\n";
    element(text, manga ? "manga_mangadb_id" : "series_animedb_id", id);
    element(text, manga ? "manga_title" : "series_title", character_data(item.title));
    if (!manga) element(text, "series_type", item.type == MediaType::film ? "Movie" : "TV");
    if (!manga) element(text, "my_watched_episodes", std::to_string(entry->deeds->parts));
    element(text, "my_finish_date", day_of(*entry).empty() ? std::string_view("0000-00-00") : day_of(*entry));
    element(text, "my_score", std::to_string(entry->rating ? whole_rating(*entry->rating, 10) : 0));
    element(text, "my_status", status_of(*entry, manga));
    element(text, "update_on_import", "1");
    text += manga ? "\t</manga>\n" : "\t</anime>\n";
  }
  return text + "</myanimelist>\n";
}

}  // namespace

std::string write_anime(std::span<const Entry* const> entries, std::size_t& written) {
  return list(entries, written, false);
}

std::string write_manga(std::span<const Entry* const> entries, std::size_t& written) {
  return list(entries, written, true);
}

}  // namespace hub::exports
