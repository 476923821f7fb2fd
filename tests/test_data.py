"""
The tables: what the descriptor promises, and the totals that lessons rely on.

Each total states its rule. Where a correction changed a number, the old one
stands beside it, so that a reader of an older text can see why.
"""

import json
import re

import frictionless
import pandas as pd
import pytest

from kdebate import datasets
from kdebate.tables import check, read, record

PLACE = read.folder()
TABLES = {name: getattr(datasets, f"load_{name}")() for name in datasets.names()}


def rows(name, **wanted):
    """Return the rows of a table whose columns have these values."""
    table = TABLES[name]
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


# The package as a whole.


def test_nothing_is_wrong_with_the_tables():
    assert [str(problem) for problem in check.problems(PLACE)] == []


def test_frictionless_agrees():
    report = frictionless.validate(str(PLACE / read.DESCRIPTOR))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_descriptor_is_a_data_package_of_version_two():
    package = read.descriptor()
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for table in package["resources"]:
        for needed in ("title", "description", "coverage", "licenses", "hash", "bytes", "rows"):
            assert table[needed], (table["name"], needed)
        assert table["gaps"], table["name"]
        assert all(field["description"] for field in table["schema"]["fields"]), table["name"]


def test_every_table_has_sources_status_recalled_fields_and_note():
    for name, table in TABLES.items():
        assert list(table.columns[-4:]) == ["source_ids", "status", "recalled_fields", "note"], name
        if name == "glossary":  # a meaning needs no source, a date does
            table = table[table.first_use.notna()]
        assert table[["source_ids", "status"]].notna().all(axis=None), name


def test_documentation_page_is_the_generated_one():
    page = PLACE.parent / "docs" / "tables.md"
    if not page.is_file():
        pytest.skip("the page lives in a checkout")
    assert page.read_text(encoding="utf-8") == record.tables_page(read.descriptor()) + "\n"


@pytest.mark.parametrize("name", sorted(path.name for path in PLACE.iterdir()))
def test_no_file_points_at_a_dead_shortener_or_at_a_machine(name):
    text = (PLACE / name).read_text(encoding="utf-8")
    assert not re.search(r"goo\.gl|bit\.ly|/(?:root|tmp|home)/|file://|localhost", text)


def test_names_of_listed_persons_are_not_shipped():
    for name in ("un_list_entries", "us_list_entries", "listing_rounds"):
        assert not {"name", "names", "alias"} & set(TABLES[name].columns)


def test_recalled_rows_are_marked_field_by_field():
    for name, table in TABLES.items():
        recalled = table[table.status == "recalled"]
        assert name == "sources" or recalled.recalled_fields.notna().all(), name


# Agreements.


def test_steps_by_type():
    # 117 = 75 promised + 19 delivered without a promise + 12 adverse + 7 offers + 4 demands
    counts = TABLES["agreement_steps"].row_type.value_counts().to_dict()
    assert counts == {
        "promised": 75,
        "delivered_unpromised": 19,
        "adverse_act": 12,
        "offer": 7,
        "demand": 4,
    }


def test_the_end_of_key_resolve_is_counted_once():
    # 19 unpromised steps were counted before; HN2019-10 repeats SG2018-15, so 18 events remain.
    unpromised = rows("agreement_steps", row_type="delivered_unpromised")
    assert len(unpromised[unpromised.same_event_as.isna()]) == 18
    steps = TABLES["agreement_steps"].set_index("step_id")
    assert steps.same_event_as["HN2019-10"] == "SG2018-15"


def test_restated_promises_are_counted_once():
    # 75 before; three texts only repeat an earlier promise: 72 remain. IA2007-03 (to discuss a list) and SP2007-02
    # (to hand over a declaration) are two promises with two due dates, so both stay.
    promised = rows("agreement_steps", row_type="promised").set_index("step_id")
    assert promised.same_event_as.dropna().to_dict() == {
        "JC2000-02": "M1999-01",
        "SP2007-04": "IA2007-06",
        "SP2007-06": "IA2007-08",
    }


def test_agreements_and_episodes():
    assert len(TABLES["agreements"]) == 17
    assert rows("agreements").is_agreement.sum() == 13
    promised = rows("agreement_steps", row_type="promised")
    with_promises = set(promised.agreement_id)
    assert with_promises == set(rows("agreements", is_agreement=True).agreement_id)


def test_promised_steps_delivered():
    # 22, 26, 27 before the restated promises were counted once
    promised = rows("agreement_steps", row_type="promised")
    delivered = promised[promised.same_event_as.isna()].delivered.value_counts()
    assert (delivered["yes"], delivered["partly"], delivered["no"]) == (21, 24, 27)


