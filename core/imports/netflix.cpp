/// Netflix's viewing history: the two columns that anyone can download (Title, Date), and the longer table of a request for all data
/// (ViewingActivity.csv). A line is one time that something was watched; films and episodes are told apart by their titles alone, of which
/// there are no others: "Show: Season 1: Episode". None of it is a rating.

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "core/imports/collector.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::string_view service = "Netflix";
constexpr std::size_t episodes_at_least = 4;  ///< different titles behind one name, before they are taken for a show's without the word

/// How a part between colons begins that says which season it is, in the form of comparable() and with a number behind it.
constexpr std::array<std::string_view, 22> season_words{
    "season", "series", "staffel", "saison", "temporada", "stagione", "seizoen", "sezon",   "sasong", "sesong", "part",
    "parte",  "partie", "teil",    "volume", "volumen",   "book",     "chapter", "sezonul", "kausi",  "evad",   "saeson"};
/// And without a number.
constexpr std::array<std::string_view, 8> limited_words{"limitedseries", "miniseries", "miniserie",    "serielimitada",
                                                        "minisérie",     "minisserie", "serielimitee", "collection"};

bool is_season(std::string_view part) {
  const std::string key = comparable(part);
  if (std::find(limited_words.begin(), limited_words.end(), key) != limited_words.end()) return true;
  return std::any_of(season_words.begin(), season_words.end(), [&](std::string_view word) {
    return key.size() > word.size() && key.starts_with(word) && key[word.size()] >= '0' && key[word.size()] <= '9';
  });
}

/// The name of the show before ": Season 1: …"; empty where nothing says that it is one.
std::string_view show_in(std::string_view title) {
  for (std::size_t colon = title.find(": "); colon != std::string_view::npos; colon = title.find(": ", colon + 2)) {
    const std::string_view rest = title.substr(colon + 2);
    const std::size_t next = rest.find(": ");
    // A part without anything behind it may be of a film's own title ("Deathly Hallows: Part 1").
    if (next != std::string_view::npos && is_season(rest.substr(0, next))) return title.substr(0, colon);
    if (next == std::string_view::npos && comparable(rest).starts_with("season")) return title.substr(0, colon);
  }
  return {};
}

class NetflixReader final : public Reader {
 public:
  explicit NetflixReader(SourceFile&& file)
      : text_(std::move(file.text)), csv_(text_, file.layout), collector_(service, std::move(file.notes)) {
    csv_.next(record_);
    for (std::size_t i = 0; i < record_.fields.size(); ++i) {
      const std::string heading = comparable(record_.fields[i]);
      if (heading == "title") title_ = i;
      if (heading == "date" || heading == "starttime") date_ = i;
      if (heading == "supplementalvideotype") beside_ = i;
    }
  }

  bool step(std::size_t records) override {
    for (std::size_t i = 0; i < records && !done_; ++i) {
      done_ = !csv_.next(record_);
      if (done_) break;
      collector_.count_line();
      read_record();
    }
    return !done_;
  }

  double progress() const override {
    return text_.empty() || done_ ? 1.0 : static_cast<double>(csv_.position()) / static_cast<double>(text_.size());
  }

  Parsed take() override {
    for (Line& line : lines_) {
      Draft draft;
      draft.row.line = line.number;
      draft.last_date = std::move(line.date);
      Item& item = draft.row.item;
      item.provenance = "Netflix export";
      const std::size_t colon = line.title.find(": ");
      std::string_view show = show_in(line.title);
      if (const std::string before = line.title.substr(0, colon);
          show.empty() && colon != std::string::npos && (shows_.contains(before) || rests_[before].size() >= episodes_at_least))
        show = std::string_view(line.title).substr(0, colon);
      if (show.empty()) {
        item.type = MediaType::film;
        item.title = line.title;
        draft.row.facts.seen = true;
        draft.row.facts.times = 1;
        collector_.mention(std::move(draft), "Watched, but not rated.");
      } else {
        item.type = MediaType::show;
        item.title = show;
        draft.row.facts.begun = true;
        draft.row.facts.parts = 1;
        collector_.mention(std::move(draft), "An episode that you watched; shows are rated as a whole.");
      }
    }
    lines_.clear();
    return collector_.finish();
  }

 private:
  struct Line {
    std::size_t number = 0;
    std::string title;
    std::string date;
  };

  std::string_view value(std::size_t column) const {
    return column < record_.fields.size() ? trimmed(record_.fields[column]) : std::string_view();
  }

  void read_record() {
    if (record_.unclosed)
      return collector_.skip(record_.line, "A quotation mark in this line is opened and never closed, so the line cannot be read.");
    const std::string_view title = value(title_);
    if (title.empty()) return collector_.skip(record_.line, "There is no title here.");
    if (title.starts_with(":")) return collector_.skip(record_.line, "Netflix has taken the name of what you watched out of this line.");
    if (!value(beside_).empty()) return collector_.skip(record_.line, "This is a trailer or an extra, and not a work.");
    Line line{record_.line, std::string(title), std::string(value(date_))};
    if (const std::string_view show = show_in(title); !show.empty()) {
      shows_.emplace(show);
    } else if (const std::size_t colon = title.find(": "); colon != std::string_view::npos) {
      auto& rests = rests_[std::string(title.substr(0, colon))];
      if (rests.size() < episodes_at_least) rests.emplace(title.substr(colon + 2));
    }
    lines_.push_back(std::move(line));
  }

  std::string text_;
  CsvReader csv_;
  CsvRecord record_;
  std::size_t title_ = static_cast<std::size_t>(-1);
  std::size_t date_ = static_cast<std::size_t>(-1);
  std::size_t beside_ = static_cast<std::size_t>(-1);
  std::vector<Line> lines_;
  std::unordered_set<std::string> shows_;  ///< that a season was named of
  std::unordered_map<std::string, std::unordered_set<std::string>> rests_;
  Collector collector_;
  bool done_ = false;
};

Certainty recognise(const SourceFile& file) {
  const bool history = file.head.size() == 2 && file.head[0] == "title" && file.head[1] == "date";
  return history || file.has_columns({"profilename", "starttime", "title"}) ? Certainty::sure : Certainty::none;
}

}  // namespace

const Format netflix{"Netflix", recognise, [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
                       return std::make_unique<NetflixReader>(std::move(file));
                     }};

}  // namespace hub::imports
