#include "core/predictor/factor_pool.hpp"

#include <cstring>
#include <utility>

#include "core/predictor/random.hpp"
#include "core/predictor/rated_works.hpp"

namespace hub::predictor {

namespace {

class Hash {
 public:
  void add(std::uint64_t bits) { sum_ = Random::mixed(sum_ ^ bits); }
  void add(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    add(bits);
  }
  std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 0;
};

void add(Hash& hash, const features::Encoded& item) {
  hash.add(static_cast<std::uint64_t>(item.type) * 2 + (item.has_community ? 1 : 0));
  for (const double number :
       {item.base, item.source_mean, item.community, item.votes, item.year, item.length, item.awards_won, item.nominations, item.agreement})
    hash.add(number);
  for (const auto& family : item.tokens) {
    hash.add(std::uint64_t{family.size()});
    for (const auto& token : family) {
      hash.add(std::uint64_t{token.key});
      hash.add(static_cast<double>(token.weight));
    }
  }
  for (const auto& vector : item.embedded) {
    hash.add(std::uint64_t{vector.values.size()});
    hash.add(static_cast<double>(vector.scale));
    for (const std::int8_t number : vector.values) hash.add(static_cast<double>(number));
  }
}

}  // namespace

FactorPool::Factor FactorPool::find(std::uint64_t key) const {
  const auto found = factors_.find(key);
  return found == factors_.end() ? nullptr : found->second.lock();
}

void FactorPool::put(std::uint64_t key, const Factor& factor) {
  forget_what_is_gone();
  factors_[key] = factor;
}

features::SharedEncoded FactorPool::same(features::Encoded item) {
  Hash hash;
  add(hash, item);
  auto& known = items_[hash.sum()];
  if (auto held = known.lock()) return held;
  auto made = std::make_shared<const features::Encoded>(std::move(item));
  known = made;
  return made;
}

void FactorPool::forget_what_is_gone() {
  std::erase_if(factors_, [](const auto& one) { return one.second.expired(); });
  std::erase_if(items_, [](const auto& one) { return one.second.expired(); });
}

features::SharedEncoded shared_by(FactorPool* pool, features::Encoded item) {
  return pool ? pool->same(std::move(item)) : std::make_shared<const features::Encoded>(std::move(item));
}

std::uint64_t factor_key(const RatedWorks& works, std::span<const std::uint32_t> rows, const Weights& weights) {
  Hash hash;
  for (const double weight : weights.of) hash.add(weight);
  hash.add(weights.noise);
  for (const auto row : rows) {
    add(hash, works.item(row));
    hash.add(works.day(row));
  }
  return hash.sum();
}

}  // namespace hub::predictor
