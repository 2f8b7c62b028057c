#include "core/cli/evaluate_output.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <ostream>
#include <string>

namespace hub::cli {

namespace {

using Json = nlohmann::ordered_json;
using predictor::Difference;
using predictor::Evaluation;
using predictor::LikeEvaluation;
using predictor::Measures;

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void write(std::ostream& out, const char* format, ...) {
  char line[512];
  va_list values;
  va_start(values, format);
  std::vsnprintf(line, sizeof line, format, values);
  va_end(values);
  out << line;
}

Json json_of(const Measures& measures) {
  return {{"rmse", measures.rmse}, {"mae", measures.mae},           {"r2_train_mean", measures.r2_train_mean},
          {"r2", measures.r2},     {"spearman", measures.spearman}, {"pair_order", measures.pair_order}};
}

Json json_of(const Difference& difference) {
  return {{"rmse", difference.value}, {"low", difference.low}, {"high", difference.high}};
}

void print(const Difference& difference, std::ostream& out) {
  write(out, "%+7.4f (%+.4f … %+.4f)%s", difference.value, difference.low, difference.high,
        difference.significant() ? "" : "  within chance");
}

}  // namespace

Json json_of(const Evaluation& evaluation, bool people) {
  Json json{{"people", evaluation.people}, {"ratings", evaluation.ratings}};
  json["pooled"] = Json::object();
  json["median"] = Json::object();
  for (const auto& method : evaluation.methods) {
    json["pooled"][method.name] = json_of(method.pooled);
    json["median"][method.name] = json_of(method.median);
  }
  json["beats"] = {{"mean", evaluation.beats_mean}, {"community", evaluation.beats_community}};
  json["coverage80"] = evaluation.coverage80;
  json["width80"] = evaluation.width80;
  json["seconds"] = evaluation.seconds;
  json["share_r2_positive"] = evaluation.share_r2_positive;
  json["final_minus"] = Json::object();
  for (const auto& method : evaluation.methods) {
    if (method.name != "final") json["final_minus"][method.name] = json_of(method.final_minus);
  }
  if (!evaluation.groups.empty()) {
    json["without"] = Json::object();
    for (const auto& group : evaluation.groups) json["without"][group.group] = {{"rmse", group.rmse}, {"lost", json_of(group.lost)}};
  }
  json["estimators"] = Json::object();
  for (const auto& one : evaluation.estimators) json["estimators"][one.name] = {{"rmse_leave_one_out", one.rmse}, {"share", one.share}};
  if (people) {
    json["per_person"] = Json::array();
    for (const auto& person : evaluation.by_person) {
      Json one{{"name", person.name}, {"ratings", person.ratings}, {"coverage80", person.coverage80}, {"width80", person.width80}};
      for (std::size_t method = 0; method < evaluation.methods.size(); ++method)
        one["methods"][evaluation.methods[method].name] = json_of(person.measures[method]);
      json["per_person"].push_back(std::move(one));
    }
  }
  return json;
}

Json json_of(const LikeEvaluation& evaluation) {
  Json json{{"songs", evaluation.songs}, {"liked", evaluation.liked}, {"pooled", Json::object()}, {"reliability", Json::array()}};
  for (const auto& [name, measures] : evaluation.methods) {
    json["pooled"][name] = {
        {"auc", measures.auc}, {"log_loss", measures.log_loss}, {"brier", measures.brier}, {"calibration_error", measures.ece}};
  }
  for (const auto& [name, measures] : evaluation.methods) {
    const auto& difference = measures.final_minus;
    if (name != "final") json["final_minus"][name] = {{"log_loss", difference.value}, {"low", difference.low}, {"high", difference.high}};
  }
  for (const auto& bin : evaluation.methods.back().second.reliability) {
    json["reliability"].push_back(
        {{"low", bin.low}, {"high", bin.high}, {"songs", bin.count}, {"predicted", bin.predicted}, {"observed", bin.observed}});
  }
  return json;
}

void print(const Evaluation& evaluation, bool people, std::ostream& out) {
  write(out, "%zu %s, %zu ratings predicted, %.1f s\n", evaluation.people, evaluation.people == 1 ? "person" : "people", evaluation.ratings,
        evaluation.seconds);
  write(out, "%-17s %7s %7s %8s %8s %8s %7s   %11s %7s   %s\n", "", "RMSE", "MAE", "R2 train", "R2", "Spearman", "pairs", "median RMSE",
        "R2", "final's RMSE - this one's, 95 %");
  for (const auto& method : evaluation.methods) {
    write(out, "%-17s %7.4f %7.4f %8.4f %8.4f %8.4f %7.4f   %11.4f %7.4f   ", method.name.c_str(), method.pooled.rmse, method.pooled.mae,
          method.pooled.r2_train_mean, method.pooled.r2, method.pooled.spearman, method.pooled.pair_order, method.median.rmse,
          method.median.r2_train_mean);
    if (method.name != "final") print(method.final_minus, out);
    out << '\n';
  }
  write(out, "final beats the person's mean for %.1f %% of people and the public's rating with own offset for %.1f %%\n",
        100 * evaluation.beats_mean, 100 * evaluation.beats_community);
  write(out, "intervals meant to hold 80 %% hold %.1f %%; they are %.2f stars wide\n", 100 * evaluation.coverage80, evaluation.width80);
  if (!evaluation.estimators.empty()) {
    write(out, "\n%-17s %7s   %s\n", "final's members", "RMSE", "share in the stack (leave-one-out on what they learn from)");
    for (const auto& one : evaluation.estimators) write(out, "%-17s %7.4f   %.3f\n", one.name.c_str(), one.rmse, one.share);
  }
  if (!evaluation.groups.empty()) {
    write(out, "\n%-17s %7s   %s\n", "final without", "RMSE", "more than with it, 95 %");
    for (const auto& group : evaluation.groups) {
      write(out, "%-17s %7.4f   ", group.group.c_str(), group.rmse);
      print(group.lost, out);
      out << '\n';
    }
  }
  if (!people || evaluation.by_person.empty()) return;
  const auto place_of = [&](std::string_view name) {
    const auto found =
        std::find_if(evaluation.methods.begin(), evaluation.methods.end(), [&](const auto& one) { return one.name == name; });
    return static_cast<std::size_t>(found - evaluation.methods.begin());
  };
  write(out, "\n%-17s %8s %7s %7s %7s %8s %9s %9s\n", "person", "ratings", "RMSE", "mean's", "R2", "Spearman", "coverage", "width");
  for (const auto& person : evaluation.by_person) {
    const auto& final = person.measures[place_of("final")];
    write(out, "%-17s %8zu %7.4f %7.4f %7.4f %8.4f %7.1f %% %9.2f\n", person.name.c_str(), person.ratings, final.rmse,
          person.measures[place_of("mean")].rmse, final.r2_train_mean, final.spearman, 100 * person.coverage80, person.width80);
  }
}

void print(const LikeEvaluation& evaluation, std::ostream& out) {
  write(out, "%zu songs, %zu liked, each held out once\n", evaluation.songs, evaluation.liked);
  write(out, "%-17s %7s %9s %7s %18s   %s\n", "", "AUC", "log-loss", "Brier", "calibration error", "final's log-loss - this one's, 95 %");
  for (const auto& [name, measures] : evaluation.methods) {
    write(out, "%-17s %7.4f %9.4f %7.4f %18.4f   ", name.c_str(), measures.auc, measures.log_loss, measures.brier, measures.ece);
    if (name != "final") print(measures.final_minus, out);
    out << '\n';
  }
  write(out, "\n%-17s %7s %10s %7s\n", "final's chance", "songs", "predicted", "liked");
  for (const auto& bin : evaluation.methods.back().second.reliability) {
    if (bin.count > 0) {
      write(out, "%5.1f … %5.1f %%   %7zu %8.1f %% %5.1f %%\n", 100 * bin.low, 100 * bin.high, bin.count, 100 * bin.predicted,
            100 * bin.observed);
    }
  }
}

}  // namespace hub::cli
