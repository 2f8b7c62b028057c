#include <cmath>
#include <memory>
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

/// Each work is about one of some themes, which nothing else tells of; works of one theme have vectors that are close to each other.
class Themes final : public features::WorkVectors {
 public:
  static constexpr std::size_t themes = 6;

  std::string_view model() const override { return name; }
  std::size_t dimensions() const override { return 32; }
  bool of(const Item& work, std::span<float> into) const override {
    const auto found = theme_.find(work.id);
    if (found == theme_.end()) return false;
    Random random(found->second.second);
    double squares = 0;
    for (std::size_t i = 0; i < into.size(); ++i) {
      const double number = (i % themes == found->second.first ? 1.0 : 0.0) + 0.2 * (random.uniform() - 0.5) + 0.5;
      into[i] = static_cast<float>(number);
      squares += number * number;
    }
    for (float& number : into) number = static_cast<float>(static_cast<double>(number) / std::sqrt(squares));
    return true;
  }
  void put(const Item& work, std::size_t theme, std::uint64_t seed) { theme_[work.id] = {theme, seed}; }
  void forget(const Item& work) { theme_.erase(work.id); }

  std::string name = "themes";

 private:
  std::unordered_map<std::string, std::pair<std::size_t, std::uint64_t>> theme_;
};

/// A person who, beside all else, likes works of the first theme by so many stars more, and those of the second less.
struct Reader {
  SyntheticPerson person;
  std::shared_ptr<Themes> texts = std::make_shared<Themes>();

  Reader(std::size_t ratings, double liking) : person(ratings) {
    Random random(9);
    for (std::size_t i = 0; i < person.works.size(); ++i) {
      const auto theme = static_cast<std::size_t>(random.below(Themes::themes));
      texts->put(person.works[i], theme, i);
      if (i >= ratings) continue;
      auto& stars = person.examples[i].stars;
      stars = std::clamp(stars + (theme == 0 ? liking : theme == 1 ? -liking : 0.0), 0.5, 5.0);
    }
  }

  Corpus with_texts() const { return Corpus(person.pointers, {{texts}}); }
};

bool same(const Prediction& a, const Prediction& b) {
  return a.stars == b.stars && a.low == b.low && a.high == b.high;
}

double error_of(const Model& model) {
  return model.scores()->rmse;
}

}  // namespace

TEST_CASE("what is written about works counts for somebody whose ratings follow it", "[text]") {
  const Reader reader(150, 1.2);
  const auto with = train(MediaType::film, reader.with_texts(), reader.person.examples);
  const auto without = train(MediaType::film, reader.person.corpus(), reader.person.examples);
  REQUIRE(with);
  REQUIRE(without);
  CHECK(error_of(*with) < 0.95 * error_of(*without));
  // Of new works too: those of the theme that is liked are expected to be better than those of the other.
  double liked = 0;
  double disliked = 0;
  const auto unrated = reader.person.unrated();
  const auto told = with->expect(unrated);
  const auto untold = without->expect(unrated);
  for (std::size_t i = 0; i < unrated.size(); ++i) {
    std::vector<float> vector(32);
    REQUIRE(reader.texts->of(*unrated[i], vector));
    const double more = static_cast<double>(told[i].stars) - static_cast<double>(untold[i].stars);
    if (vector[0] > 1.5F * vector[2] && vector[0] > 1.5F * vector[1]) liked += more;
    if (vector[1] > 1.5F * vector[2] && vector[1] > 1.5F * vector[0]) disliked += more;
  }
  CHECK(liked > 0);
  CHECK(disliked < 0);
}

TEST_CASE("what is written about works has no weight for somebody whose ratings have nothing to do with it", "[text]") {
  const Reader reader(150, 0);
  const auto with = train(MediaType::film, reader.with_texts(), reader.person.examples);
  const auto without = train(MediaType::film, reader.person.corpus(), reader.person.examples);
  REQUIRE(with);
  REQUIRE(without);
  const auto works = reader.person.unrated();
  const auto told = with->predict(works);
  const auto untold = without->predict(works);
  for (std::size_t i = 0; i < works.size(); ++i) CHECK(same(told[i], untold[i]));
}

TEST_CASE("texts of less than half of the rated works decide nothing", "[text]") {
  const Reader reader(150, 1.2);
  for (std::size_t i = 0; i < 80; ++i) reader.texts->forget(reader.person.works[i]);
  const auto with = train(MediaType::film, reader.with_texts(), reader.person.examples);
  const auto without = train(MediaType::film, reader.person.corpus(), reader.person.examples);
  REQUIRE(with);
  REQUIRE(without);
  CHECK(same(with->predict(reader.person.unrated()).front(), without->predict(reader.person.unrated()).front()));
}

TEST_CASE("a work without a text has nothing in common by it, and is less sure where texts count", "[text]") {
  const Reader reader(150, 1.2);
  const Item& work = *reader.person.unrated().front();
  const Corpus all = reader.with_texts();
  const auto model = train(MediaType::film, all, reader.person.examples);
  REQUIRE(model);
  Item untold = work;
  untold.id = "film/nobody-wrote-of-it";
  const auto encoded = features::encode(untold, all.statistics());
  CHECK(encoded.embedded[0].values.empty());
  const RatedWorks rated({std::make_shared<const features::Encoded>(features::encode(work, all.statistics()))}, {0.0});
  std::vector<double> covariance(1);
  rated.covariances({encoded, 0}, Kernel::text, covariance);
  CHECK(covariance[0] == 0);
  rated.covariances(rated.point(0), Kernel::text, covariance);
  CHECK(covariance[0] == Approx(1).margin(0.01));

  const auto weights = gaussian_process_weights({true, false});
  const auto& known = rated.item(0);
  CHECK(variance_without_embeddings(known, weights) == 0);
  CHECK(variance_without_embeddings(encoded, weights) == Approx(unexplained_without * weights[Kernel::text]));
  // Where texts do not count, it is no less sure than others.
  CHECK(variance_without_embeddings(encoded, gaussian_process_weights({})) == 0);
}

