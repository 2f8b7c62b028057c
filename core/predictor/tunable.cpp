#include "core/predictor/tunable.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace hub::predictor {

namespace {

struct Entry {
  Parameter parameter;
  const char* before;  ///< the words around its value
  const char* after;
};

/// One line for each setting, in the order of the struct.
const std::array<Entry, 9>& entries() {
  static const std::array<Entry, 9> list{{{{"max_depth", 1, 6, false, true}, "trees ", " deep"},
                                          {{"eta", 0.01, 0.3, true, false}, "learning rate ", ""},
                                          {{"rounds", 10, 200, true, true}, "", " trees in each forest"},
                                          {{"min_child_weight", 1, 40, true, false}, "at least ", " ratings in a leaf"},
                                          {{"lambda", 0.3, 100, true, false}, "leaf penalty ", ""},
                                          {{"subsample", 0.4, 1, false, false}, "each tree from a share of ", " of the ratings"},
                                          {{"trees_most", 0, 1, false, false}, "trees count up to ", ""},
                                          {{"trees_half", 20, 2000, true, false}, "half of that from ", " ratings on"},
                                          {{"stack_penalty", 0.3, 100, true, false}, "stack penalty ", ""}}};
  return list;
}

std::string text_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

}  // namespace

std::vector<Parameter> tunable_parameters() {
  std::vector<Parameter> parameters;
  for (const auto& entry : entries()) parameters.push_back(entry.parameter);
  return parameters;
}

Point point_of(const Settings& settings) {
  return {static_cast<double>(settings.max_depth),
          settings.eta,
          static_cast<double>(settings.rounds),
          settings.min_child_weight,
          settings.lambda,
          settings.subsample,
          settings.trees_most,
          settings.trees_half,
          settings.stack_penalty};
}

Settings settings_at(const Point& point) {
  Settings settings;
  settings.max_depth = static_cast<int>(std::lround(point[0]));
  settings.eta = point[1];
  settings.rounds = static_cast<int>(std::lround(point[2]));
  settings.min_child_weight = point[3];
  settings.lambda = point[4];
  settings.subsample = point[5];
  settings.trees_most = point[6];
  settings.trees_half = point[7];
  settings.stack_penalty = point[8];
  return settings;
}

Json to_json(const Settings& settings) {
  Json json = Json::object();
  const auto point = point_of(settings);
  for (std::size_t k = 0; k < point.size(); ++k) json[entries()[k].parameter.name] = point[k];
  return json;
}

Expected<Settings> settings_from_json(const Json& json) {
  if (!json.is_object()) return failure("bad_settings", "The settings of a predictor are not an object.");
  auto point = point_of(Settings());
  for (std::size_t k = 0; k < point.size(); ++k) {
    const auto& parameter = entries()[k].parameter;
    const auto found = json.find(parameter.name);
    if (found == json.end()) continue;
    if (!found->is_number()) return failure("bad_settings", parameter.name + " is not a number.");
    point[k] = found->get<double>();
    if (!(point[k] >= parameter.low && point[k] <= parameter.high))
      return failure("bad_settings", parameter.name + " is out of its range.");
  }
  return settings_at(point);
}

std::string in_words(const Settings& settings) {
  const auto usual = point_of(Settings());
  const auto point = point_of(settings);
  std::string words;
  for (std::size_t k = 0; k < point.size(); ++k) {
    if (point[k] == usual[k]) continue;
    words += (words.empty() ? "" : ", ") + (entries()[k].before + text_of(point[k]) + entries()[k].after);
  }
  return words.empty() ? "default" : words;
}

}  // namespace hub::predictor
