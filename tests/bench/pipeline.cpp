// One person's work from files to reasons: reads the ratings, trains, predicts every item, explains the first fifty.
//   bench_pipeline ITEMS RATINGS            does it once and says "done"; then the work without the reading once more for each line of
//   standard
//                                           input, answered with its seconds
//   bench_pipeline made N ITEMS RATINGS     writes the files of a made-up person with N ratings and as many items again

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "core/cli/evaluate_files.hpp"
#include "core/predictor/predictor.hpp"
#include "tests/bench/measuring.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using bench::value_of;

namespace {

constexpr std::size_t explained = 50;

void write(std::size_t ratings, const std::string& items_file, const std::string& ratings_file) {
  const tests::SyntheticPerson person(ratings);
  std::ofstream items(items_file);
  items << "item_id,media_type,title,year,genres,creators,cast,keywords,language,length,community_rating,community_votes\n";
  for (const Item& item : person.works) {
    items << item.id << ",film," << item.title << ',' << *item.year << ',' << item.genres[0] << ',' << item.creators[0].name << ','
          << item.cast[0] << ',' << item.keywords[0] << '|' << item.keywords[1] << ',' << item.language.text() << ',' << *item.length << ','
          << item.community[0].rating << ',' << *item.community[0].votes << '\n';
  }
  std::ofstream rated(ratings_file);
  rated << "item_id,rating\n";
  for (const auto& example : person.examples) rated << example.item->id << ',' << example.stars << '\n';
}

std::size_t work(const cli::RatedWorks& works) {
  const predictor::Corpus corpus(works.pointers);
  std::vector<predictor::Example> examples;
  for (const auto& rated : works.people.front().ratings) examples.push_back({rated.item, std::clamp(rated.stars, 0.5, 5.0), rated.date});
  const auto model = value_of(predictor::train(works.pointers.front()->type, corpus, examples));
  std::size_t made = model.predict(works.pointers).size();
  for (std::size_t i = 0; i < std::min(explained, works.pointers.size()); ++i)
    made += model.explain(*works.pointers[i]).contributions.size();
  return made;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 4 && words[0] == "made") {
    write(std::stoul(words[1]), words[2], words[3]);
    return 0;
  }
  if (words.size() != 2) return 2;
  const auto works = value_of(cli::read_rated_works({words[0], words[1], 5.0, 10.0}));
  if (works.people.empty() || work(works) == 0) return 1;
  std::puts("done");
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    const auto begin = std::chrono::steady_clock::now();
    if (work(works) == 0) return 1;
    std::printf("%.9f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    std::fflush(stdout);
  }
  return 0;
}
