// How well posters fit texts, as the predictor learns from it.

#include <cmath>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/features/encoding.hpp"
#include "core/predictor/kernels.hpp"
#include "core/predictor/predictor.hpp"
#include "core/predictor/rated_works.hpp"
#include "core/predictor/state.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using hub::tests::SyntheticPerson;

namespace {

class Numbers final : public features::WorkNumbers {
 public:
  std::string_view model() const override { return name; }
  std::optional<double> of(const Item& work) const override {
    const auto found = of_.find(work.id);
    return found == of_.end() ? std::nullopt : std::optional(found->second);
  }
  void put(const Item& work, double number) { of_[work.id] = number; }
  void forget(const Item& work) { of_.erase(work.id); }

  std::string name = "numbers";

 private:
  std::unordered_map<std::string, double> of_;
};

/// A person who, beside all else, gives a work so many stars more for each standard deviation by which its poster fits its text better.
/// Cosines lie where those of CLIP do, close to each other and far from 0.
struct Looker {
  SyntheticPerson person;
  std::shared_ptr<Numbers> numbers = std::make_shared<Numbers>();

  Looker(std::size_t ratings, double liking, std::uint64_t seed = 9) : person(ratings) {
    Random random(seed);
    for (std::size_t i = 0; i < person.works.size(); ++i) {
      const double score = 2 * (random.uniform() + random.uniform() + random.uniform() - 1.5);  // standard deviation 1
      numbers->put(person.works[i], 0.25 + 0.03 * score);
      if (i >= ratings) continue;
      auto& stars = person.examples[i].stars;
      stars = std::clamp(stars + liking * score, 0.5, 5.0);
    }
  }

  features::Embedders told() const {
    features::Embedders all;
    all.agreement = numbers;
    return all;
  }
  Corpus with() const { return Corpus(person.pointers, told()); }
};

bool same(const Model& a, const Model& b, const std::vector<const Item*>& works) {
  const auto one = a.predict(works);
  const auto other = b.predict(works);
  for (std::size_t i = 0; i < works.size(); ++i)
    if (one[i].stars != other[i].stars || one[i].low != other[i].low || one[i].high != other[i].high) return false;
  return true;
}

}  // namespace

TEST_CASE("how well posters fit texts counts for somebody whose ratings follow it", "[agreement]") {
  const double liking = GENERATE(0.5, -0.5);
  const Looker looker(150, liking);
  const auto with = train(MediaType::film, looker.with(), looker.person.examples);
  const auto without = train(MediaType::film, looker.person.corpus(), looker.person.examples);
  REQUIRE(with);
  REQUIRE(without);
  CHECK(with->scores()->rmse < 0.95 * without->scores()->rmse);
  // Of new works it moves those whose posters fit in the one direction, the others in the other.
  const auto unrated = looker.person.unrated();
  const auto told = with->expect(unrated);
  const auto untold = without->expect(unrated);
  double follows = 0;
  for (std::size_t i = 0; i < unrated.size(); ++i) {
    const double score = (*looker.numbers->of(*unrated[i]) - 0.25) / 0.03;
    follows += score * static_cast<double>(told[i].stars - untold[i].stars) / static_cast<double>(unrated.size());
  }
  CHECK(follows * liking > 0);
  CHECK(std::abs(follows) > 0.25);

  // It is told as a reason of its own, in words that are true of the work, and the reasons add up.
  int reasons = 0;
  for (const Item* work : unrated) {
    const auto why = with->explain(*work);
    double sum = why.base;
    for (const auto& one : why.contributions) {
      sum += one.stars;
      if (one.group != "agreement") continue;
      ++reasons;
      const bool fits = *looker.numbers->of(*work) > 0.25;
      const double score = (*looker.numbers->of(*work) - 0.25) / 0.03;
      if (std::abs(score) > 0.3) CHECK((one.words.find("Its poster fits its story, as with what you rate ") == 0) == fits);
      CHECK((one.words.find("rate higher") != std::string::npos) == (one.stars > 0));
    }
    CHECK(sum == Approx(why.sum).margin(1e-6));
    for (const auto& one : without->explain(*work).contributions) CHECK(one.group != "agreement");
  }
  CHECK(reasons == static_cast<int>(unrated.size()));
}

TEST_CASE("how well posters fit texts has no weight for somebody whose ratings have nothing to do with it", "[agreement]") {
  const Looker looker(150, 0);
  const auto with = train(MediaType::film, looker.with(), looker.person.examples);
  const auto without = train(MediaType::film, looker.person.corpus(), looker.person.examples);
  REQUIRE(with);
  REQUIRE(without);
  CHECK(same(*with, *without, looker.person.pointers));
}

