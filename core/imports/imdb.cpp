/// IMDb's ratings export: one title a line, the person's rating of 1 to 10 among its columns. README.md says which shapes of it are known.

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/imports/dates.hpp"
#include "core/imports/format.hpp"
#include "core/imports/imdb_columns.hpp"
#include "core/imports/imdb_words.hpp"
#include "core/imports/numbers.hpp"
#include "core/imports/words.hpp"
#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub::imports {
namespace {

constexpr std::string_view service = "IMDb";
constexpr double longest_episode = 180;  ///< minutes; above that the export gives the length of the whole series

std::string quoted(std::string_view text) {
  return "“" + clean_text(std::string(trimmed(text)), 40) + "”";
}

std::string in_words(std::size_t count, std::string_view one, std::string_view several) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : several);
}

std::vector<std::string_view> split_list(std::string_view list) {
  std::vector<std::string_view> entries;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (const std::string_view entry = trimmed(list.substr(0, comma)); !entry.empty()) entries.push_back(entry);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return entries;
}

/// A row whose date and kind wait for the rest of the file.
struct Pending {
  Row row;
  std::string date;  ///< as written
  std::string word;  ///< the title type as written, where it is not known; its kind is told by the other lines that have it
  bool kind_known = true;
  bool has_directors = false;
};

class ImdbReader final : public Reader {
 public:
  ImdbReader(SourceFile&& file, ImdbColumns columns) : text_(std::move(file.text)), columns_(std::move(columns)), csv_(text_, file.layout) {
    parsed_.source = service;
    parsed_.notes = std::move(file.notes);
    if (columns_.by_values())
      parsed_.notes.push_back(
          std::string(columns_.heading() ? "Some columns have headings that are not known and" : "There are no headings; the columns") +
          " were told by their values. Please check a few lines.");
    if (columns_.heading()) csv_.next(record_);
  }

  bool step(std::size_t records) override {
    if (done_) return false;
    for (std::size_t i = 0; i < records; ++i) {
      if (!csv_.next(record_)) {
        finish();
        done_ = true;
        return false;
      }
      ++parsed_.lines;
      read_record();
    }
    return true;
  }

  double progress() const override {
    return text_.empty() || done_ ? 1.0 : static_cast<double>(csv_.position()) / static_cast<double>(text_.size());
  }

  Parsed take() override { return std::move(parsed_); }

 private:
  std::string_view value(ImdbColumn column) const {
    const auto at = columns_[column];
    return at && *at < record_.fields.size() ? trimmed(record_.fields[*at]) : std::string_view();
  }

  void skip(std::string reason) { parsed_.skipped.push_back({record_.line, std::move(reason)}); }

  void read_record() {
    if (record_.unclosed) return skip("A quotation mark in this line is opened and never closed, so the line cannot be read.");
    if (std::all_of(record_.fields.begin(), record_.fields.end(), [](const std::string& field) { return trimmed(field).empty(); }))
      return skip("There is nothing in this line.");
    if (!mend_columns()) return;

    const auto id = find_id();
    if (!id) return;
    const auto stars = find_rating();
    if (!stars) return;
    const ImdbKind kind = imdb_kind(value(ImdbColumn::title_type));
    if (kind == ImdbKind::episode) return skip("This is an episode of a series. Only whole shows can be rated here.");
    if (kind == ImdbKind::podcast) return skip("This is a podcast. Only films, shows and games are taken from IMDb.");
    if (kind == ImdbKind::music_video) return skip("This is a music video. Only films, shows and games are taken from IMDb.");
    if (value(ImdbColumn::title).empty() && value(ImdbColumn::original_title).empty()) return skip("This line has no title.");

    Pending pending;
    pending.row.line = record_.line;
    pending.row.rating = {*stars, RatingScale::ten, {}, std::string(service)};
    Item& item = pending.row.item;
    item.type = kind == ImdbKind::show ? MediaType::show : kind == ImdbKind::game ? MediaType::game : MediaType::film;
    item.id = *id;
    item.ids["imdb"] = *id;
    fill_facts(item);
    pending.kind_known = kind != ImdbKind::unknown;
    if (!pending.kind_known) pending.word = value(ImdbColumn::title_type);
    pending.has_directors = !item.creators.empty();
    pending.date = value(columns_.has(ImdbColumn::date_rated) ? ImdbColumn::date_rated : ImdbColumn::created);
    rated_dates_.see(pending.date);
    release_dates_.see(value(ImdbColumn::release_date));
    pending_.push_back(std::move(pending));
  }

