#include "core/predictor/booster.hpp"

#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace hub::predictor {

namespace {

tl::unexpected<Error> last_error(const char* code) {
  return failure(code, XGBGetLastError());
}

/// XGBoost reads memory by a description in JSON (NumPy's array interface, version 3).
std::string array_interface(const float* data, std::size_t rows, std::size_t columns) {
  std::string text = R"({"data":[)" + std::to_string(reinterpret_cast<std::uintptr_t>(data)) + R"(,true],"shape":[)" + std::to_string(rows);
  if (columns > 0) text += "," + std::to_string(columns);
  return text + R"(],"typestr":"<f4","version":3})";
}

/// A DMatrix that is freed at the end of its scope.
class Data {
 public:
  static Expected<Data> from(const Matrix& x) {
    DMatrixHandle handle = nullptr;
    const int code = XGDMatrixCreateFromMat(x.values.data(), static_cast<bst_ulong>(x.rows), static_cast<bst_ulong>(x.columns),
                                            std::numeric_limits<float>::quiet_NaN(), &handle);
    if (code != 0) return last_error("training_failed");
    return Data(handle);
  }

  Expected<void> set(const char* field, std::span<const float> values) {
    const auto text = array_interface(values.data(), values.size(), 0);
    if (XGDMatrixSetInfoFromInterface(handle_, field, text.c_str()) != 0) return last_error("training_failed");
    return {};
  }

  DMatrixHandle handle() const { return handle_; }
  DMatrixHandle release() { return std::exchange(handle_, nullptr); }

  Data(Data&& other) noexcept : handle_(other.release()) {}
  Data& operator=(Data&&) = delete;
  ~Data() {
    if (handle_ != nullptr) XGDMatrixFree(handle_);
  }

 private:
  explicit Data(DMatrixHandle handle) : handle_(handle) {}
  DMatrixHandle handle_;
};

void be_silent() {
  // XGBoost keeps this setting for each thread.
  static thread_local const int done = XGBSetGlobalConfig(R"({"verbosity": 0})");
  static_cast<void>(done);
}

Expected<void> set(BoosterHandle handle, const char* name, const std::string& value) {
  if (XGBoosterSetParam(handle, name, value.c_str()) != 0) return last_error("training_failed");
  return {};
}

std::string text_of(double value) {
  // to_string keeps six decimals, which is enough for every parameter here and independent of the locale's digits.
  return std::to_string(value);
}

}  // namespace

Expected<Booster> Booster::begin(std::span<const features::Feature> features, const Matrix& x, std::span<const float> labels,
                                 std::span<const float> margins, const Parameters& parameters) {
  if (x.rows == 0 || x.columns == 0 || features.size() != x.columns || labels.size() != x.rows ||
      (!margins.empty() && margins.size() != x.rows)) {
    return failure("training_failed", "The table to learn from does not have the shape of its labels and names.");
  }
  be_silent();
  auto data = Data::from(x);
  if (!data) return tl::unexpected(data.error());
  if (auto done = data->set("label", labels); !done) return tl::unexpected(done.error());
  if (!margins.empty()) {
    if (auto done = data->set("base_margin", margins); !done) return tl::unexpected(done.error());
  }

  Booster booster;
  DMatrixHandle handles[] = {data->handle()};
  if (XGBoosterCreate(handles, 1, &booster.handle_) != 0) return last_error("training_failed");
  const bool logistic = parameters.objective == Objective::logistic;
  const std::pair<const char*, std::string> settings[] = {{"booster", "gbtree"},
                                                          {"tree_method", "hist"},
                                                          {"objective", logistic ? "binary:logistic" : "reg:squarederror"},
                                                          // As a probability where it is one; either way a margin of 0.
                                                          {"base_score", logistic ? "0.5" : "0"},
                                                          {"nthread", "1"},
                                                          {"verbosity", "0"},
                                                          {"seed", std::to_string(parameters.seed)},
                                                          {"max_depth", std::to_string(parameters.max_depth)},
                                                          {"eta", text_of(parameters.eta)},
                                                          {"min_child_weight", text_of(parameters.min_child_weight)},
                                                          {"lambda", text_of(parameters.lambda)},
                                                          {"max_bin", std::to_string(parameters.max_bin)},
                                                          {"subsample", text_of(parameters.subsample)},
                                                          {"colsample_bytree", text_of(parameters.colsample_bytree)}};
  for (const auto& [name, value] : settings) {
    if (auto done = set(booster.handle_, name, value); !done) return tl::unexpected(done.error());
  }
  std::vector<const char*> names;
  for (const auto& feature : features) names.push_back(feature.name.c_str());
  if (XGBoosterSetStrFeatureInfo(booster.handle_, "feature_name", names.data(), static_cast<bst_ulong>(names.size())) != 0) {
    return last_error("training_failed");
  }
  booster.training_data_ = data->release();
  booster.labels_.assign(labels.begin(), labels.end());
  booster.objective_ = parameters.objective;
  return booster;
}