TEST_CASE("where no work has an agreement, or too few have, nothing is different", "[agreement]") {
  const Looker looker(150, 0.5);
  const auto without = train(MediaType::film, looker.person.corpus(), looker.person.examples);
  REQUIRE(without);
  auto none = std::make_shared<Numbers>();
  features::Embedders told;
  told.agreement = none;
  for (std::size_t i = 0; i < 29; ++i) {
    const Corpus corpus(looker.person.pointers, told);
    if (i % 14 == 0) {
      CHECK(corpus.fingerprint() == looker.person.corpus().fingerprint());
      const auto with = train(MediaType::film, corpus, looker.person.examples);
      REQUIRE(with);
      CHECK(same(*with, *without, looker.person.pointers));
    }
    none->put(looker.person.works[i], 0.2 + 0.01 * static_cast<double>(i));
  }
  // Known of all works, but of less than half of the rated ones.
  for (std::size_t i = 0; i < 80; ++i) looker.numbers->forget(looker.person.works[i]);
  CHECK(looker.with().fingerprint() != looker.person.corpus().fingerprint());
  const auto few = train(MediaType::film, looker.with(), looker.person.examples);
  REQUIRE(few);
  CHECK(same(*few, *without, looker.person.pointers));
  // The same of all.
  for (const Item& work : looker.person.works) looker.numbers->put(work, 0.25);
  CHECK(looker.with().fingerprint() == looker.person.corpus().fingerprint());
}

TEST_CASE("an agreement is told beside those of other works, and one that is missing is no number", "[agreement]") {
  const Looker looker(60, 0);
  const Corpus corpus = looker.with();
  double sum = 0;
  double squares = 0;
  for (const Item* work : looker.person.pointers) {
    const double score = features::encode(*work, corpus.statistics()).agreement;
    REQUIRE_FALSE(std::isnan(score));
    sum += score;
    squares += score * score;
  }
  const auto count = static_cast<double>(looker.person.pointers.size());
  CHECK(sum / count == Approx(0).margin(0.02));
  CHECK(squares / count == Approx(1).margin(0.05));
  Item untold = looker.person.works.front();
  untold.id = "film/nobody-compared-it";
  const auto encoded = features::encode(untold, corpus.statistics());
  CHECK(std::isnan(encoded.agreement));
  // Of another type nothing is known.
  untold.id = looker.person.works.front().id;
  untold.type = MediaType::book;
  CHECK(std::isnan(features::encode(untold, corpus.statistics()).agreement));
  const RatedWorks rated({std::make_shared<const features::Encoded>(features::encode(looker.person.works.front(), corpus.statistics()))},
                         {0.0});
  std::vector<double> covariance(1);
  rated.covariances({encoded, 0}, Kernel::agreement, covariance);
  CHECK(covariance[0] == 0);
  rated.covariances(rated.point(0), Kernel::agreement, covariance);
  CHECK(covariance[0] == Approx(rated.item(0).agreement * rated.item(0).agreement));
}

TEST_CASE("a model that learnt from agreements is the same after it was saved, and leaves another model's alone", "[agreement]") {
  const Looker looker(150, 0.5);
  const auto model = train(MediaType::film, looker.with(), looker.person.examples);
  REQUIRE(model);
  const auto bytes = model->save();
  REQUIRE(bytes);
  const auto loaded = Model::load(*bytes, looker.told());
  REQUIRE(loaded);
  CHECK(same(*model, *loaded, looker.person.pointers));
  const auto without = Model::load(*bytes);
  auto other = looker.told();
  auto others = std::make_shared<Numbers>(*looker.numbers);
  others->name = "another model";
  other.agreement = others;
  const auto alone = Model::load(*bytes, other);
  CHECK(same(*without, *alone, looker.person.unrated()));
  CHECK_FALSE(same(*model, *alone, looker.person.unrated()));

  const Item& more = *looker.person.unrated().front();
  const auto updated = model->updated({&more, 5, ""});
  REQUIRE(updated);
  const auto back = updated->updated_without(more.id).expect(looker.person.unrated());
  const auto before = model->expect(looker.person.unrated());
  for (std::size_t i = 0; i < back.size(); ++i)
    CHECK(static_cast<double>(back[i].stars) == Approx(static_cast<double>(before[i].stars)).margin(2e-3));
}

TEST_CASE("agreement has a weight of its own beside texts and posters", "[agreement]") {
  auto weights = gaussian_process_weights({true, true, false});
  CHECK(weights[Kernel::agreement] == 0);
  CHECK(weights.noise == gaussian_process_weights({true, true, true}).noise);
  weights = gaussian_process_weights({false, false, true});
  CHECK(weights[Kernel::agreement] > 0);
  CHECK(weights.noise == gaussian_process_weights({}).noise);
}
