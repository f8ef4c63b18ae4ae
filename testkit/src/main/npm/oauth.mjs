// A published client of the authorization server, by one of two libraries: discovery, pushed request,
// code, a call, renewal, revocation. Prints where the person is to go; reads where they were sent.
// node oauth.mjs LIBRARY ISSUER CLIENT REDIRECT DETAILS
// node oauth.mjs device ISSUER CLIENT - DETAILS          a device whose person answers elsewhere
// node oauth.mjs ciba ISSUER CLIENT PERSON DETAILS       an enrolled agent; reads its private JWK first
import { createInterface } from 'node:readline';
import * as web from 'oauth4webapi';
import * as openid from 'openid-client';

const [library, issuer, id, redirect, details] = process.argv.slice(2);
const resource = new URL(issuer + '/mcp');
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const headers = new Headers({
  'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream',
  'MCP-Protocol-Version': '2026-07-28',
  'Mcp-Method': 'server/discover',
});
const body = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'server/discover',
  params: {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: library, version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
});

function say(what, value) {
  console.log(`${what} ${value}`);
}

async function sentBack(url) {
  say('go', url);
  return new URL((await lines.next()).value);
}

function asked(challenge, state) {
  return {
    response_type: 'code',
    redirect_uri: redirect,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
    resource: resource.href,
    authorization_details: details,
  };
}

async function byOauth4webapi() {
  const plain = { [web.allowInsecureRequests]: true };
  const at = new URL(issuer);
  const server = await web.processDiscoveryResponse(
    at, await web.discoveryRequest(at, { algorithm: 'oauth2', ...plain }));
  const client = { client_id: id };
  const DPoP = web.DPoP(client, await web.generateKeyPair('ES256'));
  const verifier = web.generateRandomCodeVerifier();
  const state = web.generateRandomState();
  const parameters = asked(await web.calculatePKCECodeChallenge(verifier), state);
  const pushed = await web.processPushedAuthorizationResponse(
    server, client,
    await web.pushedAuthorizationRequest(
      server, client, web.None(), new URLSearchParams(parameters), { DPoP, ...plain }));
  const to = new URL(server.authorization_endpoint);
  to.searchParams.set('client_id', id);
  to.searchParams.set('request_uri', pushed.request_uri);
  const answer = web.validateAuthResponse(server, client, await sentBack(to.href), state);
  const tokens = await web.processAuthorizationCodeResponse(
    server, client,
    await web.authorizationCodeGrantRequest(
      server, client, web.None(), answer, redirect, verifier,
      { DPoP, additionalParameters: { resource: resource.href }, ...plain }));
  const call = (token) =>
    web.protectedResourceRequest(token, 'POST', resource, headers, body, { DPoP, ...plain });
  say('called', (await call(tokens.access_token)).status);
  const renewed = await web.processRefreshTokenResponse(
    server, client,
    await web.refreshTokenGrantRequest(
      server, client, web.None(), tokens.refresh_token, { DPoP, ...plain }));
  say('renewed', (await call(renewed.access_token)).status);
  await web.processRevocationResponse(
    await web.revocationRequest(server, client, web.None(), renewed.refresh_token, plain));
  say('revoked', await call(renewed.access_token).then((r) => r.status, (e) => e.status));
}

async function byOpenidClient() {
  const config = await openid.discovery(
    new URL(issuer), id, undefined, openid.None(),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] });
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const parameters = asked(await openid.calculatePKCECodeChallenge(verifier), state);
  const to = await openid.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
  const tokens = await openid.authorizationCodeGrant(
    config, await sentBack(to.href),
    { pkceCodeVerifier: verifier, expectedState: state },
    { resource: resource.href }, { DPoP });
  const call = (token) =>
    openid.fetchProtectedResource(config, token, resource, 'POST', body, headers, { DPoP });
  say('called', (await call(tokens.access_token)).status);
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token, {}, { DPoP });
  say('renewed', (await call(renewed.access_token)).status);
  await openid.tokenRevocation(config, renewed.refresh_token);
  say('revoked', await call(renewed.access_token).then((r) => r.status, (e) => e.status));
}

async function called(config, tokens, DPoP) {
  const answer = await openid.fetchProtectedResource(
    config, tokens.access_token, resource, 'POST', body, headers, { DPoP });
  say('called', answer.status);
}

async function byDevice() {
  const config = await openid.discovery(
    new URL(issuer), id, undefined, openid.None(),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] });
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
  const begun = await openid.initiateDeviceAuthorization(config, {
    resource: resource.href,
    authorization_details: details,
    dpop_jkt: await DPoP.calculateThumbprint(),
  });
  say('go', begun.verification_uri_complete);
  const tokens = await openid.pollDeviceAuthorizationGrant(config, begun, {}, { DPoP });
  await called(config, tokens, DPoP);
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token, {}, { DPoP });
  await called(config, renewed, DPoP);
}

async function byCiba() {
  const jwk = JSON.parse((await lines.next()).value);
  const [privateKey, publicKey] = await Promise.all(
    [jwk, (({ d, ...open }) => open)(jwk)].map((key) =>
      crypto.subtle.importKey(
        'jwk', key, { name: 'ECDSA', namedCurve: 'P-256' }, true, [key.d ? 'sign' : 'verify'])));
  const config = await openid.discovery(
    new URL(issuer), id, undefined, openid.PrivateKeyJwt(privateKey),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] });
  const DPoP = openid.getDPoPHandle(config, { privateKey, publicKey });
  const begun = await openid.initiateBackchannelAuthentication(config, {
    login_hint: redirect,
    binding_message: 'from the night shift',
    authorization_details: details,
    resource: resource.href,
  });
  say('code', begun.binding_code);
  const tokens = await openid.pollBackchannelAuthenticationGrant(config, begun, {}, { DPoP });
  await called(config, tokens, DPoP);
}

const ways = { 'oauth4webapi': byOauth4webapi, 'openid-client': byOpenidClient, device: byDevice, ciba: byCiba };
await ways[library]();
process.exit(0);
