// How long a keystroke in the search box takes: 50,000 plausible titles, each query typed letter by letter.
// Prints the median and the worst time of a keystroke, and both as shares of the 10 ms that are allowed.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "core/library/search.hpp"

namespace {

using Clock = std::chrono::steady_clock;

/// Words made of syllables, some used far more often than others, as in real titles.
class Words {
 public:
  explicit Words(std::mt19937& random) : random_(random) {
    constexpr const char* onset[] = {"b", "br", "c", "ch", "d", "dr", "f", "g",  "gr", "h", "j",
                                     "k", "l",  "m", "n",  "p", "r",  "s", "st", "t",  "v", "w"};
    constexpr const char* rhyme[] = {"a",    "ack", "ain", "and", "ar", "e",  "ell", "en", "er", "i",
                                     "ight", "in",  "o",   "on",  "or", "ow", "u",   "un", "y"};
    for (int i = 0; i < 30'000; ++i) {
      std::string word;
      for (auto syllables = 1 + random_() % 4; syllables > 0; --syllables) {
        word += onset[random_() % std::size(onset)];
        word += rhyme[random_() % std::size(rhyme)];
      }
      words_.push_back(word);
    }
  }

  const std::string& any() {
    const double uniform = std::uniform_real_distribution<double>(0, 1)(random_);
    return words_[static_cast<std::size_t>(uniform * uniform * uniform * static_cast<double>(words_.size()))];
  }

 private:
  std::mt19937& random_;
  std::vector<std::string> words_;
};

}  // namespace

int main() {
  constexpr int items = 50'000;
  std::mt19937 random(7);
  Words words(random);
  hub::SearchIndex index;
  std::vector<std::string> titles;
  const auto begin = Clock::now();
  for (int i = 0; i < items; ++i) {
    hub::Item item;
    item.type = hub::media_types[static_cast<std::size_t>(i) % hub::media_type_count];
    item.title = random() % 3 == 0 ? "The " + words.any() : words.any();
    for (auto more = random() % 4; more > 0; --more) item.title += (random() % 4 == 0 ? " of the " : " ") + words.any();
    if (random() % 5 == 0) item.title += ": " + words.any() + " " + words.any();
    item.creators = {{"director", words.any() + " " + words.any()}, {"writer", words.any() + " " + words.any()}};
    item.community = {{"IMDb", 7, 10, static_cast<long>(random() % 1'000'000), ""}};
    index.add(item);
    titles.push_back(item.title);
  }
  const double built = std::chrono::duration<double>(Clock::now() - begin).count();

  std::vector<double> times;
  std::string slowest;
  for (int i = 0; i < 150; ++i) {
    std::string query = titles[random() % titles.size()];
    if (i % 2 == 1 && query.size() > 5) query[2 + random() % (query.size() - 3)] = static_cast<char>('a' + random() % 26);  // a slip
    for (std::size_t letters = 1; letters <= query.size(); ++letters) {
      const auto from = Clock::now();
      const auto hits = index.search(std::string_view(query).substr(0, letters), hub::media_types[static_cast<std::size_t>(i) % 5], 20);
      const double took = std::chrono::duration<double, std::milli>(Clock::now() - from).count();
      if (hits.size() > 20) return 1;
      if (times.empty() || took > *std::max_element(times.begin(), times.end())) slowest = query.substr(0, letters);
      times.push_back(took);
    }
  }
  std::sort(times.begin(), times.end());
  const double median = times[times.size() / 2];
  std::printf(
      "index of %d items built in %.2f s; %zu keystrokes: median %.2f ms (%.2f of 10 ms), worst %.2f ms (%.2f of 10 ms, at \"%s\")\n",
      items, built, times.size(), median, median / 10, times.back(), times.back() / 10, slowest.c_str());
  return 0;
}