  /// A record with another number of values than the first one. Names with commas at the end of a line were at times exported without
  /// quotes; they are joined again where the values before them stand where they should. @return false when the line was skipped.
  bool mend_columns() {
    auto& fields = record_.fields;
    const std::size_t expected = columns_.count();
    while (fields.size() > expected && trimmed(fields.back()).empty()) fields.pop_back();
    if (fields.size() < expected && csv_.at_end() && !ends_with_line_end()) {
      skip("The file ends in the middle of this line.");
      return false;
    }
    if (fields.size() <= expected) return true;
    const std::string_view address = value(ImdbColumn::url);
    const bool in_place = (address.empty() || address.find("://") != std::string_view::npos) &&
                          (value(ImdbColumn::votes).empty() || read_whole(value(ImdbColumn::votes))) &&
                          (value(ImdbColumn::year).empty() || find_year(value(ImdbColumn::year))) &&
                          (columns_.has(ImdbColumn::url) || columns_.has(ImdbColumn::votes) || columns_.has(ImdbColumn::year));
    if (!in_place || columns_[ImdbColumn::directors] != expected - 1) {
      skip("This line has " + std::to_string(fields.size()) + " values where the first line has " + std::to_string(expected) +
           "; probably a title with a comma is not in quotes.");
      return false;
    }
    for (std::size_t i = expected; i < fields.size(); ++i) fields[expected - 1] += "," + fields[i];
    fields.resize(expected);
    return true;
  }

  bool ends_with_line_end() const { return text_.back() == '\n' || text_.back() == '\r'; }

  std::optional<std::string> find_id() {
    const std::string_view written = value(ImdbColumn::id);
    if (auto id = imdb_id_in(written)) return id;
    if (auto id = imdb_id_in(value(ImdbColumn::url))) return id;
    if (written.empty())
      skip("This line has no IMDb id (such as tt0133093).");
    else if (written.starts_with("nm"))
      skip("This is a person and not a title: " + quoted(written) + ".");
    else
      skip(quoted(written) + " is not an IMDb id (such as tt0133093).");
    return std::nullopt;
  }

  std::optional<double> find_rating() {
    const std::string_view written = value(ImdbColumn::your_rating);
    if (written.empty()) {
      skip("This line has no rating.");
      return std::nullopt;
    }
    const auto rating = read_decimal(written);
    if (!rating && read_decimal(written.substr(written.front() == '-' ? 1 : 0)) == std::nullopt) {
      skip("The rating " + quoted(written) + " is not a number from 1 to 10.");
      return std::nullopt;
    }
    if (!rating || *rating < 1 || *rating > 10) {
      skip("The rating " + quoted(written) + " is not between 1 and 10.");
      return std::nullopt;
    }
    return rating;
  }

  /// The first year in "2019", "2005–2010", "2005-". Nothing before 1870, when no pictures moved.
  static std::optional<int> find_year(std::string_view text) {
    if (text.size() < 4) return std::nullopt;
    const auto year = read_whole(text.substr(0, 4));
    if (!year || *year < 1870 || *year > 2100) return std::nullopt;
    return static_cast<int>(*year);
  }

