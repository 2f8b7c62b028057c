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

# A stand-in for the platform's rate limit, which lets each client through three times.
const limiter :Workerd.Worker = (
  compatibilityDate = Proxy.compatibilityDate,
  modules = [(name = "limiter.js", esModule = embed "limiter.js")],
);

const limitedByPlatform :Workerd.Config = (
  services = [
    (name = "proxy", worker = (
      compatibilityDate = Proxy.compatibilityDate,
      modules = Proxy.modules,
      bindings = [
        (name = "ORIGINS", fromEnvironment = "ORIGINS"),
        (name = "RAWG_KEY", fromEnvironment = "RAWG_KEY"),
        (name = "CLIENT_ADDRESS_HEADER", fromEnvironment = "CLIENT_ADDRESS_HEADER"),
        (name = "RATE_LIMITER", service = "limiter"),
      ],
    )),
    (name = "limiter", worker = .limiter),
    .internet,
  ],
  sockets = .sockets,
);
