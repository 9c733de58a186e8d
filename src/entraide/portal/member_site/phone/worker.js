// The service worker, served at /sw.js after the lines that give VERSION, PAGES and SHELL.
//
// It keeps on the phone: the shell (styles, fonts, the page "no network") that is the same for everybody, and
// one page of the member, the card made for it. Every other page goes to the network and is kept nowhere.
// Each page that the server answers says which session stands (the header Entraide-Session): a card kept by
// another one is erased before that page is shown.

const SHELL_STORE = `shell-${VERSION}`;
const CARD_STORE = "card";
const SESSION = "Entraide-Session";
const UNTIL = "Entraide-Until";
const NOBODY = "none";
const SHELL_PATHS = new Set(SHELL.map((one) => new URL(one, location.origin).pathname));
// A line that seems to be there and brings nothing: the card does not wait longer for it.
const PATIENCE = 8000;

// What the server last said of the session, while this worker has been awake.
let told = null;
// What is kept changes one step after the other.
let turn = Promise.resolve();
function inTurn(step) {
  turn = turn.then(step, step);
  return turn;
}

self.addEventListener("install", (event) => {
  // Without cookies: nothing of who is signed in gets into the shell.
  const parts = SHELL.map((one) => new Request(one, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(SHELL_STORE).then((store) => store.addAll(parts)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || url.pathname.startsWith(PAGES.agents)) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(request, url));
  else if (request.mode === "navigate" && url.pathname === PAGES.leave) event.respondWith(leave(request));
  else if (request.method === "GET" && SHELL_PATHS.has(url.pathname)) event.respondWith(part(request));
});

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keep());
});

// One sentence that may stand on a locked screen; the next one of its kind takes its place.
self.addEventListener("push", (event) => {
  const { title, body, lang, url } = event.data.json();
  const look = { body, lang, tag: url, icon: PAGES.icon, data: url };
  event.waitUntil(self.registration.showNotification(title, look));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data, location.origin)));
});

async function open(url) {
  if (url.origin !== location.origin) return;
  const windows = await self.clients.matchAll({ type: "window" });
  const here = windows.find((one) => new URL(one.url).pathname === url.pathname);
  await (here ? here.focus() : self.clients.openWindow(url.href));
}

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((one) => one !== SHELL_STORE && one !== CARD_STORE);
  await Promise.all(old.map((one) => caches.delete(one)));
}

async function page(request, url) {
  let answer;
  try {
    answer = await (isCard(url) ? inTime(fetch(request)) : fetch(request));
  } catch {
    return offline(url);
  }
  await heed(answer);
  return answer;
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_done, fail) => { setTimeout(fail, PATIENCE); })]);
}

function isCard(url) {
  return url.pathname === PAGES.card || url.pathname === PAGES.keptCard;
}

async function offline(url) {
  const card = isCard(url) ? await keptCard() : null;
  return card ?? (await caches.match(PAGES.noNetwork)) ?? Response.error();
}

// The session of who kept the card is over, or another one has begun: the card goes, whoever asks.
async function heed(answer) {
  const said = answer.headers.get(SESSION);
  if (!said) return;
  told = said;
  await inTurn(async () => {
    const card = await keptCard();
    if (card && card.headers.get(SESSION) !== said) await forget();
  });
}

async function keptCard() {
  const card = await caches.match(PAGES.keptCard, { cacheName: CARD_STORE });
  if (!card || Date.now() < Number(card.headers.get(UNTIL)) * 1000) return card;
  // No session lasts longer, with or without a network.
  await forget();
  return null;
}

async function keep() {
  const answer = await fetch(PAGES.keptCard, { redirect: "error", cache: "no-store" });
  const said = answer.headers.get(SESSION);
  await inTurn(async () => {
    // Somebody may have left while the card was on its way.
    if (!answer.ok || !said || said === NOBODY || (told && told !== said)) return;
    const store = await caches.open(CARD_STORE);
    await store.put(PAGES.keptCard, answer);
  });
}

function forget() {
  return caches.delete(CARD_STORE);
}

// First the card, then the network: without one, who signs out leaves no card behind either.
async function leave(request) {
  told = NOBODY;
  await inTurn(forget);
  try {
    return await fetch(request);
  } catch {
    return offline(new URL(request.url));
  }
}

// Kept under its mark; without a network, an older or a newer one rather than none.
async function part(request) {
  const kept = await caches.match(request, { cacheName: SHELL_STORE });
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: SHELL_STORE, ignoreSearch: true })) ?? Response.error();
  }
}
