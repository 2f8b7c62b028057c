#include "core/predictor/factor_pool.hpp"

#include "core/predictor/fitting.hpp"
#include "core/predictor/state.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

/// Somebody who has rated films and books.
struct Reader {
  SyntheticPerson films{40, 3};
  SyntheticPerson books{30, 5, 1, MediaType::book};

  Corpus corpus() const {
    auto items = films.pointers;
    items.insert(items.end(), books.pointers.begin(), books.pointers.end());
    return Corpus(items);
  }

  const std::vector<Example>& of(MediaType type) const { return type == MediaType::film ? films.examples : books.examples; }

  /// Of the type first, as a training has them.
  std::vector<Example> examples(MediaType type) const {
    auto all = of(type);
    const auto& others = of(type == MediaType::film ? MediaType::book : MediaType::film);
    all.insert(all.end(), others.begin(), others.end());
    return all;
  }
};

Fit taken(Fitting&& fitting) {
  while (true) {
    const auto more = fitting.step();
    REQUIRE(more);
    CHECK(fitting.progress() <= 1);
    if (!*more) return fitting.take();
  }
}

const GaussianProcess& of_all_types(const Fit& fit) {
  REQUIRE(fit.processes.back().estimator == Estimator::all_types);
  return std::get<GaussianProcess>(fit.processes.back().regression);
}

}  // namespace

TEST_CASE("models of two types have one factor of all types, and say what each would say alone", "[predictor]") {
  const Reader reader;
  const Corpus corpus = reader.corpus();
  const auto films = ratings_from(MediaType::film, corpus, reader.examples(MediaType::film));
  const auto books = ratings_from(MediaType::book, corpus, reader.examples(MediaType::book));
  const auto pool = std::make_shared<FactorPool>();

  auto first = taken(Fitting(films, Settings{}, pool));
  auto second = taken(Fitting(books, Settings{}, pool));
  CHECK(of_all_types(first).shared_factor() == of_all_types(second).shared_factor());

  const auto alone = taken(Fitting(books, Settings{}));
  CHECK(of_all_types(alone).shared_factor() != of_all_types(second).shared_factor());
  CHECK((of_all_types(alone).alpha() - of_all_types(second).alpha()).cwiseAbs().maxCoeff() < 1e-6);
  CHECK((left_out_by(alone, *books, Estimator::all_types) - left_out_by(second, *books, Estimator::all_types)).cwiseAbs().maxCoeff() <
        1e-6);

  // One more rating is the model's own; the other's factor stays as it is.
  const auto before = of_all_types(first).shared_factor();
  second.processes.back().remove(books->own.front());
  CHECK(of_all_types(second).size() == of_all_types(first).size() - 1);
  CHECK(of_all_types(first).shared_factor() == before);
}

TEST_CASE("models of two types hold each work as numbers once, as long as one of them is there", "[predictor]") {
  const Reader reader;
  const Corpus corpus = reader.corpus();
  FactorPool pool;
  auto films = ratings_from(MediaType::film, corpus, reader.examples(MediaType::film), &pool);
  auto books = ratings_from(MediaType::book, corpus, reader.examples(MediaType::book), &pool);
  REQUIRE(films->works->size() == books->works->size());
  // The orders differ: each has its own type first.
  for (std::size_t i = 0; i < films->works->size(); ++i) {
    const auto place = std::find(books->ids.begin(), books->ids.end(), films->ids[i]);
    REQUIRE(place != books->ids.end());
    CHECK(&films->works->item(i) == &books->works->item(static_cast<std::size_t>(place - books->ids.begin())));
  }
  const std::weak_ptr<const features::Encoded> one = films->works->items().front();
  films.reset();
  CHECK_FALSE(one.expired());
  books.reset();
  CHECK(one.expired());
}

TEST_CASE("a factor that no model has any more is forgotten", "[predictor]") {
  const Reader reader;
  const Corpus corpus = reader.corpus();
  const auto films = ratings_from(MediaType::film, corpus, reader.examples(MediaType::film));
  const auto pool = std::make_shared<FactorPool>();
  std::uint64_t key = 0;
  {
    const auto fit = taken(Fitting(films, Settings{}, pool));
    key = factor_key(*films->works, fit.processes.back().rows, fit.processes.back().weights);
    CHECK(pool->find(key) == of_all_types(fit).shared_factor());
  }
  CHECK(pool->find(key) == nullptr);
}

TEST_CASE("a factor belongs to works, their facts, their days and the weights of the kernels", "[predictor]") {
  Reader reader;
  const Corpus corpus = reader.corpus();
  const auto key = [&](const Weights& weights = gaussian_process_weights({})) {
    const auto ratings = ratings_from(MediaType::film, corpus, reader.examples(MediaType::film));
    const std::vector<std::uint32_t> rows{0, 1, 2};
    return factor_key(*ratings->works, rows, weights);
  };
  const auto before = key();
  CHECK(key() == before);
  auto noisier = gaussian_process_weights({});
  noisier.noise += 0.01;
  CHECK(key(noisier) != before);

  Example& rated = reader.films.examples.front();
  rated.stars = rated.stars == 0.5 ? 1 : 0.5;
  CHECK(key() == before);
  rated.date = "2019-02-03";
  CHECK(key() != before);
  rated.date.clear();
  CHECK(key() == before);
  Item other = *rated.item;
  other.keywords.push_back("lighthouses");
  rated.item = &other;
  CHECK(key() != before);
}

TEST_CASE("a model that was kept takes up the factor of the models in use", "[predictor]") {
  const Reader reader;
  const Corpus corpus = reader.corpus();
  const auto pool = std::make_shared<FactorPool>();
  const auto trained = [&](MediaType type) {
    const MediaType other = type == MediaType::film ? MediaType::book : MediaType::film;
    auto job = TrainingJob::start(type, corpus, reader.of(type), 1, reader.of(other), {}, pool);
    REQUIRE(job);
    while (*job->step()) {
    }
    return job->finish();
  };
  const Model films = trained(MediaType::film);
  const auto whole = trained(MediaType::book).save();
  const auto without_factors = trained(MediaType::book).save(whole->size() - 1);
  REQUIRE(whole);
  REQUIRE(without_factors);
  for (const auto* bytes : {&*whole, &*without_factors}) {
    auto job = TrainingJob::restore(*bytes, pool);
    REQUIRE(job);
    while (*job->step()) {
    }
    const Model books = job->finish();
    const auto again = Model::load(*bytes);
    REQUIRE(again);
    for (const Item* one : reader.books.pointers) {
      CHECK(books.predict({&one, 1}).front().stars == again->predict({&one, 1}).front().stars);
    }
  }
}
