#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/library/rating.hpp"
#include "core/predictor/state.hpp"
#include "core/predictor/words.hpp"

namespace hub::predictor {

using features::Family;
using features::Group;

namespace {

using Sums = std::array<double, features::group_count>;

/// A number that would be shown as 0.0 is no reason.
constexpr double least_shown = 0.05;
/// A past rating that moves a prediction by less is not named.
constexpr double least_carried = 0.01;
/// Of how a person's ratings follow the public, before anything is known of this person's.
constexpr const char* lone_rating = "A single person’s rating lies closer to the average";

/// How the person rated some of their works, beside the public and beside what is usual for them. Shrunk towards 0 so that one rating does
/// not speak as loudly as ten.
struct Evidence {
  std::size_t count = 0;
  double above_public = 0;  ///< mean of rating - public rating, times n / (n + 1)
  double above_usual = 0;   ///< mean of that beyond the person's own mean gap, times n / (n + 1)
  double mean_stars = 0;    ///< plain mean of the ratings
  double noise = 0;         ///< standard error of above_usual, were these works like any others

  /// Beyond what chance would show.
  bool is_clear() const { return std::abs(above_usual) >= least_shown && std::abs(above_usual) > noise; }
};

class Words {
 public:
  /// @param rated  the item's own place among the ratings, which is no evidence; nullptr when it is not rated.
  Words(const Model::State& state, const Item& item, const features::Encoded& encoded, const Combination& combination,
        const std::vector<std::uint32_t>& carriers, const std::vector<double>& carried, const std::size_t* rated)
      : state_(state), item_(item), encoded_(encoded), combination_(combination), carriers_(carriers), carried_(carried) {
    const auto& ratings = *state.ratings;
    counts_.assign(ratings.works->size(), 0);
    for (std::size_t k = 0; k < ratings.size(); ++k) {
      if (rated == nullptr || k != *rated) counts_[ratings.own[k]] = 1;
    }
    double squares = 0;
    for (std::size_t row = 0; row < counts_.size(); ++row) {
      if (counts_[row] == 0) continue;
      ++evidence_count_;
      usual_gap_ += gap(row);
      squares += gap(row) * gap(row);
      mean_stars_ += ratings.stars[row];
      mean_community_ += ratings.works->item(row).community;
    }
    const double n = std::max(1.0, static_cast<double>(evidence_count_));
    usual_gap_ /= n;
    mean_stars_ /= n;
    mean_community_ /= n;
    spread_ = std::sqrt(std::max(0.0, squares / n - usual_gap_ * usual_gap_));
  }

  std::string of(Group group, double contribution) const {
    switch (group) {
      case Group::habit: return habit(contribution);
      case Group::community: return community(contribution);
      case Group::people: return people(contribution);
      case Group::genres: return genres(contribution);
      case Group::story: return story(contribution);
      case Group::era: return era(contribution);
      case Group::length: return length(contribution);
      case Group::popularity: return popularity(contribution);
      case Group::origin: return origin(contribution);
      case Group::companies: return companies(contribution);
      case Group::alike: return alike(contribution);
      case Group::series: return series(contribution);
      case Group::awards: return awards(contribution);
      case Group::poster:
        return contribution > 0 ? "Its poster is like those of what you rate higher" : "Its poster is like those of what you rate lower";
      case Group::agreement:
        return std::string(encoded_.agreement > 0 ? "Its poster fits its story" : "Its poster does not fit its story") +
               (contribution > 0 ? ", as with what you rate higher" : ", as with what you rate lower");
    }
    return "";
  }

 private:
  std::string noun() const { return std::string(noun_of(item_.type, true)); }
  double gap(std::size_t row) const { return state_.ratings->stars[row] - state_.ratings->works->item(row).base; }
  static bool agrees(double a, double b) { return (a > 0) == (b > 0); }

