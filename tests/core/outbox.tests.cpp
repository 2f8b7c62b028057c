#include "core/protocol/outbox.hpp"

#include "tests/core/catch.hpp"

using namespace hub::protocol;

namespace {

std::vector<std::string> items_of(const Outbox::Resumed& resumed) {
  std::vector<std::string> items;
  for (const auto& entry : resumed.again) items.push_back(std::get<Rate>(entry.command).item_id);
  return items;
}

}  // namespace

TEST_CASE("what the engine has answered is done with, and the rest goes to the next one in the order in which it was given") {
  Outbox outbox;
  for (std::uint32_t id = 1; id <= 4; ++id) outbox.sent(Rate{"film/" + std::to_string(id), 3}, id * 10);
  outbox.answered(25);                        // a message in between belongs to no command
  CHECK(outbox.resume(false).again.empty());  // the engine has them
  CHECK_FALSE(outbox.empty());
  outbox.engine_ended();
  outbox.wait(Rate{"film/5", 3});
  CHECK(items_of(outbox.resume(false)) == std::vector<std::string>{"film/3", "film/4", "film/5"});
  CHECK(outbox.empty());
}

TEST_CASE("messages that answer nothing leave the outbox as it is") {
  Outbox outbox;
  outbox.wait(Undo{});
  outbox.answered(0);
  outbox.answered(99);
  CHECK(outbox.resume(false).again.size() == 1);
  outbox.sent(Undo{}, 3);
  outbox.answered(0);
  CHECK_FALSE(outbox.empty());
}

TEST_CASE("a command that two engines did not survive is not given to a third") {
  Outbox outbox;
  outbox.sent(Rate{"film/1", 3}, 1);
  outbox.engine_ended();
  auto resumed = outbox.resume(false);
  REQUIRE(resumed.again.size() == 1);
  outbox.sent(resumed.again[0].command, 2, resumed.again[0].ends);
  outbox.engine_ended();
  outbox.wait(Rate{"film/2", 3});
  resumed = outbox.resume(false);
  CHECK(resumed.given_up == 1);
  CHECK(items_of(resumed) == std::vector<std::string>{"film/2"});
}

TEST_CASE("a step back or forth that may have been taken is not taken twice") {
  for (const bool told_more : {false, true}) {
    Outbox outbox;
    outbox.sent(Undo{}, 1);
    outbox.sent(Redo{}, 2);
    outbox.sent(Rate{"film/1", 3}, 3);
    outbox.engine_ended();
    outbox.wait(Undo{});  // given after the end: certainly not taken yet
    const auto resumed = outbox.resume(told_more);
    CHECK(resumed.doubtful == (told_more ? 2 : 0));
    CHECK(resumed.again.size() == (told_more ? 2 : 4));
  }
}
