"""What schemathesis is to make of answers: `run fuzz` hands this to it as its hooks.

Its own check calls every error a failure. Here a refusal is what a value deserves that its type takes and the field
does not (`first: -1`, an id that is none), so each answer is looked at for what is never right: a status of ours (5xx),
a body that is no GraphQL answer, an error without a code or with one that says that it was our mistake, or that it was
too much for us; and a value that the schema does not allow, answered as if it did. At the end it tells how many requests
were answered how.
"""

import atexit
from collections import Counter

import schemathesis

#: What a client can be told about a request of its own.
DESERVED = {
    "BAD_USER_INPUT",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "QUERY_TOO_COMPLEX",
    "QUERY_TOO_DEEP",
    "QUERY_TOO_LONG",
    "TOO_MANY_ALIASES",
    "TOO_MANY_DIRECTIVES",
}

outcomes = Counter()


@schemathesis.check
def answered_or_refused_for_cause(ctx, response, case):
    """An answer, or a refusal that names a mistake of the request."""
    assert response.status_code in (200, 400), f"status {response.status_code}"
    answer = response.json()
    errors = answer.get("errors", [])
    assert errors or "data" in answer, "neither data nor errors"
    codes = sorted({error.get("extensions", {}).get("code", "no code") for error in errors})
    assert not set(codes) - DESERVED, f"{codes}: {errors}"
    for error in errors:
        assert error["message"], "an error without words"
        is_bad_value = error["extensions"]["code"] == "BAD_USER_INPUT"
        assert not is_bad_value or error["extensions"].get("argument"), f"which argument? {error}"
    mode = case.meta.generation.mode.value if case.meta else "?"
    outcomes[(mode, response.status_code, ", ".join(codes) or "answered")] += 1


@atexit.register
def tell():
    """The table of outcomes."""
    if not outcomes:
        return
    print(f"\n{sum(outcomes.values())} requests were answered as they deserve:")
    for (mode, status, codes), times in sorted(outcomes.items(), key=lambda outcome: -outcome[1]):
        print(f"{times:8} {mode:8} {status} {codes}")
