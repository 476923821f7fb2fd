"""The code cells of chapter 03 as module 0.1.0 shipped them: learners keep such copies, and they must go on running."""

# Gets the charts ready. You need not read this line.
from kdebate.datasets import load_listing_rounds
from kdebate.exercises import Code, Journal, Predict, Quiz, Reflect
from kdebate.figures.sanction_ladder import counts
from kdebate.figures.sanction_lines import designations, line, record, un_additions
from kdebate.widgets import EnforcementExplorer, Folded, TwoAccounts

# Opens your journal. You need not read this line.
Journal()

# Question 1 of 3. You need not read this line.
Quiz("03-start-who")

# Question 2 of 3. You need not read this line.
Quiz("03-start-secondary")

# Question 3 of 3. You need not read this line.
Quiz("03-start-claim")

# The rungs of the ladder. You need not read this line.
ladder = EnforcementExplorer(views=["ladder"])
ladder

# Python counts the measures.
# NBVAL_CHECK_OUTPUT
Folded(ladder.describe(), counts().sum().rename(None).rename_axis(None).iloc[-9:].to_string())

# A line to draw before the record shows. You need not read this line.
coal = EnforcementExplorer(views=["lines"], lines=["coal", "coal_years"])
coal

# Python reads the coal records again.
# NBVAL_CHECK_OUTPUT
Folded(
    record("coal")[["when", "value", "rows"]].dropna().to_string(index=False),
    record("coal_years")[["value"]]
    .set_axis(record("coal_years")["when"])
    .loc["2015":"2017"]
    .T.to_string(),
    line("coal_years").spans[1].low,
)

# A line to draw before the record shows. You need not read this line.
oil = EnforcementExplorer(views=["lines"], lines=["oil", "oil_estimates"])
oil

# Python reads the oil records again.
# NBVAL_CHECK_OUTPUT
Folded(
    record("oil")[["when", "value", "bound"]].to_string(index=False),
    [
        (span.kind, span.low, span.high)
        for span in line("oil_estimates").spans
        if span.row_ids[0] in ("TR508", "TR512")
    ],
)

# Two lines to draw before the records show. You need not read this line.
lists = EnforcementExplorer(views=["lines"], lines=["share", "un_list"])
lists

# Python counts the names again.
# NBVAL_CHECK_OUTPUT
Folded(
    designations().loc[2016:2019, ["listed", "third_country", "share"]].round(1).to_string(),
    un_additions().loc[2017:2025].rename(None).to_frame().T.to_string(index=False),
)

# Hanoi, told twice. You need not read this line.
TwoAccounts("CP01")

# The tweet, told twice. You need not read this line.
TwoAccounts("CP04", folded=True)

# Python counts the American rounds of 2020 to the veto of March 2024.
# NBVAL_CHECK_OUTPUT
rounds = load_listing_rounds().query("list == 'US'")
Folded(f"{rounds['date'].between('2020-01-01', '2024-03-28').sum()} rounds")

# Your prediction, before the levers open. You need not read this line.
Predict("03-china-halves")

# Two levers, locked until you predict. You need not read this line.
enforcement = EnforcementExplorer(
    ["e_china", "sigma"], views=["enforcement"], predict="03-china-halves"
)
enforcement

# A second prediction. You need not read this line.
Predict("03-too-much")

# All levers, all lines and the ladder, locked until you predict. You need not read this line.
sandbox = EnforcementExplorer(preset="pyongyang-harder-to-undo", predict="03-too-much")
sandbox

# Python works out the answers.
# NBVAL_CHECK_OUTPUT
start = "half-willing-neighbours"
Folded(
    EnforcementExplorer.from_code(start).describe(),
    EnforcementExplorer.from_code(f"{start},sigma=0.2").describe(),
    EnforcementExplorer.from_code(f"{start},sigma=0.5").describe(),
    EnforcementExplorer.from_code("pyongyang-harder-to-undo,e_china=0.5").describe(),
    round(sandbox.read_out["s_max"], 2),
)

# The table, to fill in. You need not read this line.
Code("03-claims")

# Where you and your neighbour differ. You need not read this line.
Reflect("03-claims-why")

# Question 1 of 2. You need not read this line.
Quiz("03-end-ceiling")

# Question 2 of 2. You need not read this line.
Quiz("03-end-twice")

# Your last word. You need not read this line.
Reflect("03-last-word")
