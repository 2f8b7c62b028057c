# The proxy in a workerd of one's own: `workerd serve web/proxy/workerd.capnp`. Keys and settings are read from the environment.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "proxy", worker = .proxy),
    (name = "cache", worker = .cache),
    # The services are on the public internet: an address that leads into a network of one's own is not reached.
    (name = "internet", network = (allow = ["public"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (), service = "proxy")],
);

const compatibilityDate :Text = "2025-09-01";

const modules :List(Workerd.Worker.Module) = [
  (name = "worker.js", esModule = embed "worker.js"),
  (name = "allowlist.js", esModule = embed "allowlist.js"),
  (name = "ask.js", esModule = embed "ask.js"),
  (name = "cache.js", esModule = embed "cache.js"),
  (name = "forms.js", esModule = embed "forms.js"),
  (name = "forward.js", esModule = embed "forward.js"),
  (name = "images.js", esModule = embed "images.js"),
  (name = "origins.js", esModule = embed "origins.js"),
  (name = "pace.js", esModule = embed "pace.js"),
  (name = "problem.js", esModule = embed "problem.js"),
  (name = "secrets.js", esModule = embed "secrets.js"),
  (name = "services.js", esModule = embed "services.js"),
  (name = "settings.js", esModule = embed "settings.js"),
  (name = "token.js", esModule = embed "token.js"),
];

const proxy :Workerd.Worker = (
  compatibilityDate = .compatibilityDate,
  modules = .modules,
  bindings = [
    (name = "ORIGINS", fromEnvironment = "ORIGINS"),
    (name = "OMDB_KEY", fromEnvironment = "OMDB_KEY"),
    (name = "TMDB_KEY", fromEnvironment = "TMDB_KEY"),
    (name = "RAWG_KEY", fromEnvironment = "RAWG_KEY"),
    (name = "SPOTIFY_CLIENT_ID", fromEnvironment = "SPOTIFY_CLIENT_ID"),
    (name = "SPOTIFY_CLIENT_SECRET", fromEnvironment = "SPOTIFY_CLIENT_SECRET"),
    (name = "GOOGLE_BOOKS_KEY", fromEnvironment = "GOOGLE_BOOKS_KEY"),
    (name = "BASE_PATH", fromEnvironment = "BASE_PATH"),
    (name = "CLIENT_ADDRESS_HEADER", fromEnvironment = "CLIENT_ADDRESS_HEADER"),
    (name = "REQUESTS_PER_MINUTE", fromEnvironment = "REQUESTS_PER_MINUTE"),
    (name = "TIME_LIMIT_MS", fromEnvironment = "TIME_LIMIT_MS"),
  ],
  cacheApiOutbound = "cache",
);

const cache :Workerd.Worker = (
  compatibilityDate = .compatibilityDate,
  modules = [(name = "memory-cache.js", esModule = embed "memory-cache.js")],
);
