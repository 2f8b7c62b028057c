#include "core/predictor/evaluation.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/library/rating.hpp"
#include "core/predictor/ablation.hpp"
#include "core/predictor/comparisons.hpp"
#include "core/predictor/evaluation_report.hpp"
#include "core/predictor/splits.hpp"

namespace hub::predictor {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::array<std::size_t, 8> curve_sizes{5, 10, 20, 40, 57, 80, 160, 320};
constexpr std::size_t fewest_tests = 10;

/// All works as they are, or with a group of facts taken away.
class Works {
 public:
  Works(std::span<const Item* const> items, features::Embedders embedders) : corpus_(items, std::move(embedders)) {}

  /// What is written about a work tells its story too, and so does what was compared with it, so that these go together; vectors alone are
  /// groups of their own, and agreement is.
  Works(std::span<const Item* const> items, features::Embedders embedders, FactGroup group)
      : group_(name_of(group)), copies_(copied(items, group)), corpus_(pointers(copies_), left(std::move(embedders), group)) {
    for (std::size_t i = 0; i < items.size(); ++i) copy_of_.emplace(items[i], &copies_[i]);
  }

  const Item* at(const Item* item) const {
    const auto found = copy_of_.find(item);
    return found == copy_of_.end() ? item : found->second;
  }
  const Corpus& corpus() const { return corpus_; }
  /// What was taken away.
  const std::string& group() const { return group_; }

 private:
  static features::Embedders left(features::Embedders embedders, FactGroup group) {
    if (group == FactGroup::text || group == FactGroup::story) embedders[features::index_of(features::Embedding::text)].reset();
    if (group == FactGroup::poster) embedders[features::index_of(features::Embedding::poster)].reset();
    if (group == FactGroup::agreement || group == FactGroup::story) embedders.agreement.reset();
    return embedders;
  }
  static std::deque<Item> copied(std::span<const Item* const> items, FactGroup group) {
    std::deque<Item> copies;
    for (const Item* item : items) copies.push_back(without(*item, group));
    return copies;
  }
  static std::vector<const Item*> pointers(const std::deque<Item>& items) {
    std::vector<const Item*> all;
    all.reserve(items.size());
    for (const auto& item : items) all.push_back(&item);
    return all;
  }

  std::string group_;
  std::deque<Item> copies_;
  std::unordered_map<const Item*, const Item*> copy_of_;
  Corpus corpus_;
};

struct Answers {
  std::vector<double> stars;
  std::vector<Held> intervals;
  std::vector<EstimatorSummary> estimators;
};

/// Trains and predicts as the product does: a model for each type among the ratings.
Expected<Answers> ask_predictor(const Person& person, const Split& split, const Works& works, std::uint64_t seed) {
  Answers answers;
  answers.stars.resize(split.test.size());
  answers.intervals.resize(split.test.size());
  for (const MediaType type : media_types) {
    std::vector<std::size_t> places;
    std::vector<const Item*> asked;
    std::vector<std::string> dates;
    for (std::size_t k = 0; k < split.test.size(); ++k) {
      const auto& rating = person.ratings[split.test[k]];
      if (rating.item->type != type) continue;
      places.push_back(k);
      asked.push_back(works.at(rating.item));
      // Only a prediction of the future is asked on a known day; a rating left out of the middle of the past is asked on none.
      dates.push_back(split.is_future ? rating.date : std::string());
    }
    if (asked.empty()) continue;
    std::vector<Example> examples;
    std::vector<Example> others;
    for (const auto i : split.train) {
      const auto& rating = person.ratings[i];
      (rating.item->type == type ? examples : others)
          .push_back({works.at(rating.item), std::clamp(rating.stars, lowest_rating, highest_rating), rating.date});
    }
    const auto model = train(type, works.corpus(), std::move(examples), seed, std::move(others));
    if (!model) return tl::unexpected(model.error());
    if (const auto& scores = model->scores()) {
      for (const auto& one : scores->estimators)
        answers.estimators.push_back({one.name, one.rmse, one.share, static_cast<double>(model->rating_count())});
    }
    const auto predictions = model->predict(asked, dates);
    for (std::size_t k = 0; k < places.size(); ++k) {
      const auto& one = predictions[k];
      answers.stars[places[k]] = static_cast<double>(one.stars);
      const double stars = std::clamp(person.ratings[split.test[places[k]]].stars, lowest_rating, highest_rating);
      const bool inside = stars >= static_cast<double>(one.low) - 1e-6 && stars <= static_cast<double>(one.high) + 1e-6;
      answers.intervals[places[k]] = {inside, static_cast<double>(one.high) - static_cast<double>(one.low)};
    }
  }
  return answers;
}

/// One training part and its test part, of one person.
struct Part {
  std::size_t size = 0;    ///< under which the result is kept
  std::size_t person = 0;  ///< place among the people
  std::size_t run = 0;
  Split split;
};

Expected<Scored> score(const Person& person, const Part& part, const Comparisons& comparisons, const std::deque<Works>& works,
                       const EvaluationOptions& options) {
  const auto begin = Clock::now();
  Scored scored;
  scored.person = part.person;
  scored.run = part.run;
  scored.rating = part.split.test;
  Question question;
  question.seed = options.seed;
  for (const auto i : part.split.train) {
    question.train.push_back(person.ratings[i].item);
    question.stars.push_back(person.ratings[i].stars);
  }
  for (const auto i : part.split.test) {
    question.test.push_back(person.ratings[i].item);
    scored.stars.push_back(person.ratings[i].stars);
  }
  const auto take = [&](std::string name, std::vector<double> predicted) {
    for (auto& value : predicted) value = std::clamp(value, 0.0, highest_rating);
    scored.methods.push_back({std::move(name), std::move(predicted)});
  };
  take("mean", comparisons.mean(question));
  scored.train_mean = scored.methods.front().predicted.front();
  take("community_offset", comparisons.community_offset(question));
  take("linear", comparisons.linear(question));
  take("neighbours", comparisons.neighbours(question));
  auto plain = comparisons.plain_xgboost(question);
  if (!plain) return tl::unexpected(plain.error());
  take("plain_xgboost", std::move(*plain));
  for (const auto& version : works) {
    auto answers = ask_predictor(person, part.split, version, options.seed);
    if (!answers) return tl::unexpected(answers.error());
    if (&version == &works.front()) {
      take("final", std::move(answers->stars));
      scored.intervals = std::move(answers->intervals);
      scored.estimators = std::move(answers->estimators);
    } else {
      scored.without.push_back({version.group(), std::move(answers->stars)});
    }
  }
  scored.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return scored;
}

std::vector<Part> parts_of(const Person& person, std::size_t place, const EvaluationOptions& options, std::size_t draws) {
  std::vector<Part> parts;
  const auto n = person.ratings.size();
  switch (options.protocol) {
    case Protocol::cv5:
      for (auto& split : cross_validation(n, 5, options.seed)) parts.push_back({0, place, 0, std::move(split)});
      break;
    case Protocol::temporal: {
      std::vector<std::string> dates;
      for (const auto& rating : person.ratings) dates.push_back(rating.date);
      for (auto& split : by_date(dates)) parts.push_back({0, place, 0, std::move(split)});
      break;
    }
    case Protocol::curve:
      for (const auto size : curve_sizes) {
        for (std::size_t draw = 0; draw < draws && size + fewest_tests <= n; ++draw)
          parts.push_back({size, place, draw, first_ratings(n, size, options.seed + 1000 * draw)});
      }
      break;
  }
  return parts;
}

Person with_each_work_once(const Person& person) {
  Person once;
  once.name = person.name;
  std::set<const Item*> seen;
  for (const auto& rating : person.ratings) {
    if (seen.insert(rating.item).second) once.ratings.push_back(rating);
  }
  return once;
}

/// Without vectors or agreements there is nothing to take away.
bool is_there(FactGroup group, const features::Embedders& embedders) {
  if (group == FactGroup::text) return embedders[features::index_of(features::Embedding::text)] != nullptr;
  if (group == FactGroup::poster) return embedders[features::index_of(features::Embedding::poster)] != nullptr;
  if (group == FactGroup::agreement) return embedders.agreement != nullptr;
  return true;
}

}  // namespace

