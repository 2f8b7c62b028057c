#include "core/imports/service.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "core/imports/collector.hpp"
#include "core/imports/imdb_columns.hpp"
#include "core/imports/item_ids.hpp"
#include "core/imports/numbers.hpp"
#include "core/imports/series.hpp"
#include "core/imports/words.hpp"
#include "core/library/leading_roles.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t beginning = 8 * 1024;

constexpr std::array<std::pair<std::string_view, Standing>, 51> standings{{{"completed", Standing::finished},
                                                                           {"finished", Standing::finished},
                                                                           {"read", Standing::finished},
                                                                           {"watched", Standing::finished},
                                                                           {"played", Standing::finished},
                                                                           {"rewatching", Standing::finished},
                                                                           {"rereading", Standing::finished},
                                                                           {"repeating", Standing::finished},
                                                                           {"2", Standing::finished},
                                                                           {"watching", Standing::begun},
                                                                           {"reading", Standing::begun},
                                                                           {"playing", Standing::begun},
                                                                           {"current", Standing::begun},
                                                                           {"currentlyreading", Standing::begun},
                                                                           {"inprogress", Standing::begun},
                                                                           {"onhold", Standing::begun},
                                                                           {"paused", Standing::begun},
                                                                           {"1", Standing::begun},
                                                                           {"3", Standing::begun},
                                                                           {"dropped", Standing::dropped},
                                                                           {"didnotfinish", Standing::dropped},
                                                                           {"dnf", Standing::dropped},
                                                                           {"abandoned", Standing::dropped},
                                                                           {"wontfinish", Standing::dropped},
                                                                           {"4", Standing::dropped},
                                                                           {"planning", Standing::wished},
                                                                           {"plantowatch", Standing::wished},
                                                                           {"plantoread", Standing::wished},
                                                                           {"toread", Standing::wished},
                                                                           {"wanttoread", Standing::wished},
                                                                           {"watchlist", Standing::wished},
                                                                           {"wishlist", Standing::wished},
                                                                           {"6", Standing::wished},
                                                                           {"owned", Standing::owned},
                                                                           {"listened", Standing::finished},
                                                                           {"seen", Standing::finished},
                                                                           {"beaten", Standing::finished},
                                                                           {"mastered", Standing::finished},
                                                                           {"done", Standing::finished},
                                                                           {"listening", Standing::begun},
                                                                           {"started", Standing::begun},
                                                                           {"retired", Standing::dropped},
                                                                           {"shelved", Standing::dropped},
                                                                           {"quit", Standing::dropped},
                                                                           {"planned", Standing::wished},
                                                                           {"plantoplay", Standing::wished},
                                                                           {"wanttowatch", Standing::wished},
                                                                           {"wanttoplay", Standing::wished},
                                                                           {"wanttolisten", Standing::wished},
                                                                           {"towatch", Standing::wished},
                                                                           {"backlog", Standing::wished}}};

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "7.5", as a person would write it.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

class ServiceReader final : public Reader {
 public:
  ServiceReader(const Service& service, std::string text, std::vector<std::string> notes,
                std::unique_ptr<Source> (*make)(const Service&, std::string_view, CsvLayout), CsvLayout layout)
      : service_(service),
        text_(std::move(text)),
        source_(make(service, text_, layout)),
        collector_(service.name, std::move(notes), service.editions) {}

  bool step(std::size_t records) override {
    for (std::size_t i = 0; i < records && !done_; ++i) {
      done_ = !source_->next(record_);
      if (done_) break;
      collector_.count_line();
      if (std::string problem = read_record(); !problem.empty()) collector_.skip(record_.line, std::move(problem));
    }
    return !done_;
  }

  double progress() const override {
    return text_.empty() || done_ ? 1.0 : static_cast<double>(source_->position()) / static_cast<double>(text_.size());
  }

  Parsed take() override {
    settle_scale();
    return collector_.finish();
  }

