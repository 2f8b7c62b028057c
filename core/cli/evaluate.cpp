#include "core/cli/evaluate.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <deque>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <unordered_map>

#include "core/imports/csv.hpp"
#include "core/imports/dates.hpp"
#include "core/imports/numbers.hpp"
#include "core/predictor/evaluation.hpp"

namespace hub::cli {

namespace {

using predictor::Evaluation;
using predictor::Measures;
using predictor::Method;
using predictor::Person;
using predictor::Protocol;

constexpr const char* usage =
    "Usage: hub evaluate --items items.csv --ratings ratings.csv [--scale 5|10] [--community-scale 5|10]\n"
    "                    [--protocol cv5|temporal|curve] [--seed S] [--min-ratings 20] [--json]\n"
    "\n"
    "items.csv    item_id, media_type, title, year, genres, creators, cast, keywords, companies, language, length,\n"
    "             community_rating, community_votes, synopsis; lists joined with |\n"
    "ratings.csv  user, item_id, rating, date\n"
    "Scales that are not given are 5 where no value is above 5, else 10. All errors are in stars out of 5.\n";

struct Options {
  std::string items;
  std::string ratings;
  std::optional<double> scale;
  std::optional<double> community_scale;
  Protocol protocol = Protocol::cv5;
  std::uint64_t seed = 1;
  std::size_t fewest = 20;
  bool json = false;
};

template <typename Whole>
bool read(std::string_view text, Whole& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

Expected<Options> options_from(std::span<const std::string_view> args) {
  Options options;
  const auto wrong = [](std::string_view what) { return failure("usage", std::string(what)); };
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto name = args[i];
    if (name == "--json") {
      options.json = true;
      continue;
    }
    if (i + 1 == args.size()) return wrong(std::string(name) + " needs a value, or is not known.");
    const auto value = args[++i];
    if (name == "--items") {
      options.items = value;
    } else if (name == "--ratings") {
      options.ratings = value;
    } else if (name == "--scale" || name == "--community-scale") {
      if (value != "5" && value != "10") return wrong(std::string(name) + " is 5 or 10.");
      (name == "--scale" ? options.scale : options.community_scale) = value == "5" ? 5.0 : 10.0;
    } else if (name == "--protocol") {
      if (value == "cv5") {
        options.protocol = Protocol::cv5;
      } else if (value == "temporal") {
        options.protocol = Protocol::temporal;
      } else if (value == "curve") {
        options.protocol = Protocol::curve;
      } else {
        return wrong("--protocol is cv5, temporal or curve.");
      }
    } else if (name == "--seed") {
      if (!read(value, options.seed)) return wrong("--seed is a whole number.");
    } else if (name == "--min-ratings") {
      if (!read(value, options.fewest) || options.fewest < 2) return wrong("--min-ratings is a whole number, 2 or more.");
    } else {
      return wrong(std::string(name) + " is not known.");
    }
  }
  if (options.items.empty() || options.ratings.empty()) return wrong("--items and --ratings are needed.");
  return options;
}

/// A table with named columns.
struct Table {
  std::map<std::string, std::size_t> columns;
  std::vector<imports::CsvRecord> records;

