// What a trained model offers beside predictions: held-out figures, who carries a prediction, influence, questions, updates.
#include <algorithm>
#include <cmath>

#include "core/predictor/predictor.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

Model trained(const Corpus& corpus, const std::vector<Example>& examples) {
  auto model = train(MediaType::film, corpus, examples);
  REQUIRE(model);
  return *model;
}

double stars_of(const Model& model, const Item& item) {
  const Item* one = &item;
  return static_cast<double>(model.predict({&one, 1}).front().stars);
}

Item renamed(Item item, const std::string& id) {
  item.id = id;
  return item;
}

}  // namespace

TEST_CASE("the figure of a rated work does not know its rating", "[model]") {
  SyntheticPerson person(15);
  const auto corpus = person.corpus();
  const auto before = trained(corpus, person.examples).held_out(person.works[4].id);
  auto changed = person.examples;
  changed[4].stars = changed[4].stars > 3 ? 0.5 : 5;
  std::vector<Example> rest = person.examples;
  rest.erase(rest.begin() + 4);
  const auto model = trained(corpus, person.examples);
  REQUIRE(before);
  CHECK(stars_of(model, person.works[4]) == static_cast<double>(before->stars));
  CHECK_FALSE(model.held_out("film/unheard-of"));
  CHECK(model.explain(person.works[4]).held_out);
  CHECK_FALSE(model.explain(*person.unrated().front()).held_out);
  // It changes by no more than the shares of the stack do, which are learnt from all ratings.
  CHECK(std::abs(static_cast<double>(trained(corpus, changed).held_out(person.works[4].id)->stars - before->stars)) < 0.25);
  CHECK(std::abs(stars_of(trained(corpus, rest), person.works[4]) - static_cast<double>(before->stars)) < 0.25);
}

TEST_CASE("past ratings, the trees and the prior mean sum to the prediction", "[model]") {
  for (const std::size_t count : {1U, 12U, 80U}) {
    const SyntheticPerson person(count, 5);
    const auto model = trained(person.corpus(), person.examples);
    for (const auto* work : person.pointers) {
      const auto explanation = model.explain(*work);
      double sum = explanation.prior_mean + explanation.trees;
      for (std::size_t k = 0; k < explanation.carried_by.size(); ++k) {
        const auto& carrier = explanation.carried_by[k];
        sum += carrier.stars;
        CHECK(carrier.item_id != work->id);
        if (k > 0) CHECK(std::abs(carrier.stars) <= std::abs(explanation.carried_by[k - 1].stars));
      }
      CHECK(sum == Approx(explanation.sum).margin(1e-4));
    }
  }
}

TEST_CASE("a rating below its prediction never raises the prediction of an identical work", "[model]") {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const SyntheticPerson person(12, seed);
    const auto corpus = person.corpus();
    const auto model = trained(corpus, person.examples);
    for (const auto* work : person.unrated()) {
      const auto twin = renamed(*work, "film/twin");
      const double before = stars_of(model, twin);
      const auto updated = model.updated({work, 0.5, ""});
      REQUIRE(updated);
      // The shares of the stack are learnt anew, by which it may move a little the other way where it hardly moves at all.
      CHECK(stars_of(*updated, twin) <= before + 0.02);
    }
  }
}

TEST_CASE("an update is what training anew gives, as long as there are no trees", "[model]") {
  const SyntheticPerson person(14, 3);
  const auto corpus = person.corpus();
  const auto same = [&](const Model& a, const Model& b) {
    CHECK(a.rating_count() == b.rating_count());
    const auto one = a.predict(person.pointers);
    const auto two = b.predict(person.pointers);
    for (std::size_t i = 0; i < one.size(); ++i) {
      CHECK(static_cast<double>(one[i].stars) == Approx(static_cast<double>(two[i].stars)).margin(1e-6));
      CHECK(static_cast<double>(one[i].low) == Approx(static_cast<double>(two[i].low)).margin(1e-5));
    }
  };
  const auto model = trained(corpus, person.examples);
  auto examples = person.examples;
  examples[5].stars = 4.5;
  same(*model.updated(examples[5]), trained(corpus, examples));
  examples.push_back({person.unrated().front(), 2.5, ""});
  const auto more = *model.updated(examples[5])->updated(examples.back());
  same(more, trained(corpus, examples));
  examples.erase(examples.begin() + 2);
  same(more.updated_without(person.works[2].id), trained(corpus, examples));
  same(model.updated_without("film/unheard-of"), model);

  auto none = model;
  for (const auto& example : person.examples) none = none.updated_without(example.item->id);
  CHECK(none.rating_count() == 0);
  CHECK(stars_of(none, person.works[0]) == stars_of(Model(trained(corpus, {})), person.works[0]));
}