 private:
  /// @return  why the entry was not taken, or empty.
  std::string read_record() {
    if (!record_.problem.empty()) return std::move(record_.problem);
    if (record_.empty()) return "There is nothing in this line.";
    Draft draft;
    Item& item = draft.row.item;
    item.type = record_.has(Field::title_of_show) ? MediaType::show : service_.type;
    item.title = record_[record_.has(Field::title_of_show) ? Field::title_of_show : Field::title];
    if (item.title.empty()) item.title = record_[Field::original_title];
    if (item.title.empty()) return "There is no title here.";
    const bool part = record_.has(Field::episode) || record_.has(Field::season);
    draft.row.line = record_.line;
    fill_facts(item);
    if (part) return mention_part(std::move(draft));
    if (service_.fill)
      if (std::string problem = service_.fill(record_, item); !problem.empty()) return problem;
    const Standing standing = service_.standing ? service_.standing(record_) : standing_of(record_);
    add_person(draft, standing);
    draft.row.other_name = name_of_two(Field::first_name_localized, Field::last_name_localized);
    if (unrated()) {
      if (draft.last_date.empty()) draft.last_date = date_of_record();
      const bool liked = draft.row.facts.liked && standing == Standing::unknown;
      return leave_unrated(std::move(draft), std::string(liked ? "Liked, but not rated." : words_of(standing)));
    }
    if (std::string problem = find_rating(draft.row.rating); !problem.empty()) return problem;
    draft.date = date_of_record();
    collector_.add(std::move(draft));
    return {};
  }

  /// What the record says of the person and the work, apart from a rating.
  void add_person(Draft& draft, Standing standing) {
    Facts& facts = draft.row.facts;
    facts.seen = standing == Standing::finished;
    facts.begun = standing == Standing::begun;
    facts.dropped = standing == Standing::dropped;
    facts.wished = standing == Standing::wished || record_.has(Field::listed);
    facts.owned = standing == Standing::owned || is_set(record_[Field::owned]);
    facts.liked = is_set(record_[Field::liked]);
    if (const auto times = read_whole(record_[Field::times])) facts.times = static_cast<std::uint32_t>(*times);
    if (const auto hours = read_decimal(record_[Field::hours].substr(0, 15))) facts.hours = *hours;
    if (const auto parts = read_whole(record_[Field::parts])) facts.parts = static_cast<std::uint32_t>(*parts);
    if (const auto minutes = read_decimal(record_[Field::minutes])) facts.hours = *minutes / 60;
    // What stands there is a count or a day.
    const std::string& seen = record_[Field::seen];
    if (seen.size() > 8 && is_digits(seen))
      draft.last_date = day_of_time(std::strtoll(seen.c_str(), nullptr, 10));
    else if (const auto count = is_digits(seen) ? read_whole(seen) : std::nullopt)
      facts.times = static_cast<std::uint32_t>(*count);
    else if (seen.find_first_of("0123456789") != std::string::npos)
      draft.last_date = seen;
    if (service_.facts) service_.facts(record_, facts);
  }

  /// The rating of an episode or a season is none of the show; that it was watched tells of the show.
  std::string mention_part(Draft draft) {
    std::string reason = "This is a part of a series. Only whole shows can be rated here.";
    if (!record_.has(Field::title_of_show) || (!service_.parts_seen && standing_of(record_) != Standing::finished)) return reason;
    // Services name the kind of the part there; what else they take is of the show.
    if (service_.fill) (void)service_.fill(record_, draft.row.item);
    draft.row.item.type = MediaType::show;
    draft.row.facts.begun = true;
    draft.row.facts.parts = record_.has(Field::episode) ? 1 : 0;
    draft.last_date = record_.has(Field::seen) ? record_[Field::seen] : date_of_record();
    return leave_unrated(std::move(draft), std::move(reason));
  }

  /// @return  the reason, where there is nothing to be kept; else empty, since the collector skips the line.
  std::string leave_unrated(Draft draft, std::string reason) {
    if (!draft.row.facts.any()) return reason;
    collector_.mention(std::move(draft), std::move(reason));
    return {};
  }

  std::string date_of_record() const {
    std::string date = record_[record_.has(Field::date) ? Field::date : Field::other_date];
    if (date.empty() && record_.has(Field::day) && record_.has(Field::month) && record_.has(Field::year_of_date))
      date = record_[Field::year_of_date] + "-" + record_[Field::month] + "-" + record_[Field::day];
    // A day that the person left open ("2015-00-00") is no date, and no mistake either.
    if (date.substr(0, 10).find("-00") != std::string::npos) date.clear();
    return date;
  }

