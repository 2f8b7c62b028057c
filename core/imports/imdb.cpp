/// IMDb's ratings export: one title a line, the person's rating of 1 to 10 among its columns. README.md says which shapes of it are known.

#include <algorithm>
#include <map>
#include <utility>

#include "core/imports/collector.hpp"
#include "core/imports/dates.hpp"
#include "core/imports/format.hpp"
#include "core/imports/imdb_columns.hpp"
#include "core/imports/imdb_words.hpp"
#include "core/imports/item_ids.hpp"
#include "core/imports/numbers.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::string_view service = "IMDb";
constexpr double longest_episode = 180;  ///< minutes; above that the export gives the length of the whole series

std::vector<std::string_view> split_list(std::string_view list) {
  std::vector<std::string_view> entries;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (const std::string_view entry = trimmed(list.substr(0, comma)); !entry.empty()) entries.push_back(entry);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return entries;
}

/// What is said of a row's kind, until the other lines of the file tell the rest.
struct Kind {
  std::string word;  ///< the title type as written, where it is not known; its kind is told by the other lines that have it
  bool known = true;
  bool has_directors = false;
};

class ImdbReader final : public Reader {
 public:
  /// @param wished  the titles without a rating are on the person's list for later.
  ImdbReader(SourceFile&& file, ImdbColumns columns, bool wished)
      : wished_(wished),
        text_(std::move(file.text)),
        columns_(std::move(columns)),
        csv_(text_, file.layout),
        collector_(service, std::move(file.notes)) {
    if (columns_.by_values())
      collector_.note(
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
      collector_.count_line();
      read_record();
    }
    return true;
  }

  double progress() const override {
    return text_.empty() || done_ ? 1.0 : static_cast<double>(csv_.position()) / static_cast<double>(text_.size());
  }

  Parsed take() override { return collector_.finish(&release_dates_); }

 private:
  std::string_view value(ImdbColumn column) const {
    const auto at = columns_[column];
    return at && *at < record_.fields.size() ? without_guard(trimmed(record_.fields[*at])) : std::string_view();
  }

  void skip(std::string reason) { collector_.skip(record_.line, std::move(reason)); }

  void read_record() {
    if (record_.unclosed) return skip("A quotation mark in this line is opened and never closed, so the line cannot be read.");
    if (std::all_of(record_.fields.begin(), record_.fields.end(), [](const std::string& field) { return trimmed(field).empty(); }))
      return skip("There is nothing in this line.");
    if (!mend_columns()) return;

    const auto id = find_id();
    if (!id) return;
    const bool wished = wished_ && value(ImdbColumn::your_rating).empty();
    const auto stars = wished ? std::optional(0.0) : find_rating();
    if (!stars) return;
    const ImdbKind kind = imdb_kind(value(ImdbColumn::title_type));
    if (kind == ImdbKind::episode) return skip("This is an episode of a series. Only whole shows can be rated here.");
    if (kind == ImdbKind::podcast) return skip("This is a podcast. Only films, shows and games are taken from IMDb.");
    if (kind == ImdbKind::music_video) return skip("This is a music video. Only films, shows and games are taken from IMDb.");
    if (value(ImdbColumn::title).empty() && value(ImdbColumn::original_title).empty()) return skip("This line has no title.");

    Draft draft;
    draft.row.line = record_.line;
    draft.row.rating = {*stars, RatingScale::ten, {}, std::string(service)};
    Item& item = draft.row.item;
    item.type = kind == ImdbKind::show ? MediaType::show : kind == ImdbKind::game ? MediaType::game : MediaType::film;
    item.ids["imdb"] = *id;
    fill_facts(item);
    if (wished) return wish(std::move(draft), kind);
    Kind& said = kinds_.emplace_back();
    said.known = kind != ImdbKind::unknown;
    if (!said.known) said.word = value(ImdbColumn::title_type);
    said.has_directors = !item.creators.empty();
    draft.date = value(columns_.has(ImdbColumn::date_rated) ? ImdbColumn::date_rated : ImdbColumn::created);
    release_dates_.see(value(ImdbColumn::release_date));
    collector_.add(std::move(draft));
  }

  void wish(Draft draft, ImdbKind kind) {
    Item& item = draft.row.item;
    // Series have no directors in these files.
    if (kind == ImdbKind::unknown && columns_.has(ImdbColumn::directors) && item.creators.empty()) item.type = MediaType::show;
    item.id = id_of(item);
    if (item.type == MediaType::show && item.length && *item.length > longest_episode) item.length.reset();
    draft.row.facts.wished = true;
    draft.last_date = value(ImdbColumn::created);
    collector_.mention(std::move(draft), "On your list for later, and not rated.");
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
      std::string genre = imdb_genre(word);
      if (item.type == MediaType::game && genre == "Sport") genre = "Sports";
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

  void finish() {
    settle_kinds();
    for (Draft& draft : collector_.drafts()) {
      Item& item = draft.row.item;
      item.id = id_of(item);
      if (item.type == MediaType::show && item.length && *item.length > longest_episode) item.length.reset();
    }
  }

  /// IMDb exports directors for films and none for series: what most lines with the same word have tells what the word means.
  void settle_kinds() {
    struct Count {
      std::size_t lines = 0;
      std::size_t with_directors = 0;
    };
    std::map<std::string, Count> words;
    for (const Kind& said : kinds_) {
      if (said.known) continue;
      Count& count = words[said.word];
      ++count.lines;
      if (said.has_directors) ++count.with_directors;
    }
    if (words.empty()) return;
    const bool directors_told = columns_.has(ImdbColumn::directors);
    const auto is_show = [&](const std::string& word) {
      const Count& count = words[word];
      return directors_told && !word.empty() && count.with_directors * 2 < count.lines;
    };
    for (std::size_t i = 0; i < kinds_.size(); ++i)
      if (!kinds_[i].known && is_show(kinds_[i].word)) collector_.drafts()[i].row.item.type = MediaType::show;
    for (const auto& [word, count] : words) {
      const std::string lines = in_words(count.lines, "line", "lines");
      if (word.empty())
        collector_.note(lines + (count.lines == 1 ? " does" : " do") + " not say what kind of title it is; taken as films.");
      else
        collector_.note("The kind of title " + quoted(word) + " is not known; " + lines + " with it taken as " +
                        (is_show(word) ? "shows." : "films."));
    }
  }

  bool wished_;
  std::string text_;
  ImdbColumns columns_;
  CsvReader csv_;
  CsvRecord record_;
  Collector collector_;
  std::vector<Kind> kinds_;
  DateEvidence release_dates_;
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
  // IMDb's lists all have the same columns: whether one is of titles for later is told by its name alone.
  const bool wished = comparable(file.name.substr(file.name.rfind('/') + 1)).find("watchlist") != std::string::npos;
  if (!any_rating && (!wished || !any_line))
    return failure(
        "wrong_export",
        "This is a list from IMDb, and no line of it has a rating of yours. Nothing was changed. If it is your watchlist, give the "
        "file a name with “watchlist” in it, and bring it again. For your ratings: " +
            std::string(how_to_export_from_imdb));
  return std::make_unique<ImdbReader>(std::move(file), std::move(columns), wished);
}

}  // namespace

const Format imdb_ratings{service, recognise, open_ratings};

}  // namespace hub::imports