  Evidence evidence(std::uint64_t key) const {
    const auto& works = *state_.ratings->works;
    const auto* slot = works.tokens().find(key);
    Evidence evidence;
    if (slot == nullptr) return evidence;
    for (const auto& [row, weight] : works.tokens().occurrences(*slot)) {
      if (counts_[row] == 0) continue;
      ++evidence.count;
      evidence.above_public += gap(row);
      evidence.mean_stars += state_.ratings->stars[row];
    }
    if (evidence.count == 0) return evidence;
    const auto n = static_cast<double>(evidence.count);
    evidence.mean_stars /= n;
    evidence.above_usual = (evidence.above_public / n - usual_gap_) * n / (n + 1);
    evidence.above_public /= n + 1;
    evidence.noise = spread_ / std::sqrt(n) * n / (n + 1);
    return evidence;
  }

  /// “You rate {what} 0.6 above the public”, when that is so and points the way of the contribution; otherwise the same beside what is
  /// usual for the person; otherwise nothing.
  std::optional<std::string> rated(const std::string& what, const Evidence& evidence, double contribution) const {
    if (evidence.count == 0) return std::nullopt;
    if (std::abs(evidence.above_public) >= least_shown && agrees(evidence.above_public, contribution)) {
      return "You rate " + what + " " + one_decimal(evidence.above_public) +
             (evidence.above_public > 0 ? " above the public" : " below the public");
    }
    if (std::abs(evidence.above_usual) >= least_shown && agrees(evidence.above_usual, contribution)) {
      return "You rate " + what + " " + one_decimal(evidence.above_usual) + (evidence.above_usual > 0 ? " higher" : " lower") +
             " than is usual for you";
    }
    return std::nullopt;
  }

  struct Candidate {
    std::string what;
    Evidence evidence;
    double weight = 0;  ///< effect in the direction of the contribution
  };

  /// Members of a family that the person has rated works with and whose effect points the way of the contribution, strongest first.
  template <typename Phrase>
  void add_candidates(std::vector<Candidate>& candidates, Family family, double contribution, std::size_t fewest, Phrase&& phrase) const {
    for (const auto& member : features::members(item_, family)) {
      const auto* slot = state_.ratings->works->tokens().find(member.key);
      if (slot == nullptr) continue;
      const double effect = combination_.effect(*slot);
      auto seen = evidence(member.key);
      if (seen.count < fewest || !agrees(effect, contribution)) continue;
      auto what = phrase(member.words);
      if (!what.empty()) candidates.push_back({std::move(what), seen, std::abs(effect)});
    }
  }

  static void strongest_first(std::vector<Candidate>& candidates) {
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
  }

  /// The strongest candidate that can be said truly.
  std::optional<std::string> best(std::vector<Candidate>& candidates, double contribution) const {
    strongest_first(candidates);
    for (const auto& candidate : candidates) {
      if (auto words = rated(candidate.what, candidate.evidence, contribution)) return words;
    }
    return std::nullopt;
  }

  std::string habit(double contribution) const {
    const auto n = static_cast<double>(evidence_count_);
    const double gap = usual_gap_ * n / (n + 4);
    if (std::abs(gap) >= least_shown && agrees(gap, contribution)) {
      return "Your habit: " + one_decimal(gap) + (gap > 0 ? " above the public" : " below the public");
    }
    if (evidence_count_ < 3) return "Your habit: too few ratings to know it yet";
    return std::abs(gap) < least_shown && std::abs(contribution) < least_shown ? "Your habit: close to the public" : "Your habit";
  }

