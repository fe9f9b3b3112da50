// What a page of the book does by script: colours, the list of pages on a phone, copying code, and where one is.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Colours: as the system, light, dark.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const MODES = { auto: "as the system", light: "light", dark: "dark" };

  function paint() {
    const mode = MODES[root.dataset.mode] ? root.dataset.mode : "auto";
    root.dataset.mode = mode;
    root.dataset.theme = mode !== "auto" ? mode : dark.matches ? "dark" : "light";
    const button = document.getElementById("book-mode");
    button.title = `Colours: ${MODES[mode]}`;
    button.setAttribute("aria-label", button.title);
  }

  function nextMode() {
    const order = Object.keys(MODES);
    root.dataset.mode = order[(order.indexOf(root.dataset.mode) + 1) % order.length];
    try { localStorage.setItem("mode", root.dataset.mode); } catch { /* no storage: for this page only */ }
    paint();
  }

  // The list of pages: beside the text where there is room, over it on a phone.
  function openPages(open) {
    const menu = document.getElementById("book-menu");
    const wide = matchMedia("(min-width: 992px)").matches;
    root.classList.toggle(wide ? "pages-hidden" : "pages-open", wide ? !open : open);
    menu.setAttribute("aria-expanded", String(open));
    if (!wide) document.querySelector(open ? ".book-name" : "#book-menu").focus();
  }

  function pages() {
    const menu = document.getElementById("book-menu");
    const wide = matchMedia("(min-width: 992px)");
    const settle = () => {
      root.classList.remove("pages-open", "pages-hidden");
      menu.setAttribute("aria-expanded", String(wide.matches));
    };
    settle();
    wide.onchange = settle;
    menu.onclick = () => openPages(menu.getAttribute("aria-expanded") !== "true");
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && root.classList.contains("pages-open")) openPages(false);
    });
    document.getElementById("main-content").addEventListener("click", (event) => {
      if (root.classList.contains("pages-open") && !menu.contains(event.target)) openPages(false);
    });
    const here = document.querySelector('.book-pages [aria-current="page"]');
    const bar = document.getElementById("book-sidebar");
    if (here && here.offsetTop > bar.clientHeight * 0.7) bar.scrollTop = here.offsetTop - bar.clientHeight / 3;
  }

  // Code: a button to copy it.
  async function copy(button, code) {
    await navigator.clipboard.writeText(code.innerText.replace(/\n+$/, "\n"));
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }

  function copyButtons() {
    if (!navigator.clipboard) return;
    for (const code of all(".bd-article div.highlight pre")) {
      const button = document.createElement("button");
      button.className = "book-copy d-print-none";
      button.textContent = "Copy";
      button.onclick = () => copy(button, code);
      code.parentElement.append(button);
    }
  }

  // What scrolls sideways can be reached and scrolled by keyboard; what does not is no stop on the way.
  function reachable() {
    for (const box of all(".bd-article :is(pre, div.math, .table-wrap, .output, figure.cv)")) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }

  // The heading that one reads is marked in the list beside the text.
  function whereOneIs() {
    const links = new Map(all("#book-aside a").map((link) => [link.hash.slice(1), link]));
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id).setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-10% 0px -75% 0px" });
    for (const id of links.keys()) {
      const section = document.getElementById(decodeURIComponent(id));
      if (section && id) seen.observe(section);
    }
  }

  function searchByKey() {
    const field = document.querySelector(".book-search--large input") || document.querySelector(".book-search input");
    addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      if (!field.offsetParent) openPages(true);
      field.focus();
    });
  }

  paint();
  dark.addEventListener("change", paint);
  document.getElementById("book-mode").onclick = nextMode;
  pages();
  copyButtons();
  searchByKey();
  whereOneIs();
  // Pictures and fonts change widths after this script has run.
  addEventListener("load", reachable);
  addEventListener("resize", reachable);
  all("details").forEach((fold) => fold.addEventListener("toggle", reachable));
})();