TEST_CASE("an update keeps the trees, and refuses what training refuses", "[model]") {
  const SyntheticPerson person(60, 3);
  const auto corpus = person.corpus();
  const auto model = trained(corpus, person.examples);
  const auto* added = person.unrated().front();
  const auto updated = model.updated({added, 0.5, ""});
  REQUIRE(updated);
  CHECK(updated->basis() == Basis::trees);
  CHECK(updated->rating_count() == 61);
  auto examples = person.examples;
  examples.push_back({added, 0.5, ""});
  const auto again = trained(corpus, examples);
  for (const auto* work : person.unrated()) CHECK(stars_of(*updated, *work) == Approx(stars_of(again, *work)).margin(0.2));
  const auto explanation = updated->explain(*added);
  CHECK(explanation.held_out);
  CHECK(std::clamp(explanation.sum, 0.5, 5.0) == Approx(static_cast<double>(updated->held_out(added->id)->stars)).margin(1e-4));

  CHECK(model.updated({added, 7, ""}).error().code == "bad_rating");
  auto book = *added;
  book.type = MediaType::book;
  CHECK(model.updated({&book, 3, ""}).error().code == "wrong_type");
}

TEST_CASE("influence is how far the prediction moves without a rating", "[model]") {
  const SyntheticPerson person(15, 6);
  const auto corpus = person.corpus();
  const auto model = trained(corpus, person.examples);
  const auto& work = *person.unrated().front();
  const auto influences = model.influence(work, 100);
  REQUIRE(influences.size() == 15);
  for (std::size_t k = 1; k < influences.size(); ++k) CHECK(std::abs(influences[k].stars) <= std::abs(influences[k - 1].stars));
  for (const auto& influence : influences) {
    auto rest = person.examples;
    rest.erase(std::find_if(rest.begin(), rest.end(), [&](const Example& one) { return one.item->id == influence.item_id; }));
    // Up to the shares of the stack, which the closed form keeps.
    CHECK(stars_of(trained(corpus, rest), work) - stars_of(model, work) == Approx(influence.stars).margin(0.05));
  }
  CHECK(model.influence(work, 3).size() == 3);
  CHECK(Model().influence(work).empty());
}

TEST_CASE("a question about other facts is answered as for such a work, group by group", "[model]") {
  const SyntheticPerson person(200);
  const auto model = trained(person.corpus(), person.examples);
  const auto& work = *person.unrated().front();
  auto changed = work;
  changed.genres = {"Science fiction"};
  changed.creators = {{"director", "Director 1"}};
  const auto answer = model.what_if(work, changed);
  CHECK(static_cast<double>(answer.before.stars) == stars_of(model, work));
  CHECK(static_cast<double>(answer.after.stars) == Approx(stars_of(model, changed)).margin(1e-4));
  double sum = 0;
  for (const auto& change : answer.changes) sum += change.stars;
  CHECK(sum == Approx(model.explain(changed).sum - model.explain(work).sum).margin(1e-4));
  CHECK(model.what_if(work, work).changes.empty());
}

TEST_CASE("ratings of other types help where taste is shared, and the figures say so", "[model]") {
  const SyntheticPerson films(30, 8);
  const SyntheticPerson books(150, 9, 1, MediaType::book);
  std::vector<const Item*> all = films.pointers;
  all.insert(all.end(), books.pointers.begin(), books.pointers.end());
  const Corpus corpus(all);
  const auto alone = train(MediaType::film, corpus, films.examples);
  const auto with = train(MediaType::film, corpus, films.examples, 1, books.examples);
  REQUIRE(with);
  const auto share = [](const Model& model) {
    for (const auto& one : model.scores()->estimators) {
      if (one.name == "all_types") return one.share;
    }
    return -1.0;
  };
  CHECK(share(*alone) == -1);
  CHECK(share(*with) > 0.2);
  CHECK(with->scores()->rmse_all_types < with->scores()->rmse_own_type);
  CHECK(alone->scores()->rmse_all_types == alone->scores()->rmse_own_type);
  CHECK(with->rating_count() == 30);
  const auto explanation = with->explain(*films.unrated().front());
  CHECK(std::any_of(explanation.carried_by.begin(), explanation.carried_by.end(),
                    [](const Carrier& one) { return one.item_id.rfind("book/", 0) == 0; }));
  CHECK(train(MediaType::film, corpus, films.examples, 1, films.examples).error().code == "wrong_type");
}

TEST_CASE("permuted ratings teach nothing", "[model]") {
  // One permutation may by chance follow some fact a little; of a dozen the mean is not above 0.
  constexpr std::uint64_t permutations = 12;
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= permutations; ++seed) {
    SyntheticPerson person(150, seed);
    // The works' public ratings go to other works with the ratings, so that nothing at all is left to learn.
    Random random(seed + 10);
    for (std::size_t i = person.examples.size(); i > 1; --i)
      std::swap(person.examples[i - 1].stars, person.examples[static_cast<std::size_t>(random.below(i))].stars);
    const auto model = trained(person.corpus(), person.examples);
    const auto& scores = *model.scores();
    sum += 1 - std::pow(scores.rmse / scores.rmse_mean, 2);
  }
  CHECK(sum / permutations <= 0);
}
