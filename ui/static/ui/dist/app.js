// The pages work without this file. It warns before the session ends, keeps it going while
// somebody types, offers a print button, shows of a form only what belongs to the choice that was
// made, and moves through a list of indicators by single keys.
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

// What belongs to another choice is neither shown nor sent. What the server refused stays in sight
// until another choice is made.
const particular = [...document.querySelectorAll("[data-choice]")];
const showChosen = (isNew) => {
  for (const part of particular) {
    const form = part.closest("form");
    const chosen = form.querySelector(`[name="${part.dataset.choice}"]:checked`)?.value;
    const isRefused = !isNew && part.querySelector(".govuk-form-group--error") !== null;
    part.hidden = !isRefused && !part.dataset.values.split(" ").includes(chosen);
    for (const input of part.querySelectorAll("input, select, textarea")) {
      input.disabled = part.hidden;
    }
  }
};
if (particular.length) {
  const choices = new Set(particular.map((part) => part.dataset.choice));
  showChosen(false);
  window.addEventListener("pageshow", () => showChosen(false));
  document.addEventListener("change", (event) => {
    if (choices.has(event.target.name)) showChosen(true);
  });
}

// j and k move among rows, Enter opens (the link has the focus), other keys follow the row's own
// links. They can be turned off (WCAG 2.1.4), and do nothing while somebody types.
const help = document.querySelector("[data-keys]");
const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
if (help) {
  const kept = "keys-off";
  const button = help.querySelector("[data-keys-switch]");
  let off = window.localStorage.getItem(kept) === "1";
  const say = () => {
    button.textContent = off ? "Turn keys on" : "Turn keys off";
    button.setAttribute("aria-pressed", String(!off));
  };
  help.hidden = false;
  say();
  button.addEventListener("click", () => {
    off = !off;
    window.localStorage.setItem(kept, off ? "1" : "0");
    say();
  });

  const at = () => rows.findIndex((row) => row.contains(document.activeElement));
  const move = (step) => {
    if (!rows.length) return;
    const next = at() < 0 ? 0 : Math.min(Math.max(at() + step, 0), rows.length - 1);
    rows[next].querySelector("[data-open]").focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
  const follow = (key) => {
    // Of the row that has the focus; else of the only link of that key on the page.
    const row = rows[at()];
    const links = [...(row ?? document).querySelectorAll(`[data-key="${key}"]`)];
    if (row || links.length === 1) links[0]?.click();
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (off || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (["m", "n", "t"].includes(event.key)) follow(event.key);
  });
}