  const std::string& at(const imports::CsvRecord& record, const std::string& column) const {
    static const std::string nothing;
    const auto found = columns.find(column);
    return found == columns.end() || found->second >= record.fields.size() ? nothing : record.fields[found->second];
  }
};

Expected<Table> read_table(const std::string& path, std::initializer_list<const char*> needed) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("unreadable", "The file " + path + " cannot be opened.");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  imports::CsvLayout layout;
  imports::CsvReader reader(text, layout);
  Table table;
  imports::CsvRecord record;
  if (!reader.next(record)) return failure("empty_file", "The file " + path + " is empty.");
  for (std::size_t i = 0; i < record.fields.size(); ++i) table.columns.emplace(record.fields[i], i);
  for (const char* name : needed) {
    if (!table.columns.contains(name)) return failure("missing_column", "The file " + path + " has no column “" + name + "”.");
  }
  while (reader.next(record)) table.records.push_back(record);
  return table;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> entries;
  std::istringstream stream(text);
  for (std::string entry; std::getline(stream, entry, '|');) {
    if (entry.find_first_not_of(' ') != std::string::npos) entries.push_back(entry);
  }
  return entries;
}

MediaType type_of(const std::string& word) {
  if (word == "music") return MediaType::album;
  if (word == "series" || word == "tv" || word == "anime") return MediaType::show;
  return media_type_from(word).value_or(MediaType::film);
}

std::string role_of(MediaType type) {
  switch (type) {
    case MediaType::film: return "director";
    case MediaType::show: return "creator";
    case MediaType::game: return "developer";
    case MediaType::album: return "artist";
    case MediaType::book: return "author";
  }
  return "creator";
}

double inferred_scale(const Table& table, const char* column) {
  double highest = 0;
  for (const auto& record : table.records) highest = std::max(highest, imports::read_decimal(table.at(record, column)).value_or(0));
  return highest > 5 ? 10 : 5;
}

Item item_from(const Table& table, const imports::CsvRecord& record, double community_scale) {
  Item item;
  item.type = type_of(table.at(record, "media_type"));
  item.id = std::string(name_of(item.type)) + "/" + table.at(record, "item_id");
  item.title = table.at(record, "title");
  const auto& year = table.at(record, "year");
  if (int value = 0; read(std::string_view(year).substr(0, year.find('.')), value)) item.year = value;
  item.genres = list_of(table.at(record, "genres"));
  for (auto& name : list_of(table.at(record, "creators"))) item.creators.push_back({role_of(item.type), std::move(name)});
  item.cast = list_of(table.at(record, "cast"));
  item.keywords = list_of(table.at(record, "keywords"));
  item.companies = list_of(table.at(record, "companies"));
  item.language = table.at(record, "language");
  item.synopsis = table.at(record, "synopsis");
  item.length = imports::read_decimal(table.at(record, "length"));
  const auto votes = imports::read_decimal(table.at(record, "community_votes"));
  if (const auto rating = imports::read_decimal(table.at(record, "community_rating"))) {
    // The files do not name their source, so its mean is that of the file's own items (features::Statistics).
    CommunityRating community;
    community.rating = *rating;
    community.scale = community_scale;
    if (votes) community.votes = std::lround(*votes);
    item.community.push_back(community);
  }
  return item;
}

nlohmann::ordered_json json_of(const std::array<Measures, predictor::method_count>& measures) {
  auto json = nlohmann::ordered_json::object();
  for (const Method method : predictor::methods) {
    const auto& one = measures[static_cast<std::size_t>(method)];
    json[std::string(name_of(method))] = {{"rmse", one.rmse},
                                          {"mae", one.mae},
                                          {"r2_train_mean", one.r2_train_mean},
                                          {"spearman", one.spearman},
                                          {"pair_order", one.pair_order}};
  }
  return json;
}

nlohmann::ordered_json json_of(const Evaluation& evaluation) {
  return {{"people", evaluation.people},
          {"ratings", evaluation.ratings},
          {"pooled", json_of(evaluation.pooled)},
          {"median", json_of(evaluation.median)},
          {"beats", {{"mean", evaluation.beats_mean}, {"community", evaluation.beats_community}}},
          {"coverage80", evaluation.coverage80},
          {"width80", evaluation.width80},
          {"seconds", evaluation.seconds}};
}

void print(const Evaluation& evaluation) {
  std::printf("%zu people, %zu ratings predicted, %.1f s\n", evaluation.people, evaluation.ratings, evaluation.seconds);
  std::printf("%-18s %8s %8s %8s %9s %8s   %12s %8s\n", "", "RMSE", "MAE", "R2", "Spearman", "pairs", "median RMSE", "and R2");
  for (const Method method : predictor::methods) {
    const auto& pooled = evaluation.pooled[static_cast<std::size_t>(method)];
    const auto& median = evaluation.median[static_cast<std::size_t>(method)];
    std::printf("%-18s %8.4f %8.4f %8.4f %9.4f %8.4f   %12.4f %8.4f\n", std::string(name_of(method)).c_str(), pooled.rmse, pooled.mae,
                pooled.r2_train_mean, pooled.spearman, pooled.pair_order, median.rmse, median.r2_train_mean);
  }
  std::printf("final beats the person's mean for %.1f %% of people and the public rating with own offset for %.1f %%\n",
              100 * evaluation.beats_mean, 100 * evaluation.beats_community);
  std::printf("intervals meant to hold 80 %% hold %.1f %%; they are %.2f stars wide\n", 100 * evaluation.coverage80, evaluation.width80);
}

Expected<void> run(const Options& options) {
  const auto item_table = read_table(options.items, {"item_id", "media_type", "title"});
  if (!item_table) return tl::unexpected(item_table.error());
  const auto rating_table = read_table(options.ratings, {"user", "item_id", "rating"});
  if (!rating_table) return tl::unexpected(rating_table.error());
  const double scale = options.scale ? *options.scale : inferred_scale(*rating_table, "rating");
  const double community_scale = options.community_scale ? *options.community_scale : inferred_scale(*item_table, "community_rating");

  std::deque<Item> items;
  std::vector<const Item*> item_pointers;
  std::unordered_map<std::string, const Item*> by_id;
  for (const auto& record : item_table->records) {
    const auto& id = item_table->at(record, "item_id");
    if (id.empty() || by_id.contains(id)) continue;
    items.push_back(item_from(*item_table, record, community_scale));
    item_pointers.push_back(&items.back());
    by_id.emplace(id, &items.back());
  }

  imports::DateEvidence evidence;
  for (const auto& record : rating_table->records) evidence.see(rating_table->at(record, "date"));
  std::map<std::string, Person> by_name;
  std::set<std::pair<std::string, std::string>> seen;
  std::size_t unknown = 0;
  for (const auto& record : rating_table->records) {
    const auto& user = rating_table->at(record, "user");
    const auto& id = rating_table->at(record, "item_id");
    const auto value = imports::read_decimal(rating_table->at(record, "rating"));
    const auto found = by_id.find(id);
    if (found == by_id.end() || !value) {
      ++unknown;
      continue;
    }
    if (!seen.emplace(user, id).second) continue;  // a repeated rating counts once, the first
    auto& person = by_name[user];
    person.name = user;
    person.ratings.push_back(
        {found->second, *value / scale * 5.0, imports::read_date(rating_table->at(record, "date"), evidence.order()).iso});
  }
  if (unknown > 0) std::fprintf(stderr, "%zu ratings left out: their item or value is not known.\n", unknown);
  std::vector<Person> people;
  people.reserve(by_name.size());
  for (auto& [name, person] : by_name) people.push_back(std::move(person));

  const auto results =
      predictor::evaluate(item_pointers, people, options.protocol, options.seed, options.fewest, [&](std::size_t done, std::size_t all) {
        if (!options.json && done % 20 == 0) std::fprintf(stderr, "\r%zu of %zu people", done, all);
      });
  if (!options.json) std::fprintf(stderr, "\r                              \r");
  if (!results) return tl::unexpected(results.error());

  if (options.protocol != Protocol::curve) {
    if (options.json) {
      std::printf("%s\n", json_of(results->begin()->second).dump(1).c_str());
    } else {
      print(results->begin()->second);
    }
    return {};
  }
  auto curve = nlohmann::ordered_json::object();
  for (const auto& [size, evaluation] : *results) {
    if (options.json) {
      auto json = json_of(evaluation);
      json["share_r2_positive"] = evaluation.share_r2_positive;
      curve[std::to_string(size)] = std::move(json);
    } else {
      std::printf("\nAfter %zu ratings (R2 above 0 in %.1f %% of runs)\n", size, 100 * evaluation.share_r2_positive);
      print(evaluation);
    }
  }
  if (options.json) std::printf("%s\n", nlohmann::ordered_json{{"n", std::move(curve)}}.dump(1).c_str());
  return {};
}

}  // namespace

int evaluate_command(std::span<const std::string_view> args) {
  const auto options = options_from(args);
  if (!options) {
    std::fprintf(stderr, "%s\n\n%s", options.error().message.c_str(), usage);
    return 2;
  }
  if (const auto done = run(*options); !done) {
    std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return 1;
  }
  return 0;
}

}  // namespace hub::cli
