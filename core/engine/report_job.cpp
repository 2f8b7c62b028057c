#include <algorithm>
#include <array>
#include <cmath>

#include "core/engine/report.hpp"
#include "core/library/rating.hpp"

namespace hub::engine {
namespace {

constexpr std::size_t comparison_folds = 5;
constexpr std::uint64_t seed = 1;
constexpr std::array<std::size_t, 7> curve_sizes{5, 10, 20, 40, 80, 160, 320};
/// What is learnt from few ratings depends much on which they are, so few are drawn more than once.
constexpr std::size_t draws_of(std::size_t size) {
  return size <= 20 ? 4 : size <= 80 ? 2 : 1;
}
/// Enough to tell an error by.
constexpr std::size_t most_tests = 400;
/// The last point needs something left to be tested on.
constexpr std::size_t fewest_tests = 10;

double clipped(double stars) {
  return std::clamp(stars, lowest_rating, highest_rating);
}

std::vector<const Item*> items_of(const std::vector<HeldOut>& rated) {
  std::vector<const Item*> items;
  items.reserve(rated.size());
  for (const HeldOut& one : rated) items.push_back(one.item.get());
  return items;
}

}  // namespace

void ReportJob::Errors::add(double stars, double predicted) {
  squares += (stars - predicted) * (stars - predicted);
  absolute += std::abs(stars - predicted);
  ++count;
}

double ReportJob::Errors::rmse() const {
  return std::sqrt(squares / static_cast<double>(count));
}

double ReportJob::Errors::mae() const {
  return absolute / static_cast<double>(count);
}

ReportJob::ReportJob(MediaType type, std::vector<HeldOut> rated, predictor::Corpus corpus, const predictor::Settings& settings)
    : type_(type), rated_(std::move(rated)), corpus_(std::move(corpus)), settings_(settings), comparisons_(items_of(rated_)) {
  if (rated_.size() < comparison_folds) return;
  folds_ = predictor::cross_validation(rated_.size(), comparison_folds, seed);
  for (const std::size_t size : curve_sizes) {
    if (size + fewest_tests > rated_.size()) break;
    for (std::size_t draw = 0; draw < draws_of(size); ++draw) {
      auto split = predictor::first_ratings(rated_.size(), size, seed + draw);
      if (split.test.size() > most_tests) split.test.resize(most_tests);
      fits_.push_back({size, std::move(split)});
    }
  }
}

double ReportJob::progress() const {
  const auto all = static_cast<double>(folds_.size() + fits_.size());
  const double within = training_ ? training_->progress() : 0;
  return all > 0 ? (static_cast<double>(fold_ + fit_) + within) / all : 1;
}

predictor::Question ReportJob::question(const predictor::Split& split) const {
  predictor::Question question;
  for (const std::size_t place : split.train) {
    question.train.push_back(rated_[place].item.get());
    question.stars.push_back(rated_[place].stars);
  }
  for (const std::size_t place : split.test) question.test.push_back(rated_[place].item.get());
  question.seed = seed;
  return question;
}

void ReportJob::compare() {
  const auto& split = folds_[fold_];
  const auto asked = question(split);
  const auto add = [&](Errors& errors, const std::vector<double>& predicted) {
    for (std::size_t i = 0; i < split.test.size(); ++i) errors.add(rated_[split.test[i]].stars, clipped(predicted[i]));
  };
  add(neighbours_, comparisons_.neighbours(asked));
  if (const auto predicted = comparisons_.plain_xgboost(asked)) add(plain_xgboost_, *predicted);
  ++fold_;
}

void ReportJob::learn() {
  const auto& fit = fits_[fit_];
  if (!training_) {
    std::vector<predictor::Example> examples;
    for (const std::size_t place : fit.split.train) examples.push_back({rated_[place].item.get(), rated_[place].stars, rated_[place].date});
    auto job = predictor::TrainingJob::start(type_, corpus_, std::move(examples), seed, {}, settings_);
    if (!job) {
      ++fit_;
      return;
    }
    training_.emplace(std::move(*job));
  }
  const auto more = training_->step();
  if (more && *more) return;
  if (more) {
    const auto model = training_->finish();
    const auto asked = question(fit.split);
    const auto predicted = model.predict(asked.test);
    const auto community = comparisons_.community_offset(asked);
    const auto mean = comparisons_.mean(asked);
    CurveErrors& errors = curve_[fit.size];
    for (std::size_t i = 0; i < asked.test.size(); ++i) {
      const double stars = rated_[fit.split.test[i]].stars;
      errors.final.add(stars, static_cast<double>(predicted[i].stars));
      errors.community.add(stars, clipped(community[i]));
      errors.mean.add(stars, mean[i]);
    }
  }
  training_.reset();
  ++fit_;
}

bool ReportJob::step() {
  if (fold_ < folds_.size()) {
    compare();
  } else if (fit_ < fits_.size()) {
    learn();
  }
  return fold_ < folds_.size() || fit_ < fits_.size();
}

void ReportJob::add_to(protocol::ModelReport& report) const {
  if (!folds_.empty() && fold_ == folds_.size()) {
    // Before the public's rating and the mean, which come last.
    const auto place =
        std::find_if(report.methods.begin(), report.methods.end(), [](const auto& one) { return one.method == "community"; });
    std::vector<protocol::MethodScore> more{{"neighbours", neighbours_.rmse(), neighbours_.mae()}};
    if (plain_xgboost_.count > 0) more.push_back({"plain_xgboost", plain_xgboost_.rmse(), plain_xgboost_.mae()});
    report.methods.insert(place, more.begin(), more.end());
  }
  for (const auto& [size, errors] : curve_)
    report.curve.push_back({static_cast<std::uint32_t>(size), errors.final.rmse(), errors.mean.rmse(), errors.community.rmse()});
}

}  // namespace hub::engine