const MethodScores& Evaluation::of(std::string_view method) const {
  return *std::find_if(methods.begin(), methods.end(), [&](const auto& one) { return one.name == method; });
}

Expected<std::map<std::size_t, Evaluation>> evaluate(std::span<const Item* const> items, std::span<const Person> people,
                                                     const EvaluationOptions& options) {
  const auto begin = Clock::now();
  const Comparisons comparisons(items);
  std::deque<Works> works;
  works.emplace_back(items, options.embedders);
  if (options.groups) {
    for (const FactGroup group : fact_groups)
      if (is_there(group, options.embedders)) works.emplace_back(items, options.embedders, group);
  }
  // A curve over few people is drawn several times, so that it does not hang on one choice.
  const std::size_t draws =
      options.protocol == Protocol::curve ? std::clamp<std::size_t>(200 / std::max<std::size_t>(1, people.size()), 1, 10) : 1;
  std::vector<Person> scored_people;
  std::vector<Part> parts;
  for (const auto& person : people) {
    auto once = with_each_work_once(person);
    if (once.ratings.size() < std::max<std::size_t>(2, options.fewest)) continue;
    for (auto& part : parts_of(once, scored_people.size(), options, draws)) {
      if (!part.split.train.empty() && !part.split.test.empty()) parts.push_back(std::move(part));
    }
    scored_people.push_back(std::move(once));
  }

  std::vector<std::optional<Expected<Scored>>> results(parts.size());
  std::atomic<std::size_t> done = 0;
  options.for_each(parts.size(), [&](std::size_t k) {
    results[k] = score(scored_people[parts[k].person], parts[k], comparisons, works, options);
    const auto now = ++done;
    if (options.progress) options.progress(now, parts.size());
  });

  std::map<std::size_t, std::vector<Scored>> by_size;
  if (options.protocol != Protocol::curve) by_size[0];
  double work_seconds = 0;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (!*results[k]) return tl::unexpected(results[k]->error());
    work_seconds += (*results[k])->seconds;
    by_size[parts[k].size].push_back(std::move(**results[k]));
  }
  std::map<std::size_t, Evaluation> evaluations;
  for (const auto& [size, scored] : by_size) evaluations.emplace(size, report(scored, scored_people, options.seed));
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  for (auto& [size, evaluation] : evaluations) {
    double own = 0;
    for (const auto& scored : by_size[size]) own += scored.seconds;
    evaluation.seconds = work_seconds > 0 ? seconds * own / work_seconds : seconds;
  }
  return evaluations;
}

}  // namespace hub::predictor
