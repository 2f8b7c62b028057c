#include "core/engine/song_taste.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <utility>

#include "core/library/item.hpp"
#include "core/predictor/common_scale.hpp"

namespace hub::engine {
namespace {

constexpr std::uint64_t seed = 1;

features::Group group_of(Audio audio) {
  switch (audio) {
    case Audio::popularity: return features::Group::popularity;
    case Audio::duration_ms: return features::Group::length;
    default: return features::Group::story;
  }
}

/// What the songs are learnt by; what no song has is left out.
predictor::Songs table_of(const std::vector<const Song*>& songs) {
  predictor::Songs table;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < audio_count; ++i) {
    if (std::none_of(songs.begin(), songs.end(), [&](const Song* song) { return song->audio[i].has_value(); })) continue;
    columns.push_back(i);
    table.columns.push_back({std::string(audio_columns[i].name), group_of(static_cast<Audio>(i)), std::string(audio_columns[i].unit)});
  }
  table.audio = predictor::Matrix(songs.size(), columns.size());
  for (std::size_t row = 0; row < songs.size(); ++row) {
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const auto& value = songs[row]->audio[columns[k]];
      table.audio.row(row)[k] = value ? static_cast<float>(*value) : std::numeric_limits<float>::quiet_NaN();
    }
    table.artists.push_back(songs[row]->artists);
  }
  return table;
}

bool is_liked(const Song& song) {
  return song.liked && !song.disliked;
}

/// Hash of all that is learnt from, in the order of the songs, by which they come into folds.
std::string hash_of(const std::vector<const Song*>& songs) {
  std::string all;
  const auto put = [&](double value) { all.append(reinterpret_cast<const char*>(&value), sizeof value); };
  for (const Song* song : songs) {
    all += song->id;
    for (const std::string& artist : song->artists) all.append(1, '\n').append(artist);
    all += is_liked(*song) ? "\t+" : "\t-";
    for (const auto& value : song->audio) {
      all += value ? '1' : '0';
      put(value.value_or(0));
    }
  }
  char text[24];
  std::snprintf(text, sizeof text, "%016llx", key_of(all));
  return text;
}

std::vector<double> music_ratings(const Library& library) {
  std::vector<double> stars;
  for (const Entry* entry : library.entries())
    if (entry->rating && entry->item->type == MediaType::album) stars.push_back(entry->rating->normalised());
  return stars;
}

}  // namespace

void SongTaste::mark_stale() {
  stale_ = true;
  job_.reset();
}

Expected<bool> SongTaste::begin(const Library& library, const SongFile& kept) {
  stale_ = false;
  const auto songs = library.songs();
  const auto liked = std::count_if(songs.begin(), songs.end(), [](const Song* song) { return is_liked(*song); });
  const auto others = static_cast<std::ptrdiff_t>(songs.size()) - liked;
  if (songs.size() < fewest_songs || std::min(liked, others) < static_cast<std::ptrdiff_t>(fewest_of_either)) {
    ids_.clear();
    known_.reset();
    new_ = false;
    return true;
  }
  asked_data_ = hash_of(songs);
  if (known_ && asked_data_ == data_) return true;
  std::vector<double> answers;
  asked_.clear();
  for (const Song* song : songs) {
    asked_.push_back(song->id);
    answers.push_back(is_liked(*song) ? 1 : 0);
  }
  if (auto before = kept.read(asked_data_); before && before->songs == songs.size()) {
    known_ = std::move(*before);
    ids_ = std::move(asked_);
    data_ = asked_data_;
    new_ = false;
    return true;
  }
  auto job = predictor::LikeEvaluationJob::begin(table_of(songs), std::move(answers), seed);
  if (!job) return tl::unexpected(job.error());
  job_ = std::move(*job);
  return false;
}

const predictor::LikeEvaluation* SongTaste::take_new() {
  return std::exchange(new_, false) && known_ ? &*known_ : nullptr;
}

Expected<bool> SongTaste::step(const Library& library, const SongFile& kept) {
  if (stale_) return begin(library, kept);
  if (!job_) return false;
  const auto more = job_->step();
  if (!more) {
    job_.reset();
    return tl::unexpected(more.error());
  }
  if (*more) return false;
  known_ = job_->finish();
  ids_ = std::move(asked_);
  data_ = asked_data_;
  new_ = true;
  job_.reset();
  return true;
}

protocol::SongTaste SongTaste::told(const Library& library) const {
  protocol::SongTaste taste;
  taste.pending = busy();
  taste.progress = progress();
  taste.needed = fewest_songs;
  for (const Song* song : library.songs()) {
    ++taste.songs;
    taste.liked += is_liked(*song);
    taste.with_sound += song->has_audio();
  }
  taste.ratings = static_cast<std::uint32_t>(library.rating_count(MediaType::album));
  if (!known_) return taste;
  // “final” comes last there and first here.
  for (auto method = known_->methods.rbegin(); method != known_->methods.rend(); ++method)
    // One chance for all songs puts none before another; that it differs from fold to fold is no knowledge of any.
    taste.methods.push_back({method->first, method->first == "share" ? 0.5 : method->second.auc, method->second.log_loss});
  const auto& final = known_->methods.back().second;
  for (const auto& bin : final.reliability)
    if (bin.count > 0) taste.bins.push_back({bin.predicted, bin.observed, static_cast<std::uint32_t>(bin.count)});
  taste.gap = final.ece;
  return taste;
}

storage::Bytes SongTaste::records(const Library& library) const {
  storage::Bytes bytes;
  if (!known_) return bytes;
  const auto stars = music_ratings(library);
  const predictor::CommonScale scale(known_->held_out, stars);
  bytes.resize(ids_.size() * sizeof(protocol::SongRecord));
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const double chance = known_->held_out[i];
    const protocol::SongRecord record{key_of(ids_[i]), static_cast<float>(chance),
                                      stars.empty() ? 0.0F : static_cast<float>(scale.stars_of(chance))};
    std::memcpy(bytes.data() + i * sizeof record, &record, sizeof record);
  }
  return bytes;
}

}  // namespace hub::engine
