#include "core/cli/evaluate_vectors.hpp"

#include <cmath>
#include <fstream>
#include <unordered_map>
#include <vector>

#include "core/library/json.hpp"

namespace hub::cli {

namespace {

class VectorTable final : public features::WorkVectors {
 public:
  std::string_view model() const override { return "file"; }
  std::size_t dimensions() const override { return dimensions_; }

  bool of(const Item& work, std::span<float> into) const override {
    const auto found = vectors_.find(std::string(std::string_view(work.id).substr(work.id.find('/') + 1)));
    if (found == vectors_.end()) return false;
    std::copy(found->second.begin(), found->second.end(), into.begin());
    return true;
  }

  /// @return false where it has another length than those before, or none that vectors may have.
  bool put(std::string id, std::vector<float> vector) {
    if (vectors_.empty()) dimensions_ = vector.size();
    if (vector.size() != dimensions_ || vector.empty() || vector.size() % 16 != 0) return false;
    double squares = 0;
    for (const float number : vector) squares += static_cast<double>(number) * static_cast<double>(number);
    if (!(squares > 0) || !std::isfinite(squares)) return false;
    for (float& number : vector) number = static_cast<float>(static_cast<double>(number) / std::sqrt(squares));
    vectors_.insert_or_assign(std::move(id), std::move(vector));
    return true;
  }

 private:
  std::size_t dimensions_ = 0;
  std::unordered_map<std::string, std::vector<float>> vectors_;
};

}  // namespace

Expected<std::shared_ptr<const features::WorkVectors>> read_vectors(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("unreadable", path + " cannot be opened.");
  auto table = std::make_shared<VectorTable>();
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const auto wrong = [&] {
      return failure(
          "bad_vectors",
          path + ", line " + std::to_string(number) +
              ": expected {\"item_id\": \"…\", \"vector\": [numbers]}, as many numbers in each line, a multiple of 16, not all 0.");
    };
    const auto json = parse_json(line);
    if (!json || !json->is_object() || !json->contains("item_id") || !json->contains("vector")) return wrong();
    const auto& id = (*json)["item_id"];
    const auto& numbers = (*json)["vector"];
    if (!id.is_string() || !numbers.is_array()) return wrong();
    std::vector<float> vector;
    vector.reserve(numbers.size());
    for (const auto& one : numbers) {
      if (!one.is_number()) return wrong();
      vector.push_back(one.get<float>());
    }
    if (!table->put(id.get<std::string>(), std::move(vector))) return wrong();
  }
  return std::shared_ptr<const features::WorkVectors>(std::move(table));
}

}  // namespace hub::cli
