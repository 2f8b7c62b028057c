#include "core/cli/evaluate.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <ostream>

#include "core/cli/evaluate_files.hpp"
#include "core/cli/evaluate_output.hpp"
#include "core/cli/evaluate_vectors.hpp"

namespace hub::cli {

namespace {

using predictor::Protocol;

constexpr const char* usage =
    "Usage: hub evaluate --items items.csv --ratings ratings.csv [--scale 5|10] [--community-scale 5|10]\n"
    "                    [--protocol cv5|temporal|curve] [--seed S] [--min-ratings 20] [--vectors vectors.jsonl] [--posters posters.jsonl]\n"
    "                    [--agreement agreement.jsonl] [--groups] [--people] [--json]\n"
    "       hub evaluate --likes songs.csv [--seed S] [--json]\n"
    "\n"
    "items.csv    item_id, media_type, title, year, genres, creators, cast, keywords, companies, countries, language, length,\n"
    "             community_rating, community_votes, community_source, synopsis, series, awards, awards_won, nominations;\n"
    "             lists joined with |\n"
    "ratings.csv  user, item_id, rating, date\n"
    "vectors.jsonl  item_id and vector, an object a line: what is written about the works (hub stories), as a model embeds it\n"
    "posters.jsonl  the same of the works' posters, by any model of pictures\n"
    "agreement.jsonl  item_id and agreement, an object a line: how well a work's poster fits what is written about it, a number\n"
    "             from -1 to 1, the cosine of both in the space of a model of texts and pictures; works of a type count from 30 on\n"
    "songs.csv    target (1 liked, 0 heard and not liked), artist, and audio features under Spotify's names\n"
    "Columns may be in any order; those that are not known are passed over.\n"
    "\n"
    "cv5          five folds of each person's ratings, by seed\n"
    "temporal     the first 80 % by date teach; people with at least six distinct dates\n"
    "curve        5, 10, 20, … 320 ratings teach, the rest is predicted\n"
    "--groups     also without each group of facts, to see what it is worth; takes twelve times as long, and once more\n"
    "             for each of --vectors, --posters and --agreement\n"
    "--people     each person's scores too\n"
    "Scales that are not given are 5 where no value is above 5, else 10. All errors are in stars out of 5.\n";

struct Options {
  RatingFiles files;
  std::string songs;
  std::string vectors;
  std::string posters;
  std::string agreement;
  predictor::EvaluationOptions evaluation;
  bool people = false;
  bool json = false;
};

template <typename Whole>
bool read(std::string_view text, Whole& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

Expected<Options> options_from(std::span<const std::string_view> args) {
  Options options;
  const auto wrong = [](std::string what) { return failure("usage", std::move(what)); };
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto name = args[i];
    if (name == "--json" || name == "--people" || name == "--groups") {
      (name == "--json" ? options.json : name == "--people" ? options.people : options.evaluation.groups) = true;
      continue;
    }
    if (i + 1 == args.size()) return wrong(std::string(name) + " needs a value, or is not known.");
    const auto value = args[++i];
    if (name == "--items") {
      options.files.items = value;
    } else if (name == "--ratings") {
      options.files.ratings = value;
    } else if (name == "--vectors") {
      options.vectors = value;
    } else if (name == "--posters") {
      options.posters = value;
    } else if (name == "--agreement") {
      options.agreement = value;
    } else if (name == "--likes") {
      options.songs = value;
    } else if (name == "--scale" || name == "--community-scale") {
      if (value != "5" && value != "10") return wrong(std::string(name) + " is 5 or 10.");
      (name == "--scale" ? options.files.scale : options.files.community_scale) = value == "5" ? 5.0 : 10.0;
    } else if (name == "--protocol") {
      if (value == "cv5") {
        options.evaluation.protocol = Protocol::cv5;
      } else if (value == "temporal") {
        options.evaluation.protocol = Protocol::temporal;
      } else if (value == "curve") {
        options.evaluation.protocol = Protocol::curve;
      } else {
        return wrong("--protocol is cv5, temporal or curve.");
      }
    } else if (name == "--seed") {
      if (!read(value, options.evaluation.seed)) return wrong("--seed is a whole number, 0 or more.");
    } else if (name == "--min-ratings") {
      if (!read(value, options.evaluation.fewest) || options.evaluation.fewest < 2)
        return wrong("--min-ratings is a whole number, 2 or more.");
    } else {
      return wrong(std::string(name) + " is not known.");
    }
  }
  const bool ratings = !options.files.items.empty() || !options.files.ratings.empty();
  if (ratings && !options.songs.empty()) return wrong("--likes goes without --items and --ratings.");
  if (options.songs.empty() && (options.files.items.empty() || options.files.ratings.empty()))
    return wrong("--items and --ratings are needed, or --likes.");
  return options;
}

/// Writes how far it is over what it wrote before, a few times a second.
class Progress {
 public:
  Progress(std::ostream& err, std::string what) : err_(err), what_(std::move(what)) {}

