// node provider.mjs PORT APP_ORIGIN: an OpenID Connect provider that lets in whoever types a name.
// The name is the subject; "ana.unverified" has an e-mail that nobody has verified.
import Provider from "oidc-provider";

const [port, app] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "care_metrics",
      client_secret: "a secret of the tests only, drawn by nobody",
      redirect_uris: [`${app}/oauth2callback`],
      post_logout_redirect_uris: [`${app}/oauth2callback`],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["test"] },
  features: { devInteractions: { enabled: true } },
  findAccount: async (_context, name) => ({
    accountId: name,
    claims: async () => ({
      sub: name,
      email: `${name}@example.org`,
      email_verified: !name.endsWith(".unverified"),
    }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log(`ready ${issuer}`));
