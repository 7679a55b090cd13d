/* What a page gains when scripts run. Every page works without this file; each part looks for its data attribute. */
(() => {
  "use strict";

  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const clock = (at) =>
    at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit", timeZone: "America/Denver" })
      .replace(/\s?AM$/, " a.m.").replace(/\s?PM$/, " p.m.");
  const say = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  /* Save a draft: form[data-autosave=URL], with [data-saved] inside as its role=status. */
  const AUTOSAVE_SECONDS = 20;

  /* What would be sent, without files and without the token that changes with each page. */
  const typed = (form) => {
    const pairs = Array.from(new FormData(form)).filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    return new URLSearchParams(pairs).toString();
  };

  /* What the answer to a saved draft says of it: `checks` beside the fields ([data-said=NAME]), `doubts` in one list. */
  const checked = (form, answer) => {
    all("[data-said]", form).forEach((place) => say(place, answer.checks[place.dataset.said] || ""));
    const box = form.querySelector("[data-doubts]");
    if (!box) return;
    const lines = [box.dataset.doubts, ...answer.doubts].map((words) => {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    });
    box.replaceChildren(...(answer.doubts.length ? lines : []));
  };

  const autosave = (form) => {
    const status = form.querySelector("[data-saved]");
    let kept = typed(form);
    let busy = false, again = false; /* `again`: somebody went on typing while a draft was on its way */
    const save = async () => {
      const now = typed(form);
      if (now === kept || !form.isConnected) return;
      if (busy) { again = true; return; }
      busy = true;
      try {
        const token = form.querySelector("[name=csrfmiddlewaretoken]");
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body: new URLSearchParams(now), credentials: "same-origin", redirect: "manual",
          headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "fetch" },
        });
        if (answer.type === "opaqueredirect" || answer.status === 403) {
          say(status, "Not saved. You are signed out. Copy your words, then sign in again.");
          return;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        if (answer.status === 200) checked(form, await answer.json());
        kept = now;
        say(status, `Saved at ${clock(new Date())}`);
      } catch {
        say(status, "Not saved. Check your signal. We will try again.");
      } finally {
        busy = false;
        if (again) { again = false; save(); }
      }
    };
    form.addEventListener("focusout", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    window.setInterval(save, AUTOSAVE_SECONDS * 1000);
  };

  /* Sending twice: the pressed button rests after the form is on its way. */
  const once = (form) => {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || form.hasAttribute("data-many")) return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      window.setTimeout(() => all("button:not([type=button])", form).forEach((button) => { button.disabled = true; }));
    });
  };

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    all("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      all("button", form).forEach((button) => { button.disabled = false; });
    });
  });

  /* Files: input[data-upload] lists what was picked; while its form is sent, one bar tells how far. */
  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

  const listed = (file) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const name = document.createElement("b");
    words.className = "g";
    name.textContent = file.name;
    words.append(name, ` Ready to send. ${size(file.size)}`);
    item.append(words);
    return item;
  };

  const upload = (input) => {
    const box = input.closest(".up") || input.parentElement;
    const list = document.createElement("ul");
    list.className = "files picked";
    list.setAttribute("aria-label", "Files you picked");
    list.hidden = true;
    box.after(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...Array.from(input.files, listed));
      list.hidden = !input.files.length;
    });
    if (input.form) input.form.addEventListener("submit", (event) => { if (input.files.length) send(event, input); });
  };

  /* One bar for the whole form, spoken at 0, 50 and 100. */
  const meter = (box) => {
    const status = document.createElement("p");
    const bar = document.createElement("progress");
    status.className = "small";
    status.setAttribute("role", "status");
    bar.max = 100;
    bar.setAttribute("aria-label", "Upload");
    box.after(status, bar);
    return { status, show: (part) => { bar.value = part; if (part === 0 || part === 50 || part === 100) say(status, `Uploading, ${part}%`); } };
  };

  const send = (event, input) => {
    const form = input.form;
    if (event.defaultPrevented) return;
    event.preventDefault();
    const pressed = event.submitter && event.submitter.getAttribute("formaction");
    const target = pressed || form.getAttribute("action") || window.location.href;
    const { status, show } = meter(input.closest(".up") || input);
    const request = new XMLHttpRequest();
    const body = new FormData(form, event.submitter);
    const failed = () => {
      say(status, "The upload stopped because the signal dropped. Your answers are still here. Try again.");
      delete form.dataset.sent;
      all("button", form).forEach((button) => { button.disabled = false; });
    };
    let spoken = 0;
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      const part = Math.round((100 * step.loaded) / step.total);
      show(part >= 50 && spoken < 50 ? 50 : part);
      spoken = part;
    });
    request.addEventListener("load", () => { show(100); arrive(request); });
    request.addEventListener("error", failed);
    request.open("POST", target);
    show(0);
    all("button:not([type=button])", form).forEach((button) => { button.disabled = true; });
    request.send(body);
  };

  /* Show the page that answered, under its own address: where a redirect led (with its banner), or the form with errors. */
  const arrive = (request) => {
    window.history.replaceState(null, "", request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = page.title;
    document.body.replaceWith(page.body);
    window.scrollTo(0, 0);
    start();
  };

  /* A list that narrows while typing: input[data-filter=ID] and [data-filter-count] as its role=status. */
  const narrow = (input) => {
    const list = document.getElementById(input.dataset.filter);
    const count = document.querySelector("[data-filter-count]");
    if (!list) return;
    const rows = Array.from(list.children, (row) => [row, row.textContent.toLowerCase()]);
    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach(([row, text]) => {
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      });
      say(count, words.length ? `${shown} of ${rows.length} shown` : "");
    };
    input.addEventListener("input", filter);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    filter();
  };

  /* What the rule says of what is typed: form[data-check=URL] asks there, [data-answer] (a status) shows it. */
  const CHECK_MS = 300;

  const line = (tag, ...parts) => {
    const element = document.createElement(tag);
    element.append(...parts);
    return element;
  };

  const answered = (box, said) => {
    if (!said.title) { box.replaceChildren(); return; }
    const note = line("div");
    const words = line("div", line("p", line("b", said.title)));
    if (said.reasons.length) {
      words.append(line("ul", ...said.reasons.map((reason) => line("li", `${reason.text} (Rule: ${reason.cites})`))));
    }
    words.append(...said.lines.map((text) => line("p", text)));
    note.className = `note ${said.tone}`;
    note.append(words);
    if (box.textContent !== note.textContent) box.replaceChildren(note);
  };

  const check = (form) => {
    const box = form.querySelector("[data-answer]");
    let wait;
    let asked = 0;
    const ask = async () => {
      const turn = ++asked;
      const typed = Array.from(new FormData(form)).filter(([name]) => !["csrfmiddlewaretoken", "author", "seen"].includes(name));
      try {
        const answer = await fetch(`${form.dataset.check}?${new URLSearchParams(typed)}`, { credentials: "same-origin", redirect: "error" });
        if (answer.ok && turn === asked) answered(box, await answer.json());
      } catch {
        /* the server judges again when the form is sent */
      }
    };
    if (box) form.addEventListener("input", () => { window.clearTimeout(wait); wait = window.setTimeout(ask, CHECK_MS); });
  };

  /* Signing out soon: body[data-session-seconds] and [data-timeout], which is an alert. */
  const WARN_SECONDS = 300;

  const timeout = (box, seconds) => {
    const button = document.createElement("button");
    const words = document.createElement("p");
    let ends;
    button.type = "button";
    button.className = "usa-button sm";
    button.textContent = "Stay signed in";
    box.append(words, button);
    const restart = () => { ends = Date.now() + seconds * 1000; box.hidden = true; };
    const look = () => {
      const left = Math.round((ends - Date.now()) / 1000);
      if (left > WARN_SECONDS) return;
      box.hidden = false;
      button.hidden = left <= 0;
      const minutes = Math.ceil(left / 60);
      if (left <= 0) say(words, "You are signed out. Sign in again to go on.");
      else if (left <= 20) say(words, "We will sign you out in 20 seconds. What you saved is safe.");
      else say(words, `We will sign you out in ${minutes} ${minutes === 1 ? "minute" : "minutes"}. What you saved is safe.`);
    };
    button.addEventListener("click", async () => {
      try {
        const answer = await fetch(window.location.href, { method: "HEAD", credentials: "same-origin", redirect: "error" });
        if (answer.ok) restart();
      } catch {
        say(words, "We could not reach the office. Check your signal and try again.");
      }
    });
    restart();
    window.setInterval(look, 5000);
  };

  /* Reading a password before sending it: button[data-show=ID], hidden until now. */
  const show = (button) => {
    const input = document.getElementById(button.dataset.show);
    if (!input) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = input.type === "password";
      input.type = open ? "text" : "password";
      button.textContent = open ? "Hide password" : "Show password";
      button.setAttribute("aria-pressed", String(open));
    });
  };

  /* Focus the error summary; open the closed box that an error link points into. */
  const reveal = () => {
    const target = window.location.hash.length > 1 && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    const box = target && target.closest("details:not([open])");
    if (box) box.open = true;
    if (target && target.matches("input, select, textarea")) target.focus();
  };

  const start = () => {
    all("form[data-autosave]").forEach(autosave);
    all("input[data-upload]").forEach(upload);
    all("form[method=post]").forEach(once);
    all("input[data-filter]").forEach(narrow);
    all("button[data-show]").forEach(show);
    all("form[data-check]").forEach(check);
    const box = document.querySelector("[data-timeout]");
    const seconds = Number(document.body.dataset.sessionSeconds);
    if (box && seconds) timeout(box, seconds);
    const errors = document.querySelector("[data-errors]");
    if (errors) errors.focus();
    else reveal();
  };

  window.addEventListener("hashchange", reveal);
  start();
})();
