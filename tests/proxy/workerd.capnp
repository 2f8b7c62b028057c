# The proxy as it is deployed, in a world of the test's own: all that it fetches goes to one server of the test, whatever its host, and so
# does what it asks of the edge's cache.

using Workerd = import "/workerd/workerd.capnp";
using Proxy = import "../../web/proxy/workerd.capnp";

const internet :Workerd.Service = (name = "internet", external = (address = "127.0.0.1:1", http = (style = proxy)));
const sockets :List(Workerd.Socket) = [(name = "http", address = "127.0.0.1:0", http = (), service = "proxy")];

const watchedCache :Workerd.Config = (
  services = [
    (name = "proxy", worker = Proxy.proxy),
    (name = "cache", external = (address = "127.0.0.1:1", http = (style = proxy))),
    .internet,
  ],
  sockets = .sockets,
);

const memoryCache :Workerd.Config = (
  services = [(name = "proxy", worker = Proxy.proxy), (name = "cache", worker = Proxy.cache), .internet],
  sockets = .sockets,
);
