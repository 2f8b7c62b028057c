#include "core/library/search.hpp"

#include <random>

#include "tests/core/catch.hpp"

using namespace hub;

namespace {

class Titles {
 public:
  Titles& add(std::string title, long votes = 1'000, std::string creator = "", MediaType type = MediaType::film,
              std::string original = "") {
    index_.add(made(title, votes, creator, type, original));
    titles_.push_back(title);
    return *this;
  }

  static Item made(std::string title, long votes, std::string creator, MediaType type, std::string original) {
    Item item;
    item.type = type;
    item.title = std::move(title);
    item.original_title = std::move(original);
    if (!creator.empty()) item.creators = {{"director", std::move(creator)}};
    item.community = {{"IMDb", 7, 10, votes, ""}};
    return item;
  }

  std::vector<std::string> find(std::string_view query, std::optional<MediaType> type = {}, std::size_t limit = 20) const {
    std::vector<std::string> found;
    for (const SearchIndex::Hit& hit : index_.search(query, type, limit)) found.push_back(titles_[hit.slot]);
    return found;
  }

  std::string best(std::string_view query) const {
    const auto found = find(query);
    return found.empty() ? "" : found.front();
  }

  SearchIndex index_;
  std::vector<std::string> titles_;
};

Titles sample() {
  Titles titles;
  titles.add("The Matrix", 2'000'000, "Lana Wachowski")
      .add("The Matrix Reloaded", 600'000, "Lana Wachowski")
      .add("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 500'000, "Stanley Kubrick")
      .add("Amélie", 780'000, "Jean-Pierre Jeunet", MediaType::film, "Le Fabuleux Destin d'Amélie Poulain")
      .add("Spider-Man", 800'000, "Sam Raimi")
      .add("WALL·E", 1'100'000, "Andrew Stanton")
      .add("The Lord of the Rings: The Fellowship of the Ring", 1'900'000, "Peter Jackson")
      .add("Spirited Away", 800'000, "Hayao Miyazaki", MediaType::film, "千と千尋の神隠し")
      .add("Arrival", 750'000, "Denis Villeneuve")
      .add("Arrival", 5, "Someone Else", MediaType::book)
      .add("Schindler's List", 1'400'000, "Steven Spielberg")
      .add("Interstellar", 2'000'000, "Christopher Nolan")
      .add("Pride & Prejudice", 300'000, "Joe Wright");
  return titles;
}

}  // namespace

TEST_CASE("Text is compared without case, accents and punctuation") {
  CHECK(normalised_text("  Amélie,  LÀ-bas! ") == "amelie la bas");
  CHECK(normalised_text("Straße & Œuvre") == "strasse and oeuvre");
  CHECK(normalised_text("Ame\xCC\x81lie") == "amelie");
  CHECK(normalised_text("ＦＵＬＬ　１２") == "full 12");
  CHECK(normalised_text("Ёлки ЖИЗНЬ") == "елки жизнь");
  CHECK(normalised_text("Ἀ ΟΔΎΣΣΕΙΑΣ").ends_with("οδυσσειασ"));
  CHECK(normalised_text("千と千尋の神隠し") == "千と千尋の神隠し");
  CHECK(normalised_text("Łódź Þór Đặng") == "lodz thor dang");
  CHECK(normalised_text("--- …").empty());
  CHECK(normalised_text("a\xFF"
                        "b") == "a b");
}

TEST_CASE("A title is found however it is typed") {
  const Titles titles = sample();
  const auto [query, title] = GENERATE(table<std::string, std::string>({
      {"the matrix", "The Matrix"},
      {"matrix", "The Matrix"},
      {"MATRIX", "The Matrix"},
      {"matr", "The Matrix"},
      {"matrix rel", "The Matrix Reloaded"},
      {"reloaded matrix", "The Matrix Reloaded"},
      {"amelie", "Amélie"},
      {"fabuleux destin", "Amélie"},
      {"dr strangelove", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb"},
      {"spiderman", "Spider-Man"},
      {"spider man", "Spider-Man"},
      {"walle", "WALL·E"},
      {"wall-e", "WALL·E"},
      {"lord rings", "The Lord of the Rings: The Fellowship of the Ring"},
      {"lord of the ring", "The Lord of the Rings: The Fellowship of the Ring"},
      {"千と千", "Spirited Away"},
      {"schindlers list", "Schindler's List"},
      {"schindler’s list", "Schindler's List"},
      {"pride and prejudice", "Pride & Prejudice"},
      {"villeneuve", "Arrival"},
      {"nolan interstellar", "Interstellar"},
      // slips of the finger
      {"matirx", "The Matrix"},
      {"metrix", "The Matrix"},
      {"arival", "Arrival"},
      {"arrrival", "Arrival"},
      {"intersteler", "Interstellar"},
      {"spirted awya", "Spirited Away"},
      {"vileneuve", "Arrival"},
      {"strangelvo", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb"},
  }));
  CAPTURE(query);
  CHECK(titles.best(query) == title);
}

TEST_CASE("Better matches come first, and among equals the better known") {
  Titles titles;
  titles.add("Alien Nation", 9'000'000)
      .add("Alien", 10)
      .add("The Alien", 20)
      .add("My Alien Friend", 9'000'000)
      .add("Aline", 9'000'000)
      .add("Other", 9'000'000, "Alien Smith")
      .add("Aliens", 100);
  CHECK(titles.find("alien") ==
        std::vector<std::string>{"The Alien", "Alien", "Alien Nation", "Aliens", "My Alien Friend", "Aline", "Other"});
}

TEST_CASE("Short words forgive nothing") {
  Titles titles;
  titles.add("Up").add("Her").add("It");
  CHECK(titles.find("us").empty());
  CHECK(titles.find("hex").empty());
  CHECK(titles.best("her") == "Her");
}

TEST_CASE("Words that are not there are not found") {
  const Titles titles = sample();
  CHECK(titles.find("matrix nolan").empty());
  CHECK(titles.find("qqqqqq").empty());
  CHECK(titles.find("").empty());
  CHECK(titles.find(" -.,! ").empty());
  CHECK(titles.find(std::string(100'000, 'a')).empty());
  CHECK(titles.find("\xFF\xFE\x80").empty());
}

TEST_CASE("Among works that fit equally well the better known come first, then the shorter titles, whatever changed in between") {
  const std::vector<std::string> words{"stone", "stone garden", "garden of stone", "the stone", "a stone in winter"};
  std::mt19937 random(3);
  const auto any = [&] {
    return Titles::made(words[random() % words.size()], static_cast<long>(random() % 4) * 100, "", MediaType::film, "");
  };
  SearchIndex changed;
  std::vector<Item> now;
  for (int round = 0; round < 12; ++round) {
    for (int i = 0; i < 20; ++i) {
      now.push_back(any());
      changed.add(now.back());
    }
    for (int i = 0; i < 10; ++i) {
      const auto slot = static_cast<std::uint32_t>(random() % now.size());
      now[slot] = any();
      changed.replace(slot, now[slot]);
    }
    SearchIndex fresh;
    for (const Item& item : now) fresh.add(item);
    const auto hits = changed.search("stone", std::nullopt, now.size());
    const auto expected = fresh.search("stone", std::nullopt, now.size());
    REQUIRE(hits.size() == now.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
      REQUIRE(hits[i].slot == expected[i].slot);
      if (i == 0) continue;
      REQUIRE(hits[i].score <= hits[i - 1].score);
      if (hits[i].score < hits[i - 1].score) continue;
      const std::size_t before = now[hits[i - 1].slot].title.size();
      const std::size_t length = now[hits[i].slot].title.size();
      REQUIRE(before <= length);
      if (before == length) REQUIRE(hits[i - 1].slot < hits[i].slot);
    }
  }
}

TEST_CASE("A search can be kept to a type and to a number of hits") {
  const Titles titles = sample();
  CHECK(titles.find("arrival", MediaType::book).size() == 1);
  CHECK(titles.find("arrival", MediaType::game).empty());
  std::size_t total = 0;
  CHECK(titles.index_.search("a", std::nullopt, 1, &total).size() == 1);
  CHECK(total >= 3);
  CHECK(titles.index_.search("arrival", std::nullopt, 0, &total).empty());
  CHECK(total == 2);
}

TEST_CASE("An item that was replaced is found by its new title only") {
  Titles titles = sample();
  titles.index_.replace(0, Titles::made("Dark City", 1, "Alex Proyas", MediaType::film, ""));
  CHECK(titles.index_.search("dark city", std::nullopt, 5).front().slot == 0);
  CHECK(titles.best("matrix") == "The Matrix Reloaded");
  CHECK(titles.index_.size() == titles.titles_.size());
}

namespace {

/// Works with all that a library may know of them.
struct Shelf {
  void add(Item item) {
    ids.push_back(item.title);
    index.add(item);
    among.push_back(true);
  }

  std::vector<std::string> find(std::string_view query, std::string* meant = nullptr) const {
    const SearchIndex::All all = index.search_all(query, among);
    std::vector<std::string> titles;
    for (const auto& hit : all.hits) titles.push_back(ids[hit.slot]);
    if (meant) *meant = all.meant;
    return titles;
  }

  SearchIndex index;
  std::vector<std::string> ids;
  std::vector<bool> among;
};

Item work(std::string title, std::string director, std::vector<std::string> cast, std::vector<std::string> genres,
          std::vector<std::string> keywords) {
  Item item;
  item.title = std::move(title);
  item.creators = {{"director", std::move(director)}};
  item.cast = std::move(cast);
  item.genres = std::move(genres);
  item.keywords = std::move(keywords);
  return item;
}

Shelf shelf() {
  Shelf made;
  made.add(work("The Harbour", "Ida Moreau", {"Tom Vale"}, {"Drama"}, {"lighthouse", "storm"}));
  made.add(work("Storm Front", "Ana Lima", {"Élise Harbour"}, {"Action"}, {"heist"}));
  made.add(work("A Quiet Storm", "Storm Berg", {}, {"Drama"}, {"harbour"}));
  made.add(work("Nine Lanterns", "Ana Lima", {"Tom Vale", "Jo Storm"}, {"Comedy", "Drama"}, {"harbour town"}));
  return made;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("In the library words are found in the cast, the genres and the keywords too, behind titles and makers") {
  const Shelf titles = shelf();
  CHECK(titles.find("storm") == Found{"Storm Front", "A Quiet Storm", "The Harbour", "Nine Lanterns"});
  CHECK(titles.find("elise harbour") == Found{"Storm Front"});
  CHECK(titles.find("drama tom") == Found{"The Harbour", "Nine Lanterns"});
  CHECK(titles.find("lima comedy") == Found{"Nine Lanterns"});
  CHECK(titles.find("drama heist").empty());  // each word has to be found
  // Suggestions for a prediction go by names alone.
  CHECK(titles.index.search("heist", {}, 20).empty());
}

TEST_CASE("Makers come before what a work is about") {
  Shelf titles;
  titles.add(work("First", "Someone", {}, {}, {"lima"}));
  titles.add(work("Second", "Ana Lima", {}, {}, {}));
  CHECK(titles.find("lima") == Found{"Second", "First"});
}

TEST_CASE("In the library a letter is forgiven only where nothing is found without, and what was meant is told") {
  const Shelf titles = shelf();
  std::string meant = "?";
  CHECK(titles.find("storm", &meant).size() == 4);
  CHECK(meant.empty());
  CHECK(titles.find("nine lantrens", &meant) == Found{"Nine Lanterns"});
  CHECK(meant == "nine lanterns");
  CHECK(titles.find("comedi lanterns", &meant) == Found{"Nine Lanterns"});
  CHECK(meant == "comedy lanterns");
  CHECK(titles.find("xylophone", &meant).empty());
  CHECK(meant.empty());
  CHECK(titles.find("  …  ", &meant).empty());
}

TEST_CASE("What is not in the library is not found in it, nor does it keep a letter from being forgiven") {
  Shelf titles = shelf();
  titles.add(work("Lantrens", "Nobody", {}, {}, {}));
  titles.among.back() = false;
  CHECK(titles.find("lantrens") == Found{"Nine Lanterns"});
  titles.among.pop_back();
  CHECK(titles.find("lantrens") == Found{"Nine Lanterns"});
}

TEST_CASE("What a work is found by in the library follows its facts") {
  Shelf titles = shelf();
  titles.index.replace(0, work("The Harbour", "Ida Moreau", {}, {"Drama"}, {"tide"}));
  CHECK(titles.find("lighthouse").empty());
  CHECK(titles.find("tide") == Found{"The Harbour"});
}
