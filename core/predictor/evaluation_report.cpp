#include "core/predictor/evaluation_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "core/predictor/measures.hpp"

namespace hub::predictor {

namespace {

/// Sums over splits, from which the measures follow.
struct Sums {
  double count = 0;
  double squares = 0;
  double absolute = 0;
  double squares_of_mean = 0;
  double stars = 0;
  double stars_squared = 0;
  PairOrder order;
  std::vector<double> given;
  std::vector<double> predicted;

  void add(const Scored& scored, const std::vector<double>& predictions) {
    for (std::size_t i = 0; i < scored.stars.size(); ++i) {
      const double error = scored.stars[i] - predictions[i];
      const double of_mean = scored.stars[i] - scored.train_mean;
      count += 1;
      squares += error * error;
      absolute += std::abs(error);
      squares_of_mean += of_mean * of_mean;
      stars += scored.stars[i];
      stars_squared += scored.stars[i] * scored.stars[i];
    }
    const auto pairs = pair_order(scored.stars, predictions);
    order.pairs += pairs.pairs;
    order.right += pairs.right;
    given.insert(given.end(), scored.stars.begin(), scored.stars.end());
    predicted.insert(predicted.end(), predictions.begin(), predictions.end());
  }

  Measures measures(double rank_correlation) const {
    const double variation = stars_squared - stars * stars / count;
    return {std::sqrt(squares / count),
            absolute / count,
            squares_of_mean > 0 ? 1 - squares / squares_of_mean : 0,
            variation > 1e-9 ? 1 - squares / variation : 0,
            rank_correlation,
            order.share()};
  }
  Measures measures() const { return measures(spearman(given, predicted)); }
};

using Splits = std::vector<const Scored*>;

Sums sums_of(const Splits& splits, std::size_t method) {
  Sums sums;
  for (const Scored* scored : splits) sums.add(*scored, scored->methods[method].predicted);
  return sums;
}

/// Squared errors of two sets of predictions, by person, or by rating where there is one person.
template <typename First, typename Second>
std::vector<PairedErrors> paired(std::span<const Scored> scored, bool one_person, First&& first, Second&& second) {
  std::map<std::size_t, PairedErrors> units;
  for (const auto& one : scored) {
    const std::vector<double>& a = first(one);
    const std::vector<double>& b = second(one);
    for (std::size_t i = 0; i < one.stars.size(); ++i) {
      auto& unit = units[one_person ? one.rating[i] : one.person];
      unit.first += (one.stars[i] - a[i]) * (one.stars[i] - a[i]);
      unit.second += (one.stars[i] - b[i]) * (one.stars[i] - b[i]);
      unit.count += 1;
    }
  }
  std::vector<PairedErrors> list;
  list.reserve(units.size());
  for (const auto& [key, unit] : units) list.push_back(unit);
  return list;
}

Measures medians(const std::vector<Measures>& each) {
  const auto of = [&](double Measures::*member) {
    std::vector<double> values;
    values.reserve(each.size());
    for (const auto& measures : each) values.push_back(measures.*member);
    return median(std::move(values));
  };
  return {of(&Measures::rmse), of(&Measures::mae),      of(&Measures::r2_train_mean),
          of(&Measures::r2),   of(&Measures::spearman), of(&Measures::pair_order)};
}

void set_intervals(const Splits& splits, double& coverage, double& width) {
  double count = 0;
  for (const Scored* scored : splits) {
    for (const auto& held : scored->intervals) {
      count += 1;
      coverage += held.inside ? 1 : 0;
      width += held.width;
    }
  }
  if (count == 0) return;
  coverage /= count;
  width /= count;
}

/// Side by side over all models, in the order in which they are first named.
std::vector<EstimatorSummary> summed(std::span<const Scored> scored) {
  std::vector<EstimatorSummary> all;
  for (const auto& one : scored) {
    for (const auto& estimator : one.estimators) {
      auto found = std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.name == estimator.name; });
      if (found == all.end()) found = all.insert(all.end(), {estimator.name, 0, 0, 0});
      found->rmse += estimator.ratings * estimator.rmse * estimator.rmse;
      found->share += estimator.ratings * estimator.share;
      found->ratings += estimator.ratings;
    }
  }
  for (auto& estimator : all) {
    if (estimator.ratings == 0) continue;
    estimator.rmse = std::sqrt(estimator.rmse / estimator.ratings);
    estimator.share /= estimator.ratings;
  }
  return all;
}

}  // namespace

