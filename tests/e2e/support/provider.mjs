// A server of OpenID Connect of other people's, oidc-provider, as officers sign in with.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/** Its page for signing in takes a font from there. */
export const fonts = "https://fonts.googleapis.com";

export class Provider {
  #server;

  /**
   * Starts one that knows these people, each by the name that they sign in with, and one client: the receiver, which people are sent
   * back to at `redirect`. Its own pages ask for a name and a password, of which any will do, and then whether the client may know.
   */
  static async start(people, redirect) {
    // Not before a test needs it: on Node 20 it warns, and runs.
    const { default: Oidc } = await import("oidc-provider");
    const provider = new Provider();
    const server = createServer().listen(0, "127.0.0.1").unref();
    provider.#server = server;
    await once(server, "listening");
    provider.issuer = `http://127.0.0.1:${server.address().port}`;
    const secret = () => randomBytes(24).toString("hex");
    provider.client = { id: "putright", secret: secret() };
    const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
    const oidc = new Oidc(provider.issuer, {
      clients: [{ client_id: provider.client.id, client_secret: provider.client.secret, redirect_uris: [redirect] }],
      findAccount: (_, id) => id in people && { accountId: id, claims: () => ({ sub: id, email_verified: true, ...people[id] }) },
      claims: { openid: ["sub"], email: ["email", "email_verified"], groups: ["groups"] },
      // The receiver reads the id token alone.
      conformIdTokenClaims: false,
      cookies: { keys: [secret()] },
      jwks: { keys: [{ ...key, alg: "RS256", use: "sig" }] },
    });
    server.on("request", oidc.callback());
    return provider;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