  std::string community(double contribution) const {
    if (!encoded_.has_community) return "No public rating to go by";
    const double shrunk = std::abs(encoded_.base - encoded_.source_mean) - std::abs(encoded_.community);
    const auto* rating = features::public_rating_of(item_);
    if (rating->votes && shrunk > 0.1 && agrees(encoded_.source_mean - encoded_.base, contribution)) {
      return "Only " + with_thousands(*rating->votes) + (*rating->votes == 1 ? " vote" : " votes") + ", so the public rating counts less";
    }
    if (evidence_count_ < 3 && agrees(encoded_.prior_mean() - encoded_.base, contribution)) return lone_rating;
    // Above or below what the person usually rates, by the public; and whether the person's own ratings follow it more or less than it
    // varies.
    const double slope = 0.9 + 2 * combination_.slope(Term::community);
    const double above = encoded_.community - mean_community_;
    if (slope < 0 && std::abs(above) > 0.1 && agrees(-above, contribution)) return "Your ratings tend to go against the public";
    if (slope < 0.97 && std::abs(above) > 0.1 && agrees(-above, contribution)) {
      return "Your ratings follow the public only in part";
    }
    if (slope > 1.03 && std::abs(above) > 0.1 && agrees(above, contribution)) {
      return above > 0 ? "What the public rates high, you tend to rate higher still"
                       : "What the public rates low, you tend to rate lower still";
    }
    return "How your ratings follow the public";
  }

  std::string people(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::creators, contribution, 1, [&](const std::string& name) {
      std::string role;
      for (const auto& creator : item_.creators) {
        if (creator.name == name) {
          role = creator.role;
          break;
        }
      }
      if (role == "writer" || role == "screenwriter") return noun() + " written by " + name;
      if (role == "composer") return noun() + " with music by " + name;
      if (role == "producer") return noun() + " produced by " + name;
      return noun() + " by " + name;
    });
    add_candidates(candidates, Family::cast, contribution, 1, [&](const std::string& name) { return noun() + " with " + name; });
    if (auto words = best(candidates, contribution)) return *words;
    const auto names = leading_creators(item_, 1);
    if (!names.empty()) return names.front();
    if (!item_.cast.empty()) return item_.cast.front();
    return "The people behind it";
  }

  std::string genres(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::genres, contribution, 2, [](const std::string& name) { return uncapitalised(name); });
    strongest_first(candidates);
    // “You like” needs both: above the public or above usual, and liked beside the person's own other works.
    std::vector<std::string> names;
    for (const auto& candidate : candidates) {
      const bool clear = candidate.evidence.is_clear() && agrees(candidate.evidence.above_usual, contribution) &&
                         agrees(candidate.evidence.mean_stars - mean_stars_, contribution);
      if (clear && names.size() < 2) names.push_back(candidate.what);
    }
    if (!names.empty())
      return (contribution > 0 ? "You like " : "You like less than other genres: ") + enumerated(names.data(), names.size());
    if (auto words = best(candidates, contribution)) return *words;
    std::vector<std::string> all;
    for (const auto& member : features::members(item_, Family::genres)) {
      if (all.size() < 2) all.push_back(uncapitalised(member.words));
    }
    return all.empty() ? "Genre" : capitalised(enumerated(all.data(), all.size()));
  }

