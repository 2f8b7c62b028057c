#include "core/engine/tuned.hpp"

#include "core/library/json.hpp"
#include "core/library/undo_stack.hpp"
#include "core/predictor/tunable.hpp"

namespace hub::engine {
namespace {

double number_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number() ? found->get<double>() : 0;
}

}  // namespace

std::string tuned_key(MediaType type) {
  return std::string(predictor_settings) + std::string(name_of(type));
}

std::string tuned_value(const Tuned& tuned) {
  Json json = Json::object();
  json["settings"] = predictor::to_json(tuned.settings);
  json["trials"] = tuned.trials;
  json["rmse_default"] = tuned.rmse_default;
  json["rmse_best"] = tuned.rmse_best;
  json["standard_error"] = tuned.standard_error;
  return json_text(json);
}

std::optional<Tuned> tuned_of(const Library& library, MediaType type) {
  const auto value = library.setting(tuned_key(type));
  if (!value) return std::nullopt;
  const auto json = parse_json(*value);
  if (!json || !json->is_object() || !json->contains("settings")) return std::nullopt;
  const auto settings = predictor::settings_from_json((*json)["settings"]);
  if (!settings) return std::nullopt;
  const double trials = number_in(*json, "trials");
  return Tuned{*settings, trials > 0 && trials < 1e9 ? static_cast<std::uint32_t>(trials) : 0, number_in(*json, "rmse_default"),
               number_in(*json, "rmse_best"), number_in(*json, "standard_error")};
}

predictor::Settings settings_of(const Library& library, MediaType type) {
  const auto tuned = tuned_of(library, type);
  return tuned ? tuned->settings : predictor::Settings();
}

protocol::Tuning told(const Tuned& tuned) {
  protocol::Tuning tuning;
  tuning.progress = 1;
  tuning.trials = tuned.trials;
  tuning.rmse_default = tuned.rmse_default;
  tuning.rmse_best = tuned.rmse_best;
  tuning.standard_error = tuned.standard_error;
  tuning.kept = true;
  tuning.words = "Settings that suit your ratings better were found and are in use: " + predictor::in_words(tuned.settings) + ".";
  return tuning;
}

}  // namespace hub::engine
