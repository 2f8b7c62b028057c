#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>

#include "core/predictor/evaluation.hpp"
#include "core/predictor/like_evaluation.hpp"

namespace hub::cli {

/// @param people  whether each person is listed too, under "per_person".
nlohmann::ordered_json json_of(const predictor::Evaluation& evaluation, bool people);
nlohmann::ordered_json json_of(const predictor::LikeEvaluation& evaluation);

/// Tables for a terminal.
void print(const predictor::Evaluation& evaluation, bool people, std::ostream& out);
void print(const predictor::LikeEvaluation& evaluation, std::ostream& out);

}  // namespace hub::cli