@pytest.mark.parametrize(
    ("reader", "wanted"),
    [
        # delivered yes / partly / no, over all 75 rows as they were coded
        ("first", [(3, 4, 0), (16, 18, 3), (3, 3, 13), (0, 1, 11), (0, 0, 0)]),
        ("second", [(7, 6, 5), (13, 17, 10), (2, 1, 7), (0, 1, 5), (0, 1, 0)]),
        ("third", [(4, 5, 3), (17, 18, 14), (1, 1, 4), (0, 1, 6), (0, 1, 0)]),
    ],
)
def test_delivery_by_order_and_reader(reader, wanted):
    # .71 (7), .68 (37), .24 (19) and .04 (12) stood here: the means of the first coding, which did not hold
    coded = rows("step_codings", reader=reader).merge(
        TABLES["agreement_steps"][["step_id", "delivered"]]
    )
    assert len(coded) == 75
    table = pd.crosstab(coded.order, coded.delivered).reindex(
        index=["first", "together", "after", "no_order", "cannot_say"],
        columns=["yes", "partly", "no"],
        fill_value=0,
    )
    assert [tuple(row) for row in table.to_numpy().tolist()] == wanted


def test_two_later_readers_say_how_they_knew_the_text():
    seen = TABLES["step_codings"].text_seen
    assert (seen.isna() == (TABLES["step_codings"].reader == "first")).all()
    assert seen.value_counts().to_dict() == {"opened": 97, "known": 51, "guessed": 2}
    memory = TABLES["step_codings"][seen.isin(["known", "guessed"])]
    assert (memory.status == "recalled").all()


def test_undone_later():
    # 29 of 48 before the restated promises were counted once
    promised = rows("agreement_steps", row_type="promised")
    done = promised[promised.delivered.isin(["yes", "partly"])]
    assert ((done.reversed == "yes").sum(), len(done)) == (29, 48)
    once = done[done.same_event_as.isna()]
    assert ((once.reversed == "yes").sum(), len(once)) == (27, 45)


def test_only_promises_and_unpromised_steps_can_be_delivered():
    steps = TABLES["agreement_steps"]
    made = steps.row_type.isin(["promised", "delivered_unpromised"])
    assert ((steps.delivered == "n/a") == ~made).all()
    assert steps[made].occurred_on.isna().all()


def test_nothing_is_undone_that_was_not_delivered():
    # A1994-05 was coded as not delivered yet reversed.
    steps = TABLES["agreement_steps"]
    refused = (steps.delivered == "no") | steps.row_type.isin(["offer", "demand"])
    assert ((steps.reversed == "n/a") == refused).all()
    assert (steps.reversed_date.notna() == (steps.reversed == "yes")).all()


def test_reversal_by_reversibility():
    # 34 of 45 reversible steps before; A1994-06 was further eased in 2008, not reversed.
    steps = TABLES["agreement_steps"]
    done = steps[steps.delivered.isin(["yes", "partly"])]
    counts = done.groupby("reversibility", observed=True).reversed.value_counts()
    assert counts["reversible"].to_dict() == {"yes": 33, "no": 12, "n/a": 0}
    assert counts["costly"].to_dict() == {"yes": 5, "no": 3, "n/a": 0}
    assert counts["irreversible"].to_dict() == {"no": 14, "yes": 0, "n/a": 0}


def test_days_late():
    days = TABLES["agreement_steps"].days_late.dropna()
    assert (len(days), (days > 0).sum(), days.max()) == (20, 9, 546)


def test_days_late_are_the_days_between_due_and_delivered():
    steps = TABLES["agreement_steps"].dropna(subset=["days_late"])
    exact = steps[steps.delivered_date_precision == "day"]
    days = (exact.delivered_date - exact.due_date).dt.days
    assert (days == exact.days_late).all()


# The article.


def test_claims_by_kind_and_verdict():
    kinds = TABLES["article_claims"].kind.value_counts().to_dict()
    assert kinds == {"fact": 33, "interpretation": 25, "prediction": 6, "prescription": 3}
    verdicts = rows("article_claims", kind="fact").verdict.value_counts()
    # 1 mostly accurate before; C31 (name right, its use by Kim not shown) joins it
    found = verdicts[["accurate", "mostly_accurate", "imprecise", "unverified"]].tolist()
    assert found == [26, 2, 3, 2]


# Positions, contested points, words, places.


