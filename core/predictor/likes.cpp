#include "core/predictor/likes.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace hub::predictor {

namespace {

/// Whether a table is one: every song with its row, no infinite values.
Expected<void> check(const Songs& songs) {
  if (songs.audio.rows != songs.size() || songs.audio.columns != songs.columns.size())
    return failure("bad_table", "The songs' table does not have a row for each song and a name for each column.");
  for (std::size_t i = 0; i < songs.size(); ++i) {
    for (std::size_t column = 0; column < songs.audio.columns; ++column) {
      if (std::isinf(songs.audio.row(i)[column]))
        return failure("bad_table", "Song " + std::to_string(i + 1) + " has an infinite “" + songs.columns[column].name + "”.");
    }
  }
  return {};
}

}  // namespace

Expected<LikeModel> LikeModel::fit(const Songs& songs, std::span<const double> liked, std::uint64_t seed) {
  auto fit = LikeFit::begin(songs, liked, seed);
  if (!fit) return tl::unexpected(fit.error());
  for (;;) {
    const auto more = fit->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return fit->finish();
  }
}

LikeFit::LikeFit(const Songs& songs, std::span<const double> liked, std::uint64_t seed)
    : liked_(liked.begin(), liked.end()), process_(songs, liked, seed) {}

Expected<LikeFit> LikeFit::begin(const Songs& songs, std::span<const double> liked, std::uint64_t seed) {
  if (auto good = check(songs); !good) return tl::unexpected(good.error());
  if (liked.size() != songs.size()) return failure("bad_table", "There is not one answer for each song.");
  if (!std::all_of(liked.begin(), liked.end(), [](double value) { return value == 0 || value == 1; }))
    return failure("bad_table", "A song is liked (1) or not (0), nothing else.");
  LikeFit fit(songs, liked, seed);
  fit.model_.songs_ = songs.size();
  fit.model_.columns_ = songs.columns;
  const auto likes = std::count(liked.begin(), liked.end(), 1.0);
  const bool both = likes > 0 && likes < static_cast<std::ptrdiff_t>(liked.size());
  if (both && songs.size() >= LikeTrees::fewest_songs) {
    auto trees = LikeTreesFit::begin(songs, liked, seed);
    if (!trees) return tl::unexpected(trees.error());
    fit.trees_ = std::move(*trees);
  }
  return fit;
}

Expected<bool> LikeFit::step() {
  if (!process_done_) {
    process_done_ = !process_.step();
    return true;
  }
  return trees_ ? trees_->step() : Expected<bool>(false);
}

double LikeFit::progress() const {
  const double process = process_done_ ? 1 : process_.progress();
  return trees_ ? (process + trees_->progress()) / 2 : process;
}

LikeModel LikeFit::finish() {
  model_.process_ = process_.finish();
  std::vector<double> learnt;
  for (const auto i : model_.process_.learnt()) learnt.push_back(liked_[i]);
  model_.scaling_ = PlattScaling(learnt, model_.process_.leave_one_out());
  if (trees_) model_.trees_ = trees_->finish();
  return std::move(model_);
}

Expected<std::vector<LikePrediction>> LikeModel::predict(const Songs& songs) const {
  if (auto good = check(songs); !good) return tl::unexpected(good.error());
  const auto same_name = [](const features::Feature& a, const features::Feature& b) { return a.name == b.name; };
  if (songs_ > 0 && !std::equal(columns_.begin(), columns_.end(), songs.columns.begin(), songs.columns.end(), same_name))
    return failure("bad_table", "The songs have other columns than those that were learnt from.");
  const auto scores = process_.score(songs);
  std::vector<double> tree_odds;
  if (trees_) {
    auto odds = trees_->log_odds(songs);
    if (!odds) return tl::unexpected(odds.error());
    tree_odds = std::move(*odds);
  }
  std::vector<LikePrediction> predictions(songs.size());
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const double of_process = scaling_.log_odds_of(scores[i]);
    const double of_trees = trees_ ? tree_odds[i] : of_process;
    predictions[i] = {logistic((of_process + of_trees) / 2), logistic(of_process), logistic(of_trees)};
  }
  return predictions;
}

}  // namespace hub::predictor
