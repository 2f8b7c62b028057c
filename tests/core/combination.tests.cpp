#include <cmath>
#include <numeric>

#include "core/predictor/combination.hpp"
#include "core/predictor/fitting.hpp"
#include "core/predictor/state.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

/// Ratings as numbers, which refer to the corpus.
struct Prepared {
  Corpus corpus;
  std::shared_ptr<Ratings> ratings;

  explicit Prepared(const SyntheticPerson& person)
      : corpus(person.corpus()), ratings(ratings_from(MediaType::film, corpus, person.examples)) {}
};

Fit fitted(const Prepared& prepared) {
  Fitting fitting(prepared.ratings);
  while (true) {
    const auto more = fitting.step();
    REQUIRE(more);
    if (!*more) return fitting.take();
  }
}

/// K(x, y) written out kernel by kernel, as the list describes it.
double covariance(const features::Encoded& x, const features::Encoded& y, const Weights& w) {
  const auto or_mean = [](double value) { return std::isnan(value) ? 0.0 : value; };
  const auto cosine = [&](features::Family family) {
    double sum = 0;
    for (const auto& a : x.of(family)) {
      for (const auto& b : y.of(family)) sum += a.key == b.key ? a.weight * b.weight : 0;
    }
    return sum;
  };
  const double c = 2 * x.community - 2 * y.community;
  const double v = or_mean(x.votes) - or_mean(y.votes);
  const double t = or_mean(x.year) - or_mean(y.year);
  const double genres = cosine(features::Family::genres);
  const auto outside = [](const features::Encoded& one) { return one.type != MediaType::film && one.type != MediaType::show; };
  double sum = w[Kernel::constant] + w[Kernel::community] * 4 * x.community * y.community;
  sum += w[Kernel::votes] * or_mean(x.votes) * or_mean(y.votes) + w[Kernel::year] * or_mean(x.year) * or_mean(y.year);
  sum += w[Kernel::length] * or_mean(x.length) * or_mean(y.length);
  sum += x.has_community || y.has_community ? 0.0 : w[Kernel::unknown_public];
  sum += w[Kernel::genres] * genres + w[Kernel::creators] * cosine(features::Family::creators);
  if (outside(x) && outside(y)) sum += w[Kernel::creators_outside_screen] * cosine(features::Family::creators);
  sum += w[Kernel::cast] * cosine(features::Family::cast) + w[Kernel::language] * cosine(features::Family::language);
  sum += w[Kernel::companies] * cosine(features::Family::companies) + w[Kernel::keywords] * cosine(features::Family::keywords);
  sum += w[Kernel::series] * cosine(features::Family::series) + w[Kernel::awards] * cosine(features::Family::awards);
  sum += w[Kernel::title_words] * cosine(features::Family::title_words) + (x.type == y.type ? w[Kernel::media_type] : 0.0);
  sum += w[Kernel::near_year] * std::exp(-t * t / 0.5) + w[Kernel::near_public] * std::exp(-c * c / 2 - v * v / 2);
  sum += w[Kernel::joint] * std::exp(-(1 - genres) / 0.5 - t * t / 2 - v * v / 4 - c * c / 4);
  return sum;
}

}  // namespace

TEST_CASE("covariances are the sum of the kernels as listed", "[kernels]") {
  SyntheticPerson person(40);
  person.works[3].genres.clear();
  person.works[4].community.clear();
  person.works[5].year.reset();
  person.works[6].year = 1880;  // beyond where the years are clipped
  for (std::size_t i = 0; i < 12; ++i) {
    person.works[i].series = {{"Series " + std::to_string(i % 3), std::to_string(i)}};
    if (i % 2 == 0) person.works[i].series.push_back({"All of them", ""});
    person.works[i].awards = {"Prize", "Prize " + std::to_string(i % 4)};
  }
  const Prepared prepared(person);
  const auto& ratings = prepared.ratings;
  const auto& works = *ratings->works;
  for (const auto& weights : {gaussian_process_weights({}), ridge_weights(), linear_weights()}) {
    for (std::size_t i = 0; i < works.size(); ++i) {
      std::vector<double> row(works.size());
      works.covariances(works.point(i), weights, row);
      for (std::size_t j = 0; j < works.size(); ++j)
        CHECK(row[j] == Approx(covariance(works.item(i), works.item(j), weights)).margin(1e-9));
      CHECK(prior_variance(works.point(i), weights) == Approx(row[i]).margin(1e-9));
    }
  }
}

TEST_CASE("one person is one entity in every role and every medium", "[kernels]") {
  Item film;
  film.id = "film/a";
  film.creators = {{"director", "Ada Example"}};
  Item book;
  book.id = "book/b";
  book.type = MediaType::book;
  book.creators = {{"author", "ada  example"}};
  const features::Statistics statistics;
  const auto a = features::encode(film, statistics);
  const auto b = features::encode(book, statistics);
  REQUIRE(a.of(features::Family::creators).size() == 1);
  CHECK(a.of(features::Family::creators).front().key == b.of(features::Family::creators).front().key);
}

TEST_CASE("parts by kernel sum to what the members predict", "[combination]") {
  const SyntheticPerson person(60);
  const Prepared prepared(person);
  const auto& ratings = prepared.ratings;
  Random random(4);
  std::vector<Member> members;
  for (const auto& weights : {gaussian_process_weights({}), ridge_weights(), linear_weights()}) {
    Vector alpha(60);
    for (Index i = 0; i < 60; ++i) alpha[i] = random.uniform() - 0.5;
    members.push_back({weights, 0.2 + 0.3 * random.uniform(), alpha});
  }
  const Combination combination(ratings->works, members);
  for (const auto* work : person.unrated()) {
    const auto item = features::encode(*work, person.corpus().statistics());
    const Point point{item, 0};
    double expected = 0;
    std::vector<double> row(60);
    for (const auto& member : members) {
      ratings->works->covariances(point, member.weights, row);
      for (std::size_t i = 0; i < 60; ++i) expected += member.share * member.alpha[static_cast<Index>(i)] * row[i];
    }
    CHECK(combination.parts(point).sum() == Approx(expected).margin(1e-9));
  }
}

TEST_CASE("what a rated work's explanation leaves out is its own rating", "[combination]") {
  const SyntheticPerson person(50);
  const Prepared prepared(person);
  const auto& ratings = prepared.ratings;
  const auto fit = fitted(prepared);
  const auto left_out = blended_left_out(fit, *ratings);
  for (std::size_t place = 0; place < 50; place += 7) {
    const Combination without(ratings->works, members_of(fit, *ratings, &place));
    CHECK(without.parts(ratings->works->point(ratings->own[place])).sum() == Approx(left_out[static_cast<Index>(place)]).margin(1e-9));
  }
}

TEST_CASE("what the trees see of a rating is the same whatever that rating is", "[combination]") {
  SyntheticPerson person(60);
  const auto encodings = [&] { return fitted(Prepared(person)).encodings; };
  const auto before = encodings();
  person.examples[7].stars = person.examples[7].stars > 3 ? 0.5 : 5;
  const auto after = encodings();
  const auto row = [](const Matrix& matrix, std::size_t i) { return std::vector<float>(matrix.row(i).begin(), matrix.row(i).end()); };
  for (std::size_t column = 0; column < before.columns; ++column) {
    const float a = row(before, 7)[column];
    const float b = row(after, 7)[column];
    // Rounded to 1/4096, so a last bit may show.
    CHECK(((std::isnan(a) && std::isnan(b)) || std::abs(a - b) < 0.0005F));
  }
  CHECK(row(before, 8) != row(after, 8));
}