def test_positions_by_side_and_shape():
    # 56 before; Sung-Yoon Lee's testimony of 11 April 2018 has a row of its own
    positions = TABLES["positions"]
    assert positions.stance.value_counts().to_dict() == {
        "big_deal": 21,
        "steps": 20,
        "both_rejected": 9,
        "mixed": 7,
    }
    assert rows("positions", extent="headline").quote.isna().all()
    assert positions.set_index("position_id").quote[["PO11", "PO22", "PO45"]].isna().all()


def test_class_reading_is_three_named_free_texts_a_side():
    chosen = rows("positions", class_use="first")
    assert chosen.groupby("stance", observed=True).position_id.agg(list).to_dict() == {
        "big_deal": ["PO03", "PO10", "PO57"],
        "steps": ["PO21", "PO28", "PO30"],
    }
    assert chosen.date.dt.year.isin([2018, 2019]).all()
    assert not chosen.recalled_fields.fillna("").str.contains("author").any()
    addresses = TABLES["sources"].set_index("source_id").url
    firsts = chosen.source_ids.str.split(";").str[0]
    assert addresses[firsts].notna().all()
    assert not addresses[firsts].str.contains("docslib|scribd|cssmentor|readkong").any()


def test_each_chapter_that_quotes_the_article_names_a_text_that_answers_it():
    named = rows("positions").dropna(subset=["beside_panda"])
    assert set(named.stance) == {"big_deal"}
    chapters = sorted(named.beside_panda.str.split(";").explode())
    assert chapters == ["00", "01", "02", "03", "04"]


def test_contested_points_hold_two_accounts_with_their_sources():
    points = TABLES["contested_points"]
    assert len(points) == 20
    assert points[["account_a", "account_b", "both_accept"]].notna().all(axis=None)
    order = list(read.STATUSES)
    for _, point in points.iterrows():
        both = [order.index(point.status_a), order.index(point.status_b)]
        assert order.index(point.status) == max(both), point.point_id


def test_glossary_states_a_source_for_every_date():
    words = TABLES["glossary"]
    assert (words.first_use.notna() == words.source_ids.notna()).all()
    assert (words.first_use.notna() == words.status.notna()).all()
    written = [*words.term, *words.forms.dropna().str.split(";").explode()]
    assert len(written) == len(set(written))
    assert {"CNS", "CSIS", "KCNA", "KOTRA", "SRBM", "DPRK", "1718 Committee"} <= set(words.term)


def test_places_agree_with_the_tables_of_launches_and_tests():
    places = TABLES["places"].set_index("name")
    sohae = rows("missiles", site="Sohae Satellite Launching Station").iloc[0]
    assert places.loc["Sohae (Dongchang-ri)", ["lat_deg", "lon_deg"]].tolist() == pytest.approx(
        [sohae.lat_deg, sohae.lon_deg], abs=0.005
    )
    tests = TABLES["nuclear_tests"]
    assert places.loc["Punggye-ri", "lat_deg"] == pytest.approx(tests.lat_deg.mean(), abs=0.05)
    assert places.loc["Punggye-ri", "lon_deg"] == pytest.approx(tests.lon_deg.mean(), abs=0.05)


# Two tables on one event.


def test_a_day_is_the_same_in_every_table():
    # EE38 had 28 February, D136 1 March: Ri spoke after midnight
    events = TABLES["enforcement_events"].set_index("enforcement_id").date
    days = TABLES["chronology"].set_index("event_id").start_date
    for event, day in {
        "EE34": "D122",
        "EE38": "D136",
        "EE40": "D142",
        "EE43": "D143",
        "EE49": "D168",
        "EE64": "D186",
    }.items():
        assert events[event] == days[day], (event, day)


def test_the_basket_counts_what_was_granted_after_it_was_asked():
    # 17 and 6 before: the Libya remarks and the arms withdrawn in 1991 were not granted, the food aid never shipped
    basket = TABLES["hostile_policy_components"]
    basket = basket[basket.component_id != "hostile_policy_general"]
    granted = basket[basket.granted != "none"]
    assert (len(granted), (granted.granted == "taken_back").sum()) == (14, 5)
    assert (basket.granted_by.notna() == (basket.granted != "none")).all()
    assert granted.granted_by.value_counts().to_dict() == {
        "US": 9,
        "ROK": 3,
        "US;ROK": 1,
        "Japan": 1,
    }
    # 17 before: a sanction on the leader is lifted by the Treasury, not by a speech
    assert (basket.changeable_by == "president").sum() == 18