  std::string story(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::keywords, contribution, 2, [](const std::string& word) { return word; });
    strongest_first(candidates);
    std::vector<std::string> themes;
    for (const auto& candidate : candidates) {
      const bool clear = candidate.evidence.is_clear() && agrees(candidate.evidence.above_usual, contribution);
      if (clear && themes.size() < 3) themes.push_back(candidate.what);
    }
    std::vector<Candidate> titles;
    add_candidates(titles, Family::title_words, contribution, 1,
                   [&](const std::string& word) { return noun() + " with “" + word + "” in the title"; });
    strongest_first(titles);
    // A shared title word mostly means the same series, which says more than a theme does.
    if (!titles.empty() && (themes.empty() || titles.front().weight > candidates.front().weight)) {
      if (auto words = best(titles, contribution)) return *words;
    }
    if (!themes.empty())
      return (contribution > 0 ? "Themes you rate higher: " : "Themes you rate lower: ") + enumerated(themes.data(), themes.size());
    if (state_.fit.reads[features::index_of(features::Embedding::text)] && !encoded_.of(features::Embedding::text).values.empty())
      return "What it is about, beside what you rated";
    return "Themes and title";
  }

  std::string era(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::decade, contribution, 2, [&](const std::string& decade) { return noun() + " of the " + decade; });
    if (auto words = best(candidates, contribution)) return *words;
    return item_.year ? "From " + std::to_string(*item_.year) : "Its age is not known";
  }

  /// Whether works further along a scale are rated higher beside the public, and where this one lies.
  struct Trend {
    double correlation = 0;
    double mean = 0;
  };

  template <typename Value>
  Trend trend(Value&& value) const {
    const auto& ratings = *state_.ratings;
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (std::size_t row = 0; row < counts_.size(); ++row) {
      const double at = counts_[row] != 0 ? value(ratings.works->item(row)) : std::nan("");
      if (std::isnan(at)) continue;
      n += 1;
      x += at;
      y += gap(row);
      xx += at * at;
      yy += gap(row) * gap(row);
      xy += at * gap(row);
    }
    if (n < 5) return {};
    const double variances = (xx - x * x / n) * (yy - y * y / n);
    const double correlation = variances > 1e-9 ? (xy - x * y / n) / std::sqrt(variances) : 0;
    // Within two standard errors of no correlation there is nothing to be said.
    return {std::abs(correlation) * std::sqrt(n) > 2 ? correlation : 0, x / n};
  }

  std::string length(double contribution) const {
    if (!item_.length) return "Its length is not known";
    const std::string amount = with_thousands(std::lround(*item_.length));
    std::string size;
    switch (item_.type) {
      case MediaType::film:
      case MediaType::album: size = amount + " min"; break;
      case MediaType::show: size = amount + " min an episode"; break;
      case MediaType::game: size = amount + " hours"; break;
      case MediaType::book: size = amount + " pages"; break;
    }
    const auto [correlation, mean] = trend([](const features::Encoded& item) { return item.length; });
    const double longer = encoded_.length - mean;
    if (std::abs(longer) > 0.3 && agrees(longer * correlation, contribution)) {
      if (contribution > 0) return (longer > 0 ? "You rate long " : "You rate short ") + noun() + " higher (" + size + ")";
      return (longer > 0 ? "Longer" : "Shorter") + std::string(" than what you rate highest (") + size + ")";
    }
    return "Length (" + size + ")";
  }

  std::string popularity(double contribution) const {
    if (std::isnan(encoded_.votes)) return "How well known it is";
    const auto [correlation, mean] = trend([](const features::Encoded& item) { return item.votes; });
    const double above = encoded_.votes - mean;
    if (std::abs(above) > 0.3 && agrees(above * correlation, contribution)) {
      return (above > 0 ? "You rate well-known " : "You rate little-known ") + noun() + (contribution > 0 ? " higher" : " lower");
    }
    return "How well known it is";
  }

  std::string origin(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::language, contribution, 2, [&](const std::string& code) {
      const auto name = language_name(code);
      return name.empty() ? std::string() : noun() + " in " + std::string(name);
    });
    add_candidates(candidates, Family::countries, contribution, 2, [&](const std::string& code) {
      const auto name = country_name(code);
      return name.empty() ? std::string() : noun() + " from " + std::string(name);
    });
    if (auto words = best(candidates, contribution)) return *words;
    return "Language and country";
  }

  std::string companies(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::companies, contribution, 1, [&](const std::string& name) { return noun() + " from " + name; });
    if (auto words = best(candidates, contribution)) return *words;
    return item_.companies.empty() ? "Its makers are not known" : item_.companies.front();
  }

  /// “Same series as “A” and “B”: you rate it 0.6 above the public”, of the one that says most.
  std::string series(double contribution) const {
    std::vector<Candidate> candidates;
    std::vector<std::string> titles;
    add_candidates(candidates, Family::series, contribution, 1, [](const std::string& name) { return name; });
    strongest_first(candidates);
    // Of those that are known of it, the ones that the prediction rests on most.
    std::vector<std::uint32_t> rows;
    const auto& tokens = state_.ratings->works->tokens();
    for (const auto& member : features::members(item_, Family::series)) {
      const auto* slot = tokens.find(member.key);
      if (candidates.empty() || slot == nullptr || member.words != candidates.front().what) continue;
      for (const auto& [row, weight] : tokens.occurrences(*slot))
        if (counts_[row] != 0 && !state_.ratings->titles[row].empty()) rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return std::abs(carried_[a]) > std::abs(carried_[b]); });
    for (std::size_t k = 0; k < std::min<std::size_t>(rows.size(), 2); ++k) titles.push_back("“" + state_.ratings->titles[rows[k]] + "”");
    if (!titles.empty()) {
      const std::string same = "Same series as " + enumerated(titles.data(), titles.size());
      const auto words = rated("it", candidates.front().evidence, contribution);
      return words ? same + ": " + uncapitalised(*words) : same;
    }
    return item_.series.empty() ? "No series that it belongs to is known" : "Part of “" + item_.series.front().name + "”";
  }

  std::string awards(double contribution) const {
    std::vector<Candidate> candidates;
    add_candidates(candidates, Family::awards, contribution, 1,
                   [&](const std::string& name) { return noun() + " with the award “" + name + "”"; });
    if (auto words = best(candidates, contribution)) return *words;
    const long won = item_.awards_won.value_or(static_cast<long>(item_.awards.size()));
    if (won > 0) return "It has won " + with_thousands(won) + (won == 1 ? " award" : " awards");
    return item_.nominations ? "What it was nominated for" : "No awards of it are known";
  }

  std::string alike(double contribution) const {
    std::vector<std::string> titles;
    for (const auto row : carriers_) {
      if (titles.size() == 2 || std::abs(carried_[row]) < least_carried) break;
      const auto& title = state_.ratings->titles[row];
      if (counts_[row] == 0 || title.empty() || !agrees(carried_[row], contribution)) continue;
      if (agrees(gap(row) - usual_gap_, contribution)) titles.push_back("“" + title + "”");
    }
    if (titles.empty()) return "Works much like it";
    return (contribution > 0 ? "You rated higher than is usual for you: " : "You rated lower than is usual for you: ") +
           enumerated(titles.data(), titles.size());
  }

  const Model::State& state_;
  const Item& item_;
  const features::Encoded& encoded_;
  const Combination& combination_;
  const std::vector<std::uint32_t>& carriers_;  ///< rows of the rated works, what carries most first
  const std::vector<double>& carried_;          ///< by row, stars
  std::vector<std::uint8_t> counts_;            ///< by row of the rated works: whether it is evidence
  std::size_t evidence_count_ = 0;
  double spread_ = 0;  ///< standard deviation of the person's gaps to the public
  double mean_community_ = 0;
  double usual_gap_ = 0;
  double mean_stars_ = 0;
};

