// A quiet session ends by itself: a warning two minutes before, one press to stay, then the sign-in page.

const WARNING = 120_000;
// What is said while the time runs out, in seconds: often enough to act, seldom enough to listen to.
const SAID_AT = [10, 30, 60, 120];

class Session {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("[data-stay]");
    this.left = box.querySelector("[aria-live]");
    this.key = `seen:${box.dataset.account}`;
    this.idle = Number(box.dataset.idle) * 1000;
    this.warning = Math.min(WARNING, this.idle / 2);
    this.isAsking = false;
    this.isEnding = false;
    this.isSending = false;
    this.note();
    this.listen();
    setInterval(() => this.look(), 1000);
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.stay(); });
    // The Escape key is a sign of life too.
    this.box.addEventListener("cancel", (event) => { event.preventDefault(); this.stay(); });
    for (const kind of ["keydown", "pointerdown", "scroll", "touchstart"]) {
      document.addEventListener(kind, () => this.notice(), { passive: true });
    }
    document.addEventListener("visibilitychange", () => this.look());
    // Files may be on their way for longer than a session is quiet.
    document.addEventListener("submit", (event) => {
      if (event.target.enctype === "multipart/form-data") this.isSending = !event.defaultPrevented;
    });
    window.addEventListener("pageshow", () => { this.isSending = false; });
  }

  // The last sign of life in any window of this person. Without storage each window counts for itself.
  seen() {
    let shared = 0;
    try { shared = Number(localStorage.getItem(this.key)); } catch { /* each for itself */ }
    return Math.min(Math.max(this.here, shared), Date.now());
  }

  note() {
    this.here = Date.now();
    try { localStorage.setItem(this.key, String(this.here)); } catch { /* each for itself */ }
  }

  // Someone reads or writes: the server is told now and then, without a word.
  notice() {
    if (!this.box.open && Date.now() - this.seen() > this.idle / 5) this.stay();
  }

  look() {
    const left = this.idle - (Date.now() - this.seen());
    if (this.isSending && left < this.idle * 0.8) this.stay();
    else if (left <= 0 && !this.isAsking) this.end();
    else if (left <= this.warning) this.warn(left);
    else if (this.box.open) this.box.close();
  }

  warn(left) {
    const seconds = SAID_AT.find((one) => left <= one * 1000) ?? SAID_AT.at(-1);
    const words = this.left.getAttribute(`data-left-${seconds}`);
    if (!this.box.open) this.box.showModal();
    if (this.left.textContent !== words) this.left.textContent = words;
  }

  // The form's hidden field goes along: it proves that this site asks.
  post(address) {
    return fetch(address, { method: "POST", body: new FormData(this.form), redirect: "manual" });
  }

  async stay() {
    if (this.isAsking || this.isEnding) return;
    this.isAsking = true;
    try {
      const answer = await this.post(this.form.action);
      if (answer.status === 204) {
        this.note();
        this.box.close();
      } else if (answer.status < 500) this.end();
    } catch { /* no network: asked again at the next sign of life */ }
    this.isAsking = false;
  }

  // `look` has just read the last sign of life of every window: none of them keeps the session open.
  // The server counts a little longer than the page does, so the session ends there first: the sign-in
  // page would lead somebody whose session still stands straight back in.
  async end() {
    if (this.isEnding) return;
    this.isEnding = true;
    try { await this.post(this.box.dataset.end); } catch { /* no network: it ends by itself */ }
    const address = new URL(this.box.dataset.ended, location.origin);
    address.searchParams.set("next", location.pathname);
    location.assign(address);
  }
}

const box = document.querySelector("dialog[data-session]");
if (box) new Session(box);
