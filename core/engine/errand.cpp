#include "core/engine/errand.hpp"

#include <algorithm>

namespace hub::engine {

Errand::Errand(fetching::Queue& queue, metadata::Service service, metadata::Inquiry inquiry, fetching::Urgency urgency, std::string purpose,
               std::function<void()> changed)
    : queue_(queue),
      service_(service),
      inquiry_(std::move(inquiry)),
      urgency_(urgency),
      purpose_(std::move(purpose)),
      changed_(std::move(changed)) {
  send();
}

Errand::~Errand() {
  for (const auto& [request, ticket] : out_) queue_.cancel(ticket);
}

void Errand::send() {
  // Taking one off the list makes the next the first.
  for (std::size_t i = 0; i < inquiry_.wanted().size();) {
    const metadata::Request request = inquiry_.wanted()[i];
    // Covers are asked for where they are shown, and a host that this page does not reach is none whose answer could be waited for.
    const bool left_out = request.ask == metadata::Ask::cover || (!request.needed && !queue_.addresses().of(request));
    const bool sent = std::any_of(out_.begin(), out_.end(), [&](const auto& one) { return one.first == request; });
    if (left_out) {
      inquiry_.give_up(request);
      continue;
    }
    if (!sent)
      out_.emplace_back(request, queue_.ask(request, urgency_, purpose_, [this, request](const auto& answer) { take(request, answer); }));
    ++i;
  }
}

void Errand::take(const metadata::Request& request, const Expected<fetching::Answer>& answer) {
  std::erase_if(out_, [&](const auto& one) { return one.first == request; });
  Expected<void> fine;
  if (answer) {
    fine = inquiry_.take(request, answer->status, answer->body);
  } else {
    inquiry_.give_up(request);
    fine = tl::unexpected(answer.error());
  }
  if (!fine && request.needed) error_ = fine.error();
  send();
  changed_();
}

}  // namespace hub::engine