std::string base_words(const features::Encoded& encoded, const Item& item) {
  if (!encoded.has_community) return "No public rating: the average of all " + std::string(noun_of(item.type, true));
  const auto* rating = features::public_rating_of(item);
  std::string words = "Public rating";
  if (rating->votes) words += ", " + with_thousands(*rating->votes) + (*rating->votes == 1 ? " vote" : " votes");
  if (!rating->source.empty()) words += " (" + rating->source + ")";
  return words;
}

std::string learnt_from(std::size_t count, MediaType type) {
  if (count == 1) return "Learnt from your one " + std::string(noun_of(type, false)) + " rating";
  return "Learnt from " + with_thousands(static_cast<long>(count)) + " of your " + std::string(noun_of(type, false)) + " ratings";
}

std::string basis_words(const Model::State& state, MediaType type) {
  const auto nouns = std::string(noun_of(type, true));
  if (!state.ratings || type != state.type) return "This is the public’s view. Rate some " + nouns + " and it becomes yours";
  const auto count = state.ratings->size();
  if (state.fit.trees) return learnt_from(count, type);
  if (count >= fewest_ratings_for_trees) return learnt_from(count, type);
  const auto more = fewest_ratings_for_trees - count;
  return learnt_from(count, type) + ". Rate " + std::to_string(more) + " more " + (more == 1 ? std::string(noun_of(type, false)) : nouns) +
         " for finer patterns";
}

