// The pages work without this file. It warns before the session ends, keeps it going while
// somebody types, and offers a print button.
"use strict";

const warning = document.querySelector("[data-idle-seconds]");
if (warning) {
  const warnBeforeSeconds = 5 * 60;
  const idleSeconds = Number(warning.dataset.idleSeconds);
  const wait = Math.max(idleSeconds - warnBeforeSeconds, 30);
  let timer = 0;
  const warnLater = () => {
    window.clearTimeout(timer);
    warning.hidden = true;
    timer = window.setTimeout(() => {
      const ends = new Date(Date.now() + (idleSeconds - wait) * 1000);
      const time = ends.toLocaleTimeString("en-GB", {
        hour: "2-digit",
        minute: "2-digit",
        timeZone: "Europe/London",
      });
      warning.textContent = `You will be signed out at ${time}. Save what you have typed, or open any page, to stay signed in.`;
      warning.hidden = false;
    }, wait * 1000);
  };
  warnLater();

  // Only after typing, and at most once in three minutes: an idle page still ends its session.
  const renewSeconds = Math.min(3 * 60, idleSeconds / 3);
  let typed = false;
  document.addEventListener("input", () => {
    typed = true;
  });
  window.setInterval(async () => {
    if (!typed) return;
    typed = false;
    try {
      const answer = await fetch(warning.dataset.renew, { redirect: "manual" });
      if (answer.status === 204) warnLater();
    } catch {
      typed = true; // no network just now: ask again
    }
  }, renewSeconds * 1000);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
