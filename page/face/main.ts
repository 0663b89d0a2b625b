/** The page: its frame, its rooms, and what all of them share. */
import { button, menu, textField } from "./controls";
import type { Text } from "./dom";
import { fill, h, renew } from "./dom";
import type { Engine } from "./engine";
import { engine as makeEngine, supported } from "./engine";
import { copyHere } from "./exports";
import type { House } from "./host";
import { SceneHost } from "./host";
import { lesson } from "./lesson";
import type { Scene } from "./scene";
import { bill } from "./scenes/bill";
import { causes } from "./scenes/causes";
import { figure } from "./scenes/figure";
import { own } from "./scenes/own";
import { radiologist } from "./scenes/radiologist";
import { width } from "./scenes/width";
import type { Reading, Shared, Theme } from "./state";
import { longest_name, readAddress, SceneSettings, themes, writeAddress } from "./state";
import type { Language } from "./text";
import { isLanguage, language, languageName, languages, languageTag, preferredLanguage, speak, t } from "./text";

/** The studies of page/studies, by name; put in by build.mjs. */
declare const STUDIES: Readonly<Record<string, string>>;

const scenes: readonly Scene[] = [figure, radiologist, causes, width, bill, own, lesson];
const pause_before_address = 250;

function packed(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

function fullAddress(hash: string): string {
  return new URL(hash, location.href).href;
}

class Page implements House {
  readonly engine: Engine;
  readonly studies: ReadonlyMap<string, string> = new Map(Object.entries(STUDIES));
  private readonly settings = new Map<string, SceneSettings>();
  private readonly hosts = new Map<string, SceneHost>();
  private readonly links = new Map<string, HTMLAnchorElement>();
  private readonly notices = h("div", { class: "notices", role: "status" });
  private readonly spoken = h("p", { class: "hidden", "aria-live": "polite", role: "status" });
  private readonly rooms = h("main", { id: "rooms", tabindex: -1 });
  private readonly next_room = h("nav", { class: "next", "aria-label": () => t("frame.next") });
  private readonly copied = h("div", { role: "status" });
  /** The name of the seed that each room was last told of: those that are hidden hear of another when entered. */
  private readonly told = new Map<string, string>();
  private shared: Shared = { language: null, theme: "auto", name: "" };
  private present = "";
  private seed_of = { name: "", seed: Promise.resolve<string | null>(null) };
  private left_out: readonly string[] = [];
  private address_timer = 0;
  private readonly prefers_dark = matchMedia("(prefers-color-scheme: dark)");

  private readonly language_menu = menu({
    label: () => t("frame.language"), words: languages, initial: "en",
    name: (word) => (isLanguage(word) ? languageName(word) : word),
    onChoose: (word) => { if (isLanguage(word)) this.share({ ...this.shared, language: word }); },
  });
  private readonly theme_menu = menu({
    label: () => t("frame.theme"), words: themes, initial: "auto", name: (word) => t(`theme.${word}`),
    onChoose: (word) => this.share({ ...this.shared, theme: word as Theme }),
  });
  private readonly name_field = textField({
    label: () => t("frame.name"), initial: "", longest: longest_name, help: () => t("frame.name_help"),
    onChange: (name) => this.share({ ...this.shared, name }),
  });

  constructor() {
    this.engine = makeEngine(`${packed("glue")}\n${packed("worker")}`, packed("engine"));
    for (const scene of scenes)
      this.settings.set(scene.id, new SceneSettings(scene, () => this.settingChanged(scene.id)));
    document.body.prepend(this.frame());
    // (What the page itself writes must not come between an address and those who read it.)
    addEventListener("hashchange", ({ newURL }) => this.enter(readAddress(new URL(newURL).hash, scenes)));
    this.prefers_dark.addEventListener("change", () => this.paint());
    addEventListener("pagehide", () => this.writeAddress());
    this.enter(readAddress(location.hash, scenes));
    if (!supported()) this.notice(() => t("frame.old_browser"));
  }

  seed(): Promise<string | null> {
    const { name } = this.shared;
    if (name === "") return Promise.resolve(null);
    if (this.seed_of.name !== name)
      this.seed_of = { name, seed: this.engine.ask("seed", { name }).then(({ seed }) => seed) };
    return this.seed_of.seed;
  }

  seedName(): string {
    return this.shared.name;
  }

  askName(): void {
    this.name_field.element.querySelector("input")?.focus();
  }

  unkept(): readonly string[] {
    return this.left_out;
  }

  notice(text: Text): void {
    const box = h("div", { class: "notice" }, h("p", {}, text),
      button(() => t("frame.close"), () => box.remove(), { look: "quiet" }));
    if (this.notices.childElementCount < 6) this.notices.append(box);
  }

  announce(text: string): void {
    this.spoken.textContent = "";
    setTimeout(() => { this.spoken.textContent = text; }, 50);
  }

  private frame(): HTMLElement {
    const skip = h("a", { class: "skip", href: "#rooms", onclick: (event: Event) => {
      event.preventDefault();
      this.rooms.focus();
    } }, () => t("frame.skip"));
    return h("div", { class: "page" }, skip, this.masthead(), this.notices, this.rooms, this.next_room, this.footer(),
             this.spoken);
  }

  private masthead(): HTMLElement {
    const list = h("ol", {});
    for (const scene of scenes) {
      const link = this.linkTo(scene, () => t(`${scene.id}.nav`));
      this.links.set(scene.id, link);
      list.append(h("li", {}, link));
    }
    return h("header", { class: "masthead" },
      h("div", { class: "bar" },
        h("p", { class: "brand" }, h("span", {}, "quartic"), h("sup", { "aria-hidden": "true" }, "4")),
        h("div", { class: "menus" }, this.language_menu.element, this.theme_menu.element)),
      h("nav", { class: "scenes", "aria-label": () => t("frame.scenes") }, list));
  }

  private footer(): HTMLElement {
    return h("footer", {}, h("div", { class: "row end" }, this.name_field.element,
        h("div", { class: "row" },
          button(() => t("frame.copy"), () => void this.copyAddress()),
          button(() => t("frame.reset"), () => this.reset()))), this.copied,
      h("p", { class: "help" }, () => t("frame.about")));
  }

  private linkTo(scene: Scene, text: Text): HTMLAnchorElement {
    return h("a", { href: fullAddress(`#v1/${scene.id}`), onclick: (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.walk(scene.id);
    } }, text);
  }

  /** Goes to another room, so that Back returns. */
  private walk(id: string): void {
    this.writeAddress();
    const { hash, left_out } = this.addressOf(id);
    if (id !== this.present) history.pushState({ left_out }, "", fullAddress(hash));
    this.show(id);
    scrollTo({ top: 0 });
    this.room(id).querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  /** Takes over what an address says. */
  private enter(reading: Reading): void {
    const before = this.shared;
    this.shared = {
      language: reading.shared.language ?? before.language, theme: reading.shared.theme ?? before.theme,
      name: reading.shared.name ?? "",  // an address holds all that draws data
    };
    const moved = this.settings.get(reading.scene)?.fill(reading.values, this.keptBeside()) ?? false;
    this.applyShared(before);
    this.show(reading.scene, moved);
    for (const problem of reading.problems) this.notice(problem);
    this.address();
  }

  private show(id: string, moved = false): void {
    this.present = id;
    for (const [other, link] of this.links) link.toggleAttribute("aria-current", other === id);
    this.links.get(id)?.setAttribute("aria-current", "page");
    const fresh = !this.hosts.has(id);
    const room = this.room(id);
    for (const child of this.rooms.children) (child as HTMLElement).hidden = child !== room;
    if (!fresh && (moved || this.told.get(id) !== this.shared.name)) this.tell(id);
    this.told.set(id, this.shared.name);
    document.title = t("frame.title", { scene: t(`${id}.nav`) });
    this.links.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.showNext(id);
  }

  private tell(id: string): void {
    this.told.set(id, this.shared.name);
    this.hosts.get(id)?.changed();
  }

  private room(id: string): HTMLElement {
    const known = this.hosts.get(id);
    if (known) return known.room;
    const scene = scenes.find((one) => one.id === id), settings = this.settings.get(id);
    if (!scene || !settings) throw new Error(`no scene ${id}`);
    const host = new SceneHost(scene, settings, this);
    this.hosts.set(id, host);
    this.rooms.append(host.room);
    host.open();
    return host.room;
  }

  private showNext(id: string): void {
    const next = scenes[scenes.findIndex((scene) => scene.id === id) + 1];
    if (next) fill(this.next_room, this.linkTo(next, () => t("frame.next_room", { scene: t(`${next.id}.nav`) })));
    else fill(this.next_room);
  }

  private settingChanged(id: string): void {
    if (id !== this.present) return;
    this.address();
    this.hosts.get(id)?.changed();
  }

  /** Blanks at the ends of a name count nowhere. */
  private share(shared: Shared): void {
    const before = this.shared;
    this.shared = { ...shared, name: shared.name.trim() };
    this.name_field.show(this.shared.name);
    this.address();
    this.applyShared(before);
    if (before.name === this.shared.name) return;
    for (const host of this.hosts.values()) host.renamed();
    this.tell(this.present);
  }

  private applyShared(before: Shared): void {
    const spoken: Language = this.shared.language ?? preferredLanguage();
    this.paint();
    this.language_menu.show(spoken);
    this.theme_menu.show(this.shared.theme);
    this.name_field.show(this.shared.name);
    if (spoken !== language() || before === this.shared || document.documentElement.lang === "") this.speak(spoken);
  }

  private paint(): void {
    const { theme } = this.shared;
    const dark = theme === "dark" || (theme === "auto" && this.prefers_dark.matches);
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }

  private speak(spoken: Language): void {
    speak(spoken);
    document.documentElement.lang = languageTag();
    renew(document.body);
    for (const host of this.hosts.values()) host.renewed();
    if (this.present !== "") document.title = t("frame.title", { scene: t(`${this.present}.nav`) });
  }

  private addressOf(id: string): ReturnType<typeof writeAddress> {
    const settings = this.settings.get(id);
    if (!settings) throw new Error(`no scene ${id}`);
    return writeAddress(id, this.shared, settings);
  }

  /** The address follows a moment later: browsers allow it to be written only so often. */
  private address(): void {
    this.left_out = this.addressOf(this.present).left_out;
    clearTimeout(this.address_timer);
    this.address_timer = window.setTimeout(() => this.writeAddress(), pause_before_address);
  }

  private writeAddress(): void {
    clearTimeout(this.address_timer);
    const { hash, left_out } = this.addressOf(this.present);
    if (hash !== location.hash || left_out.join() !== this.keptBeside().join())
      history.replaceState({ left_out }, "", fullAddress(hash));
  }

  /** Settings that were too long for the address when it was written: Back finds them as they are. */
  private keptBeside(): readonly string[] {
    const state = history.state as { left_out?: readonly string[] } | null;
    return state?.left_out ?? [];
  }

  private async copyAddress(): Promise<void> {
    this.writeAddress();
    const said = this.left_out.length > 0 ? "frame.copied_part" : "frame.copied";
    await copyHere(this.copied, location.href, () => t(said));
  }

  private reset(): void {
    this.hosts.get(this.present)?.reset();
    this.announce(t("frame.was_reset"));
  }
}

new Page();