/// The trees that answer for a work, and what they are asked with.
struct TreeQuestion {
  const Trees* trees = nullptr;
  Matrix row;
};

TreeQuestion tree_question(const Model::State& state, const Likeness& like, const std::size_t* rated) {
  const auto& ratings = *state.ratings;
  const auto& fit = state.fit;
  TreeQuestion question{&fit.trees, Matrix(1, ratings.tree_columns.size())};
  const auto row = question.row.row(0);
  if (rated != nullptr) {
    const auto kept = fit.encodings.row(*rated);
    std::copy(kept.begin(), kept.end(), row.begin());
    if (fit.fold[*rated] < fold_count) question.trees = &fit.fold_trees[fit.fold[*rated]];
  } else {
    fill_tree_row(like.point.item, fit.main.parts(like), *ratings.type, row);
  }
  return question;
}

/// What the trees add, by column, and their expectation last.
std::vector<double> tree_parts(const Model::State& state, const Likeness& like, const std::size_t* rated) {
  const auto question = tree_question(state, like, rated);
  auto parts = question.trees->contributions(question.row.row(0));
  for (auto& part : parts) part *= state.fit.tree_share;
  return parts;
}

}  // namespace

Explanation explain(const Model::State& state, const Item& item, const Prediction& prediction, const std::size_t* rated) {
  auto encoded = features::encode(item, *state.corpus);
  Explanation explanation;
  explanation.base = encoded.base;
  explanation.base_words = base_words(encoded, item);
  explanation.basis_words = basis_words(state, item.type);
  explanation.prediction = prediction;
  explanation.prior_mean = encoded.prior_mean();

  const bool own = state.ratings && item.type == state.type;
  if (!own) {
    const double toward_mean = encoded.prior_mean() - encoded.base;
    explanation.sum = encoded.prior_mean();
    if (toward_mean != 0) {
      const auto* rating = features::public_rating_of(item);
      const bool few = rating && rating->votes && *rating->votes < 200;
      explanation.contributions.push_back({std::string(features::name_of(Group::community)),
                                           few ? "Few votes, so it is drawn towards the average" : lone_rating, toward_mean});
    }
    return explanation;
  }

  const auto& ratings = *state.ratings;
  const auto& fit = state.fit;
  explanation.held_out = rated != nullptr;
  const Combination without = rated != nullptr ? combination_without(state, *rated) : Combination();
  const Combination& combination = rated != nullptr ? without : fit.combination;
  const Point point{encoded, rated != nullptr ? ratings.works->day(ratings.own[*rated]) : ratings.today};
  const auto like = ratings.works->likeness(point, std::max(reach_of(fit), combination.reach()));
  auto sums = by_group(combination.parts(like));
  sums[features::index_of(Group::community)] += encoded.prior_mean() - encoded.base;

  // What differs from work to work counts from what is typical of the works that the person has rated; the rest of it is habit. Where this
  // is the only one of them, nothing is typical.
  if (rated == nullptr || ratings.size() > 1) {
    auto typical = by_group(fit.typical);
    for (const auto row : ratings.own) {
      const auto& other = ratings.works->item(row);
      typical[features::index_of(Group::community)] += (other.prior_mean() - other.base) / static_cast<double>(ratings.size());
    }
    for (const Group group : {Group::community, Group::popularity, Group::era, Group::length, Group::alike}) {
      sums[features::index_of(group)] -= typical[features::index_of(group)];
      sums[features::index_of(Group::habit)] += typical[features::index_of(group)];
    }
  }

  const auto carried = predictor::carried(fit, ratings, combination.members(), like, rated);
  // Sorted as numbers: a carrier has two texts, and there is one for each rating.
  std::vector<std::uint32_t> carriers;
  for (std::uint32_t row = 0; row < carried.size(); ++row) {
    if (carried[row] != 0) carriers.push_back(row);
  }
  std::stable_sort(carriers.begin(), carriers.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return std::abs(carried[a]) > std::abs(carried[b]); });
  explanation.carried_by.reserve(carriers.size());
  for (const auto row : carriers) {
    explanation.carried_by.push_back({ratings.ids[row], ratings.titles[row], ratings.stars[row], carried[row]});
  }

  if (fit.trees) {
    const auto shap = tree_parts(state, like, rated);
    for (std::size_t column = 0; column < shap.size(); ++column) {
      const auto group = column < ratings.tree_columns.size() ? ratings.tree_columns[column].group : Group::habit;
      sums[features::index_of(group)] += shap[column];
      explanation.trees += shap[column];
    }
  }

  const Words words(state, item, encoded, combination, carriers, carried, rated);
  explanation.sum = explanation.base;
  for (std::size_t group = 0; group < sums.size(); ++group) {
    if (sums[group] == 0) continue;
    explanation.sum += sums[group];
    explanation.contributions.push_back(
        {std::string(features::name_of(static_cast<Group>(group))), words.of(static_cast<Group>(group), sums[group]), sums[group]});
  }
  std::stable_sort(explanation.contributions.begin(), explanation.contributions.end(),
                   [](const Contribution& a, const Contribution& b) { return std::abs(a.stars) > std::abs(b.stars); });
  return explanation;
}

