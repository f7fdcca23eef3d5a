"""What the page tests share: the form of the contact page as a browser sends it."""

from uuid import uuid4

from anwang.features.policies.queries import current

SAMPLE = {"yes_no": "yes", "count": "120", "text": "示例", "long_text": "示例记录"}


def typed(rule, day, **other):
    """Everything that the rule requires, as form fields."""
    found = {}
    for answer in current().duty_rule(rule, day).answers:
        if answer.must_be:
            found[f"answer_{answer.code}"] = answer.must_be
        elif answer.required:
            value = answer.choices[0][0] if answer.choices else SAMPLE.get(answer.kind.value, day.isoformat())
            found[f"answer_{answer.code}"] = value
    return {**found, **other}


def form_of(day, *duties, rules=(), form="call", **other):
    """The fields of a record of these obligations, with what their rules ask."""
    fields = {"form": form, "occurred_on": day.isoformat(), "duty": [str(each) for each in duties],
              "with_whom": "示例厂长", "client_id": str(uuid4())}  # fmt: skip
    for rule in rules:
        fields |= typed(rule, day)
    return {**fields, **other}


def shown(text):
    """A page without what it brings along unseen for a phone that may lose its network."""
    before, _, rest = text.partition("<template data-spare>")
    return before + rest.partition("</template>")[2]
