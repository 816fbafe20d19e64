// A page of several councils names all their bundles, those of the default first, and links to none. The address says which one the app
// will ask for: linked to here, it is there when the app asks.
const asked = new URLSearchParams(location.search).get("council");
const bundles = document.querySelector('meta[name="putright-bundles"]')?.content.split(" ") ?? [];
const first = bundles.find((address) => !asked || address.startsWith(`bundles/${asked}-adult-`));
if (first && !document.querySelector('link[rel="preload"][as="fetch"][href*="bundles/"]')) {
  document.head.append(Object.assign(document.createElement("link"), {
    rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `./${first}`,
  }));
}
