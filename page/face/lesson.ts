/** A lesson of 45 minutes with this page: the teacher's view, and a handout to print. */
import { button } from "./controls";
import type { Text } from "./dom";
import { h } from "./dom";
import type { Host, Scene } from "./scene";
import { p, table } from "./scenes/parts";

/** When each part begins, in minutes; the last one ends the lesson. What happens is lesson.minute.NUMBER. */
const begins = [0, 4, 7, 10, 15, 19, 26, 31, 35, 40, 45];
const goals = 4, preparations = 3, questions = 7, answers = 3, shorter = 3;
/** Names of the four learners of scene 1, and rows of part 2, that stand in tables to be filled in. */
const learners = 4, measures = 3;

const count = (to: number): number[] => Array.from({ length: to }, (_, k) => k + 1);

function listOf(host: Host, key: string, items: number, ordered = false): HTMLElement {
  return h(ordered ? "ol" : "ul", {}, ...count(items).map((k) => h("li", {}, () => host.t(`lesson.${key}.${k}`))));
}

function minutes(host: Host): HTMLElement {
  const rows = begins.slice(0, -1).map((from, k) => ({ from, to: begins[k + 1] ?? from, k: k + 1 }));
  return table(() => host.t("lesson.minutes"), [
    { heading: () => host.t("lesson.minute"), cell: ({ from, to }) => `${from}–${to}` },
    { heading: () => host.t("lesson.what"), cell: ({ k }) => h("span", {}, () => host.t(`lesson.minute.${k}`)) },
    { heading: () => host.t("lesson.wall"), cell: ({ k }) => h("span", {}, () => host.t(`lesson.wall.${k}`)) },
  ], rows);
}

function questionsAndAnswers(host: Host): HTMLElement {
  return h("dl", {}, ...count(questions).flatMap((k) => [
    h("dt", {}, () => host.t(`lesson.ask.${k}`)),
    h("dd", {}, h("p", {}, () => host.t(`lesson.reply.${k}`)),
      h("p", { class: "misconception" },
        () => host.t("lesson.misconception", { what: host.t(`lesson.wrong.${k}`) })))]));
}

const blank = (): HTMLElement => h("span", { class: "blank" });

/** A table whose cells are to be filled in by hand. */
function toFill(rows: readonly Text[], headings: readonly Text[]): HTMLElement {
  return h("table", { class: "fill" },
    h("thead", {}, h("tr", {}, h("td"), ...headings.map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row), ...headings.map(() => h("td"))))));
}

function handout(host: Host): HTMLElement {
  const t = (key: string): (() => string) => () => host.t(`lesson.${key}`);
  const both = [t("sheet.guess"), t("sheet.measured")];
  return h("section", { class: "handout" },
    h("h2", {}, t("sheet.title")), h("p", {}, h("span", {}, t("sheet.names")), " ", blank(), " ",
      h("span", {}, t("sheet.word")), " ", blank()),
    p(t("sheet.words")),
    h("h3", {}, t("sheet.part.1")), p(t("sheet.one")),
    toFill(count(learners).map((k) => t(`sheet.learner.${k}`)), both),
    h("h3", {}, t("sheet.part.2")), p(t("sheet.two")), h("p", {}, blank()), h("p", {}, blank()),
    toFill(count(measures).map((k) => t(`sheet.measure.${k}`)), both),
    h("h3", {}, t("sheet.part.3")),
    h("ol", {}, ...count(answers).map((k) => h("li", {}, h("span", {}, t(`sheet.after.${k}`)), h("p", {}, blank())))));
}

/** Prints the page with nothing on it but the handout, or but the teacher's view. */
function print(what: "handout" | "teacher"): void {
  document.documentElement.dataset["print"] = what;
  addEventListener("afterprint", () => { delete document.documentElement.dataset["print"]; }, { once: true });
  window.print();
}

export const lesson: Scene = {
  id: "lesson",
  fields: [],
  open(host) {
    const t = (key: string): (() => string) => () => host.t(`lesson.${key}`);
    const teacher = h("div", { class: "teacher" },
      host.panel(t("goals"), {}, p(t("goals.lead")), listOf(host, "goal", goals, true)),
      host.panel(t("before"), {}, listOf(host, "before", preparations)),
      host.panel(t("minutes"), {}, minutes(host)),
      host.panel(t("questions"), {}, questionsAndAnswers(host)),
      host.panel(t("answers"), {}, listOf(host, "answer", answers, true)),
      host.panel(t("less"), {}, listOf(host, "less", shorter)));
    host.room.append(host.head(), h("div", { class: "row no-print" },
      button(t("print.handout"), () => print("handout"), { look: "main" }),
      button(t("print.teacher"), () => print("teacher"))), teacher, handout(host));
    return { changed: () => undefined };
  },
};