def test_coal_of_august_2017_was_not_more_than_a_month_before_the_stop():
    coal = rows("trade", series="coal_china_monthly", unit="tonnes")
    months = coal[coal.period_start.dt.to_period("M") == coal.period_end.dt.to_period("M")]
    coal = months.set_index(months.period_start.dt.strftime("%Y-%m")).value
    assert coal["2017-08"] > max(coal["2017-01"], coal["2017-02"])
    assert coal["2017-08"] < min(coal["2016-08"], coal["2016-09"], coal["2016-10"])


def test_months_of_talks_and_provocations():
    table = TABLES["monthly_talks_provocations"]
    assert (len(table), table.negotiations.sum(), table.provocations.sum()) == (344, 214, 159)


def test_chronology():
    # 26 rows rested on recollection alone; four were confirmed since
    assert len(TABLES["chronology"]) == 228
    assert len(rows("chronology", status="recalled")) == 22


# Launches, tests, exercises.


def test_missiles():
    missiles = TABLES["missiles"]
    year = missiles[missiles.date_kst.dt.year == 2022].outcome.value_counts().to_dict()
    assert year == {"success": 42, "unknown": 22, "failure": 5}
    assert len(missiles) == 339
    assert (missiles.cns_id <= 303).sum() == 303
    assert missiles.preliminary.sum() == 36
    assert len(rows("missiles", **{"class": "ICBM"})) == 14
    assert len(rows("missiles", **{"class": "SLV"})) == 10
    assert len(rows("missiles", orbit="yes")) == 3
    assert len(TABLES["launch_events"]) == 82


def test_salvo_sizes_are_the_missiles_of_the_day():
    missiles = TABLES["missiles"]
    counted = missiles.groupby("salvo_id").missile_id.transform("count")
    assert (counted == missiles.salvo_size).all()


def test_launch_days_in_exercise_windows_after_hanoi():
    # 2 of 13 before. Rule: Korean dates from May to December 2019 that fall between the
    # first and last day of an exercise with exact dates that took place: 6, 10, 16 August.
    missiles = TABLES["missiles"]
    days = sorted(set(missiles[missiles.date_kst.between("2019-05-01", "2019-12-31")].date_kst))
    windows = rows("exercises", in_event_study=True)
    inside = [
        day for day in days if ((windows.start_date <= day) & (day <= windows.end_date)).any()
    ]
    assert len(days) == 13
    assert [f"{day:%d %b}" for day in inside] == ["06 Aug", "10 Aug", "16 Aug"]


def test_exercises_in_the_event_study_took_place_on_known_days():
    studied = rows("exercises", in_event_study=True)
    assert len(studied) == 75
    assert (studied.date_precision == "day").all()
    assert studied.outcome.isin(["held", "scaled_down"]).all()
    assert len(rows("exercises", is_summary=True)) == 1


def test_nuclear_tests_and_yields():
    figures = ["low_kt", "best_kt", "high_kt"]
    assert len(TABLES["nuclear_tests"]) == 6
    assert len(TABLES["nuclear_yield_estimates"]) == 45
    sixth = rows("nuclear_yield_estimates", test_no=6)[figures].stack()
    assert (sixth.min(), sixth.max()) == (50, 400)
    # 30 before, from an expert; science and science agencies give 25 at most
    fifth = rows("nuclear_yield_estimates", test_no=5)
    science = fifth[fifth.estimator_type.isin(["science", "science_agency"])]
    assert science[figures].stack().max() == 25


def test_provocations_leave_launches_to_the_missile_tables():
    # 267 before; the reported joint test of 1991 is dropped, eight rows repeat a launch
    provocations = TABLES["provocations"]
    assert len(provocations) == 266
    assert provocations.csis_listed.sum() == 248
    assert provocations.cross_listed_id.notna().sum() == 8
    assert "PV0101" not in set(provocations.provocation_id)


# Rhetoric.


def test_hostile_policy_in_the_general_debate():
    counts = rows("phrase_counts", corpus_id="UNGDC_PRK", phrase_id="PH-hostile-policy")
    assert (counts["count"].sum(), (counts["count"] > 0).sum(), len(counts)) == (57, 22, 34)


def test_headlines_by_target():
    totals = TABLES["headline_targets"].groupby("target", observed=True).headlines.sum()
    assert (totals.sum(), totals["US"]) == (266, 202)


def test_statements_and_components():
    assert len(TABLES["hostile_policy_statements"]) == 124
    assert len(TABLES["statement_components"]) == 284
    assert len(TABLES["hostile_policy_components"]) == 39  # 38 before, and the policy as a whole
    checked = TABLES["hostile_policy_statements"].quote_checked.value_counts().to_dict()
    assert checked == {"yes": 70, "no": 38, "none": 16}


