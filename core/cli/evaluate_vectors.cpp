#include "core/cli/evaluate_vectors.hpp"

#include <cmath>
#include <fstream>
#include <unordered_map>
#include <vector>

#include "core/library/json.hpp"

namespace hub::cli {

namespace {

/// As the files of items name it, without its type.
std::string id_in_file(const Item& work) {
  return work.id.substr(work.id.find('/') + 1);
}

class VectorTable final : public features::WorkVectors {
 public:
  std::string_view model() const override { return "file"; }
  std::size_t dimensions() const override { return dimensions_; }

  bool of(const Item& work, std::span<float> into) const override {
    const auto found = vectors_.find(id_in_file(work));
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

class NumberTable final : public features::WorkNumbers {
 public:
  std::string_view model() const override { return "file"; }

  std::optional<double> of(const Item& work) const override {
    const auto found = numbers_.find(id_in_file(work));
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }

  /// @return false where it is no cosine.
  bool put(std::string id, double number) {
    if (!(number >= -1 && number <= 1)) return false;
    numbers_.insert_or_assign(std::move(id), number);
    return true;
  }

 private:
  std::unordered_map<std::string, double> numbers_;
};

/// @param field     of each object, beside item_id.
/// @param take      with the id and the field's value; says whether that will do.
/// @param expected  what a line is to be, in words.
template <typename Take>
Expected<void> read_lines(const std::string& path, std::string_view field, Take&& take, std::string_view expected) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("unreadable", path + " cannot be opened.");
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const auto json = parse_json(line);
    const bool whole = json && json->is_object() && json->contains("item_id") && json->contains(field) && (*json)["item_id"].is_string();
    if (!whole || !take((*json)["item_id"].template get<std::string>(), (*json)[field]))
      return failure("bad_vectors", path + ", line " + std::to_string(number) + ": expected " + std::string(expected));
  }
  return {};
}

}  // namespace

Expected<std::shared_ptr<const features::WorkVectors>> read_vectors(const std::string& path) {
  auto table = std::make_shared<VectorTable>();
  const auto take = [&](std::string id, const Json& numbers) {
    if (!numbers.is_array()) return false;
    std::vector<float> vector;
    vector.reserve(numbers.size());
    for (const auto& one : numbers) {
      if (!one.is_number()) return false;
      vector.push_back(one.get<float>());
    }
    return table->put(std::move(id), std::move(vector));
  };
  if (const auto done = read_lines(
          path, "vector", take, "{\"item_id\": \"…\", \"vector\": [numbers]}, as many numbers in each line, a multiple of 16, not all 0.");
      !done)
    return tl::unexpected(done.error());
  return std::shared_ptr<const features::WorkVectors>(std::move(table));
}

Expected<std::shared_ptr<const features::WorkNumbers>> read_agreements(const std::string& path) {
  auto table = std::make_shared<NumberTable>();
  const auto take = [&](std::string id, const Json& number) {
    return number.is_number() && table->put(std::move(id), number.get<double>());
  };
  if (const auto done = read_lines(path, "agreement", take, "{\"item_id\": \"…\", \"agreement\": a number from -1 to 1}."); !done)
    return tl::unexpected(done.error());
  return std::shared_ptr<const features::WorkNumbers>(std::move(table));
}

}  // namespace hub::cli
