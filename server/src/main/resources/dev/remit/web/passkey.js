// Adds a passkey, or shows one: asks for a challenge, lets the browser's own dialogue do the rest, and sends the answer.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const button = document.querySelector('[data-passkey]');
const alertBox = document.querySelector('[role=alert]');
const label = document.querySelector('[name=label]');
const base = button.dataset.passkey;

async function post(path, body) {
  const headers = {'Content-Type': 'application/json'};
  if (button.dataset.form) headers['X-Remit-Form'] = button.dataset.form;
  const answer = await fetch(base + path, {method: 'POST', headers, body: JSON.stringify(body)});
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.title);
  return said;
}

async function add(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: {...options.user, id: bytes(options.user.id)},
      excludeCredentials: (options.excludeCredentials || []).map((one) => ({...one, id: bytes(one.id)})),
    },
  });
  return {
    type: made.type,
    id: made.id,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
    },
    clientExtensionResults: {},
  };
}

async function show(options) {
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials || []).map((one) => ({...one, id: bytes(one.id)})),
    },
  });
  const response = {
    clientDataJSON: text(shown.response.clientDataJSON),
    authenticatorData: text(shown.response.authenticatorData),
    signature: text(shown.response.signature),
  };
  if (shown.response.userHandle) response.userHandle = text(shown.response.userHandle);
  return {type: shown.type, id: shown.id, response, clientExtensionResults: {}};
}

button.addEventListener('click', async () => {
  button.disabled = true;
  alertBox.textContent = '';
  try {
    const asked = base === '/welcome' ? {link: location.hash.slice(1)} : {};
    if (button.dataset.request) asked.request = button.dataset.request;
    const {publicKey} = await post('/challenge', asked);
    const credential = publicKey.user ? await add(publicKey) : await show(publicKey);
    const done = {credential};
    if (asked.request) done.request = asked.request;
    if (label) done.label = label.value;
    if (button.dataset.to) done.to = button.dataset.to;
    location.assign((await post('/passkey', done)).to);
  } catch (e) {
    alertBox.textContent = e.name === 'NotAllowedError' ? 'No passkey was used. Try again.' : e.message;
    button.disabled = false;
  }
});
