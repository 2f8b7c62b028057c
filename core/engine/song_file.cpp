#include "core/engine/song_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

#include "core/predictor/archive.hpp"
#include "core/predictor/settings.hpp"
#include "core/storage/crc32c.hpp"

namespace hub::engine {
namespace {

constexpr std::string_view name = "song-chances";
/// Of the layout below. Counts up with every change of it.
constexpr std::uint32_t layout = 1;

/// What is kept of an evaluation; its comparisons by bootstrap are not made for the page.
template <typename Archive>
void keep(Archive& archive, predictor::LikeEvaluation& evaluation) {
  archive(evaluation.songs), archive(evaluation.liked);
  archive.size(evaluation.methods);
  for (auto& [method, measures] : evaluation.methods) {
    archive(method);
    archive(measures.auc), archive(measures.log_loss), archive(measures.brier), archive(measures.ece);
    archive.size(measures.reliability);
    for (auto& bin : measures.reliability)
      archive(bin.low), archive(bin.high), archive(bin.count), archive(bin.predicted), archive(bin.observed);
  }
  archive(evaluation.held_out);
}

template <typename Archive>
void keep_head(Archive& archive, std::uint32_t& format, std::string& code, std::string& data) {
  archive(format), archive(code), archive(data);
}

bool is_chance(double value) {
  return value >= 0 && value <= 1;
}

}  // namespace

std::optional<predictor::LikeEvaluation> SongFile::read(std::string_view data) const {
  const auto bytes = files_ ? files_->read(name) : failure("not_found", "Nothing is kept here.");
  std::uint32_t sum = 0;
  if (!bytes || bytes->size() < sizeof sum) return std::nullopt;
  const auto body = std::span(*bytes).first(bytes->size() - sizeof sum);
  std::memcpy(&sum, body.data() + body.size(), sizeof sum);
  if (storage::crc32c(body.data(), body.size()) != sum) return std::nullopt;
  predictor::InArchive archive(body);
  std::uint32_t format = 0;
  std::string code;
  std::string its_data;
  keep_head(archive, format, code, its_data);
  if (!archive.good() || format != layout || code != predictor::version || its_data != data) return std::nullopt;
  predictor::LikeEvaluation evaluation;
  keep(archive, evaluation);
  const bool whole = archive.at_end() && !evaluation.methods.empty() && evaluation.held_out.size() == evaluation.songs &&
                     std::all_of(evaluation.held_out.begin(), evaluation.held_out.end(), is_chance);
  return whole ? std::optional(std::move(evaluation)) : std::nullopt;
}

Expected<void> SongFile::write(std::string_view data, const predictor::LikeEvaluation& evaluation) const {
  if (!files_) return {};
  predictor::OutArchive archive;
  std::uint32_t format = layout;
  std::string code(predictor::version);
  std::string its_data(data);
  keep_head(archive, format, code, its_data);
  predictor::LikeEvaluation copy = evaluation;
  keep(archive, copy);
  auto sum = storage::crc32c(archive.bytes.data(), archive.bytes.size());
  archive(sum);
  return files_->write(name, archive.bytes);
}

void SongFile::remove() const {
  if (files_) (void)files_->remove(name);
}

}  // namespace hub::engine
