#include "core/engine/model_files.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/engine/date.hpp"
#include "core/library/json.hpp"
#include "core/predictor/tunable.hpp"

namespace hub::engine {
namespace {

constexpr std::string_view prefix = "model-";
constexpr std::string_view card_suffix = ".json";
constexpr std::string_view model_suffix = ".bin";

std::string stem_of(MediaType type, std::string_view id) {
  return std::string(prefix) + std::string(name_of(type)) + "-" + std::string(id);
}

/// In the order of time also as text.
std::string id_of(std::int64_t now) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%012llx", static_cast<unsigned long long>(std::max<std::int64_t>(now, 0)));
  return text.data();
}

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<ModelFiles::Card> card_from(const Json& json, MediaType type, std::string_view id) {
  if (!json.is_object() || !json.contains("settings")) return std::nullopt;
  const auto settings = predictor::settings_from_json(json["settings"]);
  if (!settings) return std::nullopt;
  ModelFiles::Card card{type, std::string(id), text_in(json, "made"), text_in(json, "code"), text_in(json, "data"), 0, *settings, {},
                        false};
  if (const auto ratings = json.find("ratings"); ratings != json.end() && ratings->is_number_unsigned())
    card.ratings = ratings->get<std::uint32_t>();
  if (const auto scores = json.find("scores"); scores != json.end() && scores->is_object()) {
    if (const auto rmse = scores->find("rmse"); rmse != scores->end() && rmse->is_number()) card.rmse = rmse->get<double>();
  }
  if (card.made.empty() || card.data.empty()) return std::nullopt;
  return card;
}

Json card_of(const ModelFiles::Card& card, const predictor::Model& model, const Trained& trained, std::size_t bytes) {
  Json json = Json::object();
  json["id"] = card.id;
  json["type"] = std::string(name_of(card.type));
  json["made"] = card.made;
  json["code"] = card.code;
  json["data"] = card.data;
  json["ratings"] = card.ratings;
  json["settings"] = predictor::to_json(card.settings);
  json["parameters"] = predictor::in_words(card.settings);
  json["training_milliseconds"] = trained.milliseconds;
  json["model_bytes"] = bytes;
  if (const auto& scores = model.scores()) {
    json["scores"]["rmse"] = scores->rmse;
    json["scores"]["rmse_mean"] = scores->rmse_mean;
    json["scores"]["rmse_community"] = scores->rmse_community;
    json["scores"]["coverage80"] = scores->coverage80;
  }
  return json;
}

}  // namespace

void ModelFiles::open() {
  for (auto& cards : cards_) cards.clear();
  const auto names = files_->list();
  for (const std::string& name : names) {
    if (!name.starts_with(prefix) || !name.ends_with(card_suffix)) continue;
    const auto stem = std::string_view(name).substr(0, name.size() - card_suffix.size());
    const auto dash = stem.find('-', prefix.size());
    if (dash == std::string_view::npos) continue;
    const auto type = media_type_from(stem.substr(prefix.size(), dash - prefix.size()));
    const auto bytes = files_->read(name);
    if (!type || !bytes) continue;
    const auto json = parse_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    auto card = json ? card_from(*json, *type, stem.substr(dash + 1)) : std::nullopt;
    if (!card) continue;
    card->whole = std::find(names.begin(), names.end(), std::string(stem) + std::string(model_suffix)) != names.end();
    cards_[index_of(*type)].push_back(std::move(*card));
  }
  for (auto& cards : cards_) std::sort(cards.begin(), cards.end(), [](const Card& a, const Card& b) { return a.id > b.id; });
}

std::vector<protocol::ModelCard> ModelFiles::cards(MediaType type, std::string_view in_use) const {
  std::vector<protocol::ModelCard> told;
  for (const Card& card : cards_[index_of(type)])
    told.push_back(
        {card.id, card.made, card.code, card.data, card.ratings, card.rmse, predictor::in_words(card.settings), card.id == in_use});
  return told;
}

const ModelFiles::Card* ModelFiles::find(MediaType type, std::string_view data, const predictor::Settings& settings) const {
  for (const Card& card : cards_[index_of(type)])
    if (card.whole && card.code == predictor::version && card.data == data && card.settings == settings) return &card;
  return nullptr;
}

const ModelFiles::Card* ModelFiles::find(MediaType type, std::string_view id) const {
  for (const Card& card : cards_[index_of(type)])
    if (card.id == id) return &card;
  return nullptr;
}

Json ModelFiles::manifests() const {
  Json list = Json::array();
  for (const auto& cards : cards_) {
    if (cards.empty()) continue;
    const auto bytes = files_->read(stem_of(cards.front().type, cards.front().id) + std::string(card_suffix));
    if (!bytes) continue;
    if (auto card = parse_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()}); card && card->is_object())
      list.push_back(std::move(*card));
  }
  return list;
}

Expected<predictor::TrainingJob> ModelFiles::read(const Card& card, std::shared_ptr<predictor::FactorPool> pool,
                                                  features::Embedders embedders) const {
  const auto bytes = files_->read(stem_of(card.type, card.id) + std::string(model_suffix));
  if (!bytes) return failure("bad_model", "That model was too large to be kept; only what is told of it was.");
  auto job = predictor::TrainingJob::restore(*bytes, std::move(pool), std::move(embedders));
  if (job && (job->type() != card.type || !(job->settings() == card.settings)))
    return failure("bad_model", "The saved model is not the one of its card.");
  return job;
}

Expected<std::string> ModelFiles::write(const predictor::Model& model, const Trained& trained, std::int64_t now) {
  auto& cards = cards_[index_of(model.type())];
  const auto saved = model.save(most_bytes);
  if (!saved && saved.error().code != "too_large") return tl::unexpected(saved.error());
  Card card{model.type(),     id_of(now),
            time_of(now),     std::string(predictor::version),
            trained.data,     static_cast<std::uint32_t>(model.rating_count()),
            model.settings(), {},
            saved.has_value()};
  if (const auto& scores = model.scores()) card.rmse = scores->rmse;
  // Newer than all others also on a clock that was set back.
  if (!cards.empty() && card.id <= cards.front().id) card.id = id_of(std::strtoll(cards.front().id.c_str(), nullptr, 16) + 1);
  for (std::size_t k = cards.size(); k-- > 0;) {
    if (cards[k].code == card.code && cards[k].data == card.data && cards[k].settings == card.settings)
      remove(card.type, std::string(cards[k].id));
  }
  const std::string stem = stem_of(card.type, card.id);
  const auto text = json_text(card_of(card, model, trained, saved ? saved->size() : 0));
  auto written = card.whole ? files_->write(stem + std::string(model_suffix), *saved) : Expected<void>();
  if (written) written = files_->write(stem + std::string(card_suffix), {text.begin(), text.end()});
  const auto id = card.id;
  const auto type = card.type;
  cards.insert(cards.begin(), std::move(card));
  if (!written) {
    remove(type, id);
    return tl::unexpected(written.error());
  }
  while (cards.size() > most_a_type) remove(type, std::string(cards.back().id));
  return id;
}

void ModelFiles::remove(MediaType type, const std::string& id) {
  for (const auto suffix : {card_suffix, model_suffix}) (void)files_->remove(stem_of(type, id) + std::string(suffix));
  std::erase_if(cards_[index_of(type)], [&](const Card& card) { return card.id == id; });
}

void ModelFiles::remove_all() {
  for (auto& cards : cards_) cards.clear();
  // Also those that could not be read.
  for (const std::string& name : files_->list())
    if (name.starts_with(prefix)) (void)files_->remove(name);
}

}  // namespace hub::engine