  void fill_facts(Item& item) {
    item.title = value(ImdbColumn::title);
    const std::string_view original = value(ImdbColumn::original_title);
    if (item.title.empty())
      item.title = original;
    else if (original != item.title)
      item.original_title = original;
    item.year = find_year(value(ImdbColumn::year));
    for (std::string_view word : split_list(value(ImdbColumn::genres))) {
      const std::string& genre = known_genre(word, item.type);
      if (std::find(item.genres.begin(), item.genres.end(), genre) == item.genres.end()) item.genres.push_back(genre);
    }
    for (std::string_view name : split_list(value(ImdbColumn::directors))) item.creators.push_back({"director", std::string(name)});
    const auto minutes = read_decimal(value(ImdbColumn::runtime));
    // For games the export's figure is not the hours of play that an item's length means.
    if (minutes && *minutes > 0 && item.type != MediaType::game) item.length = minutes;
    if (const auto mean = read_decimal(value(ImdbColumn::imdb_rating)); mean && *mean >= 1 && *mean <= 10)
      item.community.push_back({std::string(service), *mean, 10, read_whole(value(ImdbColumn::votes)), {}});
    item.provenance = "IMDb export";
  }

  const std::string& known_genre(std::string_view word, MediaType type) {
    std::string& genre = genres_[{std::string(word), type == MediaType::game}];
    if (genre.empty()) {
      genre = imdb_genre(word);
      if (type == MediaType::game && genre == "Sport") genre = "Sports";
    }
    return genre;
  }

  void finish() {
    settle_kinds();
    settle_dates();
    drop_repeated();
    for (Pending& pending : pending_) {
      Row& row = pending.row;
      row.item.id = std::string(name_of(row.item.type)) + "/" + row.item.id;
      if (row.item.type == MediaType::show && row.item.length && *row.item.length > longest_episode) row.item.length.reset();
      for (CommunityRating& community : row.item.community) community.date = newest_;
      row.item = cleaned(std::move(row.item));
      if (const auto fine = check(row.item); fine)
        parsed_.rows.push_back(std::move(row));
      else
        parsed_.skipped.push_back({row.line, fine.error().message});
    }
    pending_.clear();
    std::stable_sort(parsed_.skipped.begin(), parsed_.skipped.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  }

  /// IMDb exports directors for films and none for series: what most lines with the same word have tells what the word means.
  void settle_kinds() {
    struct Count {
      std::size_t lines = 0;
      std::size_t with_directors = 0;
    };
    std::map<std::string, Count> words;
    for (const Pending& pending : pending_) {
      if (pending.kind_known) continue;
      Count& count = words[pending.word];
      ++count.lines;
      if (pending.has_directors) ++count.with_directors;
    }
    if (words.empty()) return;
    const bool directors_told = columns_.has(ImdbColumn::directors);
    const auto is_show = [&](const std::string& word) {
      const Count& count = words[word];
      return directors_told && !word.empty() && count.with_directors * 2 < count.lines;
    };
    for (Pending& pending : pending_)
      if (!pending.kind_known && is_show(pending.word)) pending.row.item.type = MediaType::show;
    for (const auto& [word, count] : words) {
      const std::string lines = in_words(count.lines, "line", "lines");
      if (word.empty())
        parsed_.notes.push_back(lines + (count.lines == 1 ? " does" : " do") + " not say what kind of title it is; taken as films.");
      else
        parsed_.notes.push_back("The kind of title " + quoted(word) + " is not known; " + lines + " with it taken as " +
                                (is_show(word) ? "shows." : "films."));
    }
  }

  void settle_dates() {
    // The release dates of the same file were written by the same hand.
    const DateEvidence& evidence = !rated_dates_.known() && release_dates_.known() ? release_dates_ : rated_dates_;
    const DateOrder order = evidence.order();
    std::size_t refused = 0;
    const Pending* first_refused = nullptr;
    for (Pending& pending : pending_) {
      const DateReading reading = read_date(pending.date, order);
      pending.row.rating.date = reading.iso;
      newest_ = std::max(newest_, reading.iso);
      if (reading.state == DateState::impossible || reading.state == DateState::unreadable) {
        ++refused;
        if (!first_refused) first_refused = &pending;
      }
    }
    if (evidence.open() && !rated_dates_.example().empty())
      parsed_.notes.push_back("Dates such as " + quoted(rated_dates_.example()) + " were read as " +
                              (order == DateOrder::day_first ? "day, month, year" : "month, day, year") +
                              "; nothing in the file says which it is.");
    if (refused > 0)
      parsed_.notes.push_back(in_words(refused, "rating has", "ratings have") +
                              " a date that is not in the calendar or cannot be read, first in line " +
                              std::to_string(first_refused->row.line) + ": " + quoted(first_refused->date) +
                              (refused == 1 ? ". The rating is kept, without a date." : ". The ratings are kept, without a date."));
  }

  /// Of several ratings of one title the one of the latest date counts, of equals the lower line.
  void drop_repeated() {
    std::unordered_map<std::string, std::size_t> kept;
    std::vector<bool> dropped(pending_.size(), false);
    const auto drop = [&](std::size_t which, std::size_t instead) {
      dropped[which] = true;
      parsed_.skipped.push_back({pending_[which].row.line, "This title is rated more than once in the file; line " +
                                                               std::to_string(pending_[instead].row.line) + " counts, as the latest."});
    };
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      const auto [found, fresh] = kept.try_emplace(pending_[i].row.item.id, i);
      if (fresh) continue;
      if (pending_[i].row.rating.date >= pending_[found->second].row.rating.date) found->second = i;
    }
    for (std::size_t i = 0; i < pending_.size(); ++i)
      if (const std::size_t counts = kept[pending_[i].row.item.id]; counts != i) drop(i, counts);
    std::size_t next = 0;
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      if (dropped[i]) continue;
      if (next != i) pending_[next] = std::move(pending_[i]);
      ++next;
    }
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(next), pending_.end());
  }

  std::string text_;
  ImdbColumns columns_;
  CsvReader csv_;
  CsvRecord record_;
  std::vector<Pending> pending_;
  std::map<std::pair<std::string, bool>, std::string> genres_;
  DateEvidence rated_dates_;
  DateEvidence release_dates_;
  std::string newest_;
  Parsed parsed_;
  bool done_ = false;
};

