// Keeps a page up to date: the server sends what it would have written, as data; nothing it sends is ever markup.
const status = document.querySelector('[data-live]');
const MOST = 40;
let source;

function build(one) {
  if (typeof one === 'string') return document.createTextNode(one);
  const made = document.createElement(one.n);
  for (const [name, value] of Object.entries(one.a)) made.setAttribute(name, value);
  made.append(...one.c.map(build));
  return made;
}

// Everything of one place, as it is now.
function replace(id, rows) {
  const place = document.getElementById(id);
  if (place) place.replaceChildren(...rows.map(build));
}

// One line more, or one that is there already and has changed.
function add(id, rows) {
  const place = document.getElementById(id);
  if (!place) return;
  if (rows.length) place.querySelectorAll(':scope > .none').forEach((none) => none.remove());
  for (const row of rows.map(build)) {
    const old = row.id && document.getElementById(row.id);
    if (old) {
      old.replaceWith(row);
    } else {
      row.classList.add('fresh');
      place.prepend(row);
    }
  }
  while (place.children.length > MOST) place.lastElementChild.remove();
}

function take(event) {
  const said = JSON.parse(event.data);
  for (const [id, rows] of Object.entries(said.all || {})) replace(id, rows);
  for (const [id, rows] of Object.entries(said.add || {})) add(id, rows);
  if (said.status) status.textContent = said.status;
}

function listen() {
  source = new EventSource(status.dataset.live);
  source.onmessage = take;
  source.addEventListener('over', (event) => {
    source.close();
    status.textContent = JSON.parse(event.data).status;
  });
  source.onerror = () => {
    status.textContent = source.readyState === EventSource.CLOSED
      ? 'Not live: too many pages are open, or you are signed out. Load the page again.'
      : 'The connection broke; it is being made again.';
  };
}

// A page that nobody sees takes no connection; when it is seen again, it gets everything anew.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) source.close();
  else if (source.readyState === EventSource.CLOSED) listen();
});
addEventListener('pagehide', () => source.close());
listen();
