"use strict";
(() => {
  const root = document.documentElement;
  const one = (query, within = document) => within.querySelector(query);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const data = JSON.parse(one("#data").textContent);
  const views = all(".view");
  const [search, found, panel, tip] = ["#search", "#found", "#panel", "#tip"].map((query) => one(query));
  const night = matchMedia("(prefers-color-scheme: dark)");
  const hidden = new Set();
  const [ABOVE, NAME] = [19, 13]; // px from the top of a lane's name to where the lane before it ends, where the name is 13 px high
  const [NARROW, READABLE] = [700, 0.6]; // on a screen narrower than that, a map is larger at first than would fit
  const PLACE = /((?:^|[ML][-\d.]+ ))([-\d.]+)/g; // a height: alone in its attribute, or after each place from the left of an outline
  let theme = "", persona = views[0].dataset.persona, zoom = null, here = 0, hits = [], hit = -1;
  root.classList.add("js");

  const shown = () => views.find((view) => !view.hidden);
  const items = (view = shown()) => {
    const steps = all('[data-role="touchpoint"]', view);
    const any = steps.length ? steps : all("[data-about][aria-label]", view);
    const known = new Set();
    return any.filter((item) => item.dataset.about && !known.has(item.dataset.about) && known.add(item.dataset.about));
  };
  const visible = () => items().filter((item) => item.getClientRects().length);
  const words = (item) => {
    const step = data[item.dataset.about];
    return [item.getAttribute("aria-label"), ...(step ? step.facts.flat() : [])].join(" ").toLowerCase();
  };

  // Which of the views: a theme that was chosen, or the first that is dark (or light) as the screen is.
  function choose() {
    const mine = views.filter((view) => view.dataset.persona === persona);
    const dark = night.matches ? "yes" : "no";
    const next = (theme ? mine.find((view) => view.dataset.theme === theme) : mine.find((view) => view.dataset.dark === dark)) || mine[0];
    for (const view of views) view.hidden = view !== next;
    root.classList.toggle("dark", next.dataset.dark === "yes");
    arrange(next);
    enlarge();
    rove(here);
    look();
  }

  // Lanes that are hidden leave no hole: what stands below moves up, what spans them shrinks, arrows from and to them go.
  function arrange(view) {
    for (const svg of all(".sheet > svg", view)) {
      const parts = measured(svg);
      const gone = parts.filter((part) => part.lane && hidden.has(part.lane)).map((part) => [part.top, part.end]);
      const within = (y) => gone.some(([top, end]) => y >= top && y <= end);
      const moved = (y) => gone.reduce((left, [top, end]) => left - Math.max(0, Math.min(y, end) - top), y);
      for (const part of parts) {
        const { element, box, lane, arrow, band } = part;
        const [middle, bottom] = [box.y + box.height / 2, box.y + box.height];
        let out = lane ? hidden.has(lane) : within(middle);
        if (band) {
          out = gone.some(([top, end]) => box.y >= top && bottom <= end);
          element.setAttribute("y", moved(box.y));
          element.setAttribute("height", moved(bottom) - moved(box.y));
        } else if (arrow) {
          out = arrow.ends.some(within);
          for (const [name, value] of arrow.places) element.setAttribute(name, value.replace(PLACE, (_, before, y) => before + moved(Number(y))));
        } else {
          const start = lane ? part.top : middle;
          element.setAttribute("transform", start === moved(start) ? "" : `translate(0 ${moved(start) - start})`);
        }
        element.style.display = out ? "none" : "";
      }
      const [left, top, width, height] = svg.dataset.box.split(" ").map(Number);
      svg.setAttribute("viewBox", `${left} ${top} ${width} ${moved(height)}`);
      svg.setAttribute("height", moved(height));
    }
  }

  const known = new WeakMap();
  function measured(svg) {
    if (known.has(svg)) return known.get(svg);
    svg.dataset.box = svg.getAttribute("viewBox");
    const sheets = all(":scope > g", svg);
    const opened = (part) => (["system", "arrows"].includes(part.dataset.role) ? [...part.children].flatMap(opened) : [part]);
    const parts = sheets.flatMap((sheet) => [...sheet.children].flatMap(opened)).concat(all(":scope > rect", svg)).map((element) => {
      const box = element.getBBox();
      const lane = (element.dataset.role || "").startsWith("lane:") ? element.dataset.role : null;
      const name = lane && one("text", element);
      const pad = name ? (Number(name.getAttribute("font-size")) * ABOVE) / NAME : 0;
      const top = name ? name.getBBox().y - pad : box.y;
      return { element, box, lane, top, pad, end: box.y + box.height + pad, arrow: null, band: false };
    });
    let shaft = [];
    for (const part of parts.filter((one) => one.element.parentNode.dataset.role === "arrows")) {
      const places = ["y1", "y2", "d"].filter((name) => part.element.hasAttribute(name)).map((name) => [name, part.element.getAttribute(name)]);
      const heights = places.flatMap(([, value]) => [...value.matchAll(PLACE)].map((found) => Number(found[2])));
      const head = part.element.getAttribute("fill") && part.element.getAttribute("fill") !== "none";
      const ends = [heights[0], heights[heights.length - 1], ...(head ? shaft : [])]; // a head goes where its shaft goes
      shaft = head ? [] : ends;
      part.arrow = { places, ends };
    }
    const lanes = parts.filter((part) => part.lane);
    lanes.forEach((part, index) => {
      const next = lanes[index + 1];
      if (next && next.top > part.top && next.top - part.end < 3 * part.pad) part.end = next.top;
      const foot = part.box.y + part.box.height;
      for (const under of parts.filter((one) => one.element.tagName === "rect" && one.box.y <= part.box.y && one.box.y + one.box.height >= foot)) {
        under.band = true;
        part.end = Math.min(part.end, under.box.y + under.box.height);
      }
    });
    known.set(svg, parts);
    return parts;
  }

  function enlarge() {
    for (const svg of all(".sheet > svg", shown())) {
      const width = Number(svg.dataset.box.split(" ")[2]);
      const fit = Math.min(1, (shown().clientWidth || width) / width);
      const first = innerWidth < NARROW ? Math.max(fit, READABLE) : fit;
      svg.style.width = `${width * (zoom === null ? first : zoom === "fit" ? fit : zoom)}px`;
    }
  }
  function scale() {
    const svg = one(".sheet > svg", shown());
    return svg.getBoundingClientRect().width / Number(svg.dataset.box.split(" ")[2]);
  }
  function step(by) {
    zoom = by === "fit" ? by : Math.min(4, Math.max(0.1, scale() * (by === "in" ? 1.25 : 0.8)));
    enlarge();
  }

  // One stop for the Tab key; arrows go from step to step.
  function rove(index) {
    const there = visible();
    all(".view [tabindex]").forEach((item) => item.removeAttribute("tabindex"));
    here = Math.max(0, Math.min(index, there.length - 1));
    there.forEach((item, place) => item.setAttribute("tabindex", place === here ? "0" : "-1"));
    return there[here];
  }
  function go(index) {
    const item = rove(index);
    if (!item) return;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function look() {
    const asked = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    hits = asked.length ? items().filter((item) => asked.every((word) => words(item).includes(word))) : [];
    hit = -1;
    const ids = new Set(hits.map((item) => item.dataset.about));
    const others = new Set(asked.length ? items().map((item) => item.dataset.about).filter((id) => !ids.has(id)) : []);
    for (const part of all("g[data-about]", shown())) part.classList.toggle("dim", others.has(part.dataset.about));
    found.textContent = asked.length ? `${hits.length} found` : "";
  }

  function point(item, at) {
    tip.textContent = item.getAttribute("aria-label");
    tip.hidden = false;
    const box = at || item.getBoundingClientRect();
    const [x, y] = at ? [at.clientX + 14, at.clientY + 18] : [box.left, box.bottom + 8];
    tip.style.left = `${Math.max(8, Math.min(x, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(8, Math.min(y, innerHeight - tip.offsetHeight - 8))}px`;
  }
  const unpoint = () => { tip.hidden = true; };

  function open(item) {
    const told = data[item.dataset.about];
    one(".stage", panel).textContent = told ? told.stage : "";
    one("h2", panel).textContent = told ? told.name : item.getAttribute("aria-label");
    const list = one("dl", panel);
    list.replaceChildren();
    for (const [heading, text] of told ? told.facts : []) {
      const [dt, dd] = [document.createElement("dt"), document.createElement("dd")];
      dt.textContent = heading;
      dd.textContent = text;
      dd.dir = "auto";
      list.append(dt, dd);
    }
    panel.hidden = false;
    unpoint();
  }
  function close() {
    panel.hidden = true;
    unpoint();
  }
  const near = (target) => (target instanceof Element ? target.closest(".sheet [aria-label]") : null);
  const telling = (target) => {
    const item = near(target);
    return item && item.dataset.about ? item : null;
  };

  document.addEventListener("mousemove", (event) => {
    const item = telling(event.target);
    if (item) point(item, event);
    else if (!near(document.activeElement)) unpoint();
  });
  document.addEventListener("focusin", (event) => {
    const item = telling(event.target);
    if (item && item.matches(":focus-visible")) point(item);
    else unpoint();
  });
  document.addEventListener("click", (event) => {
    const item = telling(event.target);
    if (item && !event.target.closest("a")) open(item);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (menu && menu.open) fold();
      else close();
      return;
    }
    const item = near(document.activeElement);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = visible().length;
    const next = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: count - 1 }[event.key];
    if (next !== undefined) go(Math.max(0, Math.min(next, count - 1)));
    else if (event.key === "Enter" || event.key === " ") open(item);
    else if (event.key === "+" || event.key === "=") step("in");
    else if (event.key === "-") step("out");
    else if (event.key === "0") step("fit");
    else return;
    event.preventDefault();
  });
  const menu = one(".menu");
  function fold() {
    if (menu.contains(document.activeElement)) one("summary", menu).focus();
    menu.open = false;
  }
  document.addEventListener("pointerdown", (event) => {
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !hits.length) return;
    event.preventDefault();
    hit = (hit + 1) % hits.length;
    hits[hit].scrollIntoView({ block: "center", inline: "center" });
    open(hits[hit]);
  });
  for (const button of all("[data-lane]")) {
    button.addEventListener("click", () => {
      const lane = button.dataset.lane;
      if (!hidden.delete(lane)) hidden.add(lane);
      button.setAttribute("aria-pressed", String(!hidden.has(lane)));
      arrange(shown());
      enlarge();
      rove(here);
    });
  }
  for (const button of all("[data-zoom]")) button.addEventListener("click", () => step(button.dataset.zoom));
  one("#print").addEventListener("click", () => print());
  one("#close").addEventListener("click", close);
  const [themes, personas] = [one("#theme"), one("#persona")];
  if (themes) themes.addEventListener("change", () => { theme = themes.value; choose(); });
  if (personas) {
    personas.value = persona;
    personas.addEventListener("change", () => { persona = personas.value; here = 0; choose(); });
  }
  night.addEventListener("change", choose);
  addEventListener("resize", enlarge);
  choose();
})();
