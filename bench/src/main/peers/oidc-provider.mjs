// node-oidc-provider as it is measured: oidc-provider.mjs PORT FILE, where FILE has its clients.
//
// A plain map keeps its tokens and the proofs it has seen, each to its end: the adapter that comes
// with it forgets after a thousand. With the resource `…/jwt` a token is a signed JWT; with
// `…/opaque` it is a name in the map, since the introspection endpoint takes no other.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';

const [port, file] = process.argv.slice(2);
const kept = new Map();

class Kept {
  constructor(model) { this.model = model; }
  key(id) { return `${this.model}:${id}`; }
  async upsert(id, payload, seconds) {
    kept.set(this.key(id), { payload, end: Date.now() + seconds * 1000 });
  }
  async find(id) {
    const found = kept.get(this.key(id));
    return found && found.end > Date.now() ? found.payload : undefined;
  }
  async findByUid() { return undefined; }
  async findByUserCode() { return undefined; }
  async destroy(id) { kept.delete(this.key(id)); }
  async consume(id) { kept.get(this.key(id)).payload.consumed = Math.floor(Date.now() / 1000); }
  async revokeByGrantId() { }
}

setInterval(() => {
  const now = Date.now();
  for (const [key, { end }] of kept) if (end < now) kept.delete(key);
}, 10_000);

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const clients = JSON.parse(readFileSync(file, 'utf8')).map(({ id, jwk }) => ({
  client_id: id,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: 'ES256',
  jwks: { keys: [jwk] },
}));

const provider = new Provider(`http://127.0.0.1:${port}`, {
  adapter: Kept,
  clients,
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'one' }] },
  enabledJWA: {
    clientAuthSigningAlgValues: ['ES256'],
    idTokenSigningAlgValues: ['ES256'],
    dPoPSigningAlgValues: ['ES256'],
  },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  ttl: { ClientCredentials: 300 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: (ctx, client, token) => client.clientId === token.clientId },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (ctx, resource) => ({
        scope: '',
        audience: resource,
        accessTokenTTL: 300,
        accessTokenFormat: resource.endsWith('/jwt') ? 'jwt' : 'opaque',
        ...(resource.endsWith('/jwt') ? { jwt: { sign: { alg: 'ES256' } } } : {}),
      }),
    },
  },
});
provider.on('server_error', (ctx, error) => console.error(error));
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
