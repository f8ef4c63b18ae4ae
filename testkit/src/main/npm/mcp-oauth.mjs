// The official MCP client with its own OAuth: finds the authorization server, sends the person there, calls a tool that
// it may and one that it may not, renews, and is refused after a revocation. Prints where the person is to go; reads
// where they were sent.
// node mcp-oauth.mjs bearer|dpop ENDPOINT CLIENT REDIRECT ALLOWED OTHER
import { createInterface } from 'node:readline';
import { Client, DpopSession, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [binding, endpoint, id, redirect, allowed, other] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const session = binding === 'dpop' ? await DpopSession.create() : undefined;
const kept = {};
const provider = {
  redirectUrl: redirect,
  clientMetadata: { client_name: 'peer', redirect_uris: [redirect], token_endpoint_auth_method: 'none' },
  // The client takes the address of its own document only if it is https; it is told the address as its id instead.
  clientInformation: () => kept.client ?? { client_id: id },
  saveClientInformation: (client) => void (kept.client = client),
  state: () => 'a-state-of-its-own',
  tokens: () => kept.tokens,
  saveTokens: (tokens) => void (kept.tokens = tokens),
  redirectToAuthorization: (url) => say('go', url.href),
  saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
  codeVerifier: () => kept.verifier,
  saveDiscoveryState: (state) => void (kept.discovery = state),
  discoveryState: () => kept.discovery,
  dpop: () => session,
};

function say(what, value) {
  console.log(`${what} ${value}`);
}

async function connected() {
  const client = new Client({ name: 'peer', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const transport = new StreamableHTTPClientTransport(new URL(endpoint), { authProvider: provider });
  await client.connect(transport);
  return client;
}

async function call(client, name) {
  const answer = await client.callTool({ name, arguments: {} });
  return answer.isError ? 'refused' : 'allowed';
}

const waiting = new StreamableHTTPClientTransport(new URL(endpoint), { authProvider: provider });
await new Client({ name: 'peer', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  .connect(waiting)
  .catch((e) => { if (kept.verifier === undefined) throw e; });
await waiting.finishAuth(new URL((await lines.next()).value).searchParams);
say('type', kept.tokens.token_type);

const client = await connected();
const { tools } = await client.listTools();
say('tools', tools.map((tool) => tool.name).sort().join(' '));
say(allowed, await call(client, allowed));
say(other, await call(client, other));

const before = kept.tokens.refresh_token;
kept.tokens = { ...kept.tokens, access_token: kept.tokens.access_token.slice(0, -8) + 'AAAAAAAA' };
say('renewed', await call(client, allowed));
say('rotated', kept.tokens.refresh_token !== before);

const revoked = await fetch(kept.discovery.authorizationServerMetadata.revocation_endpoint, {
  method: 'POST',
  body: new URLSearchParams({ token: kept.tokens.refresh_token, client_id: id }),
});
say('revocation', revoked.status);
say('after', await call(client, allowed).catch((e) => e.code));
process.exit(0);
