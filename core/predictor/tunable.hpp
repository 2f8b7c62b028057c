#pragma once

#include <string>
#include <vector>

#include "core/library/json.hpp"
#include "core/predictor/parameter_search.hpp"
#include "core/predictor/settings.hpp"

namespace hub::predictor {

/// The ranges within which better settings are looked for, one parameter for each setting in the order of the struct.
std::vector<Parameter> tunable_parameters();

/// Settings as a point of that search, and back.
Point point_of(const Settings& settings);
Settings settings_at(const Point& point);

Json to_json(const Settings& settings);
/// @param json  an object; what it does not name is as by default. @return  Error "bad_settings" for what is not a number within its range.
Expected<Settings> settings_from_json(const Json& json);

/// “default”, or what differs from it: “trees 4 deep, 120 trees in each forest”.
std::string in_words(const Settings& settings);

}  // namespace hub::predictor
