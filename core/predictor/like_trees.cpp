#include "core/predictor/like_trees.hpp"

#include <algorithm>
#include <array>

#include "core/predictor/splits.hpp"

namespace hub::predictor {

namespace {

constexpr int rounds = 250;
constexpr double row_share = 0.8;  ///< of the songs that each tree sees
constexpr double prior_songs = 3;  ///< that an artist's rate is shrunk by
constexpr std::size_t fold_count = 5;

Booster::Parameters parameters(std::uint64_t seed) {
  Booster::Parameters chosen;
  chosen.objective = Booster::Objective::logistic;
  chosen.max_depth = 4;
  chosen.eta = 0.05;
  chosen.min_child_weight = 3;
  chosen.lambda = 3;
  chosen.max_bin = 64;
  chosen.seed = static_cast<std::uint32_t>(seed);
  return chosen;
}

}  // namespace

Matrix LikeTrees::with_artists(const Songs& songs, std::span<const std::vector<std::uint64_t>> artists,
                               std::span<const Counts* const> counts, double rate) {
  Matrix x(songs.size(), songs.audio.columns + 2);
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto audio = songs.audio.row(i);
    auto row = x.row(i);
    std::copy(audio.begin(), audio.end(), row.begin());
    Count all;
    for (const auto key : artists[i]) {
      if (const auto found = counts[i]->find(key); found != counts[i]->end()) {
        all.songs += found->second.songs;
        all.liked += found->second.liked;
      }
    }
    row[audio.size()] = static_cast<float>((all.liked + prior_songs * rate) / (all.songs + prior_songs));
    row[audio.size() + 1] = static_cast<float>(all.songs);
  }
  return x;
}

Expected<LikeTrees> LikeTrees::fit(const Songs& songs, std::span<const double> liked, std::uint64_t seed) {
  auto fit = LikeTreesFit::begin(songs, liked, seed);
  if (!fit) return tl::unexpected(fit.error());
  for (;;) {
    const auto more = fit->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return fit->finish();
  }
}

Expected<LikeTreesFit> LikeTreesFit::begin(const Songs& songs, std::span<const double> liked, std::uint64_t seed) {
  const auto n = songs.size();
  const auto artists = artist_keys(songs);
  const auto order = shuffled(n, seed);
  std::vector<std::size_t> fold_of(n);
  for (std::size_t k = 0; k < n; ++k) fold_of[order[k]] = k % fold_count;

  LikeTreesFit fit(seed);
  LikeTrees& trees = fit.trees_;
  std::array<LikeTrees::Counts, fold_count> others;  // counts of all folds but one
  double likes = 0;
  for (std::size_t i = 0; i < n; ++i) {
    likes += liked[i];
    for (const auto key : artists[i]) {
      const auto take = [&](LikeTrees::Counts& counts) {
        auto& count = counts[key];
        count.songs += 1;
        count.liked += liked[i];
      };
      take(trees.counts_);
      for (std::size_t fold = 0; fold < fold_count; ++fold) {
        if (fold != fold_of[i]) take(others[fold]);
      }
    }
  }
  trees.rate_ = likes / static_cast<double>(n);
  std::vector<const LikeTrees::Counts*> counts(n);
  for (std::size_t i = 0; i < n; ++i) counts[i] = &others[fold_of[i]];

  auto columns = songs.columns;
  columns.push_back({"artist_like_rate", features::Group::people, "share"});
  columns.push_back({"artist_songs", features::Group::people, "count"});
  const Matrix x = LikeTrees::with_artists(songs, artists, counts, trees.rate_);
  const std::vector<float> labels(liked.begin(), liked.end());
  auto booster = Booster::begin(columns, x, labels, {}, parameters(seed));
  if (!booster) return tl::unexpected(booster.error());
  trees.booster_ = std::move(*booster);
  fit.weights_.resize(n);
  return fit;
}

Expected<bool> LikeTreesFit::step() {
  if (done_ == rounds) return false;
  // Rows are drawn here, not by XGBoost, whose draws differ between standard libraries.
  for (auto& weight : weights_) weight = random_.uniform() < row_share ? 1.0F : 0.0F;
  if (auto done = trees_.booster_->round(weights_); !done) return tl::unexpected(done.error());
  if (++done_ < rounds) return true;
  if (auto done = trees_.booster_->end_training(); !done) return tl::unexpected(done.error());
  return false;
}

double LikeTreesFit::progress() const {
  return static_cast<double>(done_) / rounds;
}

LikeTrees LikeTreesFit::finish() {
  return std::move(trees_);
}

Expected<std::vector<double>> LikeTrees::log_odds(const Songs& songs) const {
  const std::vector<const Counts*> counts(songs.size(), &counts_);
  const auto margins = booster_->predict(with_artists(songs, artist_keys(songs), counts, rate_));
  if (!margins) return tl::unexpected(margins.error());
  return std::vector<double>(margins->begin(), margins->end());
}

}  // namespace hub::predictor