  void fill_facts(Item& item) const {
    if (record_[Field::original_title] != item.title) item.original_title = record_[Field::original_title];
    item.year = year_in(record_[Field::year]);
    if (!item.year) item.year = year_in(record_[Field::other_year]);
    add_creators(item, record_[Field::creator], leading_roles(item.type).front());
    if (std::string name = name_of_two(Field::first_name, Field::last_name); !name.empty())
      item.creators.push_back({std::string(leading_roles(item.type).front()), std::move(name)});
    add_creators(item, record_[Field::contributors], "contributor");
    if (record_.has(Field::publisher)) item.companies.push_back(record_[Field::publisher]);
    if (item.type == MediaType::book) item.series = series_in_title(item.title);
    if (const auto length = read_decimal(record_[Field::length]); length && *length > 0) item.length = length;
    if (const auto id = imdb_id_in(record_[Field::imdb_id])) item.ids["imdb"] = *id;
    if (is_digits(record_[Field::tmdb_id]) && record_[Field::tmdb_id] != "0") item.ids["tmdb"] = record_[Field::tmdb_id];
    if (is_digits(record_[Field::myanimelist_id]) && record_[Field::myanimelist_id] != "0")
      item.ids["myanimelist"] = record_[Field::myanimelist_id];
    for (const Field field : {Field::isbn, Field::isbn_10})
      if (auto isbn = isbn_in(record_[field])) item.ids.try_emplace("isbn", std::move(*isbn));
    if (const auto mean = read_decimal(record_[Field::public_rating]); mean && *mean > 0 && *mean <= highest_of(service_.scale))
      item.community.push_back({std::string(service_.name), *mean, highest_of(service_.scale), std::nullopt, {}});
    item.provenance = std::string(service_.name) + " export";
  }

  std::string name_of_two(Field first, Field last) const {
    return record_[first] + (record_.has(first) && record_.has(last) ? " " : "") + record_[last];
  }

  const std::string& rating_written() const {
    return record_[!record_.has(Field::rating) && record_.has(Field::rating_of_ten) ? Field::rating_of_ten : Field::rating];
  }

  bool unrated() const {
    const std::string& written = rating_written();
    const auto value = read_decimal(written);
    return written.empty() || (value && *value == 0 && service_.zero_is_none);
  }

  std::string find_rating(Rating& rating) {
    const bool of_ten = !record_.has(Field::rating) && record_.has(Field::rating_of_ten);
    const std::string& written = rating_written();
    const auto value = read_decimal(written);
    rating.scale = of_ten ? RatingScale::ten : service_.scale;
    // Quarter stars: what the scale of half stars has no place for has one on that of 10.
    const bool doubled = value && *value > 0 && *value < 0.5 && rating.scale == RatingScale::half_stars;
    if (doubled) rating.scale = RatingScale::ten;
    rating.value = doubled ? *value * 2 : value.value_or(-1);
    rating.source = service_.name;
    if (is_valid(rating.value, rating.scale)) return {};
    return "The rating " + quoted(written) + " is not a number up to " + number(highest_of(service_.scale)) + ".";
  }

  /// Where people choose their scale, the file tells by its highest rating: above 10 it is of 100, else of 10, or of 5.
  void settle_scale() {
    if (!service_.scale_open) return;
    double highest = 0;
    for (const Draft& draft : collector_.drafts()) highest = std::max(highest, draft.row.rating.value);
    if (highest == 0 || highest > 10) return;
    const bool stars = service_.stars_too && highest <= 5;
    for (Draft& draft : collector_.drafts()) {
      Rating& rating = draft.row.rating;
      rating.scale = stars && rating.value >= 0.5 ? RatingScale::half_stars : RatingScale::ten;
      if (stars && rating.value < 0.5) rating.value *= 2;
    }
    const std::string most = stars ? "5" : "10";
    collector_.note("No rating is above " + most + ", so they were read as ratings out of " + most + ".");
  }

  const Service& service_;
  std::string text_;
  std::unique_ptr<Source> source_;
  Collector collector_;
  Record record_;
  bool done_ = false;
};

}  // namespace