Certainty recognise(const SourceFile& file) {
  if (file.head.size() < 2) return Certainty::none;
  const ImdbColumns columns = ImdbColumns::find(file);
  if (columns.named_by_imdb()) return Certainty::sure;
  if (!columns.has(ImdbColumn::id) && !columns.has(ImdbColumn::url)) return Certainty::none;
  // Ids of IMDb occur in other services' files too: take only what also points there, or has no headings to name another service.
  const bool points_there = columns.has(ImdbColumn::url) || columns.has(ImdbColumn::imdb_rating) || !columns.heading();
  return points_there && (columns.has(ImdbColumn::your_rating) || columns.has(ImdbColumn::title_type)) ? Certainty::likely
                                                                                                       : Certainty::none;
}

Expected<std::unique_ptr<Reader>> open_ratings(SourceFile&& file) {
  ImdbColumns columns = ImdbColumns::find(file);
  CsvReader csv(file.text, file.layout);
  CsvRecord record;
  if (columns.heading()) csv.next(record);
  const auto rating = columns[ImdbColumn::your_rating];
  bool any_line = false;
  bool any_rating = false;
  while (!any_rating && csv.next(record)) {
    any_line = true;
    any_rating = rating && *rating < record.fields.size() && !trimmed(record.fields[*rating]).empty();
    if (!rating) break;
  }
  if (!any_line && rating)
    return failure("empty_file", "This is a ratings export from IMDb, but it has no lines in it. Nothing was changed. " +
                                     std::string(how_to_export_from_imdb));
  if (!any_rating)
    return failure("wrong_export",
                   "This is a list from IMDb, such as a watchlist, and no line of it has a rating of yours. Nothing was changed. " +
                       std::string(how_to_export_from_imdb));
  return std::make_unique<ImdbReader>(std::move(file), std::move(columns));
}

}  // namespace

const Format imdb_ratings{service, recognise, open_ratings};

}  // namespace hub::imports
