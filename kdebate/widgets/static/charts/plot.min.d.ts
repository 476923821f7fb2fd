export { plot, dot, line, link, rect, ruleX, ruleY, text } from "@observablehq/plot";
