"""The statements of the fast way from stored states to rows; `decoding.py` runs them in this order.

`told` holds a page of raw events, and the earlier events of the streams that it adds to; `$after`
is the position after which the page begins. `kind_of`, `days` and `amounts` are what the domain
makes of a topic, a date and a value. A stream goes into `odd`, and all of it the way through the
domain, unless it is an action with attributions and characterisations whose every field is
understood here.
"""

from __future__ import annotations

from typing import Final

DIGESTS: Final = """
INSERT INTO new_log
SELECT position, digest_of(stream, version, topic, state) FROM told WHERE position > $after
"""

MACROS: Final = (
    # A word of its own is a silence or "unprovoked"; a list names causes, perhaps none.
    """
    CREATE OR REPLACE MACRO listed(said) AS
    CASE WHEN starts_with(said, '[') THEN from_json(said, '["VARCHAR"]') END
    """,
    """
    CREATE OR REPLACE MACRO set_of(names) AS
    CASE WHEN len(names) > 1 THEN list_sort(list_distinct(names)) ELSE names END
    """,
    """
    CREATE OR REPLACE MACRO caused(names) AS list_transform(set_of(names), lambda one: {
        'nature': CASE WHEN starts_with(one, 'act:') THEN 'outside'
            WHEN starts_with(one, 'ext:') THEN 'grievance' ELSE 'action' END,
        'name': CASE WHEN one[4] = ':' THEN split_part(one[5:], '@', 1) ELSE one END,
        'party': CASE WHEN one[4] = ':' THEN nullif(split_part(one, '@', 2), '') END
    })
    """,
)

FIRST_FIELDS: Final = """{"record": {
    "id": "VARCHAR", "dispute": "VARCHAR", "actors": ["VARCHAR"], "targets": ["VARCHAR"],
    "occurred": "VARCHAR", "made_public": "VARCHAR", "effective": "VARCHAR", "cause": "JSON",
    "quantity": {"value": "VARCHAR", "unit": "VARCHAR"}, "family": "VARCHAR", "rung": "TINYINT",
    "part_of": "VARCHAR", "executes": ["VARCHAR"], "carries_out": ["VARCHAR"],
    "same_as": ["VARCHAR"], "reverses": ["VARCHAR"], "organ": "VARCHAR", "tags": ["VARCHAR"]
}}"""

FIRST: Final = f"""
CREATE OR REPLACE TEMP TABLE first AS
SELECT position, stream, kind_of.kind, kind_of.family AS kinds_family, kind_of.rung AS kinds_rung,
    unnest(json_transform(state, '{FIRST_FIELDS}').record)
FROM told JOIN kind_of USING (topic)
WHERE version = 1 AND starts_with(stream, 'action:')
"""

WORD_FIELDS: Final = """{"record": {
    "account": "VARCHAR", "basis": "VARCHAR", "causes": "JSON", "stated_on": "VARCHAR",
    "kind": "VARCHAR", "quantity": {"value": "VARCHAR", "unit": "VARCHAR"}, "denied": "BOOLEAN"
}}"""

WORDS: Final = f"""
CREATE OR REPLACE TEMP TABLE word AS
SELECT position, stream, version, topic = 'attributed:1' AS attributes,
    row_number() OVER (PARTITION BY stream, topic ORDER BY version) AS seq,
    unnest(json_transform(state, '{WORD_FIELDS}').record)
FROM told
WHERE version > 1 AND topic IN ('attributed:1', 'characterised:1')
    AND starts_with(stream, 'action:')
"""

NEW_DAYS: Final = """
SELECT DISTINCT text FROM (
    SELECT unnest([occurred, made_public, effective]) AS text FROM first
    UNION ALL SELECT stated_on FROM word
) WHERE text IS NOT NULL AND text NOT IN (SELECT text FROM days)
"""

NEW_AMOUNTS: Final = """
SELECT DISTINCT text FROM (
    SELECT quantity.value AS text FROM first UNION ALL SELECT quantity.value FROM word
) WHERE text IS NOT NULL AND text NOT IN (SELECT text FROM amounts)
"""

READY: Final = """
CREATE OR REPLACE TEMP TABLE ready AS
SELECT first.*, happened.lo AS occurred_lo, happened.hi AS occurred_hi,
    published.lo AS public_lo, published.hi AS public_hi,
    began.lo AS effective_lo, began.hi AS effective_hi,
    counted.lo AS quantity_lo, counted.hi AS quantity_hi, counted.unknown AS quantity_unknown,
    quantity.unit AS unit, listed(cause) AS names,
    (id IS NULL OR dispute IS NULL OR len(actors) IS NULL OR len(targets) IS NULL
        OR happened.lo IS NULL OR cause IS NULL
        OR (made_public IS NOT NULL AND published.lo IS NULL)
        OR (effective IS NOT NULL AND began.lo IS NULL)
        OR (quantity IS NOT NULL AND (counted.lo IS NULL OR quantity.unit IS NULL))
        OR (names IS NULL AND cause NOT IN ('"none_stated"', '"unknown"'))
        OR (len(actors) > 1 AND len(list_distinct(actors)) < len(actors))
        OR stream <> 'action:' || id) AS is_odd
FROM first
LEFT JOIN days happened ON happened.text = occurred
LEFT JOIN days published ON published.text = made_public
LEFT JOIN days began ON began.text = effective
LEFT JOIN amounts counted ON counted.text = quantity.value
"""