Expected<void> Booster::round(std::span<const float> weights) {
  if (training_data_ == nullptr) return failure("training_failed", "Training has ended.");
  if (weights.empty()) {
    if (XGBoosterUpdateOneIter(handle_, rounds_, training_data_) != 0) return last_error("training_failed");
    ++rounds_;
    return {};
  }
  if (weights.size() != labels_.size()) return failure("training_failed", "There is not one weight for each row.");
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* current = nullptr;
  constexpr const char* margin_of_training = R"({"type":1,"training":true,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
  if (XGBoosterPredictFromDMatrix(handle_, training_data_, margin_of_training, &shape, &dimensions, &current) != 0)
    return last_error("training_failed");
  // The first and second derivative of w (prediction - label)² / 2, or of the weighted logistic loss.
  std::vector<float> gradient(labels_.size());
  std::vector<float> hessian(weights.begin(), weights.end());
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    float predicted = current[i];
    if (objective_ == Objective::logistic) {
      predicted = 1 / (1 + std::exp(-predicted));
      hessian[i] *= std::max(predicted * (1 - predicted), 1e-16F);
    }
    gradient[i] = weights[i] * (predicted - labels_[i]);
  }
  const auto gradient_text = array_interface(gradient.data(), gradient.size(), 0);
  const auto hessian_text = array_interface(hessian.data(), hessian.size(), 0);
  if (XGBoosterTrainOneIter(handle_, training_data_, rounds_, gradient_text.c_str(), hessian_text.c_str()) != 0)
    return last_error("training_failed");
  ++rounds_;
  return {};
}

Expected<void> Booster::end_training() {
  if (training_data_ != nullptr) XGDMatrixFree(std::exchange(training_data_, nullptr));
  labels_ = {};
  // Histograms, partitions of the rows and cached predictions, which are many times what the trees are.
  if (XGBoosterReset(handle_) != 0) return last_error("training_failed");
  return {};
}

Expected<std::vector<float>> Booster::predict(const Matrix& x) const {
  if (x.rows == 0) return std::vector<float>{};
  const auto values = array_interface(x.values.data(), x.rows, x.columns);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  constexpr const char* margin = R"({"type":1,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"missing":NaN})";
  if (XGBoosterPredictFromDense(handle_, values.c_str(), margin, nullptr, &shape, &dimensions, &result) != 0)
    return last_error("training_failed");
  return std::vector<float>(result, result + x.rows);
}

Expected<Matrix> Booster::interactions(std::span<const float> row) const {
  Matrix one(1, row.size());
  one.values.assign(row.begin(), row.end());
  auto data = Data::from(one);
  if (!data) return tl::unexpected(data.error());
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  constexpr const char* interactions = R"({"type":4,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
  if (XGBoosterPredictFromDMatrix(handle_, data->handle(), interactions, &shape, &dimensions, &result) != 0)
    return last_error("training_failed");
  Matrix square(row.size() + 1, row.size() + 1);
  square.values.assign(result, result + square.rows * square.columns);
  return square;
}

Expected<Matrix> Booster::contributions(const Matrix& x) const {
  if (x.rows == 0) return Matrix(0, x.columns + 1);
  auto data = Data::from(x);
  if (!data) return tl::unexpected(data.error());
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* result = nullptr;
  constexpr const char* shap = R"({"type":2,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";
  if (XGBoosterPredictFromDMatrix(handle_, data->handle(), shap, &shape, &dimensions, &result) != 0) return last_error("training_failed");
  Matrix contributions(x.rows, x.columns + 1);
  contributions.values.assign(result, result + contributions.rows * contributions.columns);
  return contributions;
}

Expected<std::vector<std::uint8_t>> Booster::save() const {
  bst_ulong size = 0;
  const char* bytes = nullptr;
  if (XGBoosterSaveModelToBuffer(handle_, R"({"format":"ubj"})", &size, &bytes) != 0) return last_error("bad_model");
  std::vector<std::uint8_t> saved(bytes, bytes + size);
  // XGBoost keeps what it has just written, for each of its models.
  if (XGBoosterReset(handle_) != 0) return last_error("bad_model");
  return saved;
}

Expected<Booster> Booster::load(std::span<const std::uint8_t> bytes) {
  be_silent();
  Booster booster;
  if (XGBoosterCreate(nullptr, 0, &booster.handle_) != 0) return last_error("bad_model");
  if (bytes.empty() || XGBoosterLoadModelFromBuffer(booster.handle_, bytes.data(), static_cast<bst_ulong>(bytes.size())) != 0) {
    return bytes.empty() ? failure("bad_model", "The model is empty.") : last_error("bad_model");
  }
  if (auto done = set(booster.handle_, "nthread", "1"); !done) return tl::unexpected(done.error());
  if (XGBoosterBoostedRounds(booster.handle_, &booster.rounds_) != 0) return last_error("bad_model");
  return booster;
}

Expected<std::vector<std::string>> Booster::feature_names() const {
  bst_ulong count = 0;
  const char** names = nullptr;
  if (XGBoosterGetStrFeatureInfo(handle_, "feature_name", &count, &names) != 0) return last_error("bad_model");
  return std::vector<std::string>(names, names + count);
}

Booster::Booster(Booster&& other) noexcept {
  *this = std::move(other);
}

Booster& Booster::operator=(Booster&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(training_data_, other.training_data_);
  std::swap(labels_, other.labels_);
  std::swap(objective_, other.objective_);
  std::swap(rounds_, other.rounds_);
  return *this;
}

Booster::~Booster() {
  if (training_data_ != nullptr) XGDMatrixFree(training_data_);
  if (handle_ != nullptr) XGBoosterFree(handle_);
}

}  // namespace hub::predictor