Evaluation report(std::span<const Scored> scored, std::span<const Person> people, std::uint64_t seed) {
  Evaluation evaluation;
  if (scored.empty()) return evaluation;
  std::map<std::size_t, Splits> by_person;
  std::map<std::pair<std::size_t, std::size_t>, Splits> by_run;
  Splits all;
  for (const auto& one : scored) {
    by_person[one.person].push_back(&one);
    by_run[{one.person, one.run}].push_back(&one);
    all.push_back(&one);
    evaluation.ratings += one.stars.size();
  }
  evaluation.people = by_person.size();
  const bool one_person = by_person.size() == 1;
  const auto& methods = scored.front().methods;
  const auto place_of = [&](std::string_view name) {
    const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& method) { return method.name == name; });
    return static_cast<std::size_t>(found - methods.begin());
  };
  const auto final = place_of("final");

  std::vector<std::vector<Measures>> of_runs(methods.size());
  for (std::size_t method = 0; method < methods.size(); ++method) {
    double rank_correlations = 0;
    for (const auto& [run, splits] : by_run) {
      of_runs[method].push_back(sums_of(splits, method).measures());
      rank_correlations += of_runs[method].back().spearman;
    }
    MethodScores scores;
    scores.name = methods[method].name;
    scores.pooled = sums_of(all, method).measures(rank_correlations / static_cast<double>(by_run.size()));
    scores.median = medians(of_runs[method]);
    scores.final_minus = rmse_difference(paired(
                                             scored, one_person, [&](const Scored& one) -> auto& { return one.methods[final].predicted; },
                                             [&](const Scored& one) -> auto& { return one.methods[method].predicted; }),
                                         seed);
    evaluation.methods.push_back(std::move(scores));
  }

  const auto& mean = of_runs[place_of("mean")];
  const auto& community = of_runs[place_of("community_offset")];
  const auto share_of_runs = [&](auto&& holds) {
    std::size_t count = 0;
    for (std::size_t run = 0; run < by_run.size(); ++run) count += holds(run) ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(by_run.size());
  };
  evaluation.beats_mean = share_of_runs([&](std::size_t run) { return of_runs[final][run].rmse < mean[run].rmse; });
  evaluation.beats_community = share_of_runs([&](std::size_t run) { return of_runs[final][run].rmse < community[run].rmse; });
  evaluation.share_r2_positive = share_of_runs([&](std::size_t run) { return of_runs[final][run].r2_train_mean > 0; });
  set_intervals(all, evaluation.coverage80, evaluation.width80);
  evaluation.estimators = summed(scored);

  for (const auto& [person, splits] : by_person) {
    PersonScores scores;
    scores.name = people[person].name;
    for (const Scored* one : splits) scores.ratings += one->stars.size();
    for (std::size_t method = 0; method < methods.size(); ++method) scores.measures.push_back(sums_of(splits, method).measures());
    set_intervals(splits, scores.coverage80, scores.width80);
    evaluation.by_person.push_back(std::move(scores));
  }

  for (std::size_t group = 0; group < scored.front().without.size(); ++group) {
    const auto units = paired(
        scored, one_person, [&](const Scored& one) -> auto& { return one.without[group].predicted; },
        [&](const Scored& one) -> auto& { return one.methods[final].predicted; });
    PairedErrors sum;
    for (const auto& unit : units) {
      sum.first += unit.first;
      sum.count += unit.count;
    }
    evaluation.groups.push_back({scored.front().without[group].name, std::sqrt(sum.first / sum.count), rmse_difference(units, seed)});
  }
  std::stable_sort(evaluation.groups.begin(), evaluation.groups.end(),
                   [](const auto& a, const auto& b) { return a.lost.value > b.lost.value; });
  return evaluation;
}

}  // namespace hub::predictor