TEST_CASE("a vector is told by its distance from the mean of all works", "[text]") {
  const Reader reader(40, 0);
  const Corpus corpus = reader.with_texts();
  const auto& statistics = corpus.statistics();
  REQUIRE(statistics.embedded[0].mean.size() == 32);
  double mean_of_cosines = 0;
  for (const Item* a : reader.person.pointers) {
    const auto x = features::encode(*a, statistics).embedded[0];
    const auto y = features::encode(*reader.person.pointers.front(), statistics).embedded[0];
    mean_of_cosines += static_cast<double>(features::dot(x.values.data(), y.values.data(), 32)) * static_cast<double>(x.scale) *
                       static_cast<double>(y.scale) / static_cast<double>(reader.person.pointers.size());
  }
  // As they are, all are much alike: 0.8 and more.
  CHECK(std::abs(mean_of_cosines) < 0.2);
  CHECK(corpus.fingerprint() != reader.person.corpus().fingerprint());
}

TEST_CASE("a model that reads texts is the same after it was saved, and after a rating more", "[text]") {
  Reader reader(150, 1.2);
  const auto model = train(MediaType::film, reader.with_texts(), reader.person.examples);
  REQUIRE(model);
  const auto loaded = Model::load(*model->save(), {{reader.texts}});
  REQUIRE(loaded);
  const auto unrated = reader.person.unrated();
  const auto before_saving = model->expect(unrated);
  const auto after_loading = loaded->expect(unrated);
  for (std::size_t i = 0; i < unrated.size(); ++i) CHECK(before_saving[i].stars == after_loading[i].stars);
  for (const auto& example : reader.person.examples) {
    const auto before = model->held_out(example.item->id);
    const auto after = loaded->held_out(example.item->id);
    REQUIRE(before);
    REQUIRE(after);
    CHECK(same(*before, *after));
  }
  const Item& more = *reader.person.unrated().front();
  const auto updated = model->updated({&more, 5, ""});
  REQUIRE(updated);
  const auto back = updated->updated_without(more.id);
  const auto works = reader.person.unrated();
  const auto here = model->expect(works);
  const auto there = back.expect(works);
  for (std::size_t i = 0; i < works.size(); ++i)
    CHECK(static_cast<double>(there[i].stars) == Approx(static_cast<double>(here[i].stars)).margin(2e-3));
}

TEST_CASE("a model that was kept leaves vectors of another text model alone", "[text]") {
  Reader reader(150, 1.2);
  const auto bytes = *train(MediaType::film, reader.with_texts(), reader.person.examples)->save();
  const auto works = reader.person.unrated();
  const auto without = Model::load(bytes)->expect(works);
  const auto own = Model::load(bytes, {{reader.texts}})->expect(works);
  auto others = std::make_shared<Themes>(*reader.texts);
  others->name = "another model";
  const auto other = Model::load(bytes, {{others}})->expect(works);
  bool differ = false;
  for (std::size_t i = 0; i < works.size(); ++i) {
    CHECK(other[i].stars == without[i].stars);
    differ = differ || own[i].stars != without[i].stars;
  }
  CHECK(differ);
}

TEST_CASE("the order of the works does not matter to what is common to their texts", "[text]") {
  const Reader reader(150, 1.2);
  auto works = reader.person.pointers;
  const Corpus forwards(works, {{reader.texts}});
  std::reverse(works.begin(), works.end());
  const Corpus backwards(works, {{reader.texts}});
  CHECK(forwards.statistics().embedded[0].mean == backwards.statistics().embedded[0].mean);
  CHECK(forwards.fingerprint() == backwards.fingerprint());
}

TEST_CASE("posters count likewise, by a trial of their own, beside texts or without", "[text]") {
  const Reader reader(150, 1.2);
  const auto works = reader.person.unrated();
  const auto without = train(MediaType::film, reader.person.corpus(), reader.person.examples);
  const auto texts = train(MediaType::film, reader.with_texts(), reader.person.examples);
  const auto posters = train(MediaType::film, Corpus(reader.person.pointers, {{nullptr, reader.texts}}), reader.person.examples);
  const auto both = train(MediaType::film, Corpus(reader.person.pointers, {{reader.texts, reader.texts}}), reader.person.examples);
  REQUIRE(posters);
  REQUIRE(both);
  CHECK(posters->scores()->rmse < without->scores()->rmse - 0.02);
  CHECK(both->scores()->rmse < without->scores()->rmse - 0.02);
  bool told = false;
  for (const Item* work : works)
    for (const auto& one : posters->explain(*work).contributions) told = told || one.group == "poster";
  CHECK(told);
  for (const Item* work : works)
    for (const auto& one : texts->explain(*work).contributions) CHECK(one.group != "poster");
  // Of a work without a poster less is known.
  Item bare = *works.front();
  bare.id = "film/bare";
  CHECK(posters->expect(std::vector<const Item*>{&bare}).front().stars > 0);
}

TEST_CASE("what a prediction has from texts is part of its reasons", "[text]") {
  const Reader reader(150, 1.2);
  const auto model = train(MediaType::film, reader.with_texts(), reader.person.examples);
  REQUIRE(model);
  for (const Item* work : reader.person.unrated()) {
    const auto why = model->explain(*work);
    double sum = why.base;
    for (const auto& one : why.contributions) {
      sum += one.stars;
      CHECK_FALSE(one.words.empty());
    }
    CHECK(sum == Approx(why.sum).margin(1e-6));
  }
}