Standing standing_of(const Record& record) {
  if (const Standing said = standing_from(record[Field::status]); said != Standing::unknown) return said;
  if (record.has(Field::seen)) return Standing::finished;
  if (record.has(Field::listed)) return Standing::wished;
  return is_set(record[Field::owned]) ? Standing::owned : Standing::unknown;
}

std::string_view words_of(Standing standing) {
  switch (standing) {
    case Standing::finished: return "Finished, but not rated.";
    case Standing::begun: return "Begun, but not rated.";
    case Standing::dropped: return "Given up, and not rated.";
    case Standing::wished: return "On your list for later, and not rated.";
    case Standing::owned: return "In your collection, but not rated.";
    case Standing::unknown: break;
  }
  return "No rating is given here.";
}

bool is_set(std::string_view value) {
  const std::string key = comparable(value);
  return !key.empty() && key != "0" && key != "false" && key != "no";
}

Standing standing_from(std::string_view word) {
  const std::string key = comparable(word);
  for (const auto& [known, standing] : standings)
    if (known == key) return standing;
  return Standing::unknown;
}

std::unique_ptr<Reader> read_service(const Service& service, std::string text, std::vector<std::string> notes,
                                     std::unique_ptr<Source> (*make)(const Service&, std::string_view, CsvLayout), CsvLayout layout) {
  return std::make_unique<ServiceReader>(service, std::move(text), std::move(notes), make, layout);
}

std::unique_ptr<Reader> read_table(const Service& service, SourceFile&& file) {
  return read_service(
      service, std::move(file.text), std::move(file.notes),
      [](const Service& its, std::string_view text, CsvLayout layout) { return table_source(text, layout, its.names); }, file.layout);
}

std::unique_ptr<Reader> read_json(const Service& service, SourceFile&& file) {
  return read_service(service, std::move(file.text), std::move(file.notes),
                      [](const Service& its, std::string_view text, CsvLayout) { return json_source(text, its.names, its.json); });
}

bool begins_with_any(const SourceFile& file, std::initializer_list<std::string_view> words) {
  const std::string_view head = std::string_view(file.text).substr(0, beginning);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return head.find(word) != std::string_view::npos; });
}

bool is_json(const SourceFile& file) {
  const std::size_t first = file.text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && (file.text[first] == '{' || file.text[first] == '[');
}

std::optional<std::string> isbn_in(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    const bool check = (c == 'X' || c == 'x') && digits.size() == 9;
    if ((c >= '0' && c <= '9') || check)
      digits += check ? 'X' : c;
    else if (c != '=' && c != '"' && c != '-' && c != ' ')
      return std::nullopt;
    if (digits.size() > 13) return std::nullopt;
  }
  const auto digit = [&](std::size_t i) { return digits[i] - '0'; };
  if (digits.size() == 10) {
    int sum = digits[9] == 'X' ? 10 : digit(9);
    for (std::size_t i = 0; i < 9; ++i) sum += digit(i) * static_cast<int>(10 - i);
    if (sum % 11 != 0) return std::nullopt;
    digits = "978" + digits.substr(0, 9) + "0";
    int weighted = 0;
    for (std::size_t i = 0; i < 12; ++i) weighted += digit(i) * (i % 2 == 0 ? 1 : 3);
    digits[12] = static_cast<char>('0' + (10 - weighted % 10) % 10);
    return digits;
  }
  if (digits.size() != 13) return std::nullopt;
  int weighted = 0;
  for (std::size_t i = 0; i < 13; ++i) weighted += digit(i) * (i % 2 == 0 ? 1 : 3);
  if (weighted % 10 != 0) return std::nullopt;
  return digits;
}

std::optional<int> year_in(std::string_view text) {
  const bool negative = text.starts_with("-");
  if (negative) text.remove_prefix(1);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 4) return std::nullopt;
  const auto year = read_whole(text.substr(0, digits));
  if (!year || *year == 0 || *year > 2200) return std::nullopt;
  return static_cast<int>(negative ? -*year : *year);
}

void add_creators(Item& item, std::string_view names, std::string_view role) {
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    if (const std::string_view name = trimmed(names.substr(0, comma)); !name.empty())
      item.creators.push_back({std::string(role), std::string(name)});
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
}

}  // namespace hub::imports
