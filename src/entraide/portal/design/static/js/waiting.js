// Work in the background: the page shows how far it is, and the whole page comes anew once it is done.

const EVERY = 2_500;
// Five minutes: looking on is a sign of life, and an open page alone must not keep the session open.
const AT_MOST = 120;

async function look(left) {
  const box = document.querySelector("[data-waiting]");
  if (!box || !left) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const news = answer.ok && !answer.redirected ? page.querySelector("[data-waiting]") : null;
    if (!news) { location.reload(); return; }
    box.querySelector("p").replaceWith(news.querySelector("p"));
  } catch {
    /* Away for a moment: the next look will tell. */
  }
  setTimeout(() => look(left - 1), EVERY);
}

setTimeout(() => look(AT_MOST), EVERY);
