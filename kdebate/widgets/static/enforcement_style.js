// The looks that EnforcementExplorer alone needs; colours and sizes are the shared tokens of explorer.css.

const CSS = `
.kd-tabs { display: flex; gap: 8px; margin-bottom: 12px; flex-wrap: wrap; }
.kd button.kd-tab { height: 36px; padding: 0 14px; font: inherit; font-weight: 500; color: var(--kd-act); background: var(--kd-bg); border: 1px solid var(--kd-act); border-radius: 6px; cursor: pointer; }
.kd button.kd-tab[aria-pressed="true"] { background: var(--kd-act); color: var(--kd-on-act); }
.kd[data-view]:not([data-view="enforcement"]) :is(.kd-preset, .kd-verdict, .kd-main, .kd-readouts, .kd-model-tools) { display: none; }
.kd[data-view]:not([data-view="enforcement"]) .kd-code-panel { display: none; }
.kd[data-kdebate="EnforcementExplorer"] .kd-readout:nth-child(4n + 1) { border-left: 0; padding-left: 0; }
.kd[data-kdebate="EnforcementExplorer"] .kd-readout:nth-child(n + 5) { border-top: 1px solid var(--kd-line); }
.kd-chip-once, .kd-chip-slices { background: none; }
.kd-range { font-size: 12.5px !important; }
.kd-words > .kd-range-a { color: var(--kd-a); }
.kd-words > .kd-range-b { color: var(--kd-b); }
.kd-words > .kd-head-words { font-weight: 600; }
.kd-words > .kd-now { transform: translateX(-50%); font-weight: 700; background: var(--kd-bg); z-index: 1; }
.kd-words > .kd-axis { font-size: 12px; color: var(--kd-ink2); }
.kd-scroll { overflow: auto; }
.kd :is(.kd-scroll, .kd-grip, .kd-sentence):focus-visible { outline: 3px solid var(--kd-act); outline-offset: 2px; }
.kd p.kd-legend { font-size: 13px; color: var(--kd-ink2); margin: 6px 0 10px; white-space: pre-wrap; }
.kd-legend-item { margin-right: 16px; white-space: nowrap; }
.kd p.kd-shows { margin-top: 8px; }
.kd-lines p.kd-sentence, .kd-ladder-view p.kd-sentence { min-height: 0; margin-bottom: 8px; }

.kd table.kd-ladder { border-collapse: collapse; font-size: 13px; line-height: 18px; width: 100%; color: var(--kd-ink); table-layout: auto; margin: 0; }
.kd .kd-ladder :is(th, td) { border: 0; border-bottom: 1px solid var(--kd-line); padding: 4px 1px; text-align: center; font-weight: 400; background: none; vertical-align: middle; }
.kd .kd-ladder tbody th { text-align: right; padding-right: 8px; font-size: 13px; position: sticky; left: 0; background: var(--kd-bg); }
.kd .kd-ladder thead th:first-child { text-align: right; padding-right: 8px; color: var(--kd-ink2); position: sticky; left: 0; background: var(--kd-bg); z-index: 1; }
.kd .kd-ladder tbody tr { background: none; }
.kd .kd-ladder .kd-chosen { background: var(--kd-act-soft); }
.kd button.kd-rung { display: flex; flex-direction: column; align-items: center; width: 100%; min-width: 46px; min-height: 44px; padding: 2px; font: inherit; font-size: 12px; line-height: 15px; color: var(--kd-act); background: none; border: 1px solid transparent; border-radius: 6px; cursor: pointer; }
.kd button.kd-rung b { font-size: 13px; overflow-wrap: anywhere; }
.kd button.kd-rung em { font-style: normal; color: var(--kd-ink); }
.kd button.kd-rung:hover, .kd button.kd-rung[aria-expanded="true"] { border-color: var(--kd-act); background: var(--kd-act-soft); }
.kd-signs { display: inline-flex; align-items: center; gap: 2px; margin: 0 1px; font-size: 12px; line-height: 14px; }
.kd-sign { display: inline-block; width: 10px; height: 10px; background: var(--kd-ink); border: 1.5px solid var(--kd-ink); }
.kd-sign-cap { width: 0; height: 0; background: none; border: solid transparent; border-width: 0 6px 11px; border-bottom-color: var(--kd-ink); }
.kd-sign-other { height: 4px; width: 11px; border-width: 0; background: var(--kd-edge); }
.kd-sign-ban.kd-sign-hollow { background: none; }
.kd-sign-other.kd-sign-hollow { background: none; height: 5px; border: 1px solid var(--kd-edge); }
.kd-sign-cap.kd-sign-hollow { position: relative; }
.kd-sign-cap.kd-sign-hollow::after { content: ""; position: absolute; left: -3px; top: 4px; border: solid transparent; border-width: 0 3px 5.5px; border-bottom-color: var(--kd-bg); }
.kd-rung-card { margin-top: 12px; padding: 10px 14px; border-left: 4px solid var(--kd-act); background: var(--kd-soft); border-radius: 0 6px 6px 0; }
.kd-rung-card ul { margin: 2px 0 8px; padding: 0; list-style: none; }
.kd-rung-card li { display: flex; gap: 8px; align-items: baseline; padding: 2px 0; }
.kd-rung-card li > .kd-signs { width: 16px; flex: none; }
.kd-rung-card small { color: var(--kd-ink2); font-size: 13px; }
.kd .kd-rung-card p.kd-rung-sector { font-weight: 600; margin-top: 6px; }

.kd-pick { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
.kd .kd-lines > p.kd-pick { margin-bottom: 10px; }
.kd-pick label { color: var(--kd-ink2); }
.kd p.kd-line-title { font-weight: 700; margin-top: 6px; }
.kd-line-chart { position: relative; min-height: 260px; }
.kd-line-plot, .kd-line-words { position: absolute; inset: 0; }
.kd-line-words { pointer-events: none; }
.kd-draw-zone { position: absolute; cursor: crosshair; touch-action: none; }
.kd-drawn { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; fill: none; overflow: visible; }
.kd-drawn path { stroke: var(--kd-act); stroke-width: 3; stroke-dasharray: 1 6; stroke-linecap: round; }
.kd-drawn circle { stroke: var(--kd-act); stroke-width: 2.5; fill: var(--kd-bg); }
.kd-handles { position: absolute; inset: 0; pointer-events: none; }
.kd-grip { position: absolute; width: 24px; height: 24px; transform: translate(-50%, -50%); pointer-events: none; border-radius: 50%; }
.kd-grip::before { content: ""; position: absolute; inset: 5px; border: 3px solid var(--kd-act); border-radius: 50%; background: var(--kd-bg); }
.kd-words > .kd-rung-word { font-size: 12px; color: var(--kd-ink2); top: 8px !important; }
.kd-words > .kd-rung-word.kd-strong { color: var(--kd-ink); }
.kd-words > .kd-field-word { color: var(--kd-ink); }
.kd-words > .kd-name { font-weight: 700; transform: translateX(-50%); text-shadow: 0 0 2px var(--kd-bg), 0 0 2px var(--kd-bg), 0 0 4px var(--kd-bg), 0 0 4px var(--kd-bg); }
.kd-words > .kd-name-drawn { color: var(--kd-act); }
.kd-words > .kd-span-word { font-weight: 500; font-size: 12px; }
.kd fieldset.kd-yours { margin-top: 10px; }
.kd-yours legend { font-weight: 700; padding: 0; margin-bottom: 4px; }
.kd-boxes { display: grid; grid-template-columns: repeat(auto-fit, minmax(72px, 1fr)); gap: 8px; }
.kd-box { display: flex; flex-direction: column; font-size: 14px; }
.kd .kd-box input[type="number"] { width: 100%; text-align: right; appearance: textfield; -moz-appearance: textfield; }
.kd .kd-box input:disabled { color: var(--kd-ink); background: var(--kd-soft); }
.kd-acts { display: flex; gap: 8px 12px; align-items: center; flex-wrap: wrap; margin-top: 10px; }
.kd .kd-acts [data-action="store"]:enabled { background: var(--kd-act); color: var(--kd-on-act); border-color: var(--kd-act); }
.kd-left { color: var(--kd-ink2); }
.kd .kd-lines .kd-table :is(th, td), .kd .kd-ladder-view .kd-table :is(th, td) { white-space: normal; text-align: left; vertical-align: top; }

.kd-events-view { margin-top: 16px; border-top: 1px solid var(--kd-line); }
.kd-events-scroll { max-height: 300px; margin-top: 6px; }
.kd ol.kd-events { list-style: none; margin: 0; padding: 0 4px; }
.kd-events li { display: grid; grid-template-columns: 136px minmax(0, 1fr); gap: 8px; padding: 6px 0; border-bottom: 1px solid var(--kd-line); font-size: 14px; line-height: 20px; }
.kd-events li.kd-unchecked { border-left: 3px dotted var(--kd-edge); padding-left: 8px; }
.kd-way { color: var(--kd-ink2); }
.kd-events small { color: var(--kd-ink2); font-size: 13px; }

@container (max-width: 639px) {
  .kd-tabs, .kd-views { order: 2; }
  .kd button.kd-tab { height: 44px; flex: 1 1 auto; }
  .kd[data-kdebate="EnforcementExplorer"] .kd-figure { position: static; }
  .kd[data-kdebate="EnforcementExplorer"] .kd-readout:nth-child(n + 3) { border-top: 1px solid var(--kd-line); }
  .kd[data-kdebate="EnforcementExplorer"] .kd-readout:nth-child(odd) { border-left: 0; padding-left: 0; }
  .kd[data-kdebate="EnforcementExplorer"] .kd-readout:nth-child(4n + 3) { border-left: 0; padding-left: 0; }
  .kd-events-view { order: 9; }
  .kd-events li { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .kd .kd-acts .kd-button, .kd .kd-acts .kd-link { height: auto; min-height: 44px; white-space: normal; }
  .kd-views .kd-tools { display: flex; }
}
.kd-presenting .kd-lines, .kd-presenting .kd-ladder-view { font-size: 26px; line-height: 34px; }
.kd-presenting .kd-grip { width: 48px; height: 48px; }
.kd-presenting .kd-range { font-size: 25px !important; }
.kd-presenting table.kd-ladder, .kd-presenting .kd-ladder tbody th { font-size: 24px; line-height: 32px; }
.kd-presenting button.kd-rung, .kd-presenting button.kd-rung b { font-size: 22px; line-height: 28px; }
.kd-presenting .kd-sign { zoom: 2; }
.kd-presenting .kd-events li { font-size: 24px; line-height: 32px; grid-template-columns: 260px minmax(0, 1fr); }
.kd-presenting button.kd-tab { height: 64px; font-size: 26px; }
`;

/** Add the looks to the page, once. */
export function dress() {
  const page = (globalThis.__kdebate ??= {});
  page.enforcementStyle ??= document.head.appendChild(document.createElement("style"));
  if (page.enforcementStyle.textContent !== CSS) page.enforcementStyle.textContent = CSS;
}
