// The human check: the question read aloud, and the machine's own work. Without this script the question is there.

// One block of SHA-256 (FIPS 180-4), for texts under 56 bytes; returns the first 32 bits of the hash.
const ROUNDS = new Int32Array(64);
const START = new Int32Array(8);

function fractions(power, count, into) {
  const found = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime)) found.push(number);
  }
  found.forEach((prime, at) => {
    const root = prime ** power;
    into[at] = ((root - Math.floor(root)) * 4294967296) | 0;
  });
}

fractions(1 / 2, 8, START);
fractions(1 / 3, 64, ROUNDS);

const schedule = new Int32Array(64);

const turned = (word, by) => (word >>> by) | (word << (32 - by));

function pack(text) {
  schedule.fill(0, 0, 16);
  for (let at = 0; at < text.length; at++) schedule[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  schedule[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  schedule[15] = text.length * 8;
}

function head(text) {
  pack(text);
  for (let at = 16; at < 64; at++) {
    const before = schedule[at - 15], last = schedule[at - 2];
    const small = turned(before, 7) ^ turned(before, 18) ^ (before >>> 3);
    const large = turned(last, 17) ^ turned(last, 19) ^ (last >>> 10);
    schedule[at] = (schedule[at - 16] + small + schedule[at - 7] + large) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at++) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[at] + schedule[at]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (a + START[0]) | 0;
}

const SLICE = 30; // milliseconds of work between two breaths of the page

function solve(box, done) {
  const { puzzle, parts, bits } = box.dataset;
  const spare = 32 - Number(bits);
  const found = [];
  let number = 0;
  const words = box.querySelector("[data-work-words]");
  const tell = () => {
    words.textContent = box.dataset.step.replace("{done}", found.length).replace("{all}", parts);
  };
  const work = () => {
    const until = performance.now() + SLICE;
    while (found.length < Number(parts) && performance.now() < until) {
      for (let tries = 0; tries < 500; tries++, number++) {
        if (head(`${puzzle}:${found.length}:${number}`) >>> spare) continue;
        found.push(number);
        number = 0;
        tell();
        break;
      }
    }
    if (found.length < Number(parts)) setTimeout(work);
    else done(found.join(","));
  };
  tell();
  setTimeout(work);
}

for (const box of document.querySelectorAll("[data-work]")) {
  const form = box.closest("form");
  const proof = form.querySelector("[name=proof]");
  const said = box.querySelector("[data-work-said]");
  let waits = false, button = null;
  form.hidden = box.hidden = false;
  proof.value = "";
  // On the form, before the page's own listener, which holds a form that is on its way.
  form.addEventListener("submit", (event) => {
    if (proof.value || form.querySelector("[name=answer]")?.value.trim()) return;
    event.preventDefault();
    waits = true;
    button = event.submitter;
    said.textContent = box.dataset.wait;
  });
  solve(box, (numbers) => {
    proof.value = numbers;
    box.querySelector("[data-work-words]").textContent = said.textContent = box.dataset.ready;
    if (waits) form.requestSubmit(button);
  });
}

if ("speechSynthesis" in window) {
  for (const speaker of document.querySelectorAll("[data-speaker]")) {
    const button = speaker.querySelector("[data-speak]");
    const said = speaker.querySelector("[data-speak-said]");
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      said.textContent = "";
      const words = new SpeechSynthesisUtterance(button.dataset.speak);
      words.lang = document.documentElement.lang;
      words.rate = 0.9;
      words.addEventListener("error", (event) => {
        if (event.error !== "canceled" && event.error !== "interrupted") said.textContent = button.dataset.silent;
      });
      speechSynthesis.speak(words);
    });
    speaker.hidden = false;
  }
}