SAID: Final = """
CREATE OR REPLACE TEMP TABLE said AS
SELECT word.* EXCLUDE (quantity), days.lo AS stated_on_lo, days.hi AS stated_on_hi,
    counted.lo AS quantity_lo, counted.hi AS quantity_hi, counted.unknown AS quantity_unknown,
    quantity.unit AS unit, listed(causes) AS names,
    (account IS NULL OR (attributes AND causes IS NULL)
        OR (stated_on IS NOT NULL AND days.lo IS NULL)
        OR (quantity IS NOT NULL AND (counted.lo IS NULL OR quantity.unit IS NULL))
        OR (attributes AND names IS NULL AND causes NOT IN (
            '"unprovoked"', '"none_stated"', '"unknown"', '"disputed"', '"not_applicable"'
        ))) AS is_odd
FROM word
LEFT JOIN days ON days.text = stated_on
LEFT JOIN amounts counted ON counted.text = quantity.value
"""

ODD: Final = """
CREATE OR REPLACE TEMP TABLE odd AS
SELECT stream FROM told
WHERE starts_with(stream, 'action:') AND NOT (CASE WHEN version = 1
    THEN topic IN (SELECT topic FROM kind_of)
    ELSE topic IN ('attributed:1', 'characterised:1', 'source_added:1') END)
UNION SELECT stream FROM ready WHERE is_odd
UNION SELECT stream FROM said WHERE is_odd
UNION SELECT stream FROM said WHERE stated_on IS NOT NULL
GROUP BY stream, account, attributes HAVING count(*) > 1
UNION SELECT stream FROM said WHERE stream NOT IN (SELECT stream FROM ready)
"""
"""Two dated words of one account may stand in another order than they came in."""

NEW_ACTIONS: Final = """
INSERT INTO new_actions BY NAME
SELECT dispute, position AS changed_at, id AS action, position, true AS stands, kind,
    coalesce(family, kinds_family) AS family, coalesce(rung, kinds_rung) AS rung, actors, targets,
    occurred_lo, occurred_hi, public_lo, public_hi, effective_lo, effective_hi,
    quantity_lo, quantity_hi, quantity_unknown, unit,
    CASE WHEN names IS NULL THEN cause[2:-2] ELSE 'causes' END AS cause_form, part_of,
    coalesce(executes, []) AS executes, coalesce(carries_out, []) AS carries_out,
    coalesce(same_as, []) AS same_as, coalesce(reverses, []) AS reverses,
    organ, coalesce(tags, []) AS tags
FROM ready ANTI JOIN odd USING (stream)
WHERE position > $after
"""

NEW_OWN_WORDS: Final = """
INSERT INTO new_options BY NAME
SELECT dispute, position AS changed_at, position, -places AS seq, actors[places + 1] AS teller,
    true AS own, false AS inferred, false AS unprovoked, caused(names) AS causes
FROM (SELECT *, unnest(range(len(actors))) AS places FROM ready WHERE names IS NOT NULL)
ANTI JOIN odd USING (stream)
WHERE position > $after
"""

NEW_ATTRIBUTIONS: Final = """
INSERT INTO new_options BY NAME
SELECT ready.dispute, said.position AS changed_at, ready.position, said.seq, account AS teller,
    false AS own, coalesce(basis = 'inferred', false) AS inferred,
    said.names IS NULL AS unprovoked, stated_on_lo, stated_on_hi,
    coalesce(caused(said.names), []) AS causes
FROM said JOIN ready USING (stream) ANTI JOIN odd USING (stream)
WHERE said.position > $after AND attributes
    AND (said.names IS NOT NULL OR causes = '"unprovoked"')
"""

NEW_CHARACTERISATIONS: Final = """
INSERT INTO new_called BY NAME
SELECT ready.dispute, said.position AS changed_at, ready.position, said.seq, account AS teller,
    coalesce(basis = 'inferred', false) AS inferred, said.kind, said.quantity_lo,
    said.quantity_hi, said.quantity_unknown, said.unit, coalesce(denied, false) AS denied,
    stated_on_lo, stated_on_hi
FROM said JOIN ready USING (stream) ANTI JOIN odd USING (stream)
WHERE said.position > $after AND NOT attributes
"""

LEFT_OVER: Final = """
SELECT position, stream, version, topic, encode(state) FROM told
WHERE stream IN (SELECT stream FROM odd) OR starts_with(stream, 'dispute:')
ORDER BY stream, version
"""
"""What goes through the domain: odd streams, and the sides of disputes."""