std::vector<TreeEffect> tree_effects(const Model::State& state, const Item& item, const std::size_t* rated) {
  if (!state.ratings || item.type != state.type || !state.fit.trees) return {};
  const auto& ratings = *state.ratings;
  const auto encoded = features::encode(item, *state.corpus);
  const Point point{encoded, rated != nullptr ? ratings.works->day(ratings.own[*rated]) : ratings.today};
  const Combination without = rated != nullptr ? combination_without(state, *rated) : Combination();
  const Combination& combination = rated != nullptr ? without : state.fit.combination;
  const auto like = ratings.works->likeness(point, std::max(reach_of(state.fit), combination.reach()));
  const auto question = tree_question(state, like, rated);
  const auto values = question.trees->interactions(question.row.row(0));
  const std::size_t side = ratings.tree_columns.size() + 1;
  const auto group_of = [&](std::size_t column) {
    return features::index_of(column + 1 < side ? ratings.tree_columns[column].group : Group::habit);
  };
  std::array<std::array<double, features::group_count>, features::group_count> sums{};
  for (std::size_t a = 0; a < side; ++a) {
    for (std::size_t b = 0; b < side; ++b) {
      sums[std::min(group_of(a), group_of(b))][std::max(group_of(a), group_of(b))] += state.fit.tree_share * values[a * side + b];
    }
  }
  std::vector<TreeEffect> effects;
  for (std::size_t a = 0; a < sums.size(); ++a) {
    for (std::size_t b = a; b < sums.size(); ++b) {
      if (sums[a][b] != 0)
        effects.push_back(
            {std::string(features::name_of(static_cast<Group>(a))), std::string(features::name_of(static_cast<Group>(b))), sums[a][b]});
    }
  }
  std::stable_sort(effects.begin(), effects.end(),
                   [](const TreeEffect& a, const TreeEffect& b) { return std::abs(a.stars) > std::abs(b.stars); });
  return effects;
}

}  // namespace hub::predictor