  void tell(std::size_t done, std::size_t all) {
    const std::scoped_lock lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (now - told_ < std::chrono::milliseconds(200)) return;
    told_ = now;
    err_ << '\r' << done << " of " << all << ' ' << what_ << std::flush;
    written_ = true;
  }
  void clear() {
    if (written_) err_ << "\r                                        \r" << std::flush;
  }

 private:
  std::ostream& err_;
  std::string what_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
  bool written_ = false;
};

Expected<void> run_likes(const Options& options, std::ostream& out, std::ostream& err) {
  const auto begin = std::chrono::steady_clock::now();
  const auto liked = read_liked_songs(options.songs);
  if (!liked) return tl::unexpected(liked.error());
  for (const auto& remark : liked->remarks) err << remark << '\n';
  const auto evaluation = predictor::evaluate_likes(liked->songs, liked->liked, options.evaluation.seed, options.evaluation.for_each);
  if (!evaluation) return tl::unexpected(evaluation.error());
  if (options.json) {
    auto json = json_of(*evaluation);
    json["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    out << json.dump(1) << '\n';
  } else {
    print(*evaluation, out);
  }
  return {};
}

Expected<void> run(Options options, std::ostream& out, std::ostream& err) {
  const auto works = read_rated_works(options.files);
  if (!works) return tl::unexpected(works.error());
  for (const auto& remark : works->remarks) err << remark << '\n';
  for (const features::Embedding embedding : features::embeddings) {
    const auto& path = embedding == features::Embedding::text ? options.vectors : options.posters;
    if (path.empty()) continue;
    auto vectors = read_vectors(path);
    if (!vectors) return tl::unexpected(vectors.error());
    options.evaluation.embedders[features::index_of(embedding)] = std::move(*vectors);
  }
  if (!options.agreement.empty()) {
    auto numbers = read_agreements(options.agreement);
    if (!numbers) return tl::unexpected(numbers.error());
    options.evaluation.embedders.agreement = std::move(*numbers);
  }
  Progress progress(err, "parts");
  options.evaluation.progress = [&](std::size_t done, std::size_t all) { progress.tell(done, all); };
  const auto results = predictor::evaluate(works->pointers, works->people, options.evaluation);
  progress.clear();
  if (!results) return tl::unexpected(results.error());

  auto curve = nlohmann::ordered_json::object();
  for (const auto& [size, evaluation] : *results) {
    const bool of_curve = options.evaluation.protocol == Protocol::curve;
    if (options.json) {
      auto json = json_of(evaluation, options.people);
      if (of_curve) {
        curve[std::to_string(size)] = std::move(json);
      } else {
        out << json.dump(1) << '\n';
      }
      continue;
    }
    if (of_curve)
      out << "\nAfter " << size << " ratings (R2 above 0 in " << std::lround(100 * evaluation.share_r2_positive) << " % of runs)\n";
    print(evaluation, options.people, out);
  }
  if (options.json && options.evaluation.protocol == Protocol::curve)
    out << nlohmann::ordered_json{{"n", std::move(curve)}}.dump(1) << '\n';
  return {};
}

}  // namespace

int evaluate_command(std::span<const std::string_view> args, std::ostream& out, std::ostream& err, const predictor::ForEach& for_each) {
  auto options = options_from(args);
  if (!options) {
    err << options.error().message << "\n\n" << usage;
    return 2;
  }
  options->evaluation.for_each = for_each;
  const auto done = options->songs.empty() ? run(std::move(*options), out, err) : run_likes(*options, out, err);
  if (!done) {
    err << done.error().message << '\n';
    return 1;
  }
  return 0;
}

}  // namespace hub::cli