def test_first_statement_is_the_first_that_names_the_component():
    links = TABLES["statement_components"].drop_duplicates("component_id")
    first = links.set_index("component_id").statement_id
    components = TABLES["hostile_policy_components"].set_index("component_id").first_statement_id
    assert (first.sort_index() == components.sort_index()).all()


# Sanctions, trade, enforcement.


def test_un_list():
    entries = TABLES["un_list_entries"]
    assert entries.kind.value_counts().to_dict() == {"individual": 80, "entity": 75}
    assert (entries.listed_date.dt.year == 2017).sum() == 52
    assert entries.listed_date.max() == pd.Timestamp("2018-03-30")


def test_listing_rounds():
    targets = ["individuals", "entities", "vessels", "aircraft"]
    us = rows("listing_rounds", list="US")
    assert (len(us), us[targets].sum().sum()) == (85, 667)
    assert rows("listing_rounds", list="UN_vessels").vessels.sum() == 38
    un = rows("listing_rounds", list="UN").set_index("round_id")
    entries = TABLES["un_list_entries"].groupby("round_id").un_reference.count()
    assert (entries.sort_index() == un[targets].sum(axis=1).sort_index()).all()


def test_measures():
    measures = TABLES["unsc_measures"].merge(
        TABLES["unsc_resolutions"][["resolution_id", "adopted"]]
    )
    assert len(measures) == 167
    assert TABLES["unsc_resolutions"].adopted.sum() == 28
    assert len(TABLES["unsc_resolutions"]) == 30
    assert (measures.resolution_id == "S/RES/2397").sum() == 23
    export_bans = (measures.measure_type == "ban") & (measures.direction == "dprk_exports")
    assert (export_bans & measures.adopted).sum() == 19
    # 21 before; the trigger clause of 2397 rests on a fact sheet
    assert (measures.paragraph_checked == "yes").sum() == 20


def world(year, flow):
    """Return KOTRA's trade with the world without South Korea, in million US dollars."""
    series = rows("trade", series="kotra_world", flow=flow)
    return series[series.period_start.dt.year == year].value.item()


def test_world_trade():
    assert (world(2016, "exports"), world(2018, "exports")) == (2821, 243)
    assert round(100 * (world(2018, "exports") / world(2016, "exports") - 1), 1) == -91.4
    assert round(100 * (world(2018, "imports") / world(2016, "imports") - 1), 1) == -30.3
    deficits = [world(year, "imports") - world(year, "exports") for year in range(1990, 2010)]
    assert sum(deficits) == 15707


def test_inter_korean_trade_without_kaesong_twice():
    # 24,108.40 before, with Kaesong added to the total that contains it
    totals = rows("trade", series="inter_korean", flow="total")
    to_2014 = totals[totals.period_start.dt.year <= 2014]
    assert round(to_2014.value.sum(), 2) == 21770.59


def oil(series, start, end, partner, unit="barrels"):
    """Return the reported deliveries of refined petroleum in a period, in the file's order."""
    found = rows("trade", series=series, partner=partner, unit=unit)
    wanted = (found.period_start == start) & (found.period_end == end)
    return found[wanted].value.tolist()


def test_oil_figures_stand_in_the_right_year():
    monthly, summed = "refined_reported_monthly", "refined_reported"
    # 1,987, 19,892 and 66,099 stood under 2021; they belong to 2022
    assert oil(monthly, "2021-07-01", "2021-07-31", "China") == [2828]
    assert oil(monthly, "2022-07-01", "2022-07-31", "China") == [1987]
    assert oil(summed, "2021-01-01", "2021-08-31", "China") == [38334]
    assert oil(summed, "2022-01-01", "2022-08-31", "China") == [66099]
    # rival totals stay side by side
    assert oil(summed, "2021-01-01", "2021-12-31", "China") == [91909]
    assert oil(summed, "2021-01-01", "2021-11-30", "China") == [105000]
    assert sorted(oil(summed, "2023-01-01", "2023-12-31", "World")) == [325267, 362706]
    assert oil(summed, "2023-01-01", "2023-12-31", "Russia") == [105845]
    assert oil(summed, "2024-01-01", "2024-01-31", "Russia") == [15279]


def test_enforcement():
    counts = TABLES["enforcement_events"].direction.value_counts().to_dict()
    assert counts == {"tightens": 45, "loosens": 22, "exposes_evasion": 14, "neutral": 8}
    assert len(rows("enforcement_events", article_link="yes")) == 2


def test_descriptor_is_written_as_the_refresh_writes_it():
    text = (PLACE / read.DESCRIPTOR).read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
